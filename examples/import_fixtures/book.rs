//! Workbooks with the oddities of forms that people fill in.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::CODE;

type Written = Result<(), XlsxError>;

/// What writes a workbook.
type Write = fn(&mut Workbook) -> Written;

/// Every workbook with its name.
pub const FILES: &[(&str, Write)] = &[
    ("plain.xlsx", plain),
    ("called-csv.csv", plain),
    ("title-unit-and-total.xlsx", form),
    ("two-level-merged-header.xlsx", two_levels),
    ("grouped-header.xlsx", grouped),
    ("line-breaks-and-asterisks.xlsx", ornaments),
    ("hidden-rows-and-columns.xlsx", hidden),
    ("serial-dates.xlsx", serials),
    ("month-typed-as-number.xlsx", month),
    ("code-typed-as-number.xlsx", code),
    ("phone-typed-as-number.xlsx", phone),
    ("formula-errors.xlsx", errors),
    ("merged-rows.xlsx", merged),
    ("sheets-by-town.xlsx", towns),
    ("sheets-that-differ.xlsx", different),
    ("instructions-beside-table.xlsx", instructions),
    ("hidden-sheet.xlsx", hidden_sheet),
    ("empty.xlsx", empty),
    ("numbered-columns.xlsx", numbered),
    ("subtotals.xlsx", subtotals),
    ("right-of-the-header.xlsx", beyond),
    ("booleans-and-text-numbers.xlsx", booleans),
];

fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) -> Written {
    for (column, text) in (0..).zip(cells) {
        if !text.is_empty() {
            sheet.write(row, column, *text)?;
        }
    }
    Ok(())
}

fn merge(sheet: &mut Worksheet, rows: (u32, u32), columns: (u16, u16), text: &str) -> Written {
    sheet.merge_range(rows.0, columns.0, rows.1, columns.1, text, &Format::new())?;
    Ok(())
}

fn plain(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "统一社会信用代码", "成立日期", "所属镇街"])?;
    row(sheet, 1, &["示例一厂", CODE, "", "花山镇"])?;
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(1, 2, &ExcelDateTime::from_ymd(2015, 3, 1)?, &day)?;
    Ok(())
}

fn form(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    merge(sheet, (0, 0), (0, 3), "附件1 示例企业经营情况表")?;
    row(sheet, 1, &["填报单位（盖章）：示例中心", "", "填报时间：2024年1月", "单位：万元"])?;
    row(sheet, 2, &["序号", "企业名称", "年度", "营业收入"])?;
    for (index, (name, revenue)) in [("示例一厂", 1234.5), ("示例二厂", 0.1)].into_iter().enumerate()
    {
        let at = 3 + u32::from(index == 1);
        sheet.write(at, 0, at - 2)?.write(at, 1, name)?.write(at, 2, 2023)?.write(at, 3, revenue)?;
    }
    row(sheet, 5, &["合计"])?;
    sheet.write(5, 3, 1234.6)?;
    row(sheet, 6, &["备注：营业收入按审计数填写。"])?;
    row(sheet, 7, &["填表人：示例", "", "审核人：示例"])
}

fn two_levels(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    merge(sheet, (0, 0), (0, 4), "企业经营情况表")?;
    merge(sheet, (1, 2), (0, 0), "企业名称")?;
    merge(sheet, (1, 1), (1, 2), "营业收入（万元）")?;
    merge(sheet, (1, 1), (3, 4), "研发费用（万元）")?;
    row(sheet, 2, &["", "2022年", "2023年", "2022年", "2023年"])?;
    row(sheet, 3, &["示例一厂"])?;
    sheet.write(3, 1, 100)?.write(3, 2, 120)?.write(3, 3, 5)?.write(3, 4, 6.25)?;
    Ok(())
}

fn grouped(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    merge(sheet, (0, 1), (0, 0), "序号")?;
    merge(sheet, (0, 0), (1, 2), "基本情况")?;
    merge(sheet, (0, 0), (3, 4), "经营情况（万元）")?;
    row(sheet, 1, &["", "企业名称", "年度", "营业收入", "净利润"])?;
    row(sheet, 2, &["", "示例一厂"])?;
    sheet.write(2, 0, 1)?.write(2, 2, 2023)?.write(2, 3, 10)?.write(2, 4, 1)?;
    Ok(())
}

fn ornaments(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["*企业\n名称", "统一社会\n信用代码＊", "1、所属镇街", "成立日期\n（年/月/日）"])?;
    row(sheet, 1, &["示例一厂", CODE, "花山镇", "2015/3/1"])
}

