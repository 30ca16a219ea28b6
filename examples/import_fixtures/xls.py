"""Writes the .xls fixtures of the import tests: python3 examples/import_fixtures/xls.py (needs xlwt)."""

import datetime

import xlwt

book = xlwt.Workbook(encoding="utf-8")
sheet = book.add_sheet("名册")
sheet.write_merge(0, 0, 0, 3, "附件1 示例企业名册")
day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
for column, text in enumerate(["企业名称", "统一社会信用代码", "成立日期", "联系电话"]):
    sheet.write(1, column, text)
sheet.write(2, 0, "示例一厂")
sheet.write(2, 1, "91440114DEM0000127")
sheet.write(2, 2, datetime.date(2015, 3, 1), day)
sheet.write(2, 3, 13800000001)
book.save("tests/fixtures/import/title-and-dates.xls")
book.save("tests/fixtures/import/old-workbook-called-xlsx.xlsx")
