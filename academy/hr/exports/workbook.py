"""The tables of a report as a workbook. It brings openpyxl along: whoever makes one imports it then."""

import re
from datetime import datetime
from io import BytesIO

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from academy.hr.exports.report import Report, Table
from academy.hr.exports.sheets import inert, written

LONGEST_TITLE = 31
WIDEST = 60
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def workbook(report: Report, at: datetime) -> bytes:
    """A sheet to a table, and before them one with the date and the definitions."""
    book = Workbook()
    book.properties.title = report.title
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    _meanings(first, report)
    for each in report.tables:
        _sheet(book.create_sheet(_title(book, each.title)), each)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _meanings(sheet: Worksheet, report: Report) -> None:
    sheet.title = _clean(_("What these words mean"))
    for line in ((report.title,), (report.as_of,), (report.promise,), (), *report.meanings):
        sheet.append([inert(each) for each in line])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 100
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, 1).font = Font(bold=True)
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")


def _sheet(sheet: Worksheet, table: Table) -> None:
    sheet.append([inert(each) for each in table.head])
    for row in table.rows:
        sheet.append([written(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for number, column in enumerate(sheet.columns, 1):
        longest = max(len(str(cell.value or "")) for cell in column)
        letter = sheet.cell(1, number).column_letter
        sheet.column_dimensions[letter].width = min(WIDEST, longest + 3)


def _title(book: Workbook, wanted: str) -> str:
    """Short enough for a sheet, and no other's."""
    title, number = _clean(wanted), 1
    while title.casefold() in {each.casefold() for each in book.sheetnames}:
        number += 1
        title = f"{_clean(wanted)[: LONGEST_TITLE - 3]} {number}"
    return title


def _clean(title: str) -> str:
    return _NOT_IN_A_TITLE.sub(" ", title)[:LONGEST_TITLE].strip() or "-"
