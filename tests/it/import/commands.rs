//! The commands around an import, run as a person runs them: the night job, sound rows taken alone, plans kept for
//! later, batches.

use std::path::Path;
use std::process::{Command, Output};

const KUNPENG: &str = env!("CARGO_BIN_EXE_kunpeng");

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

fn kunpeng(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(KUNPENG)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("KUNPENG_DATA", folder.join("data"))
        .env("KUNPENG_TODAY", "2024-06-01")
        .env("LANG", "en")
        .output()
        .unwrap()
}

fn store() -> tempfile::TempDir {
    let folder = crate::sandbox::scratch();
    assert!(kunpeng(folder.path(), &["init", "data"]).status.success());
    folder
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn enterprises(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("data/enterprises"));
    let mut names: Vec<String> = entries
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

#[test]
fn the_night_job_sorts_files_by_their_outcome() {
    let folder = store();
    let inbox = folder.path().join("in");
    std::fs::create_dir(&inbox).unwrap();
    for name in ["plain.xlsx", "gb18030.csv", "password.xlsx", "claims-four-thousand-million-strings.xlsx"] {
        std::fs::copy(fixture(name), inbox.join(name)).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/night-job.sh");
    let output = Command::new("sh")
        .arg(script)
        .args(["enterprises", "in"])
        .current_dir(folder.path())
        .env("KUNPENG", KUNPENG)
        .env("KUNPENG_DATA", folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "refused claims-four-thousand-million-strings.xlsx: see refused/claims-four-thousand-million-strings.xlsx.txt",
            "imported gb18030.csv",
            "refused password.xlsx: see refused/password.xlsx.txt",
            "imported plain.xlsx",
        ]
    );
    assert_eq!(enterprises(folder.path()), ["91440114DEM0000127.toml", "91440114DEM0000202.toml"]);
}

#[test]
fn sound_rows_are_taken_and_the_others_come_back_with_the_reason() {
    let folder = store();
    let text =
        "附件1,,\n企业名称,统一社会信用代码,成立日期\n示例一厂,91440114DEM0000127,2015\n示例二厂,,2023.1\n";
    let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
    std::fs::write(folder.path().join("a.csv"), bytes).unwrap();
    let refused = kunpeng(folder.path(), &["import", "enterprises", "a.csv"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(enterprises(folder.path()).is_empty());
    let taken = kunpeng(folder.path(), &["import", "enterprises", "a.csv", "--accept-valid"]);
    assert!(taken.status.success(), "{}", said(&taken));
    assert_eq!(enterprises(folder.path()), ["91440114DEM0000127.toml"]);
    let bytes = std::fs::read(folder.path().join("a.refused.csv")).unwrap();
    let text = encoding_rs::GB18030.decode(&bytes).0.into_owned();
    assert_eq!(
        text,
        "附件1,,,\n企业名称,统一社会信用代码,成立日期,拒绝原因\n示例二厂,,2023.1,`2023.1` may be January or October\n"
    );
    let mended = encoding_rs::GB18030.encode(&text.replace("2023.1,", "2023-10,")).0.into_owned();
    std::fs::write(folder.path().join("a.refused.csv"), mended).unwrap();
    let again = kunpeng(folder.path(), &["import", "enterprises", "a.refused.csv"]);
    assert!(again.status.success(), "{}", said(&again));
    assert_eq!(enterprises(folder.path()).len(), 2);
}

#[test]
fn a_ragged_row_is_refused_and_the_others_are_taken() {
    let folder = store();
    let text = "name,note\n示例一厂,a\n示例二厂,a,b\n示例三厂\n示例四厂,a\n";
    std::fs::write(folder.path().join("a.csv"), text).unwrap();
    let import = |file: &str| kunpeng(folder.path(), &["import", "enterprises", file, "--accept-valid"]);
    let taken = import("a.csv");
    assert!(taken.status.success(), "{}", said(&taken));
    assert!(said(&taken).contains("4 rows: 2 created, 2 refused"), "{}", said(&taken));
    let refused = "\
name,note,拒绝原因
示例二厂,a,b,\"row 3 has 3 cells, the header has 2\"
示例三厂,\"row 4 has 1 cells, the header has 2\"
";
    assert_eq!(std::fs::read_to_string(folder.path().join("a.refused.csv")).unwrap(), refused);
    // As long as nobody mends them they are refused again, and the file stays as it is.
    let again = import("a.refused.csv");
    assert!(said(&again).contains("nothing to change: every row is refused"), "{}", said(&again));
    assert_eq!(std::fs::read_to_string(folder.path().join("a.refused.refused.csv")).unwrap(), refused);
    let mended = refused.replace("a,b,", "\"a,b\",").replace("示例三厂,", "示例三厂,,");
    std::fs::write(folder.path().join("a.refused.csv"), mended).unwrap();
    let mended = import("a.refused.csv");
    assert!(said(&mended).contains("2 rows: 2 created"), "{}", said(&mended));
}

#[test]
fn what_is_wrong_with_many_rows_is_said_once() {
    let folder = store();
    let text = "姓名,单位,活动名称\n".to_owned() + &"示例人,示例一厂,没有的活动\n".repeat(12);
    std::fs::write(folder.path().join("a.csv"), text).unwrap();
    std::fs::write(folder.path().join("b.csv"), "name\n示例一厂\n").unwrap();
    assert!(kunpeng(folder.path(), &["import", "enterprises", "b.csv"]).status.success());
    let refused = kunpeng(folder.path(), &["import", "attendance", "a.csv"]);
    assert_eq!(refused.status.code(), Some(3));
    let expected = "\
columns left out: 姓名 (personal data is not kept)
12 rows: 12 refused
error: no activity is called `没有的活动`
  --> a.csv, row 2, column 3 (C2): `没有的活动`
  --> a.csv, row 3, column 3 (C3): `没有的活动`
  --> a.csv, row 4, column 3 (C4): `没有的活动`
  --> a.csv, row 5, column 3 (C5): `没有的活动`
  --> a.csv, row 6, column 3 (C6): `没有的活动`
  ... and 7 more places
  rule: unknown-reference
  help: `kunpeng activity list` shows what there is

1 error in 1 file; nothing was changed
";
    assert_eq!(String::from_utf8_lossy(&refused.stderr), expected);
}

#[test]
fn a_plan_is_carried_out_later_and_only_once() {
    let folder = store();
    let file = fixture("plain.xlsx");
    let planned =
        kunpeng(folder.path(), &["import", "enterprises", file.to_str().unwrap(), "--plan", "p.json"]);
    assert!(planned.status.success(), "{}", said(&planned));
    assert!(enterprises(folder.path()).is_empty());
    assert!(kunpeng(folder.path(), &["apply", "p.json"]).status.success());
    assert_eq!(enterprises(folder.path()), ["91440114DEM0000127.toml"]);
    let again = kunpeng(folder.path(), &["apply", "p.json"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("changed since the plan was made"), "{}", said(&again));
}

#[test]
fn a_saved_map_reads_the_next_file_of_the_form() {
    let folder = store();
    std::fs::write(folder.path().join("a.csv"), "厂名,地方\n示例一厂,花山镇\n").unwrap();
    let map = ["--map", "厂名=name", "--map", "地方=town", "--save-map", "form"];
    let first = kunpeng(folder.path(), &[&["import", "enterprises", "a.csv"], &map[..]].concat());
    assert!(first.status.success(), "{}", said(&first));
    let second = kunpeng(folder.path(), &["import", "enterprises", "a.csv", "--map", "@form"]);
    assert!(second.status.success(), "{}", said(&second));
    assert!(said(&second).contains("1 row: 1 unchanged"), "{}", said(&second));
    // The map is no record: nobody edited one by hand.
    let third = kunpeng(folder.path(), &["enterprise", "add", "name=Later"]);
    assert_eq!(said(&third), "added enterprise `later`\n");
}

#[test]
fn a_batch_is_one_change_or_none() {
    let folder = store();
    let good =
        "# two\nindustry add id=bio name=生物医药\nenterprise add name=Sample industry=bio 'note=a # b'\n";
    std::fs::write(folder.path().join("good"), good).unwrap();
    std::fs::write(folder.path().join("bad"), "enterprise add name=Other\n\nenterprise set nobody town=x\n")
        .unwrap();
    let bad = kunpeng(folder.path(), &["batch", "bad"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(said(&bad).starts_with("error: line 3 of `bad` failed, nothing was changed"), "{}", said(&bad));
    assert!(enterprises(folder.path()).is_empty());
    let good = kunpeng(folder.path(), &["batch", "good"]);
    assert_eq!(said(&good), "carried out 2 commands: wrote 2 records\n");
    assert_eq!(enterprises(folder.path()), ["sample.toml"]);
}
