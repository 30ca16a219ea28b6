//! Files for a person: never in a data folder, never over another import's refused rows, whole or not there.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::sandbox::Sandbox;

/// Every command that writes a file that is named; `{}` stands for the name without its ending.
const WRITERS: [&str; 14] = [
    "report roster --edition 1 -o {}.csv",
    "report roster --edition 1 -o {}.xlsx",
    "summary 1 -o {}.docx",
    "summary 1 -o {}/",
    "export enterprises -o {}.csv",
    "export enterprises --with-contacts -o {}.json",
    "export --all -o {}",
    "export --all -o {}.xlsx",
    "enterprise list -o {}.md",
    "log -o {}.csv",
    "check -o {}.csv",
    "import enterprises table.csv --plan {}.plan",
    "import enterprises faulty.csv --accept-valid --refused {}.csv",
    "backup {}.tar.zst",
];

fn with_tables() -> Sandbox {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "id,name,phone\nnew,New,13811112222\n");
    sandbox.write("faulty.csv", "id,name,industry,phone\nx1,One,nowhere,13811112222\nx2,Two,toys,\n");
    sandbox
}

#[test]
fn no_command_writes_a_file_into_a_data_folder_by_any_way() {
    let sandbox = with_tables();
    symlink(sandbox.path("data/enterprises"), sandbox.path("link")).unwrap();
    for ending in ["csv", "xlsx", "docx", "json", "md", "plan", "tar.zst"] {
        symlink(sandbox.path("data/enterprises/alpha.toml"), sandbox.path(&format!("alias.{ending}")))
            .unwrap();
    }
    symlink(sandbox.path("data/enterprises"), sandbox.path("alias")).unwrap();
    let before = sandbox.files("data");
    let folders = || sandbox.done("find data -type d -not -path '*/.kunpeng*' | sort");
    let had = folders();
    for place in
        ["data/new", "data/enterprises/new", "data/./../data/new", "link/new", "data/new/deep/new", "alias"]
    {
        for writer in WRITERS {
            let line = format!("kunpeng {}", writer.replace("{}", place));
            let outcome = sandbox.run(&line);
            assert_eq!(outcome.code, Some(1), "{line}\n{}", outcome.text());
            let is_said =
                outcome.stderr.contains("lies in the data folder") || outcome.stderr.contains("is not empty");
            assert!(is_said, "{line}\n{}", outcome.text());
            assert!(sandbox.files("data") == before && folders() == had, "{line}");
        }
    }
}

#[test]
fn a_file_that_others_may_read_holds_nobody() {
    let sandbox = with_tables();
    sandbox.done("kunpeng import enterprises table.csv; mkdir out");
    for writer in WRITERS {
        sandbox.done(&format!("umask 0; kunpeng {}", writer.replace("{}", "out/new")));
        let open = sandbox
            .done("find out -type f -perm /077 -exec grep -la 13811112222 {} +; rm -rf out; mkdir out");
        assert_eq!(open, "", "{writer}");
    }
}

#[test]
fn refused_rows_of_an_earlier_import_or_another_file_stay() {
    let sandbox = with_tables();
    sandbox.write("other.csv", "id,name,industry\ny1,Other,nowhere\n");
    sandbox.done("kunpeng import enterprises faulty.csv other.csv --accept-valid --refused rows.csv");
    sandbox
        .done("kunpeng import enterprises faulty.csv --accept-valid --refused rows.csv --on-conflict skip");
    assert!(sandbox.read("rows.csv").contains("x1,") && sandbox.read("rows.2.csv").contains("y1,"));
    assert!(sandbox.read("rows.3.csv").contains("x1,"));
    for _ in 0..2 {
        sandbox.done("kunpeng import enterprises faulty.csv --accept-valid");
    }
    assert_eq!(sandbox.read("faulty.refused.csv"), sandbox.read("faulty.refused.2.csv"));
    let mode = |path: &str| fs::metadata(sandbox.path(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode("rows.csv"), mode("rows.2.csv"), mode("faulty.refused.2.csv")], [0o600; 3]);
}

#[test]
fn an_ending_decides_the_format_or_is_refused_and_a_dash_is_standard_output() {
    let sandbox = with_tables();
    for (line, code) in [
        ("export enterprises -o new.abc", 2),
        ("export enterprises -o new", 2),
        ("export --all -o new.csv", 2),
        ("export --all -o -", 2),
        ("report roster --edition 1 -o new.abc", 2),
        ("summary 1 -o new", 2),
        ("enterprise list -o new.", 2),
        ("backup new.tar.gz", 2),
    ] {
        let outcome = sandbox.run(&format!("kunpeng {line}"));
        assert_eq!(outcome.code, Some(code), "{line}\n{}", outcome.text());
        assert_eq!(sandbox.done("ls -d new* - 2> /dev/null | wc -l").trim(), "0", "{line}");
    }
    for line in
        ["export enterprises -o -", "report roster --edition 1 --format csv -o -", "enterprise list -o -"]
    {
        assert!(sandbox.done(&format!("kunpeng {line}")).contains("Alpha Sample"), "{line}");
    }
    sandbox.done("kunpeng export enterprises -o new.xlsx");
    assert_eq!(&fs::read(sandbox.path("new.xlsx")).unwrap()[..2], b"PK");
}

/// A kill at any moment leaves the old file and nothing beside it.
#[test]
fn a_command_that_is_killed_leaves_the_old_file_and_no_other() {
    let sandbox = with_tables();
    sandbox.write("out/new.csv", "old");
    let names = || sandbox.done("ls -A out");
    for step in 0..40_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kunpeng"))
            .args(["report", "roster", "--edition", "1", "-o", "out/new.csv"])
            .current_dir(sandbox.path("."))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(step));
        child.kill().unwrap();
        child.wait().unwrap();
        let text = sandbox.read("out/new.csv");
        assert!(text == "old" || text.contains("Alpha Sample"), "{step}: {text}");
        assert_eq!(names(), "new.csv\n", "{step}");
        sandbox.write("out/new.csv", "old");
    }
}
