//! Records one by one: made, listed, shown, changed, edited, removed.

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
store/.kunpeng/.gitignore
store/.kunpeng/HEAD
store/.kunpeng/history/0000000001
store/.kunpeng/lock
store/.kunpeng/seen
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
error: industry `GAMES` is there already
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
error: nobody is there to be asked: Remove industry `games` and all that is recorded of it?
  help: say so with `--yes`, or look first with `--dry-run`
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
        "kunpeng edition reopen 2 --yes",
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
edition `2` closed on 2024-03-01

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
error: nobody is there to be asked: Reopen edition `2` and forget the day it closed?
  help: say so with `--yes`, or look first with `--dry-run`
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng edition reopen 2 --yes",
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
  help: take that away first

error: enterprise `beta` still names edition `1`
  --> data/enterprises/beta.toml:6:11
   |
 6 | edition = "1"
   |           ^^^
  rule: still-named
  help: take that away first

2 errors in 2 files; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn an_enterprise_is_found_by_any_unique_part_of_it() {
    let sandbox = Sandbox::small();
    for text in ["beta", "be", "91440114DEM900012E", "91440114", "second", "Beta Sample", "ＢＥＴＡ"] {
        let shown = sandbox.done(&format!("kunpeng enterprise show '{text}'"));
        assert!(shown.contains("Second Sample"), "{text}\n{shown}");
    }
    sandbox.refuses(
        "kunpeng enterprise show sample",
        1,
        str![[r#"
--- stderr
error: `sample` could be 2 enterprises
  help: name one of them by its id:
    alpha  Alpha Sample
    beta  Beta Sample
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise show betta",
        1,
        str![[r#"
--- stderr
error: no enterprise is called `betta`
  help: did you mean `beta`?
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise set sample town=Riverside",
        1,
        str![[r#"
--- stderr
error: `sample` could be 2 enterprises
  help: name one of them by its id:
    alpha  Alpha Sample
    beta  Beta Sample
--- exit 1

"#]],
    );
}

#[test]
fn an_enterprise_is_added_under_its_code_or_its_name() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng enterprise add name=示例玩具厂 code=91440114dem9000209 industry=Toys",
        str![[r#"
--- stderr
added enterprise `91440114DEM9000209`

"#]],
    );
    sandbox.shows(
        "cat data/enterprises/91440114DEM9000209.toml",
        str![[r#"
name = "示例玩具厂"
code = "91440114DEM9000209"
industry = "toys"

"#]],
    );
    sandbox.shows(
        "kunpeng enterprise add 'name=Gamma Sample, Ltd.'",
        str![[r#"
--- stderr
added enterprise `gamma-sample-ltd`

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise add name=Delta code=91440114DEM9000208",
        3,
        str![[r#"
--- stderr
error: the check character of `91440114DEM9000208` is `8`, expected `9`
  --> argument `code=91440114DEM9000208`
  rule: wrong-check-digit
  help: one of the 18 characters is mistyped; compare with the business licence

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise add name=Delta code=9.14E+17",
        3,
        str![[r#"
--- stderr
error: `9.14E+17` is a code that has lost digits
  --> argument `code=9.14E+17`
  rule: damaged-code
  help: a spreadsheet turned it into a number; take the code from its source and keep it as text

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise add name=Delta industry=toy founded=2010-13",
        3,
        str![[r#"
--- stderr
error: no industry is called `toy`
  --> argument `industry=toy`
  rule: unknown-reference
  help: did you mean `toys`?

error: `2010-13` is not a date
  --> argument `founded=2010-13`
  rule: bad-date
  help: write it as far as it is known: `2022`, `2022-05` or `2022-05-01`

2 errors; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses("kunpeng enterprise add town=Riverside", 3, str![[r#"
--- stderr
error: `name` is missing
  --> argument `enterprise add`
  rule: missing-key
  help: give `FIELD=VALUE`; fields of enterprise: name, name_en, code, industry, class, town, founded, note, former_names, more, candidacies, memberships, recognitions, platforms, projects, needs, indicators

1 error; nothing was changed
--- exit 3

"#]]);
    sandbox.refuses(
        "kunpeng enterprise add name=Delta twon=Riverside",
        3,
        str![[r#"
--- stderr
error: `twon` is not a known key
  --> argument `twon=Riverside`
  rule: unknown-key
  help: did you mean `town`?

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise add id=../up name=Delta",
        3,
        str![[r#"
--- stderr
error: the id `../up` starts with `.`
  --> argument `id=../up`
  rule: bad-id
  help: an id is 1–64 of `A-Za-z0-9._-`, not starting with `.` or `-`

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise add id=ALPHA name=Delta",
        3,
        str![[r#"
--- stderr
error: enterprise `ALPHA` is there already
  --> argument `id=ALPHA`
  rule: duplicate-record
  help: `kunpeng enterprise set ALPHA FIELD=VALUE` changes it

1 error; nothing was changed
--- exit 3

"#]],
    );
}

#[test]
fn a_persons_comment_survives_a_change() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng enterprise set alpha town=Riverside indicators.2022.revenue=1200万",
        str![[r#"
--- stderr
changed enterprise `alpha`

"#]],
    );
    sandbox.shows(
        "cat data/enterprises/alpha.toml",
        str![[r##"
# Sample data.
name = "Alpha Sample" # as on the licence
industry = "toys"
town = "Riverside"

[[memberships]]
edition = "1"

[indicators.2022]
revenue = 12000000

"##]],
    );
    sandbox.shows(
        "kunpeng enterprise set alpha town= indicators.2022.revenue=",
        str![[r#"
--- stderr
changed enterprise `alpha`

"#]],
    );
    sandbox.shows(
        "cat data/enterprises/alpha.toml",
        str![[r##"
# Sample data.
name = "Alpha Sample" # as on the licence
industry = "toys"

[[memberships]]
edition = "1"

"##]],
    );
    sandbox.shows(
        "kunpeng enterprise set alpha industry=toys",
        str![[r#"
--- stderr
nothing to change

"#]],
    );
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let sandbox = Sandbox::small();
    let before = sandbox.files("data");
    sandbox.shows(
        "kunpeng enterprise set alpha town=Riverside industry= --dry-run",
        str![[r#"
Change
Record            Field     Old   New
───────────────────────────────────────────
enterprise alpha  industry  toys  –
enterprise alpha  town      –     Riverside
--- stderr
dry run: nothing was written

"#]],
    );
    sandbox.shows(
        "kunpeng industry add id=games name=Games --dry-run",
        str![[r#"
Change
Record          Field  Old  New
─────────────────────────────────
industry games  name   –    Games
--- stderr
dry run: nothing was written

"#]],
    );
    sandbox.shows(
        "kunpeng enterprise remove beta --dry-run",
        str![[r#"
Change
Record           Field  Old  New
───────────────────────────────────────
enterprise beta  –      –    taken away
--- stderr
dry run: nothing was written

"#]],
    );
    for line in [
        "edition close 1",
        "edition open 2",
        "candidate add 2 alpha",
        "member add 2 alpha",
        "member graduate 1 --all",
        "member withdraw 1 alpha",
        "member transfer 1 alpha --to 2",
        "indicator add alpha 2022 revenue=5",
        "recognition add alpha title=srdi recognised=2023-05-01",
        "need add alpha category=land received=2023-05-01",
    ] {
        let outcome = sandbox.run(&format!("kunpeng {line} --dry-run"));
        assert_eq!(outcome.code, Some(0), "{line}\n{}", outcome.text());
        assert!(outcome.stderr.ends_with("dry run: nothing was written\n"), "{line}\n{}", outcome.text());
    }
    assert!(sandbox.files("data") == before);
}

#[test]
fn what_still_has_a_name_is_not_removed() {
    let sandbox = Sandbox::small();
    sandbox.refuses(
        "kunpeng industry remove toys --yes",
        3,
        str![[r#"
--- stderr
error: enterprise `alpha` still names industry `toys`
  --> data/enterprises/alpha.toml:3:12
   |
 3 | industry = "toys"
   |            ^^^^^^
  rule: still-named
  help: take that away first

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise remove alpha",
        1,
        str![[r#"
--- stderr
error: nobody is there to be asked: Remove enterprise `alpha` and all that is recorded of it?
  help: say so with `--yes`, or look first with `--dry-run`
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng enterprise remove alpha --yes",
        str![[r#"
--- stderr
removed enterprise `alpha`

"#]],
    );
    sandbox.shows(
        "kunpeng industry remove toys --yes",
        str![[r#"
--- stderr
removed industry `toys`

"#]],
    );
}

#[test]
fn an_editor_that_changes_nothing_changes_nothing() {
    let sandbox = Sandbox::small();
    let before = sandbox.files("data");
    sandbox.shows(
        "EDITOR=true kunpeng enterprise edit alpha",
        str![[r#"
--- stderr
nothing changed

"#]],
    );
    assert!(sandbox.files("data") == before);
    assert_eq!(sandbox.files("tmp").len(), 0);
}

#[test]
fn a_valid_edit_is_put_back_as_it_was_typed() {
    let sandbox = Sandbox::small();
    sandbox.write("editor", "#!/bin/sh\nprintf '# typed\\nname   =   \"Alpha Typed\"\\n' > \"$1\"\n");
    sandbox.shows(
        "chmod +x editor; EDITOR=./editor kunpeng enterprise edit alpha",
        str![[r#"
--- stderr
changed enterprise `alpha`

"#]],
    );
    assert_eq!(sandbox.read("data/enterprises/alpha.toml"), "# typed\nname   =   \"Alpha Typed\"\n");
    assert_eq!(sandbox.files("tmp").len(), 0);
}

#[test]
fn an_invalid_edit_is_refused_and_what_was_typed_is_kept() {
    let sandbox = Sandbox::small();
    sandbox.write("editor", "#!/bin/sh\nprintf 'name = \"Alpha Typed\"\\nindustry = \"toy\"\\n' > \"$1\"\n");
    sandbox.refuses(
        "chmod +x editor; EDITOR=./editor kunpeng enterprise edit alpha 2>&1 | sed 's/-[0-9]*\\.toml/-N.toml/'",
        0,
        str![[r#"
error: enterprise `alpha` names industry `toy`, which does not exist
  --> [DIR]/tmp/kunpeng-enterprise-alpha-N.toml:2:12
   |
 2 | industry = "toy"
   |            ^^^^^
  rule: unknown-reference
  help: did you mean `toys`?

1 error in 1 file; nothing was changed
what you typed is kept in [DIR]/tmp/kunpeng-enterprise-alpha-N.toml

"#]],
    );
    let kept: Vec<_> = sandbox.files("tmp").into_values().collect();
    assert_eq!(kept, [b"name = \"Alpha Typed\"\nindustry = \"toy\"\n".to_vec()]);
}

#[test]
fn a_file_that_cannot_be_read_is_put_right_with_the_editor() {
    let sandbox = Sandbox::small();
    sandbox.write("data/enterprises/gamma.toml", "name = \"Gamma Sample\n");
    sandbox.write("editor", "#!/bin/sh\nprintf 'name = \"Gamma Sample\"\\n' > \"$1\"\n");
    sandbox.refuses(
        "kunpeng enterprise list",
        3,
        str![[r#"
--- stderr
error: invalid basic string, expected `"`
  --> data/enterprises/gamma.toml:1:21
   |
 1 | name = "Gamma Sample
   |                     ^
  rule: syntax

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "chmod +x editor; EDITOR=./editor kunpeng enterprise edit gamma",
        str![[r#"
--- stderr
changed enterprise `gamma`

"#]],
    );
    sandbox.shows(
        "kunpeng check",
        str![[r#"
--- stderr
no findings in data

"#]],
    );
}

#[test]
fn an_activity_is_added_and_attended() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng activity add edition=1 aspect=Courses 'title=First course' date=2023-05-10 hours=3",
        str![[r#"
--- stderr
added activity `2023-05-10-first-course`

"#]],
    );
    sandbox.shows(
        "kunpeng activity attend 2023-05-10-first-course alpha=3 --excused beta",
        str![[r#"
--- stderr
recorded 2 at activity `2023-05-10-first-course`

"#]],
    );
    sandbox.shows(
        "cat data/activities/*.toml",
        str![[r#"
edition = "1"
aspect = "courses"
title = "First course"
date = 2023-05-10
hours = 3
excused = ["beta"]

[present]
alpha = 3

"#]],
    );
    sandbox.shows(
        "kunpeng activity attend 2023-05-10-first-course beta --absent alpha",
        str![[r#"
--- stderr
recorded 2 at activity `2023-05-10-first-course`

"#]],
    );
    sandbox.shows(
        "kunpeng activity show 2023-05-10-first-course",
        str![[r#"
First course
Field    Value
────────────────────────────────
Id       2023-05-10-first-course
Edition  Edition 1
Aspect   Courses
Title    First course
Date     2023-05-10
Hours    3
Absent   Alpha Sample

Present
Field          Value
────────────────────
Second Sample      1

"#]],
    );
    sandbox.refuses(
        "kunpeng activity attend 2023-05-10-first-course alpha --absent alpha",
        3,
        str![[r#"
--- stderr
error: `alpha` is named twice
  --> argument `alpha`
  rule: attendance-twice

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng activity attend 2023-05-10-first-course alpha=0",
        3,
        str![[r#"
--- stderr
error: `0` is not a number of persons
  --> argument `alpha=0`
  rule: bad-attendance
  help: write ENTERPRISE=HEADS, from 1 on

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng activity attend 2023-05-10-first-course gamma",
        1,
        str![[r#"
--- stderr
error: no enterprise is called `gamma`
  help: known are alpha, beta
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng activity attend 2023-05-10-first-course",
        2,
        str![[r#"
--- stderr
error: name at least one enterprise

For more information, try '--help'.
--- exit 2

"#]],
    );
    sandbox.refuses(
        "kunpeng activity set 2023-05-10-first-course edition=9",
        3,
        str![[r#"
--- stderr
error: no edition is called `9`
  --> argument `edition=9`
  rule: unknown-reference
  help: did you mean `1`?

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows("kunpeng activity list", str![[r#"
Activities
Id                       Edition    Date        Aspect   Title         Hours  Place  Host  Present  Excused  Absent  Person-times
─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
2023-05-10-first-course  Edition 1  2023-05-10  Courses  First course      3  –      –           1        0       1             1

"#]]);
    sandbox.shows(
        "kunpeng activity remove 2023-05-10-first-course --yes",
        str![[r#"
--- stderr
removed activity `2023-05-10-first-course`

"#]],
    );
}

#[test]
fn a_candidate_applies_once() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng candidate add 2 alpha beta --applied 2024-02",
        str![[r#"
--- stderr
recorded that 2 enterprises applied to edition `2`

"#]],
    );
    sandbox.refuses(
        "kunpeng candidate add 2 alpha",
        3,
        str![[r#"
--- stderr
error: `alpha` is a candidate of edition `2` already
  --> argument `alpha`
  rule: duplicate-entry
  help: `kunpeng enterprise show alpha` shows it

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "kunpeng candidate list 2",
        str![[r#"
Candidates
Enterprise  Name           Applied  Modules  Decision  Decided  Score sheets
────────────────────────────────────────────────────────────────────────────
alpha       Alpha Sample   2024-02  –        –         –                   0
beta        Second Sample  2024-02  –        –         –                   0

"#]],
    );
    sandbox.shows(
        "kunpeng candidate list 2 --format json",
        str![[r#"
[
  {
    "enterprise": "alpha",
    "edition": "2",
    "applied": "2024-02"
  },
  {
    "enterprise": "beta",
    "edition": "2",
    "applied": "2024-02"
  }
]

"#]],
    );
}

#[test]
fn a_member_joins_an_edition_once_and_leaves_it_once() {
    let sandbox = Sandbox::small();
    sandbox.refuses(
        "kunpeng member add 1 alpha",
        3,
        str![[r#"
--- stderr
error: `alpha` is a member of edition `1` already
  --> argument `alpha`
  rule: duplicate-entry
  help: `kunpeng enterprise show alpha` shows it

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "kunpeng member add 2 alpha --joined 2024-02-01 --modules SRDI",
        str![[r#"
--- stderr
took enterprise `alpha` into edition `2`

"#]],
    );
    sandbox.shows(
        "kunpeng member withdraw 1 beta --on 2023-09-30 --because 'Own wish'",
        str![[r#"
--- stderr
recorded that enterprise `beta` left edition `1` on 2023-09-30

"#]],
    );
    sandbox.refuses(
        "kunpeng member withdraw 1 beta",
        1,
        str![[r#"
--- stderr
error: the membership of `beta` in edition `1` has ended: withdrawn
  help: correct it with `kunpeng enterprise edit`
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng member graduate 2 beta",
        1,
        str![[r#"
--- stderr
error: `beta` is no member of edition `2`
  help: `kunpeng member list 2` shows who is
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng member transfer 1 alpha --to 2",
        3,
        str![[r#"
--- stderr
error: `alpha` is a member of edition `2` already
  --> argument `alpha`
  rule: duplicate-entry
  help: `kunpeng enterprise show alpha` shows it

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng member transfer 1 alpha --to 1",
        2,
        str![[r#"
--- stderr
error: edition `1` cannot be transferred to itself

For more information, try '--help'.
--- exit 2

"#]],
    );
    sandbox.shows(
        "kunpeng member graduate 1 --all",
        str![[r#"
--- stderr
graduated enterprise `alpha` from edition `1`

"#]],
    );
    sandbox.shows(
        "kunpeng member list 1",
        str![[r#"
Members
Enterprise  Name           Joined  Left        Outcome    Reason    Modules
───────────────────────────────────────────────────────────────────────────
alpha       Alpha Sample   –       –           graduated  –         –
beta        Second Sample  –       2023-09-30  withdrawn  Own wish  –

"#]],
    );
    sandbox.shows(
        "kunpeng member list 2 --format json",
        str![[r#"
[
  {
    "enterprise": "alpha",
    "edition": "2",
    "joined": "2024-02-01",
    "modules": [
      "srdi"
    ]
  }
]

"#]],
    );
}

#[test]
fn a_member_moves_on_to_the_next_edition() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng member transfer 1 alpha --to 2 --on 2024-02-01",
        str![[r#"
--- stderr
moved enterprise `alpha` from edition `1` to `2`

"#]],
    );
    sandbox.shows(
        "cat data/enterprises/alpha.toml",
        str![[r##"
# Sample data.
name = "Alpha Sample" # as on the licence
industry = "toys"

[[memberships]]
edition = "1"
left = 2024-02-01
outcome = "transferred"

[[memberships]]
edition = "2"
joined = 2024-02-01

"##]],
    );
}

#[test]
fn figures_are_added_once_and_set_with_their_unit() {
    let sandbox = Sandbox::small();
    sandbox.shows(
        "kunpeng indicator add alpha 2022 revenue=5200.5万 employees=86",
        str![[r#"
--- stderr
set the figures of enterprise `alpha` for 2022

"#]],
    );
    sandbox.refuses(
        "kunpeng indicator add alpha 2022 revenue=1",
        1,
        str![[r#"
--- stderr
error: enterprise `alpha` has figures for 2022 already
  help: `kunpeng indicator set alpha 2022 METRIC=VALUE` changes them
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng indicator set alpha 2022 revnue=1",
        3,
        str![[r#"
--- stderr
error: no metric is called `revnue`
  --> argument `revnue=1`
  rule: unknown-reference
  help: did you mean `revenue`?

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng indicator set alpha 2022 revenue=many",
        3,
        str![[r#"
--- stderr
error: `many` is not a number
  --> argument `revenue=many`
  rule: bad-amount
  help: write digits with `.` before the decimals: `1234.5`; leave a missing value empty

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.shows(
        "kunpeng indicator set alpha 2022 revenue=53000000 employees=",
        str![[r#"
--- stderr
set the figures of enterprise `alpha` for 2022

"#]],
    );
    sandbox.shows(
        "kunpeng indicator list --format json",
        str![[r#"
[
  {
    "enterprise": "alpha",
    "2022": {
      "revenue": 53000000
    }
  }
]

"#]],
    );
    sandbox.shows(
        "kunpeng indicator remove alpha 2022 --yes",
        str![[r#"
--- stderr
removed figures of enterprise `alpha` for 2022

"#]],
    );
    sandbox.shows(
        "tail -3 data/enterprises/alpha.toml",
        str![[r#"

[[memberships]]
edition = "1"

"#]],
    );
}

#[test]
fn titles_platforms_projects_and_needs_are_kept_in_lists() {
    let sandbox = Sandbox::small();
    for line in [
        "recognition add alpha title='SRDI SME' level=city recognised=2023-05-01",
        "platform add alpha kind=key-laboratory level=city recognised=2023-06",
        "project add alpha scheme=Renewal state=submitted submitted=2023-07-01 requested=20万",
        "need add alpha category=Land 'text=a larger site' received=2023-08-01",
        "recognition set alpha 1 expires=2026-04-30",
        "platform set alpha 1 document=2023-1",
        "project set alpha 1 state=approved decided=2023-12-01 granted=150000",
        "need set alpha 1 closed=2023-12-31",
    ] {
        sandbox.done(&format!("kunpeng {line}"));
    }
    sandbox.shows(
        "cat data/enterprises/alpha.toml",
        str![[r##"
# Sample data.
name = "Alpha Sample" # as on the licence
industry = "toys"

[[memberships]]
edition = "1"

[[recognitions]]
title = "srdi"
level = "city"
recognised = 2023-05-01
expires = 2026-04-30

[[platforms]]
kind = "key-laboratory"
level = "city"
recognised = "2023-06"
document = "2023-1"

[[projects]]
scheme = "Renewal"
state = "approved"
submitted = 2023-07-01
requested = 200000
decided = 2023-12-01
granted = 150000

[[needs]]
category = "land"
text = "a larger site"
received = 2023-08-01
closed = 2023-12-31

"##]],
    );
    for kind in ["recognition", "platform", "project", "need"] {
        assert!(
            sandbox.done(&format!("kunpeng {kind} list --enterprise alpha")).contains("Alpha Sample"),
            "{kind}"
        );
    }
    sandbox.refuses(
        "kunpeng recognition add alpha title=srdi recognised=2023-05-01",
        3,
        str![[r#"
--- stderr
error: two entries of `recognitions` have the same title and recognised
  --> argument `recognitions[1] = title = srdi, level = city, recognised = 2023-05-01, expires = 2026-04-30`
  --> argument `recognitions[2] = title = srdi, recognised = 2023-05-01`
  rule: duplicate-entry
  help: keep one of them in the file

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng recognition set alpha 1 expires=2022-01-01",
        3,
        str![[r#"
--- stderr
error: `expires` (2022-01-01) is before `recognised` (2023-05-01)
  --> argument `recognitions[1].recognised = 2023-05-01`
  --> argument `recognitions[1].expires = 2022-01-01`
  rule: dates-out-of-order

1 error; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng need set alpha 2 closed=2023-12-31",
        1,
        str![[r#"
--- stderr
error: enterprise `alpha` has 1 in its list of needs, there is no number 2
  help: `kunpeng need list --enterprise alpha` shows them
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng project remove alpha 1",
        1,
        str![[r#"
--- stderr
error: nobody is there to be asked: Remove project 1 of enterprise `alpha`?
  help: say so with `--yes`, or look first with `--dry-run`
--- exit 1

"#]],
    );
    for kind in ["recognition", "platform", "project", "need"] {
        sandbox.done(&format!("kunpeng {kind} remove alpha 1 --yes"));
    }
    assert_eq!(
        sandbox.read("data/enterprises/alpha.toml"),
        Sandbox::small().read("data/enterprises/alpha.toml")
    );
}
