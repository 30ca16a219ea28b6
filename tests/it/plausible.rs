//! What people get wrong is said when it is entered, whichever way, in both languages.

use snapbox::str;

use crate::sandbox::Sandbox;

/// A rule, and a command, a table and an edit in an editor (a script of sed for a record) that each break it.
struct Slip {
    rule: &'static str,
    command: &'static str,
    table: [&'static str; 2],
    edit: [&'static str; 2],
}

const SLIPS: [Slip; 19] = [
    Slip {
        rule: "activity-twice",
        command: "activity add id=b edition=1 aspect=courses title='Tax course' date=2023-03-01",
        table: ["activities", "id,edition,aspect,title,date\nb,1,courses,Tax course,2023-03-01\n"],
        edit: ["activity edit other", "s/Other/Tax course/"],
    },
    Slip {
        rule: "heads-lowered",
        command: "activity attend a alpha=3",
        table: ["attendance", "activity,enterprise,heads\na,alpha,3\n"],
        edit: ["activity edit a", "s/alpha = 5/alpha = 3/"],
    },
    Slip {
        rule: "negative-amount",
        command: "project add alpha scheme=Scheme state=approved granted=-5",
        table: ["activities", "id,edition,aspect,title,date,hours\na,1,courses,Tax course,2023-03-01,-3\n"],
        edit: ["activity edit a", "s/hours = 3/hours = -3/"],
    },
    Slip {
        rule: "indicator-jump",
        command: "indicator set alpha 2023 revenue=1000",
        table: ["indicators", "enterprise,period,revenue\nalpha,2023,10000000000\n"],
        edit: ["enterprise edit alpha", "s/revenue = 1000000/revenue = 1000/"],
    },
    Slip {
        rule: "contradicting-periods",
        command: "indicator set alpha 2022-Q2 revenue=2000000",
        table: ["indicators", "enterprise,period,revenue\nalpha,2022-H1,2000000\n"],
        edit: ["enterprise edit alpha", "$a [indicators.2022-Q3]\\nrevenue = 1000001"],
    },
    Slip {
        rule: "membership-outside",
        command: "member withdraw 1 beta --on 2022-12-01",
        table: ["members", "enterprise,edition,joined,outcome\nbeta,3,2022-05-01,graduated\n"],
        edit: ["enterprise edit delta", "$a [[memberships]]\\nedition = \"3\"\\njoined = 2022-05-01"],
    },
    Slip {
        rule: "not-a-member",
        command: "activity attend a delta",
        table: ["attendance", "activity,enterprise,heads\na,delta,1\n"],
        edit: ["activity edit a", "$a delta = 1"],
    },
    Slip {
        rule: "transfer-apart",
        command: "batch transfer",
        table: ["members", "enterprise,edition,left,outcome\nalpha,1,2023-05-01,transferred\n"],
        edit: [
            "enterprise edit alpha",
            "s/edition = \"1\"/&\\nleft = 2023-05-01\\noutcome = \"transferred\"/",
        ],
    },
    Slip {
        rule: "future-date",
        command: "edition close 1 --on 2032-01-01 --yes",
        table: ["recognitions", "enterprise,title,recognised\nalpha,srdi,2032-01-01\n"],
        edit: ["enterprise edit delta", "$a founded = 2032-01-01"],
    },
    Slip {
        rule: "more-than-seats",
        command: "edition set 1 seats=1",
        table: ["editions", "id,name,seats\n1,Edition 1,1\n"],
        edit: ["edition edit 1", "$a seats = 1"],
    },
    Slip {
        rule: "closed-another-day",
        command: "edition set 3 closed=2021-11-30",
        table: ["editions", "id,name,closed\n3,Edition 3,2021-11-30\n"],
        edit: ["edition edit 3", "s/2021-12-31/2021-11-30/"],
    },
    Slip {
        rule: "likely-duplicate",
        command: "enterprise add id=alpha-2 name='Alpha Sample Ltd.'",
        table: ["enterprises", "id,name\nalpha-2,Alpha Sample Limited\n"],
        edit: ["enterprise edit delta", "s/Delta Works/Beta Sample Inc./"],
    },
    Slip {
        rule: "negative-amount",
        command: "indicator set delta 2022 employees=-3",
        table: ["indicators", "enterprise,period,employees\ndelta,2022,-3\n"],
        edit: ["enterprise edit delta", "$a [indicators.2022]\\nemployees = -3"],
    },
    // The last year that is known is not the one before.
    Slip {
        rule: "indicator-jump",
        command: "enterprise set alpha indicators.2019.revenue=900 indicators.2021.revenue=",
        table: ["indicators", "enterprise,period,revenue\nalpha,2019,100\n"],
        edit: ["enterprise edit alpha", "s/indicators.2021/indicators.2023/;s/= 900000/= 900000000/"],
    },
    // A part of a year where only whole ones are known.
    Slip {
        rule: "indicator-jump",
        command: "indicator set alpha 2023-Q3 revenue=80",
        table: ["indicators", "enterprise,period,revenue\nalpha,2023-H1,52\n"],
        edit: ["enterprise edit alpha", "$a [indicators.2023-H1]\\nrevenue = 52"],
    },
    Slip {
        rule: "membership-outside",
        command: "batch long-before",
        table: ["members", "enterprise,edition,joined\ndelta,1,2021-01-05\n"],
        edit: ["enterprise edit delta", "$a [[memberships]]\\nedition = \"1\"\\njoined = 2021-01-05"],
    },
    Slip {
        rule: "membership-outside",
        command: "batch after-close",
        table: ["members", "enterprise,edition,left,outcome\ndelta,3,2022-05-01,graduated\n"],
        edit: [
            "enterprise edit delta",
            "$a [[memberships]]\\nedition = \"3\"\\nleft = 2022-05-01\\noutcome = \"graduated\"",
        ],
    },
    Slip {
        rule: "future-date",
        command: "candidate add 1 delta --applied 2032-01-01",
        table: ["indicators", "enterprise,period,revenue\ndelta,2032,1000000\n"],
        edit: ["enterprise edit delta", "$a [indicators.2032-H1]\\nrevenue = 1000000"],
    },
    Slip {
        rule: "more-than-seats",
        command: "batch seats",
        table: ["members", "enterprise,edition\nalpha,4\nbeta,4\n"],
        edit: ["edition edit 1", "$a seats = 0"],
    },
];

/// What `check` says of a store that is likely to be a slip of somebody.
pub fn cries(sandbox: &Sandbox, today: &str) -> Vec<String> {
    let said = sandbox.run_with("kunpeng check", &[("KUNPENG_TODAY", today)]).stdout;
    let rules: Vec<String> = SLIPS.iter().map(|slip| format!("rule: {}", slip.rule)).collect();
    let blocks = said
        .split("\n\n")
        .filter(|block| block.lines().any(|line| rules.iter().any(|rule| line.trim() == rule)));
    blocks.map(str::to_owned).collect()
}

#[test]
fn no_rule_cries_wolf_on_the_shipped_data() {
    let cries = cries(&Sandbox::shipped(), "2026-11-23");
    assert!(cries.is_empty(), "{}", cries.join("\n"));
}

fn store() -> Sandbox {
    let sandbox = Sandbox::small();
    let activity = |title: &str, hours: &str| {
        format!(
            "edition = \"1\"\naspect = \"courses\"\ntitle = \"{title}\"\ndate = 2023-03-01\n{hours}\n[present]\nalpha = 5\n"
        )
    };
    sandbox.write("data/activities/a.toml", activity("Tax course", "hours = 3\n"));
    sandbox.write("data/activities/other.toml", activity("Other", ""));
    sandbox.write("data/enterprises/delta.toml", "name = \"Delta Works\"\n");
    let alpha = sandbox.read("data/enterprises/alpha.toml");
    sandbox.write(
        "data/enterprises/alpha.toml",
        alpha + "\n[indicators.2022]\nrevenue = 1000000\n\n[indicators.2021]\nrevenue = 900000\n",
    );
    sandbox.write("data/editions/3.toml", "name = \"Edition 3\"\nopened = 2021-01-10\nclosed = 2021-12-31\n");
    // No command moves the days of a transfer apart, but two of a batch.
    sandbox.write("transfer", "member transfer 1 alpha --to 2 --on 2023-05-01\nimport members again.csv\n");
    sandbox.write("long-before", "import members early.csv\n");
    sandbox.write("early.csv", "enterprise,edition,joined\ndelta,1,2022-01-05\n");
    sandbox.write("after-close", "import members late.csv\n");
    sandbox.write("late.csv", "enterprise,edition,left,outcome\ndelta,3,2022-01-05,withdrawn\n");
    sandbox.write("data/editions/4.toml", "name = \"Edition 4\"\nopened = 2024-01-10\nseats = 1\n");
    sandbox.write("seats", "member add 4 alpha\nmember add 4 beta\n");
    sandbox.write("again.csv", "enterprise,edition,joined\nalpha,2,2023-06-01\n");
    sandbox
}

#[test]
fn each_slip_is_said_by_command_import_and_editor() {
    let mut silent = Vec::new();
    for Slip { rule, command, table: [kind, rows], edit: [edit, script] } in &SLIPS {
        for (lang, said) in [("en", format!("rule: {rule}")), ("zh", format!("规则：{rule}"))] {
            let sandbox = store();
            sandbox.write("table.csv", rows);
            sandbox.write("editor", format!("#!/bin/sh\nsed -i '{script}' \"$1\"\n"));
            assert_eq!(sandbox.run("kunpeng check --quiet").code, Some(0));
            for line in [
                format!("kunpeng --lang {lang} {command} --dry-run"),
                format!("kunpeng --lang {lang} import {kind} table.csv --dry-run"),
                format!("chmod +x editor; EDITOR=./editor kunpeng --lang {lang} {edit}"),
            ] {
                let outcome = sandbox.run(&line);
                if outcome.code != Some(0) || !outcome.stderr.contains(&said) {
                    silent.push(format!("{rule}: {line}\n{}", outcome.text()));
                }
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn an_enterprise_that_left_is_not_taken_for_a_member_and_can_be_taken_back() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng member withdraw 1 alpha --on 2023-05-01 --because own-wish");
    sandbox.refuses("kunpeng member add 1 alpha", 1, str![[r#"
--- stderr
error: `alpha` left edition `1` on 2023-05-01: withdrawn
  help: `kunpeng member add 1 alpha --again` takes it back; `kunpeng log --enterprise alpha` shows when it left
--- exit 1

"#]]);
    sandbox.refuses(
        "kunpeng --lang zh member add 1 alpha",
        1,
        str![[r#"
--- stderr
错误：“alpha”已于 2023-05-01 离开期次“1”：退出
  办法：可用 kunpeng member add 1 alpha --again 重新纳入；kunpeng log --enterprise alpha 可查退出经过
--- exit 1

"#]],
    );
    sandbox.write("list.csv", "enterprise\nalpha\nbeta\n");
    sandbox.shows("kunpeng import members list.csv --edition 1", str![[r#"
--- stderr
list.csv, row 2: unchanged: `alpha` left edition `1` on 2023-05-01: withdrawn; `kunpeng member add 1 alpha --again` takes it back
2 rows: 2 unchanged
nothing to change: the store says all of it already

"#]]);
    sandbox.shows("kunpeng --lang zh import members list.csv --edition 1 --dry-run", str![[r#"
导入
暂无数据
· list.csv：表头在第 1 行
· 共 2 行：未变 2 行
--- stderr
list.csv，第 2 行：未变：“alpha”已于 2023-05-01 离开期次“1”：退出；可用 kunpeng member add 1 alpha --again 重新纳入
没有需要改动的内容：数据已与表格一致

"#]]);
    sandbox.shows(
        "kunpeng member add 1 alpha --again",
        str![[r#"
--- stderr
took enterprise `alpha` back into edition `1`

"#]],
    );
    let text = sandbox.read("data/enterprises/alpha.toml");
    assert!(text.ends_with("\n[[memberships]]\nedition = \"1\"\n"), "{text}");
    sandbox.refuses(
        "kunpeng member add 1 alpha --again",
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
}

#[test]
fn a_copy_and_a_link_are_named_and_everything_else_goes_on() {
    let sandbox = Sandbox::small();
    sandbox.write("data/enterprises/alpha (1).toml", "name = \"Alpha Sample\"\ntown = \"There\"\n");
    sandbox.write("elsewhere.toml", "name = \"Beta Sample\"\n");
    sandbox.done("rm data/enterprises/beta.toml; ln -s ../../elsewhere.toml data/enterprises/beta.toml");
    sandbox.shows(
        "kunpeng check",
        str![[r#"
warning: `enterprises/alpha (1).toml` is a copy of `alpha` beside it, and is not read
  --> data/enterprises/alpha (1).toml
  rule: record-left-out
  help: compare the two, keep what is right in `alpha`, and move the copy out of the folder

warning: `enterprises/beta.toml` is a link or a device in the place of a record, which is left out
  --> data/enterprises/beta.toml
  rule: record-left-out
  help: put the file itself there, or move it out of the folder

2 warnings in 2 files

"#]],
    );
    sandbox.shows(
        "kunpeng --lang zh check",
        str![[r#"
警告：“enterprises/alpha (1).toml”是“alpha”的副本，不读取
  --> data/enterprises/alpha (1).toml
  规则：record-left-out
  办法：请对照两份文件，把正确的内容留在“alpha”中，再将副本移出该文件夹

警告：“enterprises/beta.toml”应为记录文件，实为链接或设备，该记录未计入
  --> data/enterprises/beta.toml
  规则：record-left-out
  办法：请放回文件本身，或将其移出该文件夹

2 个文件中有 2 个警告

"#]],
    );
    sandbox.shows(
        "kunpeng report roster --edition 1 --columns id,name",
        str![[r#"
Roster
Id     Name
───────────────────
alpha  Alpha Sample
· left out, because their files cannot be read: enterprise `beta`
· titles: those held on the last day of the membership, else today
· counted live, as of 2024-03-01

"#]],
    );
    sandbox.shows(
        "kunpeng --lang zh enterprise list --columns id,name",
        str![[r#"
企业名录
编号   名称
───────────────────
alpha  Alpha Sample
· 以下记录的文件无法读取，未计入：企业“beta”

"#]],
    );
    sandbox.done("kunpeng enterprise set alpha town=Here");
    assert!(sandbox.read("data/enterprises/alpha.toml").contains("Here"));
    assert_eq!(sandbox.read("elsewhere.toml"), "name = \"Beta Sample\"\n");
}

#[test]
fn a_reopened_edition_that_closes_on_another_day_says_so() {
    let sandbox = Sandbox::small();
    sandbox.done("kunpeng edition close 1 --on 2023-12-31 --yes");
    let text = sandbox.read("data/editions/1.toml");
    sandbox.write("data/editions/1.toml", text.replace("2023-12-31", "2023-11-30"));
    let check = sandbox.run("kunpeng check").text();
    assert!(check.contains("was closed on 2023-12-31, and is closed on 2023-11-30 now"), "{check}");
    sandbox.write("data/editions/1.toml", text);
    sandbox.done("kunpeng edition reopen 1 --yes --reason late");
    let said = sandbox.run("kunpeng edition close 1 --on 2024-01-31 --yes").stderr;
    assert!(said.contains("was closed on 2023-12-31, and is closed on 2024-01-31 now"), "{said}");
}

#[test]
fn what_makes_two_records_likely_to_be_one() {
    let one = [
        ("same phone", "", "phone = \"13800000000\"", "", "phone = \"13800000000\""),
        (
            "same person",
            "town = \"Here\"",
            "contact = \"Sample Person\"",
            "town = \"Here\"",
            "legal_representative = \"Sample Person\"",
        ),
        ("similar name", "founded = 2001-02-03", "", "founded = 2001-02-03", ""),
    ];
    for (what, first, contact, second, other) in one {
        let sandbox = Sandbox::empty();
        sandbox.write("data/programme.toml", crate::sandbox::PROGRAMME);
        let names = if what == "similar name" {
            ["Sample Toys", "Sample Toyz"]
        } else {
            ["First Works", "Other Works"]
        };
        for (id, name, fields, persons) in
            [("alpha", names[0], first, contact), ("beta", names[1], second, other)]
        {
            sandbox.write(&format!("data/enterprises/{id}.toml"), format!("name = \"{name}\"\n{fields}\n"));
            if !persons.is_empty() {
                sandbox.write(&format!("data/contacts/{id}.toml"), format!("{persons}\n"));
            }
        }
        sandbox.done("chmod 700 data/contacts; chmod 600 data/contacts/*; true");
        let said = sandbox.run("kunpeng check").text();
        assert!(said.contains("rule: likely-duplicate"), "{what}: {said}");
        // A third one of the same person is that of an agent.
        if what == "same person" {
            sandbox.write("data/enterprises/third.toml", "name = \"Third Works\"\ntown = \"Here\"\n");
            sandbox.write("data/contacts/third.toml", "contact = \"Sample Person\"\n");
            sandbox.done("chmod 600 data/contacts/*");
            assert_eq!(sandbox.run("kunpeng check").text(), "--- stderr\nno findings in data\n", "{what}");
            sandbox.done("rm data/*/third.toml");
        }
        sandbox.done("kunpeng enterprise merge beta alpha --not-same");
        assert_eq!(sandbox.run("kunpeng check").text(), "--- stderr\nno findings in data\n", "{what}");
    }
}
