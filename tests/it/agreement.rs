//! What commands have in common they do alike: helps name the fields, closed editions ask for a day.

use snapbox::IntoData;

use crate::sandbox::Sandbox;

#[test]
fn the_help_of_add_and_set_names_the_fields_with_the_words_of_the_programme() {
    let sandbox = Sandbox::shipped();
    let help = sandbox.done("kunpeng --lang en recognition add --help");
    let fields = help.split("Fields:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    snapbox::assert_data_eq!(
        fields.to_owned(),
        snapbox::str![[r#"
  title       one of innovative-sme, tech-sme, hnte, srdi, little-giant, single-champion
  level       one of self-built, district, city, province, national
  document    any text
  recognised  a date: `2024`, `2024-05`, `2024-05-01`
  expires     a date, or `never`
  action      one of new, re-review
  let_go      a date: `2024`, `2024-05`, `2024-05-01`
  issued_by   Issued by: text
"#]]
        .raw()
    );
    let help = sandbox.done("kunpeng --lang zh enterprise set --help");
    let fields = help.split("字段：\n").nth(1).unwrap().split("\n\n").next().unwrap();
    snapbox::assert_data_eq!(
        fields.to_owned(),
        snapbox::str![[r#"
  name                  任意文本
  name_en               任意文本
  code                  统一社会信用代码，校验位须正确
  industry              可选：airport-related、automobile、electronic-information、fashion-culture、
                        high-end-equipment、new-energy、new-materials
  class                 GB/T 4754 行业分类：C、C36、C3660
  town                  可选：xinhua、huacheng、xiuquan、xinya、timian、huashan、huadong、tanbu、
                        chini、shiling
  founded               日期：2024、2024-05、2024-05-01
  note                  任意文本
  former_names          曾用名，用 ; 分隔
  former_codes          曾用代码，用 ; 分隔
  not_same              相似但并非同一的企业
  indicators            某期指标：indicators.2023.revenue=1200万
  legal_representative  任意文本
  contact               任意文本
  post                  任意文本
  phone                 任意文本
  email                 任意文本
  registered_capital    注册资本：金额
"#]]
        .raw()
    );
    // Without a data folder it names no words.
    assert!(Sandbox::empty().done("kunpeng need add --help").contains("category, by id or name"));
}

#[test]
fn members_of_a_closed_edition_need_a_day_within_it() {
    let sandbox = Sandbox::shipped();
    sandbox.refuses(
        "kunpeng member add 2 0001",
        1,
        snapbox::str![[r#"
--- stderr
error: edition `2` is closed since 2023-11-16
  help: give a day from 2022-01-13 to 2023-11-16 with `--joined`
--- exit 1

"#]],
    );
    sandbox.refuses(
        "kunpeng --lang zh member withdraw 2 0082 --on 2024-01-01",
        1,
        snapbox::str![[r#"
--- stderr
错误：期次“2”已于 2023-11-16 结束
  办法：请用 --on 写明 2022-01-13 至 2023-11-16 之间的日期
--- exit 1

"#]],
    );
    sandbox.shows(
        "kunpeng member add 2 0001 --joined 2022-03-01",
        snapbox::str![[r#"
--- stderr
edition `2` is closed since 2023-11-16: its figures change
added enterprise `91440114DEM000014D` to edition `2`
warning: edition `2` closed on 2023-11-16, 1 membership has no outcome, `91440114DEM000014D` first
  --> enterprise `91440114DEM000014D`, `memberships[2].edition`
  rule: open-after-close
  help: `kunpeng member graduate 2 ENTERPRISE…` or `--all`

"#]],
    );
}

#[test]
fn an_editor_that_draws_needs_a_terminal() {
    let sandbox = Sandbox::small();
    sandbox.write(
        "data/activities/a.toml",
        "edition = \"1\"\naspect = \"courses\"\ntitle = \"A\"\ndate = 2023-03-01\n",
    );
    sandbox.refuses(
        "EDITOR=vim kunpeng enterprise edit alpha",
        1,
        snapbox::str![[r#"
--- stderr
error: `vim` needs a terminal, and there is none
  help: `kunpeng enterprise set alpha FIELD=VALUE` changes fields without an editor
--- exit 1

"#]],
    );
    sandbox.refuses(
        "EDITOR= kunpeng --lang zh activity edit a",
        1,
        snapbox::str![[r#"
--- stderr
错误：“vi”需要终端，而当前没有终端
  办法：可用 kunpeng activity set a 字段=值 直接修改
--- exit 1

"#]],
    );
    assert_eq!(std::fs::read_dir(sandbox.path("tmp")).unwrap().count(), 0);
}

#[test]
fn an_import_of_which_no_row_is_valid_has_failed() {
    let sandbox = Sandbox::small();
    sandbox.write("members.csv", "enterprise,joined\nalpha,2023-99-01\n");
    sandbox.refuses(
        "kunpeng import members members.csv --edition 1 --accept-valid",
        3,
        snapbox::str![[r#"
--- stderr
members.csv, row 2: refused: `2023-99-01` is not a date
1 row: 1 refused
nothing to change: every row is refused
wrote the refused rows to members.refused.csv
--- exit 3

"#]],
    );
    sandbox.refuses(
        "kunpeng --lang zh import members members.csv --edition 1 --accept-valid --refused rows.csv",
        3,
        snapbox::str![[r#"
--- stderr
members.csv，第 2 行：拒绝：“2023-99-01”不是日期
共 1 行：拒绝 1 行
没有需要改动的内容：全部行都被拒绝
被拒绝的行已写入 rows.csv
--- exit 3

"#]],
    );
    sandbox.write("members.csv", "enterprise,joined\nalpha,2023-02-01\nbeta,2023-99-01\n");
    let outcome = sandbox.run("kunpeng import members members.csv --edition 1 --accept-valid");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
}
