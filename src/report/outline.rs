//! The summary of an edition as a document: which tables stand under which heading, the sentence that opens each
//! section, and the headings under which people write.

use rust_decimal::Decimal;

use super::document::{Document, Part, Piece, Section};
use super::reasons::Reasons;
use super::table::{Cell, Page, Table};
use super::view::View;
use crate::model::id::EditionId;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::word;

/// A section and the tables that belong to it.
struct Heading {
    en: &'static str,
    zh: &'static str,
    tables: &'static [&'static str],
    lead: &'static [Clause],
}

/// A part of a sentence around one figure: the cell of a table, by the id of its row and column. Without that figure,
/// or where nothing was counted, the sentence goes on without it.
struct Clause {
    at: (&'static str, &'static str, &'static str),
    en: (&'static str, &'static str),
    zh: (&'static str, &'static str),
}

/// A figure of the overview.
const fn figure(
    item: &'static str,
    en: (&'static str, &'static str),
    zh: (&'static str, &'static str),
) -> Clause {
    Clause { at: ("overview", item, "value"), en, zh }
}

const HEADINGS: &[Heading] = &[
    Heading {
        en: "The edition",
        zh: "基本情况",
        tables: &[
            "overview",
            "enterprises-by-industry",
            "enterprises-by-town",
            "enterprises-by-size",
            "enterprises-by-module",
        ],
        lead: &[
            figure("members", ("Members: ", ""), ("本期入选企业", "家")),
            figure("graduated", ("graduated: ", ""), ("结业", "家")),
            figure("withdrawn", ("withdrawn: ", ""), ("退出", "家")),
            figure("removed", ("removed: ", ""), ("劝退", "家")),
            figure("transferred", ("transferred: ", ""), ("转下一期", "家")),
            figure("in_cultivation", ("in cultivation: ", ""), ("在培", "家")),
        ],
    },
    Heading { en: "Targets", zh: "目标完成情况", tables: &["targets"], lead: &[] },
    Heading {
        en: "Activities",
        zh: "活动开展情况",
        tables: &["activities-by-aspect", "attendance"],
        lead: &[
            figure("activities", ("Activities: ", ""), ("全期共举办活动", "场")),
            figure("hours", ("hours: ", ""), ("合计", "学时")),
            figure("person_times", ("person-times: ", ""), ("参与", "人次")),
            figure("coverage", ("members reached: ", ""), ("覆盖企业", "")),
            figure("attendance_rate", ("attendance rate: ", ""), ("出席率", "")),
        ],
    },
    Heading {
        en: "Results",
        zh: "培育成效",
        tables: &["recognitions", "platforms", "indicators", "projects"],
        lead: &[
            figure("enterprises_gained", ("Enterprises that gained a title: ", ""), ("新增资质企业", "家")),
            figure("new_platforms", ("new R&D platforms: ", ""), ("新增研发平台", "个")),
            figure("projects_applied", ("projects applied for: ", ""), ("申报项目", "项")),
            figure("projects_approved", ("approved: ", ""), ("获批", "项")),
            figure("granted", ("granted: ", ""), ("获批金额", "")),
            Clause {
                at: ("indicators", "revenue", "growth"),
                en: ("growth of the revenue of matched enterprises: ", ""),
                zh: ("可比企业营业收入增长率", ""),
            },
        ],
    },
    Heading {
        en: "Needs",
        zh: "诉求办理情况",
        tables: &["needs"],
        lead: &[
            figure("needs_received", ("Needs received: ", ""), ("收集诉求", "项")),
            figure("needs_closed", ("closed: ", ""), ("办结", "项")),
        ],
    },
    Heading { en: "Beside another edition", zh: "两期对比", tables: &["comparison"], lead: &[] },
];

/// What figures cannot say.
const WRITTEN: &[(&str, &str)] =
    &[("Cases", "典型案例"), ("Problems", "存在问题"), ("Next steps", "下一步工作")];

/// The items of the overview that the title page shows.
const FACTS: &[&str] = &["programme", "name", "organisers", "undertaken_by", "opened", "closed"];

/// The tables of a summary as a document. A table that no heading names stands with the one before it.
pub fn outline<'r>(view: &View, edition: &EditionId, tables: &'r [Table]) -> Document<'r> {
    let lang = view.lang;
    let mut sections: Vec<(&Heading, Vec<Part<'r>>)> = Vec::new();
    for table in tables {
        let part = Part::of(Page::of(table));
        let heading = HEADINGS.iter().find(|heading| heading.tables.contains(&table.id.as_str()));
        match (heading, sections.last_mut()) {
            (None, Some((_, parts))) => parts.push(part),
            (Some(own), Some((last, parts))) if std::ptr::eq(own, *last) => parts.push(part),
            (own, _) => sections.push((own.unwrap_or(&HEADINGS[0]), vec![part])),
        }
    }
    let told = sections.into_iter().map(|(heading, parts)| Section {
        heading: Some(lang.pick(heading.en, heading.zh).to_owned()),
        lead: lead(heading.lead, tables, lang),
        parts,
    });
    let written = WRITTEN
        .iter()
        .map(|(en, zh)| Section { heading: Some(lang.pick(*en, *zh).to_owned()), ..Section::default() });
    let programme = &view.records.programme;
    let programme = word::label(&programme.name, programme.name_en.as_ref(), lang);
    let name = view.label(Kind::Edition, edition.as_str());
    Document {
        title: lang.pick(format!("{programme}: summary of {name}"), format!("{programme}{name}培育情况汇总")),
        facts: facts(tables, lang),
        day: view.closing_day(edition),
        basis: None,
        lang,
        sections: told.chain(written).collect(),
        reasons: Reasons::default(),
    }
}

