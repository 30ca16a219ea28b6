//! What somebody at a terminal sees: tables of every width, the pager, how far long work has come.

use std::fmt::Write;

use snapbox::data::DataFormat;
use snapbox::{Data, IntoData, str};
use unicode_width::UnicodeWidthStr;

use crate::sandbox::{Sandbox, repository};

/// Work that is slow to come to its end: what it reads comes late.
const SLOW: &str =
    "{ sleep 1; printf 'id,name\\ngamma,Gamma Sample\\n'; } | kunpeng import enterprises - --dry-run";

#[test]
fn long_work_says_what_it_does_at_a_terminal_and_wipes_it_away() {
    let sandbox = Sandbox::small();
    let shown = sandbox.terminal(SLOW, (80, 24), &[]);
    assert!(shown.contains("reading -: 0 s"), "{shown}");
    let shown = sandbox.terminal(SLOW, (80, 24), &[("LANG", "zh_CN.UTF-8")]);
    assert!(shown.contains("正在读取 -：0 秒"), "{shown}");
    assert!(!sandbox.terminal(&format!("{SLOW} --quiet"), (80, 24), &[]).contains("reading"));
    assert!(!sandbox.run(SLOW).text().contains("reading"));
}

/// Tables of the shipped store, with names and words of every length.
const TABLES: [(&str, &str); 5] = [
    ("enterprise-list", "enterprise list --limit 3"),
    ("member-list", "member list 3 --limit 3"),
    ("roster", "report roster --edition 3 --limit 3"),
    ("log", "log -n 3"),
    ("summary", "summary 3"),
];

const WIDTHS: [u16; 5] = [40, 60, 80, 100, 160];

const LANGUAGES: [&str; 2] = ["en", "zh"];

/// The shipped store with two changes.
fn store_with_changes() -> Sandbox {
    let sandbox = Sandbox::shipped();
    for change in [
        "set 91440114DEM00105X6 town=花城街道 --reason 电话核实后更正",
        "set 91440114DEM0010686 town=新雅街道",
    ] {
        sandbox.done(&format!(
            "KUNPENG_NOW=2024-03-01T09:30:00+08:00 KUNPENG_ACTOR=clerk kunpeng enterprise {change}"
        ));
    }
    sandbox
}

#[test]
fn tables_at_every_width_are_as_they_were_looked_at() {
    let sandbox = store_with_changes();
    for (name, command) in TABLES {
        let mut all = String::new();
        for lang in LANGUAGES {
            for width in WIDTHS {
                let line = format!("kunpeng --lang {lang} --no-pager --color never {command}");
                let shown = sandbox.terminal(&line, (width, 24), &[]);
                for line in shown.lines() {
                    let is_message = line.starts_with("shortened to fit") || line.starts_with("以下列因");
                    assert!(
                        is_message || UnicodeWidthStr::width(line) <= usize::from(width),
                        "{width}: {line}"
                    );
                }
                whole_values(&shown);
                writeln!(all, "== {lang} {width}\n{shown}").unwrap();
            }
        }
        // All of a summary would be thousands of lines; the laws above hold for it.
        if name != "summary" {
            let file = repository().join(format!("tests/it/snapshots/terminal/{name}.txt"));
            snapbox::assert_data_eq!(all, Data::read_from(&file, Some(DataFormat::Text)).raw());
        }
    }
}

/// No line ends or begins within a code or a date.
#[track_caller]
fn whole_values(shown: &str) {
    // Below a sparkline stand its first and its last month.
    let lines = shown.lines().filter(|line| !line.starts_with(' ') || !line.contains(" … "));
    for word in lines.flat_map(|line| line.split(|c: char| c.is_whitespace() || "（）()，、=：".contains(c)))
    {
        if word.starts_with("91440114") && !word.contains('…') {
            assert_eq!(word.trim_end_matches(',').len(), 18, "`{word}` is no whole code");
        }
        if word.starts_with("20") && word.contains('-') {
            assert!(word.trim_end_matches([',', ';', '。']).len() >= 10, "`{word}` is no whole date");
        }
    }
}

