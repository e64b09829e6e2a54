"""Rows out of a file, whoever wrote it: lines of text with any of the usual separators, or a workbook. Pure.

Nothing else than `Unreadable` is ever raised, and nothing is held but the file and the row in hand.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from academy.people.importing import workbook
from academy.people.importing.limits import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    Unreadable,
)

Line = tuple[int, list[str]]
ZIP = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
SEPARATORS = ";,\t|"
SAID = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
BLOCK = 1 << 20
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def rows(content: bytes) -> Iterator[Line]:
    """Each row that says something, with its line in the file; the first one holds the headings."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too-big")
    if content.startswith(OLD_WORKBOOK):
        raise Unreadable("old-workbook")
    lines = workbook.lines(content) if content.startswith(ZIP) else _lines(content)
    seen = 0
    for number, cells in lines:
        said = _cleaned(cells)
        if not said:
            continue
        seen += 1
        if seen > MOST_ROWS + 1:
            raise Unreadable("too-many-rows")
        yield number, said
    if seen == 0:
        raise Unreadable("empty")


def _cleaned(cells: Sequence[str]) -> list[str]:
    """Single spaces, no signs that cannot be shown, no empty cells at the end."""
    if len(cells) > MOST_COLUMNS:
        raise Unreadable("too-wide")
    said = [" ".join(CONTROLS.sub(" ", cell).split())[:LONGEST_CELL] for cell in cells]
    while said and not said[-1]:
        said.pop()
    return said


def _lines(content: bytes) -> Iterator[Line]:
    encoding = _encoding(content)
    text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    first = text.readline(BLOCK)
    told = SAID.fullmatch(first.strip())
    text.seek(0)
    reader = csv.reader(text, delimiter=told[1] if told else _separator(first))
    before = 0
    try:
        for cells in islice(reader, 1 if told else 0, MOST_LINES):
            yield before + 1 + (1 if told else 0), cells
            before = reader.line_num - (1 if told else 0)
    except csv.Error as error:
        raise Unreadable("broken-lines") from error


def _separator(first: str) -> str:
    """The one that the headings have most of, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count)


def _encoding(content: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _sure(content, encoding) or _nothing()
    return _sure(content, "utf-8") or _sure(content, "cp1252") or _nothing()


def _sure(content: bytes, encoding: str) -> str | None:
    """This encoding, if it fits to the end; NUL is in no text but UTF-16."""
    try:
        with io.TextIOWrapper(io.BytesIO(content), encoding, newline="") as text:
            while block := text.read(BLOCK):
                if "\0" in block:
                    return None
    except UnicodeError:
        return None
    return encoding


def _nothing() -> str:
    raise Unreadable("no-text")
