//! Candidates and members.

use snapbox::str;

use crate::sandbox::Sandbox;

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
added enterprise `alpha` to edition `2`

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
error: `beta` is not a member of edition `2`
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
