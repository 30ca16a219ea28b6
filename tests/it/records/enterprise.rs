//! Enterprises: found, made, changed.

use snapbox::str;

use crate::sandbox::Sandbox;

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
error: `sample` matches 2 enterprises
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
error: `sample` matches 2 enterprises
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
  help: give `FIELD=VALUE`; fields of enterprise: name, name_en, code, industry, class, town, founded, note, former_names, former_codes, not_same, more, candidacies, memberships, recognitions, platforms, projects, needs, indicators

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
error: enterprise `ALPHA` exists already
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
enterprise alpha  industry  Toys  –
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
  help: remove that reference first

1 error in 1 file; nothing was changed
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng enterprise remove alpha",
        1,
        str![[r#"
--- stderr
error: confirmation is needed: Remove enterprise `alpha` and all that is recorded of it?
  help: confirm with `--yes`, or look first with `--dry-run`
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
