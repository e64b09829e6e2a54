"""The first sheet of a workbook, row by row, once it is known that unpacking it is safe. Pure."""

import logging
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from io import BytesIO
from typing import Any

from academy.people.importing.limits import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNPACKED,
    Unreadable,
)

log = logging.getLogger(__name__)

SMALL = 1024 * 1024
SHEETS = "xl/workbook.xml"


def lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """What stands in each row; a formula as it is written, never its result."""
    _inspect(content)
    try:
        yield from _read(content)
    except Unreadable:
        raise
    except Exception as error:  # the library says of a broken workbook whatever it stumbles over
        log.info("a workbook could not be read: %s", type(error).__name__)
        raise Unreadable("broken-workbook") from error


def _inspect(content: bytes) -> None:
    """Before anything is unpacked: what it claims to hold. zipfile unpacks no more than is claimed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception as error:  # zipfile has many ways to say that it is none
        raise Unreadable("broken-workbook") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("too-big")
    if any(part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts):
        raise Unreadable("too-big")
    if SHEETS not in {part.filename for part in parts}:
        raise Unreadable("no-workbook")


def _read(content: bytes) -> Iterator[tuple[int, list[str]]]:
    openpyxl: Any = import_module("openpyxl")  # 0.3 s, and only for workbooks
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise Unreadable("empty")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what it says of its size may be wrong
        found = sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
        for number, cells in enumerate(found, 1):
            yield number, [_said(cell) for cell in cells]
    finally:
        book.close()


def _said(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
