//! Fields of one's own: declared, set, listed, shown, checked.

use snapbox::str;

use crate::sandbox::{PROGRAMME, Sandbox};

/// A store with one enterprise and fields of each kind.
fn declared() -> Sandbox {
    let sandbox = Sandbox::empty();
    let fields = r#"
[fields.enterprises]
capital = { name = "注册资本", name_en = "Registered capital", kind = "amount" }
kind_of = { name = "企业性质", name_en = "Ownership", kind = "words", words = { private = { name = "民营", name_en = "Private" }, state = { name = "国有", name_en = "State-owned" } } }
foreign = { name = "外资占比", name_en = "Foreign share", kind = "share" }
listed_since = { name = "上市时间", name_en = "Listed since", kind = "date" }
above_scale = { name = "规上企业", name_en = "Above designated size", kind = "yes-no" }
wechat = { name = "微信号", name_en = "WeChat", kind = "text", personal = true }
[fields.needs]
handed_to = { name = "承办单位", name_en = "Handed to", kind = "text" }
"#;
    sandbox.write("data/programme.toml", [PROGRAMME, fields].concat());
    sandbox.done("kunpeng enterprise add id=acme name=示例一");
    sandbox
}

#[test]
fn a_declared_field_is_set_and_shown_like_a_built_in_one() {
    let sandbox = declared();
    sandbox.done("kunpeng enterprise set acme capital=500万 kind_of=民营 foreign=5.23% listed_since=2021年5月 above_scale=是");
    snapbox::assert_data_eq!(
        sandbox.read("data/enterprises/acme.toml"),
        str![[r#"
name = "示例一"

[more]
capital = 5000000
kind_of = ["private"]
foreign = 0.0523
listed_since = "2021-05"
above_scale = true

"#]]
    );
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng enterprise show acme --lang en").text(),
        str![[r#"
示例一
Field                  Value
────────────────────────────────
Id                     acme
Name                   示例一
Registered capital     5,000,000
Ownership              Private
Foreign share          5.2 %
Listed since           2021-05
Above designated size  yes

"#]]
    );
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng enterprise list --lang zh --format csv").text(),
        str![[r#"
﻿编号,名称,代码,所属产业,行业分类,所属镇街,成立日期,参加期次,注册资本,企业性质,外资占比,上市时间,规上企业
acme,示例一,,,,,,,5000000,民营,0.0523,2021-05,是

"#]]
    );
    sandbox.done("kunpeng enterprise set acme capital=");
    assert!(!sandbox.read("data/enterprises/acme.toml").contains("capital"));
}

#[test]
fn an_entry_has_fields_of_its_own_too() {
    let sandbox = declared();
    sandbox.done("kunpeng need add acme category=land received=2023-05-01 handed_to=示例局");
    snapbox::assert_data_eq!(
        sandbox.read("data/enterprises/acme.toml"),
        str![[r#"
name = "示例一"

[[needs]]
category = "land"
received = 2023-05-01

[needs.more]
handed_to = "示例局"

"#]]
    );
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng need list --lang zh --format csv").text(),
        str![[r#"
﻿企业,序号,诉求类别,诉求内容,收到日期,办结日期,承办单位
示例一,1,Land,,2023-05-01,,示例局

"#]]
    );
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng enterprise show acme --lang zh").text(),
        str![[r#"
示例一
字段  内容
────────────
编号  acme
名称  示例一

诉求
序号  诉求类别  收到日期    承办单位
────────────────────────────────────
   1  Land      2023-05-01  示例局

"#]]
    );
}

#[test]
fn a_value_that_does_not_fit_is_refused_and_found() {
    let sandbox = declared();
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng enterprise set acme capital=many kind_of=foreign capitl=5").text(),
        str![[r#"
--- stderr
error: `many` is not a number
  --> argument `capital=many`
  rule: bad-amount
  help: write digits with `.` before the decimals: `1234.5`; leave a missing value empty

error: `foreign` is not one of `private` or `state`
  --> argument `kind_of=foreign`
  rule: unknown-word

error: `capitl` is not a known key
  --> argument `capitl=5`
  rule: unknown-key
  help: known are `name`, `name_en`, `code`, `industry`, `class`, `town`, `founded`, `note`, `former_names`, `former_codes`, `not_same`, `more`, `candidacies`, `memberships`, `recognitions`, `platforms`, `projects`, `needs` or `indicators`

3 errors; nothing was changed
--- exit 3

"#]]
    );
    sandbox.write("data/enterprises/acme.toml", "name = \"示例一\"\n\n[more]\ncapital = \"many\"\nkind_of = [\"foreign\"]\ncapitl = 5\nwechat = \"x\"\n");
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng check --lang zh").text(),
        str![[r#"
错误：“many”不是数字
  --> data/enterprises/acme.toml:4:11
   |
 4 | capital = "many"
   |           ^^^^^^
  规则：bad-amount
  办法：请写数字，小数点用 .，如 1234.5；缺失的值留空

错误：“foreign”不在可选范围内：private、state
  --> data/enterprises/acme.toml:5:11
   |
 5 | kind_of = ["foreign"]
   |           ^^^^^^^^^^^
  规则：unknown-word

错误：programme.toml 的 [fields.enterprises] 中没有声明字段“capitl”
  --> data/enterprises/acme.toml:6:1
   |
 6 | capitl = 5
   | ^^^^^^
  规则：unknown-key
  办法：是否想写“capital”？

错误：“wechat”是个人信息字段，不能放在联系信息之外
  --> data/enterprises/acme.toml:7:1
   |
 7 | wechat = "x"
   | ^^^^^^
  规则：unknown-key
  办法：请移到 contacts/ 中该企业文件的 more 下

1 个文件中有 4 个错误
--- exit 3

"#]]
    );
}

#[test]
fn a_personal_field_stands_with_the_contacts_and_is_masked() {
    let sandbox = declared();
    sandbox.write(
        "data/contacts/acme.toml",
        "phone = \"13800000000\"\n\n[more]\nwechat = \"example-account\"\n",
    );
    snapbox::assert_data_eq!(
        sandbox.run("kunpeng enterprise show acme --lang en").text(),
        str![[r#"
示例一
Field  Value
─────────────
Id     acme
Name   示例一

contact
Field   Value
───────────────────
Phone   138****0000
WeChat  e***
· masked; the file in `contacts/` has them in clear

"#]]
    );
    assert!(!sandbox.run("kunpeng enterprise list --format csv").text().contains("wechat"));
}

/// A value that fits, for each kind of field, and one that does not.
const FITS: &str = "remark = \"x\"\nsort_of = [\"one\"]\npieces = 1\nmeasure = -1.5\nsum = 5.5\npart = 0.5\nsince = \"2021\"\nis_so = false\n";
const DOES_NOT: &str = "remark = 5\nsort_of = [\"three\"]\npieces = 1.5\nmeasure = \"a\"\nsum = \"many\"\npart = 2\nsince = \"soon\"\nis_so = \"perhaps\"\n";

#[test]
fn every_kind_of_value_is_checked_in_every_record_and_entry() {
    let sandbox = Sandbox::empty();
    sandbox.done("kunpeng init data");
    let programme = sandbox.read("data/programme.toml");
    let (before, _) = programme.split_once("[fields").unwrap_or((&programme, ""));
    sandbox.write("data/programme.toml", format!("{before}{}", crate::import::round_trip::own_fields()));
    let entries = [
        ("candidacies", "edition = \"1\""),
        ("memberships", "edition = \"1\""),
        ("recognitions", "title = \"hnte\""),
        ("platforms", "kind = \"key-laboratory\""),
        ("projects", "scheme = \"示例\"\nstate = \"submitted\""),
        ("needs", "category = \"land\"\nreceived = 2023-05-01"),
    ];
    for (more, errors) in [(FITS, 0), (DOES_NOT, 8 * (4 + entries.len()))] {
        let lists = entries.map(|(list, keys)| format!("\n[[{list}]]\n{keys}\n\n[{list}.more]\n{more}"));
        sandbox.write("data/industries/toys.toml", format!("name = \"示例业\"\n\n[more]\n{more}"));
        sandbox.write("data/editions/1.toml", format!("name = \"第一期\"\n\n[more]\n{more}"));
        sandbox.write(
            "data/enterprises/acme.toml",
            format!("name = \"示例一厂\"\n\n[more]\n{more}{}", lists.concat()),
        );
        sandbox.write(
            "data/activities/day.toml",
            format!(
                "edition = \"1\"\naspect = \"courses\"\ntitle = \"示例\"\ndate = 2023-05-01\n\n[more]\n{more}"
            ),
        );
        let said = sandbox.run("kunpeng check --lang en").text();
        let found = said.lines().filter(|line| line.starts_with("error: ")).count();
        assert_eq!(found, errors, "{said}");
    }
}
