//! Tables as Markdown: the figures of the text table, for a wiki or a mail.

use std::io::{self, Write};

use super::{Page, cell, sanitise};
use crate::report::document::Document;
use crate::report::table::Table;

/// Tables one below the other, each under its title; a document with a title page under its own title and headings,
/// with the sentences that open its sections.
pub fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    let has_front = !document.facts.is_empty();
    let basis = document.basis_lines();
    let mut gap = "";
    if has_front {
        write!(out, "# {}\n\n", prose(&document.title))?;
        let colon = document.lang.pick(": ", "：");
        for (label, value) in cell::facts(document) {
            writeln!(out, "- {}{colon}{}", escaped(&label), escaped(&value))?;
        }
        basis.iter().try_for_each(|line| writeln!(out, "- {}", prose(line)))?;
        gap = "\n";
    }
    for section in &document.sections {
        if let Some(heading) = &section.heading {
            writeln!(out, "{gap}## {}", prose(heading))?;
            gap = "\n";
        }
        let lead = cell::sentence(section);
        if !lead.is_empty() {
            writeln!(out, "\n{}", escaped(&lead))?;
        }
        for part in &section.parts {
            out.write_all(gap.as_bytes())?;
            one(&part.page, if has_front { "###" } else { "##" }, out)?;
            gap = "\n";
        }
    }
    if has_front {
        return Ok(());
    }
    basis.iter().try_for_each(|line| writeln!(out, "\n{}", prose(line)))
}

fn one(page: &Page<'_>, heading: &str, out: &mut dyn Write) -> io::Result<()> {
    let table = page.table;
    write!(out, "{heading} {}\n\n", prose(&table.title))?;
    body(page, out)?;
    if !table.notes.is_empty() {
        out.write_all(b"\n")?;
    }
    table.notes.iter().try_for_each(|note| writeln!(out, "- {}", prose(note)))
}

fn body(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let table = page.table;
    if page.is_empty() {
        return writeln!(out, "{}", cell::no_rows(table.lang));
    }
    let heads = table.columns.iter().map(|column| escaped(&cell::head(column, table)));
    let is_right = cell::are_right(page)?;
    let rules = is_right.iter().map(|is_right| if *is_right { "---:" } else { "---" }.to_owned());
    out.write_all(line(&heads.collect::<Vec<_>>()).as_bytes())?;
    out.write_all(line(&rules.collect::<Vec<_>>()).as_bytes())?;
    page.rows.each(&mut |row| {
        let cells = row.iter().map(|cell| escaped(&cell::cell(cell, table)));
        out.write_all(line(&cells.collect::<Vec<_>>()).as_bytes())
    })?;
    out.write_all(total(table).unwrap_or_default().as_bytes())
}

fn total(table: &Table) -> Option<String> {
    let strong =
        |text: &String| if text.is_empty() { String::new() } else { format!("**{}**", escaped(text)) };
    let cells = cell::total(table.total.as_ref()?, table);
    Some(line(&cells.iter().map(strong).collect::<Vec<_>>()))
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn prose(text: &str) -> String {
    escaped(&sanitise::line(text))
}

/// Sanitised text without anything Markdown would read as its own.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '[' | '<') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::lang::Lang;
    use crate::report::document::{Part, Piece, Section};
    use crate::report::reasons::Reasons;
    use crate::report::table::Cell;

    fn tables(tables: &[Table]) -> String {
        let day = "2024-03-01".parse().unwrap();
        sample::written(tables, |pages, out| write(&Document::of(pages, day, Lang::Zh), out))
    }

    #[test]
    fn a_document_has_its_title_facts_headings_and_sentences() {
        let table = sample::empty(Lang::Zh);
        let day = "2024-03-01".parse().unwrap();
        let part = Part::of(Page::of(&table));
        let told = Section {
            heading: Some("需求".to_owned()),
            lead: vec![Piece::Text("收集*".to_owned()), Piece::Figure(Cell::Count(1_204))],
            parts: vec![part],
        };
        let written = Section { heading: Some("典型案例".to_owned()), ..Section::default() };
        let document = Document {
            title: "汇总".to_owned(),
            facts: vec![("启动".to_owned(), Cell::Text("2022".to_owned()))],
            day,
            basis: None,
            lang: Lang::Zh,
            sections: vec![told, written],
            reasons: Reasons::default(),
        };
        let mut text = Vec::new();
        write(&document, &mut text).unwrap();
        let expected = "\
# 汇总

- 启动：2022

## 需求

收集\\*1,204

### 需求

暂无数据

- 仅统计在库期间的需求

## 典型案例
";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn a_table_has_a_title_an_alignment_row_a_strong_total_and_a_list_of_notes() {
        let expected = "\
## 按行业

| 行业 | 企业数 | 占比 | 营业收入 |
| --- | ---: | ---: | ---: |
| 汽车 | 31 | 2.8 % (31/1,104) | 12.35亿元 |
| 人工智能 | 1,073 | 97.2 % (1,073/1,104) | -9,800.5元 |
| 其他 | 0 | 0.0 % (0/1,104) | 0元 |
| 新材料 | 0 | 0.0 % (0/1,104) | – |
| **合计** | **1,104** | **100.0 % (1,104/1,104)** | **12.35亿元** |

- 1家企业未填报营业收入

## 需求

暂无数据

- 仅统计在库期间的需求
";
        assert_eq!(tables(&[sample::by_industry(Lang::Zh), sample::empty(Lang::Zh)]), expected);
    }

    #[test]
    fn text_breaks_neither_the_table_nor_the_terminal() {
        let expected = "\
## Roster

| Id | Name | Town | Founded | Achieved at entry | Median growth |
| --- | --- | --- | --- | ---: | ---: |
| a1 | =HYPERLINK(\"x\") | Town | 2015 | 33.3 % (1/3) | 4.3 % |
| a2 | 示例␛\\[31m红色␛\\[0m公司 | 西镇 | 2015-06 | 0.0 % (0/5) | 0.0 % |
| a3 | ＡＢ（示例）\\\\u{202e}股份有限公司 | 西镇 | 2015-06-01 | – (0/0) | – |
| a4 | e\u{301}te\u{301} \\| two␊lines | a\\|b | 2015 | 100.0 % (3/3) | -150.0 % |
";
        assert_eq!(tables(&[sample::roster(Lang::En)]), expected);
        assert_eq!(escaped("a\\|<b>*_`["), "a\\\\\\|\\<b>\\*\\_\\`\\[");
    }
}
