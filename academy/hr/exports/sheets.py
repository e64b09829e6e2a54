"""The tables of a report for spreadsheets. Whatever a cell says, none takes it for a formula."""

import csv
import re
from io import StringIO

from flask_babel import gettext as _

from academy.hr.exports.report import Cell, Report

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so is a formula to some spreadsheet: it gets an apostrophe first."""
_NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def inert(text: str) -> str:
    text = _NOT_IN_A_CELL.sub("", text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def table(report: Report) -> str:
    """One figure to a line: which table, which row, which column. UTF-8 with its mark."""
    out = StringIO()
    out.write("\ufeff")
    lines = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    lines.writerow([_("Table"), _("Line"), _("Column"), _("Figure")])
    lines.writerow([inert(each) for each in (report.title, report.as_of, "", report.promise)])
    for each in report.tables:
        for row in each.rows:
            for column, cell in zip(each.head[1:], row[1:], strict=True):
                named = (inert(each.title), inert(str(row[0])), inert(column))
                lines.writerow([*named, written(cell)])
    for term, words in report.meanings:
        lines.writerow([_("What these words mean"), inert(term), "", inert(words)])
    return out.getvalue()


def written(cell: Cell) -> str | int:
    """Numbers as numbers; what is not told in words."""
    if cell is None:
        return _("not told")
    return cell if isinstance(cell, int) else inert(cell)
