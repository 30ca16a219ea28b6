//! Figures, and the lists of an enterprise.

use snapbox::str;

use crate::sandbox::Sandbox;

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
  help: did you mean `revenue`? (known are Revenue (revenue), Employees (employees))

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
error: confirmation is needed: Remove project 1 of enterprise `alpha`?
  help: confirm with `--yes`, or look first with `--dry-run`
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