fn facts(tables: &[Table], lang: Lang) -> Vec<(String, Cell)> {
    let fact = |item: &&str| {
        let row = row(tables, "overview", item)?;
        match row {
            [Cell::Coded { label, .. }, value] if *value != Cell::Missing => {
                Some((capitalised(label, lang), value.clone()))
            }
            _ => None,
        }
    };
    FACTS.iter().filter_map(fact).collect()
}

fn capitalised(label: &str, lang: Lang) -> String {
    let mut letters = label.chars();
    match (lang, letters.next()) {
        (Lang::En, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

fn row<'t>(tables: &'t [Table], table: &str, id: &str) -> Option<&'t [Cell]> {
    let table = tables.iter().find(|it| it.id == table)?;
    let has_id = |row: &&Vec<Cell>| matches!(row.first(), Some(Cell::Coded { id: it, .. }) if it == id);
    table.rows.iter().find(has_id).map(Vec::as_slice)
}

fn cell<'t>(tables: &'t [Table], (table, id, column): (&str, &str, &str)) -> Option<&'t Cell> {
    let at = tables.iter().find(|it| it.id == table)?.columns.iter().position(|it| it.id == column)?;
    row(tables, table, id)?.get(at)
}

/// The clauses that have a figure, as one sentence.
fn lead(clauses: &[Clause], tables: &[Table], lang: Lang) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for clause in clauses {
        let Some(figure) = cell(tables, clause.at).filter(|cell| is_notable(cell)) else { continue };
        let (before, after) = lang.pick(clause.en, clause.zh);
        let comma = if pieces.is_empty() { "" } else { lang.pick(", ", "，") };
        pieces.push(Piece::Text(format!("{comma}{before}")));
        pieces.push(Piece::Figure(as_spoken(figure)));
        pieces.push(Piece::Text(after.to_owned()));
    }
    if !pieces.is_empty() {
        pieces.push(Piece::Text(lang.pick(".", "。").to_owned()));
    }
    pieces
}

/// A figure as it stands in a sentence: of an amount nobody wants the parts of its growth.
fn as_spoken(figure: &Cell) -> Cell {
    match figure {
        Cell::Share(share) if share.denominator.abs() > Decimal::from(MOST_WITH_PARTS) => {
            share.value().map_or(Cell::Missing, Cell::Rate)
        }
        figure => figure.clone(),
    }
}

/// A share of more is shown without its parts.
const MOST_WITH_PARTS: u32 = 100_000;

/// Whether a figure is worth a clause: it is known and not zero.
fn is_notable(cell: &Cell) -> bool {
    match cell {
        Cell::Missing | Cell::Withheld | Cell::Count(0) => false,
        Cell::Share(share) => share.value().is_some(),
        Cell::Number(number) | Cell::Amount(number) => !number.is_zero(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Store, shown};
    use crate::report::summary::{compare, summary};

    fn sentence(section: &Section<'_>) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Figure(cell) => shown(std::slice::from_ref(cell)),
        };
        section.lead.iter().map(piece).collect()
    }

    #[test]
    fn every_table_stands_under_a_heading_in_its_order_and_people_have_room_at_the_end() {
        let store = Store::rich();
        let (two, three) = ("2".parse().unwrap(), "3".parse().unwrap());
        let tables = compare(&store.view(), &[two, three]);
        let document = outline(&store.view(), &"2".parse().unwrap(), &tables);
        let ids = |document: &Document<'_>| {
            document.pages().iter().map(|page| page.table.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&document), tables.iter().map(|table| table.id.clone()).collect::<Vec<_>>());
        let headings: Vec<&str> =
            document.sections.iter().filter_map(|section| section.heading.as_deref()).collect();
        let expected = [
            "The edition",
            "Targets",
            "Activities",
            "Results",
            "Needs",
            "Beside another edition",
            "Cases",
            "Problems",
            "Next steps",
        ];
        assert_eq!(headings, expected);
    }

    #[test]
    fn a_section_opens_with_a_sentence_of_the_figures_that_there_are() {
        let store = Store::rich();
        let view = View { lang: Lang::Zh, ..store.view() };
        let tables = summary(&view, &"2".parse().unwrap());
        let document = outline(&view, &"2".parse().unwrap(), &tables);
        assert_eq!(sentence(&document.sections[0]), "本期入选企业2家，结业1家，退出1家。");
        assert_eq!(
            sentence(&document.sections[2]),
            "全期共举办活动2场，合计2.5学时，参与4人次，覆盖企业1/2，出席率2/3。"
        );
        assert_eq!(document.sections[1].lead, []);
    }

    #[test]
    fn a_table_that_no_heading_names_stands_with_the_one_before_it() {
        let store = Store::rich();
        let mut tables = summary(&store.view(), &"2".parse().unwrap());
        tables.insert(6, Table::new("new", "New", Lang::En, "CNY"));
        let document = outline(&store.view(), &"2".parse().unwrap(), &tables);
        let targets: Vec<&str> =
            document.sections[1].parts.iter().map(|part| part.page.table.id.as_str()).collect();
        assert_eq!(targets, ["targets", "new"]);
    }
}