fn hidden(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "所属镇街", "成立日期"])?;
    row(sheet, 1, &["示例一厂", "花山镇", "2015"])?;
    row(sheet, 2, &["示例二厂", "花东镇", "2016"])?;
    sheet.set_row_hidden(2)?.set_column_hidden(2)?;
    Ok(())
}

fn serials(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "成立日期"])?;
    for (at, day) in [(1, 45246.0), (2, 45246.75), (3, 2023.0), (4, 20_231_116.0), (5, 2023.11)] {
        sheet.write(at, 0, format!("示例{at}号厂"))?.write(at, 1, day)?;
    }
    Ok(())
}

fn month(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "成立日期"])?;
    sheet.write(1, 0, "示例一厂")?.write(1, 1, 2023.1)?;
    Ok(())
}

fn code(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "统一社会信用代码"])?;
    sheet.write(1, 0, "示例一厂")?.write(1, 1, 914_401_140_000_001_234_f64)?;
    Ok(())
}

fn phone(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "联系电话"])?;
    sheet.write(1, 0, "示例一厂")?.write(1, 1, 13_800_000_001_f64)?;
    row(sheet, 2, &["示例二厂", "13800000002.0"])
}

fn errors(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "年度", "营业收入"])?;
    sheet.write(1, 0, "示例一厂")?.write(1, 1, 2023)?;
    sheet.write(1, 2, Formula::new("=VLOOKUP(1,2,3)").set_result("#REF!"))?;
    Ok(())
}

fn merged(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["所属镇街", "企业名称"])?;
    merge(sheet, (1, 2), (0, 0), "花山镇")?;
    row(sheet, 1, &["", "示例一厂"])?;
    row(sheet, 2, &["", "示例二厂"])
}

fn towns(book: &mut Workbook) -> Written {
    for (town, name) in [("花山镇", "示例一厂"), ("花东镇", "示例二厂")] {
        let sheet = book.add_worksheet().set_name(town)?;
        row(sheet, 0, &["企业名称", "成立日期"])?;
        row(sheet, 1, &[name, "2015"])?;
    }
    Ok(())
}

fn different(book: &mut Workbook) -> Written {
    row(book.add_worksheet().set_name("名册")?, 0, &["企业名称", "所属镇街", "成立日期"])?;
    row(book.worksheet_from_name("名册")?, 1, &["示例一厂", "花山镇", "2015"])?;
    let sheet = book.add_worksheet().set_name("指标")?;
    row(sheet, 0, &["企业名称", "年度", "营业收入"])?;
    row(sheet, 1, &["示例一厂", "2023", "1"])
}

fn instructions(book: &mut Workbook) -> Written {
    row(book.add_worksheet().set_name("填表说明")?, 0, &["请逐项填写，不得空缺。"])?;
    let sheet = book.add_worksheet().set_name("名册")?;
    row(sheet, 0, &["企业名称", "所属镇街", "成立日期"])?;
    row(sheet, 1, &["示例一厂", "花山镇", "2015"])
}

fn hidden_sheet(book: &mut Workbook) -> Written {
    plain(book)?;
    let sheet = book.add_worksheet().set_name("下拉选项")?;
    row(sheet, 0, &["选项", "甲", "乙", "丙"])?;
    sheet.set_hidden(true);
    Ok(())
}

fn empty(book: &mut Workbook) -> Written {
    row(book.add_worksheet(), 0, &[])
}

fn numbered(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "年度", "营业收入", "净利润"])?;
    row(sheet, 1, &["甲", "乙", "1", "2"])?;
    row(sheet, 2, &["示例一厂", "2023", "10", "1"])
}

fn subtotals(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "年度", "营业收入"])?;
    row(sheet, 1, &["示例一厂", "2023", "10"])?;
    row(sheet, 2, &["小计", "", "10"])?;
    row(sheet, 3, &["示例二厂", "2023", "20"])?;
    row(sheet, 4, &["小计", "", "20"])?;
    row(sheet, 5, &["合  计", "", "30"])
}

fn beyond(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "所属镇街"])?;
    row(sheet, 1, &["示例一厂", "花山镇", "", "另一张表"])
}

fn booleans(book: &mut Workbook) -> Written {
    let sheet = book.add_worksheet();
    row(sheet, 0, &["企业名称", "年度", "从业人员期末人数", "营业收入"])?;
    sheet.write(1, 0, "示例一厂")?.write(1, 1, "2023")?.write(1, 2, "12")?;
    sheet.write(2, 0, "示例二厂")?.write(2, 1, 2023)?.write(2, 3, true)?;
    Ok(())
}
