//! Industries and editions: made, changed, opened, closed.

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn an_industry_is_added_set_shown_and_removed() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng industry add id=games name=Games",
        str![[r#"
--- stderr
added industry `games`

"#]],
    );
    sandbox.shows(
        "kunpeng industry set games name_en=Games 'note=board games'",
        str![[r#"
--- stderr
changed industry `games`

"#]],
    );
    sandbox.shows(
        "kunpeng industry show games",
        str![[r#"
Games
Field         Value
─────────────────────────
Id            games
Name          Games
English name  Games
Note          board games

"#]],
    );
    sandbox.shows(
        "kunpeng industry list",
        str![[r#"
Industries
Id     Name   Enterprises
─────────────────────────
games  Games            0
toys   Toys             1

"#]],
    );
    sandbox.shows(
        "kunpeng industry list --format json",
        str![[r#"
[
  {
    "id": "games",
    "name": "Games",
    "name_en": "Games",
    "note": "board games"
  },
  {
    "id": "toys",
    "name": "Toys"
  }
]

"#]],
    );
    sandbox.refuses(
        "kunpeng industry add id=GAMES name=Games",
        3,
        str![[r#"
--- stderr
error: industry `GAMES` exists already
  --> argument `id=GAMES`
  rule: duplicate-record
  help: `kunpeng industry set GAMES FIELD=VALUE` changes it

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng industry remove games",
        1,
        str![[r#"
--- stderr
error: confirmation is needed: Remove industry `games` and all that is recorded of it?
  help: confirm with `--yes`, or look first with `--dry-run`
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng industry remove games --yes",
        str![[r#"
--- stderr
removed industry `games`

"#]],
    );
    assert!(!sandbox.path("data/industries/games.toml").exists());
}

#[test]
fn an_edition_opens_closes_and_reopens_in_that_order() {
    let sandbox = Sandbox::small();
    sandbox.refuses(
        "kunpeng edition close 2",
        1,
        str![[r#"
--- stderr
error: the edition is not open yet; `kunpeng edition open` opens it
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng edition reopen 2 --yes --reason mistake",
        1,
        str![[r#"
--- stderr
error: the edition is not open yet; `kunpeng edition open` opens it
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng edition open 2 --on 2024-02-01",
        str![[r#"
--- stderr
edition `2` opened on 2024-02-01

"#]],
    );
    sandbox.refuses(
        "kunpeng edition open 2",
        1,
        str![[r#"
--- stderr
error: the edition is open since 2024-02-01
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng edition close 2 --on 2024-01-31",
        1,
        str![[r#"
--- stderr
error: the edition opened on 2024-02-01, it cannot close on 2024-01-31
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng edition close 2",
        str![[r#"
--- stderr
edition `2` closed on 2024-03-01, its summary is sealed

"#]],
    );
    sandbox.shows(
        "cat data/editions/2.toml",
        str![[r#"
name = "Edition 2"
opened = 2024-02-01
closed = 2024-03-01

"#]],
    );
    sandbox.refuses(
        "kunpeng edition reopen 2",
        1,
        str![[r#"
--- stderr
error: a closed edition is not reopened without a reason
  help: give one with `--reason TEXT`; `log` keeps it
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng edition reopen 2 --yes --reason mistake",
        str![[r#"
--- stderr
edition `2` is open again

"#]],
    );
    sandbox.shows(
        "kunpeng edition list",
        str![[r#"
Editions
Id  Name       State  Planned start  Planned end  Opened      Closed  Seats  Members  Activities
────────────────────────────────────────────────────────────────────────────────────────────────
1   Edition 1  open   –              2024-12-31   2023-01-10  –           –        2           0
2   Edition 2  open   –              –            2024-02-01  –           –        0           0

"#]],
    );
    sandbox.refuses(
        "kunpeng edition remove 1 --yes",
        3,
        str![[r#"
--- stderr
error: enterprise `alpha` still names edition `1`
  --> data/enterprises/alpha.toml:6:11
   |
 6 | edition = "1"
   |           ^^^
  rule: still-named
  help: remove that reference first

error: enterprise `beta` still names edition `1`
  --> data/enterprises/beta.toml:6:11
   |
 6 | edition = "1"
   |           ^^^
  rule: still-named
  help: remove that reference first

2 errors in 2 files; nothing was changed
--- exit 3

"#]],
    );
}
