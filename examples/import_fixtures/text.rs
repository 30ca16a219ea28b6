//! Files of text: encodings, separators, line ends, everything people put around a table.

use encoding_rs::{BIG5, GB18030};

const ROSTER: &str = "企业名称,统一社会信用代码,所属镇街,成立日期\n\
    示例一厂,91440114DEM0000127,花山镇,2015-03-01\n\
    示例二厂,91440114DEM0000202,新华街道,2016年5月\n";

/// Two activities in one sheet: rows are persons, not all of enterprises that are known, not all signed.
const SIGN_IN: &str = "示例开班仪式签到表,,,,,\n\
    时间：2023年11月16日,,地点：示例厅,,,\n\
    序号,姓名,单位,职务,电话,签名\n\
    1,示例甲,示例一厂,经理,13800000001,√\n\
    2,示例乙,示例一厂,,13800000002,√\n\
    3,示例丙,示例二厂,,13800000003,\n\
    4,示例丁,示例一场,,13800000004,√\n\
    应到：4,实到：3,,,,\n\
    活动名称：示例课程,,,,,\n\
    序号,姓名,单位,职务,电话,签名\n\
    1,示例戊,示例二厂,,13800000005,√\n\
    2,示例己,,,13800000006,√\n";

fn wide(text: &str, big: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    let mut bytes = if big { vec![0xfe, 0xff] } else { vec![0xff, 0xfe] };
    bytes.extend(units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }));
    bytes
}

fn of(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// Every file of text with its name.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let mut files = encodings();
    files.extend(layouts());
    files.extend(cells());
    files.extend(damaged());
    files
}

fn encodings() -> Vec<(&'static str, Vec<u8>)> {
    let tabs = ROSTER.replace(',', "\t");
    vec![
        ("utf-8.csv", of(ROSTER)),
        ("utf-8-with-mark.csv", of(&format!("\u{feff}{ROSTER}"))),
        ("gb18030.csv", GB18030.encode(ROSTER).0.into_owned()),
        ("utf-16-le-tabs.txt", wide(&tabs, false)),
        ("utf-16-be-tabs.txt", wide(&tabs, true)),
        ("big5-is-not-guessed.csv", BIG5.encode("企業名稱,所屬鎮街\n示例一廠,花山鎮\n").0.into_owned()),
        ("rare-character-gb18030.csv", GB18030.encode("企业名称,备注\n示例𠀀厂,龘\n").0.into_owned()),
    ]
}

fn layouts() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("semicolons.csv", of(&ROSTER.replace(',', ";"))),
        ("tabs.tsv", of(&ROSTER.replace(',', "\t"))),
        ("commas-called-xls.xls", of(ROSTER)),
        ("windows-line-ends.csv", of(&ROSTER.replace('\n', "\r\n"))),
        ("old-mac-line-ends.csv", of(&ROSTER.replace('\n', "\r"))),
        (
            "mixed-line-ends.csv",
            of("企业名称,所属镇街\r\n示例一厂,花山镇\n示例二厂,花东镇\r示例三厂,狮岭镇\n"),
        ),
        ("quoted-line-break.csv", of("企业名称,备注\n示例一厂,\"第一行\n第二行\"\n示例二厂,\"含,逗号\"\n")),
        (
            "title-and-note.csv",
            of(
                "附件1 示例情况表,,\n填报单位：示例中心,,\n序号,企业名称,所属镇街\n1,示例一厂,花山镇\n2,示例二厂,花东镇\n备注：本表一式两份,,\n9,不是企业,\n",
            ),
        ),
        ("header-only.csv", of("企业名称,所属镇街\n")),
        ("no-header.csv", of("示例一厂,花山镇\n示例二厂,花东镇\n")),
        (
            "header-repeated.csv",
            of("企业名称,所属镇街\n示例一厂,花山镇\n企业名称,所属镇街\n示例二厂,花东镇\n"),
        ),
        ("two-columns-for-one-field.csv", of("企业名称,公司名称\n示例一厂,示例二厂\n")),
        ("unknown-column.csv", of("企业名称,成力日期\n示例一厂,2015\n")),
        ("running-numbers-only.csv", of("序号,企业名称,所属镇街\n1,示例一厂,花山镇\n2,,\n3,,\n")),
        (
            "ragged.csv",
            of(
                "企业名称,所属镇街,成立日期\n示例一厂,花山镇,2015\n示例二厂,花东镇\n示例三厂,花东镇,2016,多\n",
            ),
        ),
        (
            "list.json",
            of("[{\"name\":\"示例一厂\",\"town\":\"花山镇\"},{\"name\":\"示例二厂\",\"founded\":2016}]"),
        ),
        ("lines.jsonl", of("{\"name\":\"示例一厂\"}\n{\"name\":\"示例二厂\",\"town\":null}\n")),
        (
            "two-level-header.csv",
            of(
                "企业名称,营业收入（万元）,,从业人员期末人数,\n,2022年,2023年,2022年,2023年\n示例一厂,100,120.5,10,12\n",
            ),
        ),
    ]
}

