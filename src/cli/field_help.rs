//! What the arguments of commands that write accept, for their helps: the fields of `add` and `set`, metrics, and the
//! words of options. They are those of the programme where a data folder is found.

use clap::Command;

use crate::model::candidacy::Decision;
use crate::model::entry::{NEED, PLATFORM, PROJECT, RECOGNITION};
use crate::model::field;
use crate::model::kind::Kind;
use crate::model::label::named_by;
use crate::model::lang::Lang;
use crate::model::membership::Outcome;
use crate::model::own_field::{FieldOwner, FieldType, OwnField};
use crate::model::project::State;
use crate::model::recognition::Action;
use crate::model::records::Records;
use crate::model::text::Text;
use crate::model::word::{self, MetricKind};
use crate::report::label;
use crate::text;

/// The most words of a list that are shown.
const MOST: usize = 24;

/// Where the fields of a kind are to stand: the parser of arguments would break their lines.
const MARK: &str = "FIELDS OF ";

/// What has fields: its command, and what its own ones are declared for.
const KINDS: [(&str, FieldOwner); 8] = [
    ("industry", FieldOwner::Industries),
    ("edition", FieldOwner::Editions),
    ("enterprise", FieldOwner::Enterprises),
    ("activity", FieldOwner::Activities),
    ("recognition", FieldOwner::Recognitions),
    ("platform", FieldOwner::Platforms),
    ("project", FieldOwner::Projects),
    ("need", FieldOwner::Needs),
];

/// The other commands whose arguments are words of the programme, and the option that takes them.
const WORDS: [(&str, &str, &str, Kind); 4] = [
    ("member", "add", "--modules", Kind::Module),
    ("member", "withdraw", "--because", Kind::ExitReason),
    ("candidate", "add", "--modules", Kind::Module),
    ("indicator", "set", "METRIC", Kind::Metric),
];

/// Whether a command so called has words of the programme in its help.
pub fn is_filled(verb: &str) -> bool {
    ["add", "set"].contains(&verb) || WORDS.iter().any(|(_, of, ..)| *of == verb)
}

/// Marks where the fields are to stand in the helps: before what stands at their end.
pub fn mark(command: Command) -> Command {
    let fields = KINDS.into_iter().flat_map(|(name, _)| [(name, "add"), (name, "set")]);
    let words = WORDS.into_iter().map(|(name, verb, ..)| (name, verb));
    fields.chain(words).fold(command, |command, (name, verb)| {
        command.mut_subcommand(name, |command| {
            command.mut_subcommand(verb, |command| {
                let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                command.after_help(format!("{MARK}{name} {verb}\n\n{after}"))
            })
        })
    })
}

/// A help with the fields where they are marked.
pub fn filled(help: &str, records: Option<&Records>, lang: Lang) -> String {
    let line = |line: &str| match line.strip_prefix(MARK).and_then(|marked| marked.trim().split_once(' ')) {
        Some((name, verb)) => {
            let owner = KINDS.into_iter().find(|(known, _)| *known == name);
            let words = WORDS.into_iter().find(|(known, of, ..)| (*known, *of) == (name, verb));
            match (owner, words) {
                (Some((_, owner)), _) => table("Fields", &of_fields(owner, records, lang), lang),
                (None, Some((_, _, option, kind))) => of_words(option, kind, records, lang),
                (None, None) => String::new(),
            }
        }
        None => format!("{line}\n"),
    };
    help.lines().map(line).collect()
}

/// What an option accepts; of metrics each with its unit.
fn of_words(option: &str, kind: Kind, records: Option<&Records>, lang: Lang) -> String {
    let Some(records) = records.filter(|_| kind == Kind::Metric) else {
        return table("Words", &[(option.to_owned(), words(kind, records))], lang);
    };
    let metrics = records.programme.metrics.iter().map(|(id, metric)| {
        let label = word::label(&metric.name, metric.name_en.as_ref(), lang);
        let unit = match metric.kind {
            MetricKind::Amount => text!("an amount", "金额"),
            MetricKind::Count => text!("a number", "数字"),
        };
        (id.to_string(), text!("{label}: {unit}", "{label}：{unit}", unit = unit))
    });
    table("Metrics", &metrics.collect::<Vec<_>>(), lang)
}

fn fields(owner: FieldOwner) -> Vec<&'static str> {
    match owner {
        FieldOwner::Industries => field::known(Kind::Industry).to_vec(),
        FieldOwner::Editions => field::known(Kind::Edition).to_vec(),
        FieldOwner::Enterprises => [field::known(Kind::Enterprise), field::known(Kind::Contact)].concat(),
        FieldOwner::Activities => field::known(Kind::Activity).to_vec(),
        FieldOwner::Recognitions => RECOGNITION.fields.to_vec(),
        FieldOwner::Platforms => PLATFORM.fields.to_vec(),
        FieldOwner::Projects => PROJECT.fields.to_vec(),
        FieldOwner::Needs => NEED.fields.to_vec(),
        FieldOwner::Candidates | FieldOwner::Members => Vec::new(),
    }
}

