//! One import with many different faults, from the first try to the file of refused rows, as a person reads it.

use calamine::Reader;
use snapbox::file;

use crate::sandbox::Sandbox;

/// Applications with a fault in nearly each row; the header is right but for one column.
const ROWS: [&str; 19] = [
    "统一社会信用代码,企业名称,申报项目,级别,结果分类,申报日期,批复日期,申请金额（万元）,获批金额（万元）",
    ",示例智能装备0001有限公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80",
    ",没有登记的示例公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80",
    ",同名示例有限公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80",
    "91440114DEM000022X,示例汽车零部件0002有限公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80",
    "91440114DEM0000303,示例新能源0004有限公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80",
    ",示例新能源0004有限公司,示例技改专项,市级,获批,2023-13-45,2023-09-01,100,80",
    ",示例品牌策划0005有限公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80元",
    ",示例新材料0006有限公司,示例技改专项,市级,飘了,2023-03-01,2023-09-01,100,80",
    ",示例新材料0007有限公司,示例技改专项,宇宙级,获批,2023-03-01,2023-09-01,100,80",
    ",示例新材料0007有限公司,示例培育专项,市级,获批,2023-09-01,2023-03-01,100,80",
    ",示例文创设计0003有限公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,=D2*2,80",
    ",示例文创设计0003有限公司,示例培育专项,市级,获批,2023-03-01,2023-09-01,#REF!,80",
    ",,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80",
    ",示例汽车零部件0002有限公司,示例研发专项,市级,获批,2023-03-01,2023-09-01,100,-80",
    ",示例汽车零部件0002有限公司,示例培育专项,市级,获批,2023-03-01,2023-09-01,100,80",
    ",示例汽车零部件0002有限公司,示例培育专项,市级,获批,2023-03-01,2023-09-01,100,90",
    ",示例智能装备0001有限公司,示例技改专项,市级,获批,2023-03-01,2023-09-01,100,80",
    "合计,,,,,,,1800,1000",
];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::shipped();
    for id in ["namesake-a", "namesake-b"] {
        sandbox.write(&format!("data/enterprises/{id}.toml"), "name = \"同名示例有限公司\"\n");
    }
    sandbox.write("projects.csv", ROWS.join("\n") + "\n");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in ROWS.iter().enumerate() {
        for (column, text) in line.split(',').enumerate() {
            let (row, column) = (row.try_into().unwrap(), column.try_into().unwrap());
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, text).unwrap(),
            };
        }
    }
    sandbox.write("projects.xlsx", workbook.save_to_buffer().unwrap());
    sandbox
}

/// What is shown from the first try to the refused rows, and these.
fn shown(locale: &str) -> String {
    let sandbox = sandbox();
    let mut text = String::new();
    let before = sandbox.files("data");
    for line in [
        "kunpeng import projects projects.csv",
        "kunpeng import projects projects.csv --map 结果分类=state",
        "kunpeng import projects projects.xlsx --map 结果分类=state",
        "kunpeng import projects projects.csv --map 结果分类=state --accept-valid --dry-run",
    ] {
        let outcome = sandbox.run_with(line, &[("LANG", locale)]);
        text.extend(["$ ", line, "\n", &outcome.text(), "\n"]);
        assert!(sandbox.files("data") == before, "`{line}` changed the store");
    }
    for ending in ["csv", "xlsx"] {
        let line =
            format!("kunpeng import projects projects.{ending} --map 结果分类=state --accept-valid -q");
        assert_eq!(sandbox.run_with(&line, &[("LANG", locale)]).code, Some(0));
    }
    text.extend(["$ cat projects.refused.csv\n", &sandbox.read("projects.refused.csv"), "\n"]);
    let mut refused: calamine::Xlsx<_> =
        calamine::open_workbook(sandbox.path("projects.refused.xlsx")).unwrap();
    let range = refused.worksheet_range_at(0).unwrap().unwrap();
    let reasons = range.rows().map(|row| row.last().unwrap().to_string()).collect::<Vec<_>>();
    text + &format!("The reasons in projects.refused.xlsx:\n{}\n", reasons.join("\n"))
}

#[test]
fn many_faults_are_shown_in_chinese() {
    snapbox::assert_data_eq!(shown("zh_CN.UTF-8"), file!["../snapshots/many-faults.zh.txt"].raw());
}

#[test]
fn many_faults_are_shown_in_english() {
    snapbox::assert_data_eq!(shown("en"), file!["../snapshots/many-faults.en.txt"].raw());
}
