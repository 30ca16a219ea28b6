//! The examples at the end of every command's help. A test runs those of them that stand on the shipped data.

/// The examples of each command, by its path.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("", &["kunpeng status", "kunpeng summary 2", "kunpeng import members roster.csv --edition 3 --dry-run"]),
    ("init", &["kunpeng init data"]),
    ("status", &["kunpeng status", "kunpeng status --format json"]),
    ("industry", &["kunpeng industry list"]),
    ("industry list", &["kunpeng industry list --format csv"]),
    ("industry show", &["kunpeng industry show automobile"]),
    ("industry add", &["kunpeng industry add id=biomedicine name=生物医药 name_en=Biomedicine"]),
    ("industry set", &["kunpeng industry set automobile \"note=vehicles and parts\""]),
    ("industry edit", &["kunpeng industry edit automobile"]),
    ("industry rename", &["kunpeng industry rename automobile vehicles --dry-run"]),
    ("industry remove", &["kunpeng industry remove biomedicine --yes"]),
    ("edition", &["kunpeng edition list", "kunpeng edition close 3 --on 2024-12-20 --yes"]),
    ("edition list", &["kunpeng edition list --lang en"]),
    ("edition show", &["kunpeng edition show 2"]),
    (
        "edition add",
        &["kunpeng edition add id=4 name=第四期 \"name_en=Edition 4\" planned_start=2025-01 seats=100"],
    ),
    ("edition set", &["kunpeng edition set 3 planned_end=2024-12-31 targets.members=104"]),
    ("edition edit", &["kunpeng edition edit 3"]),
    ("edition rename", &["kunpeng edition rename 3 third --dry-run"]),
    ("edition remove", &["kunpeng edition remove 4 --yes"]),
    ("edition open", &["kunpeng edition open 4 --on 2025-01-10"]),
    (
        "edition close",
        &["kunpeng edition close 3 --on 2024-12-20 --yes", "kunpeng edition close 3 --dry-run"],
    ),
    ("edition reopen", &["kunpeng edition reopen 2 --yes --reason \"a title was forgotten\""]),
    ("enterprise", &["kunpeng enterprise list", "kunpeng enterprise show 0001"]),
    (
        "enterprise list",
        &[
            "kunpeng enterprise list --where \"industry = 汽车\" --where \"revenue >= 5000万\" --sort revenue:desc",
            "kunpeng enterprise list --where \"holds srdi\" --columns id,name,size,growth.revenue",
            "kunpeng enterprise list -o enterprises.csv",
        ],
    ),
    (
        "enterprise show",
        &["kunpeng enterprise show 零部件0082", "kunpeng enterprise show 0001 --format json"],
    ),
    (
        "enterprise add",
        &[
            "kunpeng enterprise add name=示例新厂 industry=automobile town=花山镇",
            "kunpeng enterprise add id=sample-1 name=Sample",
        ],
    ),
    (
        "enterprise set",
        &[
            "kunpeng enterprise set 0001 town=狮岭镇",
            "kunpeng enterprise set 0001 indicators.2023.revenue=1200万 note=",
        ],
    ),
    ("enterprise edit", &["kunpeng enterprise edit 0001"]),
    ("enterprise erase-contacts", &["kunpeng enterprise erase-contacts 0001 --yes"]),
    ("enterprise rename", &["kunpeng enterprise rename 0001 sample-one --dry-run"]),
    ("enterprise merge", &["kunpeng enterprise merge 0001 0002 --not-same"]),
    ("enterprise remove", &["kunpeng enterprise remove sample-1 --yes"]),
    (
        "activity",
        &["kunpeng activity list", "kunpeng activity attend 2023-11-16-kick-off 0180=2 --absent 0105"],
    ),
    ("activity list", &["kunpeng activity list --format md"]),
    ("activity show", &["kunpeng activity show 2023-11-16-kick-off"]),
    (
        "activity add",
        &[
            "kunpeng activity add id=2024-03-01-course edition=3 aspect=courses title=专题课 date=2024-03-01 hours=3",
        ],
    ),
    ("activity set", &["kunpeng activity set 2023-11-16-kick-off hours=2.5"]),
    ("activity edit", &["kunpeng activity edit 2023-11-16-kick-off"]),
    ("activity rename", &["kunpeng activity rename 2023-11-16-kick-off 2023-11-16-opening --dry-run"]),
    ("activity remove", &["kunpeng activity remove 2024-03-01-course --yes"]),
    (
        "activity attend",
        &["kunpeng activity attend 2023-11-16-kick-off 0180=2 0105 --excused 0106 --absent 0107 0108"],
    ),
    ("candidate", &["kunpeng candidate list 3"]),
    ("candidate add", &["kunpeng candidate add 3 0001 --applied 2023-09-01"]),
    ("candidate list", &["kunpeng candidate list 3 --format csv"]),
    ("member", &["kunpeng member list 3"]),
    ("member add", &["kunpeng member add 3 0001 0002 --joined 2023-11-16 --modules srdi,platforms"]),
    ("member list", &["kunpeng member list 2 --lang en"]),
    ("member graduate", &["kunpeng member graduate 3 0180", "kunpeng member graduate 3 --all --dry-run"]),
    ("member withdraw", &["kunpeng member withdraw 3 0180 --on 2024-05-31 --because own-wish"]),
    ("member transfer", &["kunpeng member transfer 3 0180 --to 4 --on 2025-01-10"]),
    ("indicator", &["kunpeng indicator list --enterprise 0001"]),
    ("indicator add", &["kunpeng indicator add 0001 2023 revenue=5200万 employees=86"]),
    ("indicator list", &["kunpeng indicator list --edition 3 --format csv"]),
    ("indicator set", &["kunpeng indicator set 0001 2022 rd_expense=310万 tax="]),
    ("indicator remove", &["kunpeng indicator remove 0001 2020 tax --yes"]),
    ("recognition", &["kunpeng recognition list --edition 2"]),
    ("recognition add", &["kunpeng recognition add 0001 title=srdi recognised=2023-12-01 level=province"]),
    ("recognition list", &["kunpeng recognition list --enterprise 0001"]),
    ("recognition set", &["kunpeng recognition set 0001 1 expires=2026-11-30"]),
    ("recognition remove", &["kunpeng recognition remove 0001 1 --yes"]),
    ("platform", &["kunpeng platform list --edition 2"]),
    (
        "platform add",
        &["kunpeng platform add 0001 kind=enterprise-technology-centre level=city recognised=2023-10"],
    ),
    ("platform list", &["kunpeng platform list --industry automobile"]),
    ("platform set", &["kunpeng platform set 0180 1 level=province"]),
    ("platform remove", &["kunpeng platform remove 0180 1 --yes"]),
    ("project", &["kunpeng project list --edition 2"]),
    (
        "project add",
        &["kunpeng project add 0001 scheme=技术改造 state=submitted submitted=2023-12-05 requested=200万"],
    ),
    ("project list", &["kunpeng project list --edition 2 --format csv"]),
    ("project set", &["kunpeng project set 0180 1 state=approved decided=2024-03-01 granted=150万"]),
    ("project remove", &["kunpeng project remove 0180 1 --yes"]),
    ("need", &["kunpeng need list --edition 2"]),
    ("need add", &["kunpeng need add 0001 category=finance text=希望对接信贷产品 received=2023-12-01"]),
    ("need list", &["kunpeng need list --town 花山镇"]),
    ("need set", &["kunpeng need set 0180 1 closed=2024-01-15"]),
    ("need remove", &["kunpeng need remove 0180 1 --yes"]),
    ("apply", &["kunpeng apply plan.json --dry-run"]),
    ("batch", &["kunpeng batch changes.txt --dry-run"]),
    (
        "import",
        &[
            "kunpeng import enterprises roster.csv --edition 3 --as member --dry-run",
            "kunpeng import indicators 2023.csv --unit 万元",
            "kunpeng import enterprises list.csv --header year,label,name --map year=- --map label=-",
        ],
    ),
    ("export", &["kunpeng export enterprises -o enterprises.csv", "kunpeng export --all -o backup"]),
    (
        "report",
        &[
            "kunpeng report roster --edition 2",
            "kunpeng report growth --edition 2 --metric employees --limit 10",
            "kunpeng report due --within 30d --where \"what = title_expires\"",
            "kunpeng report engagement --edition 3 --where \"visits = 0\"",
            "kunpeng report dossier 0082",
            "kunpeng report missing --edition 3 --format csv",
        ],
    ),
    (
        "summary",
        &[
            "kunpeng summary 2",
            "kunpeng summary 2 --compare 1",
            "kunpeng summary 2 -o summary.md",
            "kunpeng summary 2 --why recognitions/srdi/gained",
            "kunpeng summary 2 --on 2023-06-30",
        ],
    ),
    ("check", &["kunpeng check", "kunpeng check --format csv", "kunpeng check --explain wrong-check-digit"]),
    ("log", &["kunpeng log -n 5", "kunpeng log --enterprise 0001 --field indicators.2023.revenue"]),
    ("log show", &["kunpeng log show 2", "kunpeng log show 2 --diff"]),
    ("undo", &["kunpeng undo", "kunpeng undo 2 --dry-run", "kunpeng undo 2 --only"]),
    ("redo", &["kunpeng redo"]),
    ("history", &["kunpeng history prune --before 2020-01-01 --yes"]),
    ("history prune", &["kunpeng history prune --before 2020-01-01 --yes"]),
    ("migrate", &["kunpeng migrate --dry-run", "kunpeng migrate"]),
    ("backup", &["kunpeng backup 2026-11-23.tar.zst", "kunpeng backup copies/2026-11-23"]),
    ("restore", &["kunpeng restore 2026-11-23.tar.zst data"]),
    ("completions", &["kunpeng completions bash > /etc/bash_completion.d/kunpeng"]),
];

/// Puts the examples at the end of every help.
pub fn attach(command: clap::Command) -> clap::Command {
    EXAMPLES.iter().fold(command, |command, (path, examples)| {
        let text = format!("Examples:\n  {}\n", examples.join("\n  "));
        let words: Vec<&str> = path.split_whitespace().collect();
        at(command, &words, text)
    })
}

fn at(command: clap::Command, words: &[&str], text: String) -> clap::Command {
    match words {
        [] => command.after_help(text),
        [word, rest @ ..] => command.mut_subcommand(*word, |command| at(command, rest, text)),
    }
}
