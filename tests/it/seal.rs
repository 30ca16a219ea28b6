//! The seal of an edition: what was printed when it was closed stands, and what has changed since is named.

use std::fs;

use sha2::{Digest, Sha256};
use snapbox::str;

use crate::handed_over::unpacked;
use crate::sandbox::Sandbox;

/// The rows of a table of a summary.
fn rows(sandbox: &Sandbox, line: &str, table: &str) -> serde_json::Value {
    let summary = sandbox.json(line);
    let tables = summary["tables"].as_array().unwrap();
    tables.iter().find(|it| it["id"] == table).unwrap()["rows"].clone()
}

fn closed() -> Sandbox {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng edition close 1 --on 2024-02-28 --yes");
    sandbox
}

#[test]
fn a_close_says_what_is_open_and_asks() {
    let sandbox = Sandbox::small();
    sandbox.refuses(
        "kunpeng edition close 1 --on 2024-02-28",
        1,
        str![[r#"
--- stderr
2 of 2 members have no outcome; `kunpeng member graduate 1 --all`
2 of 2 members have no figures for 2023; `kunpeng report missing --edition 1`
error: confirmation is needed: Close edition `1` all the same?
  help: confirm with `--yes`, or look first with `--dry-run`
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng edition close 1 --on 2024-02-28 --yes",
        str![[r#"
--- stderr
2 of 2 members have no outcome; `kunpeng member graduate 1 --all`
2 of 2 members have no figures for 2023; `kunpeng report missing --edition 1`
edition `1` closed on 2024-02-28, its summary is sealed
warning: edition `1` closed on 2024-02-28, 2 memberships have no outcome, `alpha` first
  --> enterprise `alpha`, `memberships[1].edition`
  rule: open-after-close
  help: `kunpeng member graduate 1 ENTERPRISE…` or `--all`

"#]],
    );
    assert!(sandbox.path("data/sealed/1.json").exists());
    sandbox.refuses(
        "kunpeng edition close 1 --on 2024-02-29 --yes",
        1,
        str![[r#"
--- stderr
error: the edition was closed on 2024-02-28; `kunpeng edition reopen` opens it again
--- exit 1

"#]],
    );
}

#[test]
fn a_figure_that_is_expected_and_does_not_come_out_is_said_at_the_close_and_by_status() {
    let sandbox = Sandbox::small();
    let text = sandbox.read("data/editions/1.toml")
        + "\n[[expect]]\nfigure = \"enterprises where town is missing\"\nis = 9\n";
    fs::write(sandbox.path("data/editions/1.toml"), text).unwrap();
    let said = "edition `1` expects `enterprises where town is missing` to be 9, it is 2: -7; `kunpeng summary 1 --live --where \"town is missing\" --why overview/members/value` lists the records";
    let closing = sandbox.run("kunpeng edition close 1 --on 2024-02-28").stderr;
    assert!(closing.contains(said), "{closing}");
    let status = sandbox.json("kunpeng status --format json");
    let tables = status["tables"].as_array().unwrap();
    let unmet = &tables.iter().find(|it| it["id"] == "expectations").unwrap()["rows"][0];
    assert_eq!(
        (&unmet["asserted"], &unmet["computed"], &unmet["difference"]),
        (&9.into(), &2.into(), &(-7).into())
    );
    let listed = sandbox.json(&format!("{} --format json", unmet["list_with"].as_str().unwrap()));
    assert_eq!(listed["tables"][0]["rows"].as_array().unwrap().len(), 2);
    let zh = sandbox.run("kunpeng check --lang zh").stdout;
    assert!(zh.contains("应为 9，实为 2，相差 -7"), "{zh}");
}

#[test]
fn a_record_that_comes_late_does_not_move_a_sealed_figure_and_is_named() {
    let sandbox = closed();
    let before = sandbox.json("kunpeng summary 1 --format json");
    sandbox.done("kunpeng recognition add alpha title=srdi recognised=2023-05-01");
    sandbox.done("kunpeng need add beta category=land received=2023-06-01");
    assert_eq!(sandbox.json("kunpeng summary 1 --format json"), before);
    let said = sandbox.run("kunpeng summary 1 --format json").stderr;
    assert!(said.contains("would differ: `kunpeng summary 1 --diff`"), "{said}");
    sandbox.shows(
        "kunpeng summary 1 --diff --format csv",
        str![[r#"
﻿Table,Row,Column,Sealed,Today,Today (numerator),Today (denominator),Difference
Overview,enterprises that gained a title,Value,0,1,,,1
Overview,needs received,Value,0,1,,,1
Titles,SRDI SME,Gained,0,1,,,1
Titles,SRDI SME,Held,0,1,,,1
Titles,SRDI SME,Ever,0,1,,,1
Needs,Land,Category,,Land,,,
Needs,Land,Brought forward,,0,,,
Needs,Land,Received,,1,,,
Needs,Land,Closed,,0,,,
Needs,Land,Open,,1,,,
Needs,Land,Closing rate,,0,0,1,
Needs,total,Brought forward,,0,,,
Needs,total,Received,,1,,,
Needs,total,Closed,,0,,,
Needs,total,Open,,1,,,
Needs,total,Closing rate,,0,0,1,
--- stderr
sealed when the edition closed on 2024-02-28, before any change: what was mended later is not in it
counted live, as of 2024-03-01 and change 4

"#]],
    );
    let why = |cell: &str| sandbox.run(&format!("kunpeng summary 1 --why {cell}")).stderr;
    assert!(why("recognitions/srdi/gained").contains("another figure was sealed"));
    assert_eq!(why("recognitions/srdi/renewed"), "");
    let live = rows(&sandbox, "kunpeng summary 1 --live --format json", "needs");
    assert_eq!(live[0]["received"], 1);
    assert_eq!(rows(&sandbox, "kunpeng summary 1 --format json", "needs"), serde_json::json!([]));
}

#[test]
fn a_seal_that_was_edited_or_cut_short_is_refused() {
    let sandbox = closed();
    let path = sandbox.path("data/sealed/1.json");
    let whole = fs::read_to_string(&path).unwrap();
    for text in [whole.replacen("\"count\": 2", "\"count\": 3", 1), whole[..whole.len() / 2].to_owned()] {
        assert_ne!(text, whole);
        fs::write(&path, text).unwrap();
        let outcome = sandbox.run("kunpeng summary 1");
        assert_eq!(outcome.code, Some(1), "{}", outcome.text());
        assert!(outcome.stderr.contains("sealed/1.json"), "{}", outcome.stderr);
        assert_eq!(sandbox.run("kunpeng summary 1 --live").code, Some(0));
    }
}

#[test]
fn a_seal_of_which_any_one_byte_is_another_is_refused() {
    let sandbox = closed();
    let path = sandbox.path("data/sealed/1.json");
    let store = kunpeng::store::Store::open(&sandbox.path("data")).unwrap();
    let one = "1".parse().unwrap();
    let whole = fs::read(&path).unwrap();
    assert!(store.seal(&one).unwrap().is_some());
    // Every byte of its first lines and of its last, and many between.
    let places = (0..200).chain((200..whole.len()).step_by(53)).chain(whole.len() - 90..whole.len());
    for at in places {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&path, changed).unwrap();
        assert!(store.seal(&one).is_err(), "byte {at}");
    }
    for changed in [[whole.as_slice(), b"\n"].concat(), whole[..whole.len() - 1].to_vec(), Vec::new()] {
        fs::write(&path, changed).unwrap();
        assert!(store.seal(&one).is_err());
    }
}

#[test]
fn an_edition_closes_again_after_its_close_was_undone_or_it_was_reopened() {
    let sandbox = closed();
    let first = sandbox.read("data/sealed/1.json");
    let says = |said: &str| {
        let shown = sandbox.done("kunpeng summary 1");
        assert!(shown.contains(said), "{said}\n{shown}");
    };
    sandbox.done("kunpeng undo --yes");
    assert!(!sandbox.path("data/sealed/1.json").exists());
    says("counted live");
    // Nothing is left of the close that was undone: another day is no other day.
    let again = sandbox.run("kunpeng edition close 1 --on 2024-02-27 --yes");
    assert!(!again.stderr.contains("was closed on"), "{}", again.text());
    says("sealed when the edition closed on 2024-02-27");
    let second = sandbox.read("data/sealed/1.json");
    assert_ne!(first, second);
    // Closed on another day after it was reopened, that is said, and the old seal stays as it was.
    sandbox.done("kunpeng edition reopen 1 --yes --reason 'the day was wrong'");
    let asked = sandbox.run("kunpeng edition close 1 --on 2024-02-28");
    assert_eq!(asked.code, Some(1), "{}", asked.text());
    let said = "edition `1` was closed on 2024-02-27, and is closed on 2024-02-28 now";
    assert!(asked.stderr.starts_with(said), "{}", asked.text());
    sandbox.done("kunpeng need add alpha category=land received=2023-06-01");
    sandbox.done("kunpeng edition close 1 --on 2024-02-28 --yes");
    says("sealed when the edition closed on 2024-02-28");
    assert_eq!(rows(&sandbox, "kunpeng summary 1 --format json", "needs")[0]["received"], 1);
    let aside = |sandbox: &Sandbox| {
        let files = sandbox.files("data/sealed");
        files.into_iter().filter(|(name, _)| name.contains("reopened")).collect::<Vec<_>>()
    };
    let kept = aside(&sandbox);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].1, second.as_bytes());
    // The last close undone, nothing of the earlier one is lost; closed once more, there is one seal and the old one.
    sandbox.done("kunpeng undo --yes");
    assert!(!sandbox.path("data/sealed/1.json").exists());
    assert_eq!(aside(&sandbox), kept);
    sandbox.done("kunpeng edition close 1 --on 2024-02-28 --yes");
    says("sealed when the edition closed on 2024-02-28");
    assert_eq!(aside(&sandbox), kept);
    // Reopened a second time, both old seals stand.
    sandbox.done("kunpeng edition reopen 1 --yes --reason 'and again'");
    assert_eq!(aside(&sandbox).len(), 2);
    assert!(aside(&sandbox).contains(&kept[0]));
}

#[test]
fn a_seal_of_a_newer_format_is_refused_and_left_as_it_is() {
    let sandbox = closed();
    let path = sandbox.path("data/sealed/1.json");
    let newer = fs::read_to_string(&path).unwrap().replacen("\"format\": 1", "\"format\": 2", 1);
    // Sealed as the newer version would: the checksum is of all before it.
    let (body, end) = newer.split_at(newer.rfind("  \"sha256\": \"").unwrap());
    let digits = Sha256::digest(body).iter().flat_map(|byte| [byte >> 4, byte & 15]).collect::<Vec<_>>();
    let sum: String = digits.into_iter().filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
    let sealed = &end["  \"sha256\": \"".len()..][..sum.len()];
    let newer = newer.replace(sealed, &sum);
    fs::write(&path, &newer).unwrap();
    for (lang, said) in [("en", "a newer version of kunpeng wrote it"), ("zh", "它由更新的版本写入")]
    {
        let outcome = sandbox.run(&format!("kunpeng --lang {lang} summary 1"));
        assert_eq!(outcome.code, Some(1), "{}", outcome.text());
        assert!(outcome.stderr.contains("sealed/1.json"), "{}", outcome.stderr);
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn what_changes_after_a_close_is_named_figure_by_figure_and_the_sealed_ones_stand() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng recognition add beta title=srdi recognised=2023-05-01");
    sandbox.done("kunpeng edition close 1 --on 2024-02-28 --yes");
    let summary = "kunpeng summary 1 --format json";
    let sealed = sandbox.json(summary);
    let differs = |line: &str, figures: &[&str]| {
        sandbox.done(line);
        assert_eq!(sandbox.json(summary), sealed, "{line}");
        let told = sandbox.json("kunpeng summary 1 --diff --format json");
        let rows = told["tables"][0]["rows"].as_array().unwrap();
        let found: Vec<String> =
            rows.iter().map(|row| format!("{} {} {}", row["table"], row["row"], row["column"])).collect();
        for figure in figures {
            assert!(found.iter().any(|it| it.replace('"', "") == *figure), "{line}: {found:?}");
        }
    };
    // An edited date, a late record, an enterprise that changes industry and town, and one that is removed.
    differs("kunpeng recognition set beta 1 recognised=2024-02-29", &["recognitions srdi gained"]);
    differs("kunpeng need add alpha category=land received=2023-06-01", &["needs total received"]);
    differs(
        "kunpeng industry add id=cheese name=Cheese && kunpeng enterprise set alpha industry=cheese town=Elsewhere",
        &["enterprises-by-industry cheese enterprises", "enterprises-by-town Elsewhere enterprises"],
    );
    differs("kunpeng enterprise remove beta --yes", &["overview members value"]);
    let on_second_day = sandbox.run("kunpeng edition close 1 --on 2024-02-27 --yes");
    assert_eq!(on_second_day.code, Some(1));
    assert_eq!(sandbox.json(summary), sealed);
}

#[test]
fn every_format_says_as_of_when_its_figures_are_sealed_or_live() {
    let sandbox = Sandbox::shipped();
    sandbox.done("kunpeng edition close 3 --on 2024-02-28 --yes");
    // One table as csv has no place for it: it is said beside it.
    let formats = ["txt", "md", "html", "json", "csv", "tsv", "xlsx", "docx", "zip"];
    let says = |line: &str, said: &str| {
        for ending in formats {
            let outcome = sandbox.run(&format!("{line} -o made.{ending}"));
            let shown = match ending {
                "xlsx" | "docx" | "zip" => {
                    unpacked(&fs::read(sandbox.path(&format!("made.{ending}"))).unwrap())
                }
                "csv" | "tsv" if line.contains("report") || line.contains("why") => outcome.stderr,
                _ => sandbox.read(&format!("made.{ending}")),
            };
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(shown.contains(said), "{line}, {ending}\n{shown}");
        }
    };
    says("kunpeng summary 3", "sealed when the edition closed on 2024-02-28, before any change");
    says("kunpeng summary 3 --columns key,share", "sealed when the edition closed on 2024-02-28");
    says("kunpeng summary 3 --redact --suppress-below 3", "sealed when the edition closed on 2024-02-28");
    says("kunpeng summary 3 --live --lang zh", "按现有记录统计，截至2024-03-01、变更2");
    says("kunpeng summary 3 --on 2024-01-31", "counted live, as of 2024-01-31 and change 2");
    says("kunpeng summary 3 --compare 2", "counted live, as of 2024-03-01 and change 2");
    says("kunpeng summary 3 --why overview/members/value", "counted live, as of 2024-03-01 and change 2");
    says("kunpeng report due", "counted live, as of 2024-03-01 and change 2");
    says(
        "kunpeng report needs --edition 3 --suppress-below 3",
        "counted live, as of 2024-03-01 and change 2",
    );
    says(
        "kunpeng report needs --edition 3 --why needs/total/rate",
        "counted live, as of 2024-03-01 and change 2",
    );
    let json = sandbox.json("kunpeng summary 3 --format json");
    assert_eq!(json["as_of"]["day"], "2024-02-28");
    assert_eq!((&json["as_of"]["sealed"], &json["as_of"]["change"]), (&true.into(), &0.into()));
    let dossier = sandbox.done("kunpeng report dossier 91440114DEM00156XK --format csv");
    assert!(dossier.ends_with("\n\n\"counted live, as of 2024-03-01 and change 2\"\n"), "{dossier}");
}

#[test]
fn a_reopened_edition_keeps_its_old_seal_and_undo_puts_it_back() {
    let sandbox = closed();
    let seal = sandbox.read("data/sealed/1.json");
    sandbox.refuses(
        "kunpeng edition reopen 1 --yes",
        1,
        str![[r#"
--- stderr
error: a closed edition is not reopened without a reason
  help: give one with `--reason TEXT`; `log` keeps it
--- exit 1

"#]],
    );
    sandbox.done("kunpeng edition reopen 1 --yes --reason 'a firm was forgotten'");
    assert!(!sandbox.path("data/sealed/1.json").exists());
    assert_eq!(sandbox.read("data/sealed/1.reopened-3.json"), seal);
    let said = sandbox.done("kunpeng summary 1");
    assert!(said.contains("counted live"), "{said}");
    sandbox.done("kunpeng undo --yes");
    assert_eq!(sandbox.read("data/sealed/1.json"), seal);
    assert!(!sandbox.path("data/sealed/1.reopened-3.json").exists());
    sandbox.done("kunpeng undo 2 --yes");
    assert!(!sandbox.path("data/sealed/1.json").exists());
    let said = sandbox.run("kunpeng summary 1 --diff");
    assert!(said.stderr.contains("edition `1` has no seal"), "{}", said.stderr);
}

#[test]
fn an_earlier_change_gives_the_same_bytes_whatever_day_it_is() {
    let sandbox = Sandbox::shipped();
    let now = [("KUNPENG_NOW", "2024-03-01T09:00:00+08:00")];
    sandbox.run_with("kunpeng need add 91440114DEM001746M category=land received=2024-01-05", &now);
    let of = |today: &str, ending: &str| {
        let line = format!("kunpeng summary 3 --rev 1 -q -o made.{ending}");
        let later = [("KUNPENG_TODAY", today), ("KUNPENG_NOW", "2025-06-01T09:00:00+08:00")];
        assert_eq!(sandbox.run_with(&line, &later).text(), "");
        fs::read(sandbox.path(&format!("made.{ending}"))).unwrap()
    };
    assert!(String::from_utf8_lossy(&of("2024-03-01", "md")).contains("as of 2024-03-01 and change 1"));
    for ending in ["txt", "md", "json", "csv", "html", "xlsx", "docx", "zip"] {
        assert!(of("2024-03-01", ending) == of("2025-03-01", ending), "{ending}");
    }
}

#[test]
fn a_day_within_an_edition_counts_what_was_there_then() {
    let sandbox = Sandbox::shipped();
    let members = |line: &str| {
        let overview = rows(&sandbox, line, "overview");
        let row = overview.as_array().unwrap().iter().find(|row| row["item"] == "activities").unwrap();
        row["value"].as_i64().unwrap()
    };
    assert_eq!(members("kunpeng summary 2 --on 2022-02-23 --format json"), 1);
    assert_eq!(members("kunpeng summary 2 --on 2022-02-24 --format json"), 2);
}