fn cells() -> Vec<(&'static str, Vec<u8>)> {
    let dates = "企业名称,成立日期\n示例甲厂,二〇二三年十一月十六日\n示例乙厂,2023.11.16\n示例丙厂,2023/11/16\n示例丁厂,20231116\n\
        示例戊厂,2023年11月\n示例己厂,2023.10\n示例庚厂,２０２３年１１月１６日\n示例辛厂,2023-11-16 09:30\n";
    vec![
        ("dates.csv", of(dates)),
        ("january-or-october.csv", of("企业名称,成立日期\n示例一厂,2023.1\n")),
        (
            "blanks.csv",
            of(
                "企业名称,年度,营业收入,净利润,从业人员期末人数\n示例一厂,2023,/,-,0\n示例二厂,2023,暂无,N/A,—\n",
            ),
        ),
        (
            "amounts.csv",
            of(
                "企业名称,年度,营业收入,净利润\n示例一厂,2023,1.2亿,300万\n示例二厂,2023年,\"1,234,567.80\",-５００千元\n",
            ),
        ),
        ("unit-conflict-in-cell.csv", of("企业名称,年度,营业收入（万元）\n示例一厂,2023,300元\n")),
        (
            "unit-conflict-with-line.csv",
            of("单位：万元,,\n企业名称,年度,营业收入（元）\n示例一厂,2023,300\n"),
        ),
        ("damaged-code.csv", of("企业名称,统一社会信用代码\n示例一厂,9.14401E+17\n")),
        ("wrong-check-digit.csv", of("企业名称,统一社会信用代码\n示例一厂,91440114DEM0000121\n")),
        (
            "full-width-code.csv",
            of("企业名称,统一社会信用代码\n示例一厂,９１４４０１１４ｄｅｍ００００１２７\n"),
        ),
        ("same-row-twice.csv", of("企业名称,所属镇街\n示例一厂,花山镇\n示例一厂,花山镇\n")),
        ("two-rows-that-disagree.csv", of("企业名称,所属镇街\n示例一厂,花山镇\n示例一厂,花东镇\n")),
        ("totals-wrong.csv", of("企业名称,年度,营业收入\n示例一厂,2023,100\n示例二厂,2023,200\n合计,,400\n")),
        (
            "half-years.csv",
            of("企业名称,2023年上半年营业收入（万元）,2023年营业收入（万元）\n示例一厂,50,120\n"),
        ),
        ("column-without-period.csv", of("企业名称,营业收入（万元）\n示例一厂,50\n")),
        ("near-name-is-not-taken.csv", of("企业名称,年度,营业收入\n示例一场,2023,1\n")),
        ("sign-in-two-activities.csv", of(SIGN_IN)),
        ("formula-text.csv", of("企业名称,备注\n示例一厂,'=1+1\n")),
    ]
}

fn damaged() -> Vec<(&'static str, Vec<u8>)> {
    let mut cut = GB18030.encode(ROSTER).0.into_owned();
    cut.extend([0xff, b'\n']);
    vec![
        ("empty.csv", Vec::new()),
        ("blank-lines-only.csv", of("\n\n  \n")),
        ("nul-bytes.csv", of("企业名称,所属镇街\n示例\0厂,花山镇\n")),
        ("neither-utf-8-nor-gb18030.csv", cut),
        (
            "page.xls",
            of("<html><head><meta charset=\"utf-8\"></head><table><tr><td>企业名称</td></tr></table></html>"),
        ),
        (
            "xml-2003.xls",
            of("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook/>"),
        ),
        ("unclosed-quote.csv", of(&format!("企业名称,备注\n示例一厂,\"开始{}", "长".repeat(40_000)))),
        ("document.pdf.csv", of("%PDF-1.4\n")),
        ("not-json.json", of("[{\"name\":\"示例一厂\"},\n{\"name\":}]")),
        ("cut-short.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more".to_vec()),
        ("cut-short.xlsx", b"PK\x03\x04 and no more".to_vec()),
    ]
}
