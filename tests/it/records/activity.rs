//! Activities and who was there.

use snapbox::str;

use crate::sandbox::Sandbox;

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
  help: known are Alpha Sample (alpha), Second Sample (beta)
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
