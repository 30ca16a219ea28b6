//! A change taken back value by value, and everything that is not.

use snapbox::str;

use crate::sandbox::Sandbox;

/// Change 2 sets three fields of `alpha`, change 3 one of them again, change 4 another field.
fn changed_again() -> Sandbox {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng enterprise set alpha town=Here class=C30 note=first");
    sandbox.done("kunpeng enterprise set alpha town=There");
    sandbox.done("kunpeng enterprise set alpha founded=2001-02-03");
    sandbox
}

#[test]
fn what_changed_again_is_listed_and_only_takes_back_the_rest() {
    let sandbox = changed_again();
    sandbox.refuses(
        "kunpeng undo 2",
        1,
        str![[r#"
--- stderr
error: 1 value of change 2 was changed again since; nothing was changed
  help: undo the later changes first, or give `--only` to take back the rest:
  enterprises/alpha.toml town: change 3
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng --lang zh undo 2",
        1,
        str![[r#"
--- stderr
错误：变更 2 中有 1 项此后又被修改，没有改动任何记录
  办法：请先撤销后来的变更，或用 --only 撤销其余部分：
  enterprises/alpha.toml town：变更 3
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng undo 2 --only --dry-run",
        str![[r#"
Change
Record            Field  Old    New
───────────────────────────────────
enterprise alpha  class  C30    –
enterprise alpha  note   first  –
--- stderr
dry run: nothing was written
left as it is, because it changed since:
enterprises/alpha.toml town: change 3

"#]],
    );
    sandbox.shows(
        "kunpeng undo 2 --only",
        str![[r#"
--- stderr
undid change 2 in part: 1 record
left as it is, because it changed since:
enterprises/alpha.toml town: change 3

"#]],
    );
    let text = sandbox.read("data/enterprises/alpha.toml");
    assert!(text.starts_with("# Sample data.\nname = \"Alpha Sample\" # as on the licence\n"), "{text}");
    assert!(text.contains("town = \"There\"") && !text.contains("class") && !text.contains("note"), "{text}");
    sandbox.refuses(
        "kunpeng undo 2",
        1,
        str![[r#"
--- stderr
error: change 2 has been undone in part already, by change 5
  help: `kunpeng undo 2 --only` takes back what more of it can be; `kunpeng redo 2` makes all of it again
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng --lang zh undo 2",
        1,
        str![[r#"
--- stderr
错误：变更 2 已由变更 5 部分撤销
  办法：可用 kunpeng undo 2 --only 继续撤销其余可撤销的内容，或用 kunpeng redo 2 全部重做
--- exit 1

"#]],
    );
    // Once the later change is gone, the rest of the earlier one can go too, and all of it come back.
    sandbox.done("kunpeng undo 3");
    sandbox.done("kunpeng undo 2 --only");
    assert!(!sandbox.read("data/enterprises/alpha.toml").contains("town"));
    sandbox.done("kunpeng redo 2");
    let text = sandbox.read("data/enterprises/alpha.toml");
    assert!(
        ["town = \"Here\"", "class = \"C30\"", "note = \"first\""].iter().all(|it| text.contains(it)),
        "{text}"
    );
}

#[test]
fn a_title_of_last_week_goes_although_the_town_changed_yesterday() {
    let sandbox = Sandbox::small();
    let before = sandbox.read("data/enterprises/alpha.toml");
    sandbox.done("kunpeng recognition add alpha title=srdi recognised=2023-05-01");
    sandbox.done("kunpeng enterprise set alpha town=Here");
    sandbox.done("kunpeng undo 2");
    let text = sandbox.read("data/enterprises/alpha.toml");
    assert_eq!(text, before.replace("\n\n[[memberships]]", "\ntown = \"Here\"\n\n[[memberships]]"));
    sandbox.done("kunpeng undo 3");
    assert_eq!(sandbox.read("data/enterprises/alpha.toml"), before);
}

#[test]
fn what_cannot_be_undone_is_said_in_one_sentence() {
    let sandbox = Sandbox::small();
    sandbox.write("table.csv", "id,name,phone\ngamma,Gamma Sample,13800000003\n");
    sandbox.done("kunpeng import enterprises table.csv");
    sandbox.done("kunpeng enterprise set alpha town=Here");
    sandbox.done("kunpeng undo");
    sandbox.done("kunpeng redo");
    sandbox.done("kunpeng enterprise erase-contacts gamma --yes");
    for (line, expected) in [
        (
            "undo 4",
            str![[r#"
--- stderr
error: change 4 is itself the undoing of change 3
  help: `kunpeng redo 3` makes change 3 again
--- exit 1

"#]],
        ),
        (
            "--lang zh undo 4",
            str![[r#"
--- stderr
错误：变更 4 本身就是对变更 3 的撤销
  办法：可用 kunpeng redo 3 重做变更 3
--- exit 1

"#]],
        ),
        (
            "undo 5",
            str![[r#"
--- stderr
error: change 5 is change 3 made again
  help: `kunpeng undo 3` takes it back
--- exit 1

"#]],
        ),
        (
            "--lang zh undo 5",
            str![[r#"
--- stderr
错误：变更 5 是对变更 3 的重做
  办法：可用 kunpeng undo 3 撤销变更 3
--- exit 1

"#]],
        ),
        (
            "undo 6",
            str![[r#"
--- stderr
error: change 6 erased personal data, which nothing can bring back
  help: enter them anew if they are needed
--- exit 1

"#]],
        ),
        (
            "--lang zh undo 6",
            str![[r#"
--- stderr
错误：变更 6 清除了个人信息，无法恢复
  办法：如确有需要，请重新录入
--- exit 1

"#]],
        ),
        (
            "undo 1",
            str![[r#"
--- stderr
error: change 1 is the state in which history begins: what was before is not known
  help: `kunpeng log` lists the changes
--- exit 1

"#]],
        ),
        (
            "--lang zh undo 1",
            str![[r#"
--- stderr
错误：变更 1 是变更记录的起点，此前的内容不得而知
  办法：可用 kunpeng log 查看变更记录
--- exit 1

"#]],
        ),
        (
            "undo 2",
            str![[r#"
--- stderr
error: history does not have what `contacts/gamma.toml` was before or after change 2
  help: it was there before history began, or has been erased on purpose; `--only` takes back the rest
--- exit 1

"#]],
        ),
        (
            "--lang zh undo 2",
            str![[r#"
--- stderr
错误：变更记录中没有“contacts/gamma.toml”在变更 2 前后的内容
  办法：该内容早于变更记录，或已被有意清除；可用 --only 撤销其余部分
--- exit 1

"#]],
        ),
        (
            "redo 3",
            str![[r#"
--- stderr
error: change 3 has not been undone
  help: `kunpeng log` lists the changes
--- exit 1

"#]],
        ),
        (
            "--lang zh redo 3",
            str![[r#"
--- stderr
错误：变更 3 没有被撤销
  办法：可用 kunpeng log 查看变更记录
--- exit 1

"#]],
        ),
        (
            "undo 9",
            str![[r#"
--- stderr
error: there is no change 9
  help: `kunpeng log` lists them
--- exit 1

"#]],
        ),
    ] {
        sandbox.refuses(&format!("kunpeng {line}"), 1, expected);
    }
    // What is erased is left out, if that is wanted.
    sandbox.done("kunpeng undo 2 --only");
    assert!(!sandbox.path("data/enterprises/gamma.toml").exists());
    sandbox.done("kunpeng undo 3");
    sandbox.refuses(
        "kunpeng undo 3",
        1,
        str![[r#"
--- stderr
error: change 3 has been undone already, by change 8
  help: `kunpeng redo 3` makes it again
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng --lang zh undo 3",
        1,
        str![[r#"
--- stderr
错误：变更 3 已由变更 8 撤销
  办法：可用 kunpeng redo 3 重做
--- exit 1

"#]],
    );
}
