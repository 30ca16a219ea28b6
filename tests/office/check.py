"""Reads and edits what is handed over with other libraries, and has LibreOffice open and save it."""

import datetime
import subprocess
import sys
import zipfile

import docx
import openpyxl
from docx.oxml.ns import qn


def saved(file, ending, folder):
    """The file as LibreOffice saves it."""
    command = ["soffice", "--headless", "--convert-to", ending, "--outdir", folder, file]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return f"{folder}/{file.rsplit('.', 1)[0]}.{ending}"


def charts(file):
    return [name for name in zipfile.ZipFile(file).namelist() if "charts/chart" in name and name.endswith(".xml")]


def workbook(file):
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    numbers = [cell for cell in cells if isinstance(cell.value, (int, float))]
    days = [cell for cell in cells if isinstance(cell.value, datetime.datetime)]
    shares = [cell for cell in numbers if "%" in cell.number_format]
    assert len(numbers) > 500 and len(days) > 2 and len(shares) > 50, (len(numbers), len(days), len(shares))
    # No figure is text: neither a number nor a share nor a day.
    for cell in cells:
        if isinstance(cell.value, str):
            text = cell.value.replace(",", "").replace("%", "").replace(" ", "").replace("-", "")
            is_month = len(cell.value) == 7 and cell.value[4] == "-"
            assert is_month or len(text) == 18 or not text.isdecimal() or len(text) == 4, (cell, cell.value)
    # Every chart draws cells that are there, with labels and numbers.
    drawn = 0
    for sheet in book:
        for chart in sheet._charts:
            for series in chart.series:
                drawn += 1
                name, area = series.val.numRef.f.rsplit("!", 1)
                cells = book[name.strip("'")][area]
                values = [cell.value for row in cells for cell in row] if isinstance(cells, tuple) else [cells.value]
                assert any(isinstance(value, (int, float)) for value in values), (sheet.title, values)
    assert drawn > 15, drawn
    again = saved(file, "xlsx", "again")
    assert len(charts(again)) == len(charts(file)), "LibreOffice lost a chart"
    print(f"{file}: {len(numbers)} numbers, {len(days)} days, {len(shares)} shares, {len(charts(file))} charts kept")


def document(file):
    written = docx.Document(file)
    headings = [it.text for it in written.paragraphs if it.style.name == "Heading 1"]
    contents = [it.text for it in written.paragraphs if it.style.name == "toc 1"]
    assert len(headings) == 9 and len(contents) == 9, (headings, contents)
    assert all(entry.endswith(heading) for entry, heading in zip(contents, headings)), contents
    for table in written.tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    # A person writes under a heading that is left empty, and saves it there and then in LibreOffice.
    at = next(at for at, it in enumerate(written.paragraphs) if it.text == headings[-1])
    written.paragraphs[at + 1].add_run("写在这里：edited")
    written.tables[1].rows[1].cells[0].paragraphs[0].add_run(" edited")
    written.save("edited-" + file)
    again = docx.Document(saved("edited-" + file, "docx", "again"))
    text = [it.text for it in again.paragraphs]
    assert any("写在这里：edited" in it for it in text) and again.tables[1].rows[1].cells[0].text.endswith(" edited")
    assert len(again.tables) == len(written.tables)
    assert len(charts(f"again/edited-{file}")) == len(charts(file)), "LibreOffice lost a chart"
    repeats = [table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for table in again.tables]
    assert all(repeats), repeats
    print(f"{file}: {len(headings)} headings, {len(written.tables)} tables, {len(charts(file))} charts kept, edit kept")


for name in sys.argv[1:]:
    workbook(name + ".xlsx")
    document(name + ".docx")