#[test]
fn an_import_at_a_terminal_is_a_digest() {
    let sandbox = Sandbox::shipped();
    let rows: Vec<String> = (0..130)
        .map(|row| match row {
            0..25 => format!("{},示例新增企业{row:03}有限公司,花城街道,自建\n", row + 1),
            25 => "26,示例皮具0105有限公司,花城街道,自建\n".to_owned(),
            _ => format!("{},示例新增企业000有限公司,花城街道,自建\n", row + 1),
        })
        .collect();
    sandbox.write(
        "花名册.csv",
        format!("花都区企业情况表,,,\n序号,企业名称,所属镇街,走访人员\n{}合计,130,,\n", rows.concat()),
    );
    let shown = |lang: &str| {
        let line =
            format!("kunpeng --lang {lang} --no-pager --color never import enterprises 花名册.csv --dry-run");
        let shown = sandbox.terminal(&line, (100, 24), &[]);
        let lines: Vec<&str> = shown.lines().collect();
        let first = lines.iter().take(6);
        let last = lines.iter().skip(lines.len() - 6);
        first.chain(last).copied().chain([""]).collect::<Vec<_>>().join("\n")
    };
    snapbox::assert_data_eq!(
        shown("zh"),
        str![[r#"
导入
 行  处理  记录                         字段      原值    新值                         原因
     结果
────────────────────────────────────────────────────────────────────────────────────────────────────
  3  新增  企业 shili-xinzeng-qiye-00…  –         –       名称：示例新增企业000有限…   –
  4  新增  企业 shili-xinzeng-qiye-00…  –         –       名称：示例新增企业001有限…   –
· ……另有 9 行：新增 5 行、重复 4 行；--format csv 可列出全部行
· 花名册.csv：表头在第 2 行；第 133 行是合计
· 未导入的列：走访人员（没有对应字段）
· 共 130 行：新增 25 行，变更 1 行，重复 104 行
以下列因屏幕宽度被截短：记录、新值；放宽窗口，或用 --format csv、-o 文件 查看全文
试运行：没有写入任何内容

"#]]
        .raw()
    );
    snapbox::assert_data_eq!(
        shown("en"),
        str![[r#"
Import
Row  Disposition  Record                   Field  Old     New                      Reason
────────────────────────────────────────────────────────────────────────────────────────────────────
  3  created      enterprise shili-xinze…  –      –       name = 示例新增企业000…  –
  4  created      enterprise shili-xinze…  –      –       name = 示例新增企业001…  –
  5  created      enterprise shili-xinze…  –      –       name = 示例新增企业002…  –
· … 9 more: 5 created, 4 duplicate; `--format csv` lists every row
· 花名册.csv: header in row 2; row 133 has totals
· columns left out: 走访人员 (no field for it)
· 130 rows: 25 created, 1 changed, 104 duplicate
shortened to fit the terminal: Record, New; a wider one, `--format csv` or `-o FILE` shows all
dry run: nothing was written

"#]]
        .raw()
    );
}

#[test]
fn a_pager_that_is_not_there_or_ends_early_costs_no_line() {
    let sandbox = Sandbox::shipped();
    let list = "kunpeng --color never enterprise list --columns id";
    let whole = sandbox.terminal(&format!("{list} --no-pager"), (160, 10), &[]);
    let shown = sandbox.terminal(list, (160, 10), &[("PAGER", "no-such-pager -x")]);
    let (table, message) = shown.rsplit_once("the pager").unwrap();
    assert_eq!(whole, table);
    assert_eq!(
        message,
        " `no-such-pager -x` cannot be started (No such file or directory (os error 2)); set PAGER, or give `--no-pager`\n"
    );
    let shown = sandbox.terminal(list, (160, 10), &[("PAGER", "no-such-pager"), ("LANG", "zh_CN.UTF-8")]);
    assert!(shown.contains("无法启动分页程序“no-such-pager”"), "{shown}");
    // Whoever leaves the pager has read enough.
    assert_eq!(
        sandbox.terminal(&format!("{list}; echo $?"), (160, 10), &[("PAGER", "head -n 1")]),
        "Enterprises\n0\n"
    );
    assert_eq!(sandbox.terminal(&format!("{list}; echo $?"), (160, 10), &[("PAGER", "true")]), "0\n");
    // What fits on the screen, and what is piped, goes through none.
    let short = sandbox.terminal(&format!("{list} --limit 1"), (160, 60), &[("PAGER", "true")]);
    assert!(short.contains("91440114DEM"), "{short}");
    assert_eq!(sandbox.run_with(list, &[("PAGER", "true")]).stdout, sandbox.done(list));
}

#[test]
fn the_narrowest_terminal_still_shows_whole_values() {
    let sandbox = Sandbox::shipped();
    let list = "kunpeng --color never --no-pager enterprise list --limit 1";
    let shown = sandbox.terminal(list, (20, 24), &[]);
    snapbox::assert_data_eq!(
        shown.clone(),
        str![[r#"
Enterprises
Id        91440114DE
          M000014D
Name      Sample
          Smart
          Equipment
          0001 Co.,
          Ltd.
Industry  High-end
          equipment
Class     C35
Town      Chini Town
Founded   1998-08-30
Editions  Edition 1
Register  –
ed
capital
(yuan)
· the first 1 of 262
  rows

"#]]
        .raw()
    );
    assert_eq!(sandbox.terminal(list, (80, 24), &[("COLUMNS", "20")]), shown);
}

#[test]
fn a_column_or_a_language_that_is_not_there_is_one_clear_message() {
    let sandbox = Sandbox::shipped();
    sandbox.shows(
        "kunpeng --lang zh enterprise list --columns id,nmae",
        str![[r#"
--- stderr
错误：没有“nmae”这个字段
  |
  | nmae
  | ^^^^
  办法：是否想写“name”？
--- exit 2

"#]],
    );
    sandbox.shows("kunpeng enterprise list --columns id,quux", str![[r#"
--- stderr
error: there is no field `quux`
  |
  | quux
  | ^^^^
  help: the columns are id, name, code, industry, class, town, founded, editions, registered_capital; of enterprises also size, revenue, growth.revenue, holds TITLE, attended ASPECT, last activity …
--- exit 2

"#]]);
    sandbox.shows(
        "kunpeng --lang fr enterprise list",
        str![[r#"
--- stderr
error: invalid value `fr` for `--lang <en|zh>`: known are en and zh

For more information, try '--help'.
--- exit 2

"#]],
    );
    sandbox.shows(
        "LANG=zh_CN.UTF-8 kunpeng --lang fr enterprise list",
        str![[r#"
--- stderr
错误：`--lang <en|zh>` 的值 `fr` 无效：可选 en 或 zh

详见 --help。
--- exit 2

"#]],
    );
    sandbox.shows(
        "LANG=fr_FR.UTF-8 kunpeng enterprise list --limit 1 --columns name",
        str![[r#"
企业名录
名称
────────────────────────
示例智能装备0001有限公司
· 共262行，仅列前1行

"#]],
    );
}
