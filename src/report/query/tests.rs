//! Whole questions to a small store; the day is 2024-06-30.

use super::*;
use crate::model::lang::Lang;
use crate::report::fixture::{Store, rows};
use crate::report::{ReportName, list, report};

fn query(conditions: &[&str], columns: &[&str], sort: &[&str], limit: Option<usize>) -> Query {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Query { conditions: owned(conditions), columns: owned(columns), sort: owned(sort), limit }
}

/// The enterprises that meet conditions.
fn meet(conditions: &[&str]) -> Vec<String> {
    of_edition(None, conditions)
}

fn of_edition(edition: Option<&str>, conditions: &[&str]) -> Vec<String> {
    let store = Store::rich();
    let view = store.view();
    let filter = Filter { edition: edition.map(|id| id.parse().unwrap()), ..Filter::default() };
    let query = query(conditions, &["id"], &[], None);
    let answer = answer(&view, &filter, &query, &|filter| list::enterprises(&view, filter));
    rows(&answer.unwrap().table)
}

/// What a condition is refused with: the place, what is wrong, and the way out.
fn refused(condition: &str) -> String {
    let store = Store::rich();
    let view = store.view();
    let query = query(&[condition], &[], &[], None);
    let fault = answer(&view, &Filter::default(), &query, &|filter| list::enterprises(&view, filter));
    let fault = fault.unwrap_err();
    let help = fault.help.map(|help| format!(" ({help})")).unwrap_or_default();
    format!("[{}] {}{help}", &fault.typed[fault.at], fault.message)
}

#[test]
fn words_are_ids_or_labels_in_either_language() {
    for text in ["automobile", "汽车", "AUTOMOBILE"] {
        assert_eq!(meet(&[&format!("industry = {text}")]), ["a"], "{text}");
    }
    assert_eq!(meet(&["所属产业 = 汽车"]), ["a"]);
    assert_eq!(meet(&["town = 新华街道"]), ["a"]);
    assert_eq!(meet(&["modules has 拟上市"]), ["a"]);
    assert_eq!(meet(&["modules lacks listing"]), ["b", "c"]);
    assert_eq!(meet(&["name contains A公司"]), ["a"]);
    assert_eq!(meet(&["class = C"]), ["a"]);
}

#[test]
fn numbers_have_units_as_people_write_them() {
    assert_eq!(meet(&["revenue >= 0.015万元"]), ["a"]);
    assert_eq!(meet(&["revenue < 150.5"]), ["b"]);
    assert_eq!(meet(&["employees > 24 persons"]), ["a"]);
    assert_eq!(meet(&["growth.revenue = 50.5%"]), ["a"]);
    assert_eq!(meet(&["revenue.2021 <= 100"]), ["a", "b"]);
    assert_eq!(meet(&["editions >= 2"]), ["a"]);
    assert_eq!(meet(&["editions has 3"]), ["a", "c"]);
}

#[test]
fn what_is_missing_passes_only_where_it_is_asked_for() {
    assert_eq!(meet(&["industry != automobile"]), Vec::<String>::new());
    assert_eq!(meet(&["not industry = automobile"]), Vec::<String>::new());
    assert_eq!(meet(&["industry is missing"]), ["b", "c"]);
    assert_eq!(meet(&["industry is not missing"]), ["a"]);
    assert_eq!(meet(&["growth.revenue is missing"]), ["b", "c"]);
}

#[test]
fn titles_are_held_on_a_day() {
    assert_eq!(meet(&["holds srdi"]), ["a", "c"]);
    assert_eq!(meet(&["not holds srdi"]), ["b"]);
    assert_eq!(meet(&["holds 专精特新 on 2022-05-31"]), ["c"]);
    assert_eq!(meet(&["holds srdi on 2024-08-01"]), ["a"]);
    assert_eq!(meet(&["titles has hnte"]), ["a"]);
}

#[test]
fn activities_are_those_of_the_edition_where_one_is_given() {
    assert_eq!(meet(&["attended visits"]), ["a", "c"]);
    assert_eq!(meet(&["attended courses = 0"]), ["b", "c"]);
    assert_eq!(meet(&["attendance.rate < 100%"]), ["b"]);
    assert_eq!(meet(&["last activity = 2022-03"]), ["a", "c"]);
    assert_eq!(meet(&["days since last activity > 800"]), ["a", "c"]);
    assert_eq!(of_edition(Some("3"), &["attended"]), Vec::<String>::new());
    assert_eq!(of_edition(Some("2"), &["attended visits"]), ["a"]);
}

