//! Findings as text: what is wrong, the line it stands on with a mark under it, the rule, the way out.

use std::collections::BTreeSet;

use super::color::Ansi;
use super::{Screen, excerpt, sanitise};
use crate::model::finding::{Finding, Located, Place, column_letters};
use crate::model::lang::Lang;
use crate::model::rule::Severity;
use crate::model::text::Localized;

/// A finding, with where each of its places is, as far as it is in a file of the store.
pub type Found = (Finding, Vec<Option<Located>>);

/// The width excerpts are cut to where there is no terminal.
const WIDTH: usize = 100;

/// So many places of a finding are shown; of more only the first few.
const MANY: usize = 8;
const FEW: usize = 5;

/// All findings by file and position, a blank line between them.
pub fn findings(found: &[Found], screen: &Screen) -> String {
    let mut sorted: Vec<&Found> = found.iter().collect();
    sorted.sort_by_cached_key(|found| places(found).map(Spot::of).min());
    let texts: Vec<String> = sorted.into_iter().map(|found| one(found, screen)).collect();
    texts.join("\n")
}

/// How many there are: `2 errors and 1 warning in 3 files`. Empty where there are none.
pub fn summary(found: &[Found], lang: Lang) -> String {
    let errors = found.iter().filter(|(finding, _)| finding.is_error()).count();
    let parts = [(errors, ("error", "个错误")), (found.len() - errors, ("warning", "个警告"))];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, word)| counted(count, word, lang)).collect();
    let files: BTreeSet<String> = found
        .iter()
        .flat_map(places)
        .map(|place| Spot::of(place).file)
        .filter(|file| !file.is_empty())
        .collect();
    let parts = parts.join(lang.pick(" and ", "、"));
    if files.is_empty() {
        return parts;
    }
    let files = counted(files.len(), ("file", "个文件"), lang);
    lang.pick(format!("{parts} in {files}"), format!("{files}中有 {parts}"))
}

fn counted(count: usize, (en, zh): (&str, &str), lang: Lang) -> String {
    lang.pick(format!("{count} {en}{}", if count == 1 { "" } else { "s" }), format!("{count} {zh}"))
}

fn places(found: &Found) -> impl Iterator<Item = (&Place, Option<&Located>)> {
    let located = found.1.iter().map(Option::as_ref).chain(std::iter::repeat(None));
    found.0.places.iter().zip(located)
}

/// Where a finding stands among others, and the file it counts for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    file: String,
    position: (usize, usize),
}

impl Spot {
    fn of((place, located): (&Place, Option<&Located>)) -> Self {
        let spot = |file: &str, position| Self { file: file.to_owned(), position };
        match (place, located) {
            (_, Some(located)) => spot(&located.file, located.position.unwrap_or_default()),
            (Place::Field { record, .. }, None) => spot(&record.to_string(), (0, 0)),
            (Place::File { path, .. }, None) => spot(path, (0, 0)),
            (Place::Cell { file, row, column, .. }, None) => spot(file, (*row, column.unwrap_or_default())),
            (Place::Argument(_), None) => spot("", (0, 0)),
        }
    }
}

