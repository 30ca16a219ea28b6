//! A page in which every figure leads to the records it is made of.

use std::collections::BTreeSet;

use crate::sandbox::Sandbox;

/// What stands between two marks, wherever it does.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

#[test]
fn every_link_leads_somewhere_and_every_figure_to_its_reasons() {
    let sandbox = Sandbox::small();
    let made = ["summary 1 --compare 1", "report attendance --edition 1", "report editions"];
    for made in made.map(|it| (&sandbox, it)).into_iter().chain([(&Sandbox::shipped(), "summary 2")]) {
        let (sandbox, made) = made;
        let page = sandbox.done(&format!("kunpeng {made} --format html"));
        let ids = between(&page, " id=\"", "\"");
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{made}: an id stands twice");
        let links = between(&page, "href=\"#", "\"");
        let lost: Vec<&&str> = links.iter().filter(|it| !distinct.contains(**it)).collect();
        assert!(lost.is_empty(), "{made}: {lost:?}");
        let pages = ids.iter().filter(|id| id.starts_with('w')).count();
        let asked: BTreeSet<&&str> = links.iter().filter(|it| it.starts_with('w')).collect();
        assert_eq!(asked.len(), pages, "{made}");
        assert!(!page.contains("<script") && !page.contains("onclick"));
        let (tables, _) = page.split_once("<aside>").unwrap();
        // A target is set and a difference follows: both are no counts.
        let titles = ["<h3>Targets</h3>", "<h3>Comparison of two editions</h3>"];
        let counts =
            tables.split("<div class=\"table").filter(|it| !titles.iter().any(|title| it.contains(title)));
        let figures: Vec<&str> = counts.flat_map(|it| between(it, "<td class=\"r\">", "</td>")).collect();
        assert!(figures.len() > 10, "{made}");
        for figure in figures {
            let is_figure = figure.contains(|c: char| c.is_ascii_digit());
            assert!(!is_figure || figure.starts_with("<a href=\"#w"), "{made}: {figure}");
        }
    }
}

#[test]
fn a_page_of_reasons_names_the_records_the_rule_and_the_file() {
    let sandbox = Sandbox::shipped();
    let page = sandbox.done("kunpeng summary 2 --lang zh --format html");
    let (tables, reasons) = page.split_once("<aside>").unwrap();
    let withdrawn = between(tables, "<th scope=\"row\">退出</th><td>", "</td>")[0];
    let id = between(withdrawn, "href=\"#", "\"")[0];
    let (_, reason) = reasons.split_once(&format!("<article class=\"why\" id=\"{id}\">")).unwrap();
    let (reason, _) = reason.split_once("</article>").unwrap();
    for part in ["<h2>基本情况：退出</h2>", "该数为上列条数：1", "enterprises/", "href=\"#t1\""]
    {
        assert!(reason.contains(part), "{part} is not in {reason}");
    }
    assert!(page.len() < 6_000_000, "{}", page.len());
}

#[test]
fn reasons_are_left_out_where_they_are_not_wanted_or_would_tell() {
    let sandbox = Sandbox::shipped();
    for option in ["--without-reasons", "--redact", "--suppress-below 3"] {
        let page = sandbox.done(&format!("kunpeng summary 2 {option} --format html"));
        assert!(!page.contains("<aside>") && !page.contains("href=\"#w"), "{option}");
        assert!(page.len() < 150_000, "{option}: {}", page.len());
    }
}