#[test]
fn dates_known_to_the_month_pass_where_all_their_days_do() {
    let joined = |condition: &str| of_edition(Some("2"), &[condition]);
    assert_eq!(joined("joined = 2022"), ["b"]);
    assert_eq!(joined("joined >= 2022-03-02"), Vec::<String>::new());
    assert_eq!(joined("joined >= 2022-03-01"), ["b"]);
    assert_eq!(joined("joined < 2022-04"), ["b"]);
    assert_eq!(joined("left > today-1000d"), ["b"]);
}

#[test]
fn what_cannot_be_answered_names_the_place_and_the_nearest() {
    for (condition, expected) in [
        ("industyr = 汽车", "[industyr] there is no field `industyr` (did you mean `industry`?)"),
        (
            "industry = automobil",
            "[automobil] no industry is called `automobil` (did you mean `automobile`?)",
        ),
        (
            "holds srd",
            "[holds srd] no title is called `srd` (did you mean `srdi`? (known are SRDI (srdi), HNTE (hnte)))",
        ),
        ("revenu > 5", "[revenu] there is no field `revenu` (did you mean `revenue`?)"),
        (
            "revenue > much",
            "[much] `much` is not a number (write a number, such as `300`, `5000万` or `1.2亿`)",
        ),
        (
            "employees > 3万元",
            "[3万元] `3万元` is an amount of money, the field counts persons (write the number alone)",
        ),
        ("revenue > 5%", "[5%] `5%` is a rate, the field holds numbers"),
        ("growth.revenue > 15", "[15] `15` may be 15 % or 15 times (write `15%` or `0.15`)"),
        (
            "industry > 3",
            "[>] `>` does not go with `industry`, which holds a word (these do: =, !=, contains, is missing)",
        ),
        (
            "editions = 2 and 3",
            "[2 and 3] the field holds several words: `=` and `<` compare how many there are (`has 2 and 3` asks for one of them)",
        ),
        (
            "outcome = graduate",
            "[graduate] `graduate` is not one of `graduated`, `withdrawn`, `removed` or `transferred` (did you mean `graduated`?)",
        ),
        (
            "days since birth > 3",
            "[days since birth] `birth` is not a date an enterprise has (`days since` goes with last activity, founded, joined, left)",
        ),
    ] {
        assert_eq!(refused(condition), expected, "{condition}");
    }
    assert!(refused("industry").starts_with("[] an operator is missing after `industry`"));
}

#[test]
fn conditions_on_enterprises_narrow_what_is_counted_and_those_on_columns_what_is_shown() {
    let store = Store::rich();
    let view = store.view();
    let ask = |conditions: &[&str]| {
        let query = query(conditions, &[], &[], None);
        let make = |filter: &Filter| report(ReportName::Recognitions, &view, filter);
        rows(&answer(&view, &Filter::default(), &query, &make).unwrap().table)
    };
    assert_eq!(ask(&[]), ["srdi 2 2", "hnte 1 1"]);
    assert_eq!(ask(&["town = xinhua"]), ["srdi 1 1", "hnte 1 1"]);
    assert_eq!(ask(&["held > 1"]), ["srdi 2 2"]);
    assert_eq!(ask(&["town = xinhua", "title = hnte"]), ["hnte 1 1"]);
}

#[test]
fn rows_are_sorted_cut_and_shown_with_any_field_of_their_enterprise() {
    let store = Store::rich();
    let view = store.view();
    let ask = |columns: &[&str], sort: &[&str], limit| {
        let query = query(&[], columns, sort, limit);
        answer(&view, &Filter::default(), &query, &|filter| list::enterprises(&view, filter)).unwrap().table
    };
    let table = ask(&["id", "revenue", "holds srdi"], &["revenue"], None);
    assert_eq!(rows(&table), ["b 10 no", "a 150.5 yes", "c – yes"]);
    let labels: Vec<&str> = table.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(labels, ["Id", "revenue", "Holds SRDI"]);
    let table = ask(&["id"], &["revenue:desc"], Some(2));
    assert_eq!(rows(&table), ["a", "b"]);
    assert_eq!(table.notes.last().unwrap(), "the first 2 of 3 rows");
    assert_eq!(rows(&ask(&["id"], &["holds srdi:desc", "id:desc"], None)), ["c", "a", "b"]);
}

#[test]
fn labels_of_fields_are_in_the_language_of_the_view() {
    let store = Store::rich();
    let view = View { lang: Lang::Zh, ..store.view() };
    let query = query(&[], &["growth.revenue.2022", "revenue.2022", "attended visits"], &[], None);
    let table = answer(&view, &Filter::default(), &query, &|filter| list::enterprises(&view, filter));
    let columns = table.unwrap().table.columns;
    let labels: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(labels, ["2022年营业收入增长率", "2022年营业收入", "参加交流场次"]);
}