fn one(found: &Found, screen: &Screen) -> String {
    let finding = &found.0;
    let gutter = places(found)
        .filter_map(|(_, located)| located?.position)
        .map(|(line, _)| line.to_string().len())
        .max()
        .unwrap_or(1);
    let colon = screen.lang.pick(": ", "：");
    let message = sanitise::line(finding.message.of(screen.lang));
    let mut lines = vec![format!("{}{colon}{message}", severity(finding, *screen))];
    let count = finding.places.len();
    let shown = if count > MANY { FEW } else { count };
    for (place, located) in places(found).take(shown) {
        lines.push(format!("{:gutter$} --> {}", "", whereabouts(place, located, screen.lang)));
        lines.extend(located.into_iter().flat_map(|located| quote(located, gutter, screen)));
    }
    if count > shown {
        let more = count - shown;
        let more = screen.lang.pick(format!("... and {more} more places"), format!("……另有 {more} 处"));
        lines.push(format!("{:gutter$} {more}", ""));
    }
    lines.push(format!("  {}{}", screen.lang.pick("rule: ", "规则："), finding.rule.name));
    for (number, line) in finding.help.iter().flat_map(|help| help.of(screen.lang).lines()).enumerate() {
        let label = if number == 0 { screen.lang.pick("  help: ", "  办法：") } else { "  " };
        lines.push(format!("{label}{}", sanitise::line(line)));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn severity(finding: &Finding, screen: Screen) -> String {
    let paint = Ansi(screen.color);
    match finding.rule.severity {
        Severity::Error => paint.red(Severity::Error.label(screen.lang)),
        Severity::Warning => paint.yellow(Severity::Warning.label(screen.lang)),
    }
}

fn whereabouts(place: &Place, located: Option<&Located>, lang: Lang) -> String {
    let text = match (place, located) {
        (_, Some(Located { file, position: Some((line, column)), .. })) => format!("{file}:{line}:{column}"),
        (_, Some(Located { file, .. })) | (Place::File { path: file, .. }, None) => file.clone(),
        (Place::Field { record, path, .. }, None) if path.0.is_empty() => record.localized(lang),
        (Place::Field { record, path, .. }, None) => {
            let record = record.localized(lang);
            lang.pick(format!("{record}, `{path}`"), format!("{record}，{path}"))
        }
        (Place::Cell { file, sheet, row, column, text }, None) => {
            cell(file, sheet.as_deref(), (*row, *column), text, lang)
        }
        (Place::Argument(text), None) => lang.pick(format!("argument `{text}`"), format!("参数 {text}")),
    };
    sanitise::line(&text).into_owned()
}

/// A cell of a file: by row and column in text, by its spreadsheet name in a workbook.
fn cell(
    file: &str,
    sheet: Option<&str>,
    (row, column): (usize, Option<usize>),
    text: &str,
    lang: Lang,
) -> String {
    let name = column.map(column_letters).unwrap_or_default();
    let place = match (sheet, column) {
        _ if row == 0 && column.is_none() => String::new(),
        (Some(_), Some(_)) => lang.pick(format!(", cell {name}{row}"), format!("，单元格 {name}{row}")),
        (None, Some(column)) => lang.pick(
            format!(", row {row}, column {column} ({name}{row})"),
            format!("，第 {row} 行第 {column} 列（{name}{row}）"),
        ),
        (_, None) => lang.pick(format!(", row {row}"), format!("，第 {row} 行")),
    };
    let sheet = sheet.map(|sheet| lang.pick(format!(", sheet `{sheet}`"), format!("，工作表“{sheet}”")));
    let text =
        if text.is_empty() { String::new() } else { lang.pick(format!(": `{text}`"), format!("：{text}")) };
    format!("{file}{}{place}{text}", sheet.unwrap_or_default())
}

/// The line of the file, with a mark under what is meant.
fn quote(located: &Located, gutter: usize, screen: &Screen) -> Vec<String> {
    let (Some(excerpt), Some((number, _))) = (&located.excerpt, located.position) else { return Vec::new() };
    let room = screen.width.unwrap_or(WIDTH).saturating_sub(gutter + 4);
    let (line, mark) = excerpt::with_carets(excerpt, room);
    vec![
        format!("{:gutter$}  |", ""),
        format!(" {number:>gutter$} | {line}").trim_end().to_owned(),
        format!("{:gutter$}  | {mark}", ""),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finding::{Excerpt, Part, RecordRef};
    use crate::model::kind::Kind;
    use crate::model::rule;
    use crate::model::text::Text;
    use crate::model::value::KeyPath;

    const PLAIN: Screen = Screen { width: None, color: false, lang: Lang::En };

    fn field(id: &str, key: &'static str) -> Place {
        let record = RecordRef::new(Kind::Enterprise, id);
        Place::Field { record, path: KeyPath::key(key), part: Part::Value }
    }

    fn at(file: &str, number: usize, before: &str, marked: &str) -> Located {
        let excerpt =
            Excerpt { line: format!("{before}{marked}"), before: before.into(), marked: marked.into() };
        let position = Some((number, before.chars().count() + 1));
        Located { file: file.into(), position, excerpt: Some(excerpt) }
    }

    fn cell(row: usize, column: Option<usize>, text: &str) -> Place {
        Place::Cell { file: "roster.csv".into(), sheet: None, row, column, text: text.into() }
    }

    fn unknown_industry() -> Found {
        let message = "enterprise `acme` names industry `automobil`, which does not exist";
        let finding = Finding::new(&rule::UNKNOWN_REFERENCE, Text::same(message), field("acme", "industry"))
            .help(Text::same("did you mean `automobile`?"));
        (finding, vec![Some(at("data/enterprises/acme.toml", 5, "industry = ", "\"automobil\""))])
    }

    fn same_name() -> Found {
        let finding = Finding::new(&rule::SAME_NAME, Text::same("`示例公司` twice"), field("a", "name"))
            .and(field("b", "name"));
        (
            finding,
            vec![
                Some(at("data/a.toml", 2, "name = ", "\"示例公司\"")),
                Some(at("data/b.toml", 12, "name = ", "\"示例公司\"")),
            ],
        )
    }

    #[test]
    fn a_finding_shows_its_line_its_rule_and_the_way_out() {
        let expected = "\
error: enterprise `acme` names industry `automobil`, which does not exist
  --> data/enterprises/acme.toml:5:12
   |
 5 | industry = \"automobil\"
   |            ^^^^^^^^^^^
  rule: unknown-reference
  help: did you mean `automobile`?
";
        assert_eq!(findings(&[unknown_industry()], &PLAIN), expected);
    }

    #[test]
    fn several_places_each_show_their_line() {
        let expected = "\
warning: `示例公司` twice
   --> data/a.toml:2:8
    |
  2 | name = \"示例公司\"
    |        ^^^^^^^^^^
   --> data/b.toml:12:8
    |
 12 | name = \"示例公司\"
    |        ^^^^^^^^^^
  rule: same-name
";
        assert_eq!(findings(&[same_name()], &PLAIN), expected);
    }

    #[test]
    fn a_cell_is_named_by_row_column_and_letter() {
        let finding = Finding::new(
            &rule::UNKNOWN_REFERENCE,
            Text::same("no such industry"),
            cell(14, Some(4), "automobil"),
        );
        let whole_row = Finding::new(&rule::MISSING_KEY, Text::same("no name"), cell(15, None, ""));
        let expected = "\
error: no such industry
  --> roster.csv, row 14, column 4 (D14): `automobil`
  rule: unknown-reference

error: no name
  --> roster.csv, row 15
  rule: missing-key
";
        assert_eq!(findings(&[(whole_row, vec![]), (finding, vec![None])], &PLAIN), expected);
    }

    #[test]
    fn a_cell_of_a_workbook_is_named_as_the_spreadsheet_does() {
        let place = Place::Cell {
            file: "roster.xlsx".into(),
            sheet: Some("2024".into()),
            row: 14,
            column: Some(4),
            text: "automobil".into(),
        };
        let shown = findings(
            &[(Finding::new(&rule::UNKNOWN_REFERENCE, Text::same("no such industry"), place), vec![])],
            &PLAIN,
        );
        assert!(shown.contains("--> roster.xlsx, sheet `2024`, cell D14: `automobil`"), "{shown}");
    }

    #[test]
    fn an_argument_a_file_and_a_field_that_is_nowhere_are_named() {
        let found = [
            (
                Finding::new(&rule::BAD_ID, Text::same("no id"), Place::Argument("a/b\u{1b}".into())),
                vec![None],
            ),
            (
                Finding::new(
                    &rule::STRAY_FILE,
                    Text::same("odd"),
                    Place::File { path: "x.bak".into(), bytes: None },
                ),
                vec![Some(Located { file: "data/x.bak".into(), position: None, excerpt: None })],
            ),
            (Finding::new(&rule::MISSING_KEY, Text::same("no name"), field("acme", "name")), vec![None]),
        ];
        let expected = "\
error: no id
  --> argument `a/b␛`
  rule: bad-id

warning: odd
  --> data/x.bak
  rule: stray-file

error: no name
  --> enterprise `acme`, `name`
  rule: missing-key
";
        assert_eq!(findings(&found, &PLAIN), expected);
    }

    #[test]
    fn findings_are_sorted_by_file_and_position() {
        let at_line = |line| {
            let finding =
                Finding::new(&rule::BAD_DATE, Text::same(format!("line {line}")), field("z", "founded"));
            (finding, vec![Some(at("data/z.toml", line, "founded = ", "\"x\""))])
        };
        let text = findings(&[at_line(10), same_name(), at_line(9)], &PLAIN);
        let heads: Vec<&str> =
            text.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).collect();
        assert_eq!(heads, ["warning: `示例公司` twice", "error: line 9", "error: line 10"]);
    }

    #[test]
    fn only_the_severity_is_coloured() {
        let finding = Finding::new(&rule::BAD_ID, Text::same("no id"), Place::Argument("x".into()));
        let text = findings(&[(finding, vec![None])], &Screen { color: true, ..PLAIN });
        assert_eq!(text, "\u{1b}[1;31merror\u{1b}[0m: no id\n  --> argument `x`\n  rule: bad-id\n");
    }

    #[test]
    fn the_summary_counts_errors_warnings_and_files() {
        assert_eq!(summary(&[unknown_industry(), same_name()], Lang::En), "1 error and 1 warning in 3 files");
        assert_eq!(summary(&[same_name(), same_name()], Lang::En), "2 warnings in 2 files");
        let argument = Finding::new(&rule::BAD_ID, Text::same("no id"), Place::Argument("x".into()));
        assert_eq!(summary(&[(argument, vec![None])], Lang::En), "1 error");
        assert_eq!(summary(&[], Lang::En), "");
    }

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        for (column, name) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")] {
            assert_eq!(column_letters(column), name);
        }
    }
}
