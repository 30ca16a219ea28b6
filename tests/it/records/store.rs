//! A new store, and where the store is found.

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_new_store_holds_the_standard_words_and_rule_sets() {
    let sandbox = Sandbox::empty();
    sandbox.shows(
        "kunpeng init store",
        str![[r#"
--- stderr
started a store in store
next: write the programme's name into programme.toml, then `kunpeng edition add id=1 name=NAME`

"#]],
    );
    sandbox.shows(
        "find store -type f | sort",
        str![[r#"
store/.gitattributes
store/.gitignore
store/.kunpeng/.gitignore
store/.kunpeng/HEAD
store/.kunpeng/history/0000000001
store/.kunpeng/index
store/.kunpeng/lock
store/programme.toml
store/rulesets/hnte-2016-32.toml
store/rulesets/innovative-sme-63-2022.toml
store/rulesets/little-giant-2-2026.toml
store/rulesets/little-giant-63-2022.toml
store/rulesets/srdi-2-2026.toml
store/rulesets/srdi-63-2022.toml

"#]],
    );
    sandbox.shows(
        "kunpeng --data store check",
        str![[r#"
--- stderr
no findings in store

"#]],
    );
    sandbox.shows(
        "kunpeng init store",
        str![[r#"
--- stderr
error: `store` is a data folder already
  help: give a new folder: `kunpeng init DIR`
--- exit 1

"#]],
    );
    sandbox.shows(
        "mkdir full && touch full/x && kunpeng init full",
        str![[r#"
--- stderr
error: `full` is not empty
  help: give a new folder: `kunpeng init DIR`
--- exit 1

"#]],
    );
}

#[test]
fn the_store_is_found_by_option_environment_and_upward() {
    let sandbox = Sandbox::small();
    let list = sandbox.done("kunpeng industry list");
    assert_eq!(sandbox.done("cd data/enterprises && kunpeng industry list"), list);
    assert_eq!(sandbox.done("cd / && kunpeng --data $OLDPWD/data industry list"), list);
    assert_eq!(sandbox.done("D=$PWD/data; cd / && KUNPENG_DATA=$D kunpeng industry list"), list);
    sandbox.shows(
        "kunpeng --data nowhere status",
        str![[r#"
--- stderr
error: there is no folder `nowhere`
  --> argument `--data nowhere`
  rule: no-store
  help: name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "kunpeng --data tmp status",
        str![[r#"
--- stderr
error: `tmp` is not a kunpeng data folder: it has no programme.toml
  --> argument `--data tmp`
  rule: no-store
  help: name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "cd / && kunpeng status",
        str![[r#"
--- stderr
error: no data folder found in `/` or above it
  --> argument `--data /`
  rule: no-store
  help: name it with `--data DIR` or KUNPENG_DATA, or start one with `kunpeng init DIR`

1 error; nothing was changed
--- exit 3

"#]],
    );
}
