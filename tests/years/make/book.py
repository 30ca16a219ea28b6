"""A workbook as rows of cells, and its bytes as .xlsx, .xls, .ods, .csv, .txt or .json: the same bytes each time."""

import csv
import datetime
import io
import json
import re
import zipfile

# A cell that is merged with the one to its left, or with the one above.
LEFT, UP = object(), object()

STAMP = "2022-01-01T00:00:00Z"


class Shown:
    """A value with a number format of its own."""

    def __init__(self, value, form):
        self.value, self.form = value, form


class Sheet:
    """A named table of cells: text, numbers, dates, `=FORMULA`, None, LEFT or UP."""

    def __init__(self, name, rows, delimiter=",", encoding="gb18030"):
        self.name, self.rows = name, rows
        self.delimiter, self.encoding = delimiter, encoding

    def width(self):
        return max(len(row) for row in self.rows)

    def cell(self, row, column):
        line = self.rows[row] if row < len(self.rows) else []
        return line[column] if column < len(line) else None

    def merges(self):
        """First row, last row, first column and last column of every merged block."""
        for row, line in enumerate(self.rows):
            for column, value in enumerate(line):
                if value is LEFT or value is UP:
                    continue
                right, down = column, row
                while self.cell(row, right + 1) is LEFT:
                    right += 1
                while self.cell(down + 1, column) is UP:
                    down += 1
                if (right, down) != (column, row):
                    yield row, down, column, right

    def cells(self):
        for row, line in enumerate(self.rows):
            for column, value in enumerate(line):
                if value is not None and value is not LEFT and value is not UP:
                    yield row, column, value


class Book:
    """A file, the command that imports it, and what must stand in the store because of it."""

    def __init__(self, file, sheets, kind, options=(), **brings):
        self.files = file if isinstance(file, list) else [file]
        self.sheets = sheets if isinstance(file, list) else [sheets]
        self.kind, self.options, self.brings = kind, list(options), brings

    def truth(self):
        file = self.files[0] if len(self.files) == 1 else self.files
        return {"file": file, "import": self.kind, "options": self.options, "brings": self.brings}

    def write(self, folder):
        for file, sheets in zip(self.files, self.sheets):
            ending = file.rsplit(".", 1)[1]
            sheets = [sheets] if isinstance(sheets, Sheet) else sheets
            # Programs give text other endings too.
            if ending == "xls" and sheets[0].delimiter == "\t":
                ending = "txt"
            (folder / file).write_bytes(WRITERS[ending](sheets))


def xlsx(sheets):
    import openpyxl
    from openpyxl.styles import Alignment

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row, column, value in sheet.cells():
            cell = page.cell(row + 1, column + 1)
            if isinstance(value, Shown):
                cell.value, cell.number_format = value.value, value.form
            else:
                cell.value = value
                if isinstance(value, datetime.date):
                    cell.number_format = "yyyy/m/d"
                if isinstance(value, str) and "\n" in value:
                    cell.alignment = Alignment(wrap_text=True)
        for top, bottom, left, right in sheet.merges():
            page.merge_cells(start_row=top + 1, end_row=bottom + 1, start_column=left + 1, end_column=right + 1)
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue())


def xls(sheets):
    import xlwt

    book = xlwt.Workbook()
    plain = xlwt.XFStyle()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merges()}
        for row, column, value in sheet.cells():
            style = plain
            if isinstance(value, Shown):
                style = xlwt.easyxf(num_format_str=value.form)
                value = value.value
            elif isinstance(value, datetime.date):
                style = xlwt.easyxf(num_format_str="yyyy-m-d")
            if (row, column) in merged:
                bottom, right = merged[row, column]
                page.write_merge(row, bottom, column, right, value, style)
            else:
                page.write(row, column, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(sheets):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    for sheet in sheets:
        table = Table(name=sheet.name)
        merged = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merges()}
        for row, line in enumerate(sheet.rows):
            out = TableRow()
            for column, value in enumerate(line):
                if value is LEFT or value is UP:
                    out.addElement(CoveredTableCell())
                    continue
                how = {}
                if (row, column) in merged:
                    bottom, right = merged[row, column]
                    how = {"numberrowsspanned": bottom - row + 1, "numbercolumnsspanned": right - column + 1}
                text = "" if value is None else str(value)
                if isinstance(value, datetime.date):
                    how |= {"valuetype": "date", "datevalue": value.isoformat()}
                elif isinstance(value, (int, float)):
                    how |= {"valuetype": "float", "value": value}
                elif value is not None:
                    how |= {"valuetype": "string"}
                cell = TableCell(**how)
                for part in text.split("\n") if text else []:
                    cell.addElement(P(text=part))
                out.addElement(cell)
            table.addElement(out)
        book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return packed(out.getvalue())


def text(sheets):
    (sheet,) = sheets
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sheet.delimiter, lineterminator="\r\n")
    for row in sheet.rows:
        line = list(row) + [None] * (sheet.width() - len(row))
        writer.writerow(["" if value is None or value is LEFT or value is UP else written(value) for value in line])
    return out.getvalue().encode(sheet.encoding)


def answers(records):
    """What a form system exports: no sheet."""
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def written(value):
    """A cell as a spreadsheet program writes it into a text file."""
    if isinstance(value, datetime.date):
        return f"{value.year}/{value.month}/{value.day}"
    return str(value)


def packed(bytes):
    """An archive without its times and its theme, with its merges in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/theme/"):
                continue
            if item.filename in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
                content = re.sub(rb"<(Override|Relationship) [^>]*theme[^>]*>", b"", content)
            if item.filename in ("docProps/core.xml", "meta.xml"):
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", STAMP.encode(), content)
            if item.filename.startswith("xl/worksheets/"):
                # They come out of a set.
                content = re.sub(rb"(<mergeCell [^>]*>)+", lambda it: b"".join(sorted(re.findall(rb"<[^>]*>", it[0]))), content)
            entry = zipfile.ZipInfo(item.filename, (2022, 1, 1, 0, 0, 0))
            stored = item.filename == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(entry, content, compresslevel=9)
    return out.getvalue()


WRITERS = {"xlsx": xlsx, "xls": xls, "ods": ods, "csv": text, "txt": text, "json": answers}