/// The fields of a kind, with what each accepts.
fn of_fields(owner: FieldOwner, records: Option<&Records>, lang: Lang) -> Vec<(String, Text)> {
    let declared = records.and_then(|records| records.programme.fields.get(&owner)).into_iter().flatten();
    let accepts = |id: &'static str| Some((id.to_owned(), accepted(owner, id, records)?));
    let own = declared.map(|(id, own)| (id.to_string(), of_own(own, lang)));
    fields(owner).into_iter().filter_map(accepts).chain(own).collect()
}

/// A line a field.
fn table(title: &str, lines: &[(String, Text)], lang: Lang) -> String {
    let longest = lines.iter().map(|(id, _)| id.len()).max().unwrap_or_default();
    let lines = lines.iter().map(|(id, accepts)| format!("  {id:longest$}  {}\n", accepts.of(lang)));
    format!("{title}:\n{}", lines.collect::<String>())
}

/// What a field accepts; none for those that other commands set.
fn accepted(owner: FieldOwner, id: &str, records: Option<&Records>) -> Option<Text> {
    let words = |kind| words(kind, records);
    Some(match id {
        "more" | "candidacies" | "memberships" | "recognitions" | "platforms" | "projects" | "needs"
        | "present" | "excused" | "absent" | "rubric" => return None,
        "name"
        | "name_en"
        | "note"
        | "place"
        | "host"
        | "document"
        | "scheme"
        | "text"
        | "legal_representative"
        | "contact"
        | "post"
        | "phone"
        | "email" => text!("any text", "任意文本"),
        "title" if owner == FieldOwner::Activities => text!("any text", "任意文本"),
        "code" => text!("a registry code, its check digit right", "统一社会信用代码，校验位须正确"),
        "former_names" => text!("names it had before, separated by `;`", "曾用名，用 ; 分隔"),
        "former_codes" => text!("codes it had before, separated by `;`", "曾用代码，用 ; 分隔"),
        "not_same" => text!("enterprises that look like it and are others", "相似但并非同一的企业"),
        "class" => text!("a class of GB/T 4754: `C`, `C36`, `C3660`", "GB/T 4754 行业分类：C、C36、C3660"),
        "seats" => text!("a whole number", "整数"),
        "hours" => text!("a number of hours: `2.5`", "小时数，如 2.5"),
        "requested" | "granted" => text!("an amount: `300000`, `30万`", "金额：300000、30万"),
        "expires" => text!("a date, or `never`", "日期，或 never"),
        "action" => one_of(&Action::ALL.iter().map(|it| it.id()).collect::<Vec<_>>()),
        "state" => one_of(&State::ALL.iter().map(|it| it.id()).collect::<Vec<_>>()),
        "outcome" => one_of(&Outcome::ALL.iter().map(|it| it.id()).collect::<Vec<_>>()),
        "decision" => one_of(&Decision::ALL.iter().map(|it| it.id()).collect::<Vec<_>>()),
        "indicators" => {
            text!(
                "`indicators.2023.revenue=1200万`: a figure of a period",
                "某期指标：indicators.2023.revenue=1200万"
            )
        }
        "expect" => {
            text!(
                "figures that must come out, with `edition edit`: `[[expect]]`, `figure = \"members where industry = new-energy\"`, `is = 48`",
                "应有的统计数，用 edition edit 填写：[[expect]]、figure = \"members where industry = new-energy\"、is = 48"
            )
        }
        "indicator_years" => text!("two years: `2022,2023`", "两个年份：2022,2023"),
        "targets" => text!("`targets.members=104`: a target", "目标：targets.members=104"),
        "organisers" | "undertaken_by" => text!("names, separated by `;`", "名称，用 ; 分隔"),
        id if is_date(id) => {
            text!("a date: `2024`, `2024-05`, `2024-05-01`", "日期：2024、2024-05、2024-05-01")
        }
        id => match named_by(id) {
            Some(kind) => words(kind),
            None => Text::new(label::field(id, Lang::En), label::field(id, Lang::Zh)),
        },
    })
}

fn is_date(id: &str) -> bool {
    [
        "founded",
        "date",
        "end",
        "planned_start",
        "planned_end",
        "opened",
        "closed",
        "recognised",
        "let_go",
        "submitted",
        "decided",
        "received",
        "joined",
        "left",
        "applied",
    ]
    .contains(&id)
}

/// The words of a list, where they are known.
fn words(kind: Kind, records: Option<&Records>) -> Text {
    let ids = records.map(|records| records.ids(kind)).unwrap_or_default();
    if (1..=MOST).contains(&ids.len()) {
        return one_of(&ids);
    }
    text!("{kind}, by id or name", "{kind}的编号或名称", kind = kind)
}

fn one_of(ids: &[&str]) -> Text {
    let (en, zh) = (ids.join(", "), ids.join("、"));
    text!("one of {en}", "可选：{zh}")
}

fn of_own(own: &OwnField, lang: Lang) -> Text {
    let name = own.label(lang);
    let ids: Vec<&str> = own.words.keys().map(crate::model::id::WordKey::as_str).collect();
    let holds =
        if own.kind == FieldType::Words { one_of(&ids) } else { text!("{kind}", "{kind}", kind = own.kind) };
    text!("{name}: {holds}", "{name}：{holds}", holds = holds)
}
