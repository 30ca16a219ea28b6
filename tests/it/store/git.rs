//! A data folder in a repository: merges, clones, what stays out.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use snapbox::str;

use crate::sandbox::Sandbox;

const IDENTITY: &str = "-c user.name=Sample -c user.email=sample@example.invalid -c init.defaultBranch=main";

fn git(sandbox: &Sandbox, line: &str) -> Option<i32> {
    sandbox.run(&format!("cd data && HOME=.. git {IDENTITY} {line}")).code
}

#[test]
fn a_new_store_keeps_private_and_local_files_out_of_a_repository() {
    let sandbox = Sandbox::new();
    assert_eq!(git(&sandbox, "init -q"), Some(0));
    sandbox.done("kunpeng enterprise add id=a name=甲");
    sandbox.write("persons.csv", "id,name,phone\na,甲,13800000001\n");
    sandbox.done("kunpeng import enterprises persons.csv");
    sandbox.shows(
        "cd data && git add -A && git ls-files | grep -v rulesets; cat .gitignore .gitattributes",
        str![[r#"
.gitattributes
.gitignore
enterprises/a.toml
programme.toml
# Personal data, and the state of this copy: its history, lock and cache.
/contacts/
/.kunpeng/
*.refused.*
# Records are merged line by line; `kunpeng check` finds conflicts that are left.
*.toml text eol=lf merge=text
*.json text eol=lf merge=text

"#]],
    );
}

#[test]
fn a_store_is_started_in_a_folder_that_is_a_repository_already() {
    let sandbox = Sandbox::empty();
    sandbox.write("data/.gitignore", "mine\n");
    assert_eq!(git(&sandbox, "init -q"), Some(0));
    sandbox.done("kunpeng init data");
    assert_eq!(sandbox.read("data/.gitignore"), "mine\n");
}

#[test]
fn a_conflict_of_a_merge_is_one_finding_and_status_says_what_is_left_out() {
    let sandbox = Sandbox::small();
    git(&sandbox, "init -q");
    git(&sandbox, "add -A");
    git(&sandbox, "commit -qm start");
    git(&sandbox, "checkout -qb other");
    let other = "name = \"Alpha Sample\" # other\ntown = \"South\"\nindustry = \"toys\"\n";
    sandbox.write("data/enterprises/alpha.toml", other);
    git(&sandbox, "commit -qam other");
    git(&sandbox, "checkout -q main");
    sandbox.write("data/enterprises/alpha.toml", other.replace("other", "ours").replace("South", "North"));
    git(&sandbox, "commit -qam ours");
    assert_eq!(git(&sandbox, "merge -q other"), Some(1));
    sandbox.shows("kunpeng check", str![[r#"
error: `enterprises/alpha.toml` has an unresolved conflict of a merge: lines 2 to 3 of `HEAD` and lines 5 to 6 of `other`
  --> data/enterprises/alpha.toml:1:1
   |
 1 | <<<<<<< HEAD
   | ^^^^^^^^^^^^
  rule: merge-conflict
  help: keep what is right of the two sides, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`

1 error in 1 file
--- exit 3

"#]]);
    sandbox.shows(
        "kunpeng status",
        str![[r#"
Editions
Id  Name       State    Planned start  Planned end  Opened      Closed  Seats  Members  Activities
──────────────────────────────────────────────────────────────────────────────────────────────────
1   Edition 1  open     –              2024-12-31   2023-01-10  –           –        1           0
2   Edition 2  planned  –              –            –           –           –        0           0
· left out, because their files cannot be read: enterprise `alpha`

Records
Item                 Value
──────────────────────────
industries               1
editions                 2
enterprises              1
activities               0
rule sets                0
needs open               0
findings of `check`      1

Due
no rows
· until 2024-05-30; a title is due on the last day it holds by its latest certificate
--- stderr
the figures leave out what cannot be read: enterprise `alpha`; `kunpeng check` says why

"#]],
    );
    sandbox.shows(
        "kunpeng --lang zh enterprise set beta town=East",
        str![[r#"
--- stderr
错误：“enterprises/alpha.toml”有未解决的合并冲突：“HEAD”的第 2 至 3 行，“other”的第 5 至 6 行
  --> data/enterprises/alpha.toml:1:1
   |
 1 | <<<<<<< HEAD
   | ^^^^^^^^^^^^
  规则：merge-conflict
  办法：请保留正确的内容，并删去 <<<<<<<、=======、>>>>>>> 各行

1 个文件中有 1 个错误；没有改动任何记录
--- exit 3

"#]],
    );
}

#[test]
fn a_clone_opens_with_the_modes_of_persons_tightened() {
    let sandbox = Sandbox::small();
    sandbox.write("data/contacts/alpha.toml", "phone = \"13800000001\"\n");
    sandbox.write("data/contacts/more/beta.toml", "phone = \"13800000002\"\n");
    let mode = |path: &str| fs::metadata(sandbox.path(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("data/contacts/alpha.toml") & 0o044, 0o044);
    sandbox.done("kunpeng status");
    let paths = ["data/contacts", "data/contacts/alpha.toml", "data/contacts/more/beta.toml"];
    assert_eq!(paths.map(mode), [0o700, 0o600, 0o600]);
}
