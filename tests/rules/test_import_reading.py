"""Files for imports are read whoever wrote them, or refused with a reason; nothing else ever happens."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from academy.people.importing import limits, reading
from academy.people.importing.columns import guess, missing
from academy.people.importing.limits import Unreadable
from academy.people.importing.models import Kind
from academy.people.importing.values import Mistake, understood

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
PEOPLE = guess(
    Kind.PEOPLE, ["Matricule", "E-mail", "Entrée", "Langue", "N+1", "Fuseau", "Fonction"], {}
)


def read(content: bytes) -> list[tuple[int, list[str]]]:
    return list(reading.rows(content))


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as reason:
        read(content)
    return str(reason.value)


def said_of(content: bytes) -> object:
    """The rows, or the reason why there are none: never nothing, and never another exception."""
    try:
        return read(content)
    except Unreadable as reason:
        return str(reason)


def packed(*rows: list[object]) -> bytes:
    book, held = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_text_is_read(encoding: str, separator: str) -> None:
    lines = (("Prénom", "Nom"), ("Hélène", "Dupont"))
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)

    assert read(content) == [(1, ["Prénom", "Nom"]), (2, ["Hélène", "Dupont"])]


def test_a_quoted_cell_may_hold_separators_and_lines_and_lines_keep_their_number() -> None:
    content = b'"a;b";c\n\n"one\ntwo";"say ""hi"""\nlast;\n'

    assert read(content) == [(1, ["a;b", "c"]), (3, ["one two", 'say "hi"']), (5, ["last"])]


def test_a_line_that_names_its_separator_is_not_a_heading() -> None:
    assert read(b"sep=|\na|b\n1|2\n") == [(2, ["a", "b"]), (3, ["1", "2"])]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"\0\1\2", "no-text"),
        (b"\x81\x8d", "no-text"),
        (b"\xff\xfea", "no-text"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "old-workbook"),
        (b"PK\x03\x04 and nothing", "broken-workbook"),
        (b'a;b\n"' + b"x" * 200_000, "broken-lines"),
        (b";".join([b"a"] * 61), "too-wide"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    assert refused(content) == reason


def test_a_file_has_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert refused(b"a\n1\n2\n3\n") == "too-many-rows"
    monkeypatch.setattr(reading, "MOST_BYTES", 3)
    assert refused(b"a\n1\n") == "too-big"


def test_a_workbook_is_read_as_it_is_written_and_formulas_stay_text() -> None:
    content = packed(
        ["Matricule", "Entrée"],
        [12.0, date(2026, 1, 31)],
        [None, None],
        ["=1+1", datetime(2026, 1, 31)],  # noqa: DTZ001  # workbooks know no zone
        [True, 1.5],
    )

    assert read(content) == [
        (1, ["Matricule", "Entrée"]),
        (2, ["12", "2026-01-31"]),
        (4, ["=1+1", "2026-01-31"]),
        (5, ["True", "1.5"]),
    ]


def test_a_workbook_that_would_swell_is_not_unpacked() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)

    assert refused(held.getvalue()) == "too-big"


def test_an_archive_of_many_parts_or_of_something_else_is_refused() -> None:
    many, other = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(limits.MOST_PARTS + 1):
            archive.writestr(str(number), b"")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("photo.png", b"")

    assert (refused(many.getvalue()), refused(other.getvalue())) == ("too-big", "no-workbook")


def test_a_workbook_with_entities_that_multiply_is_refused() -> None:
    whole, held = zipfile.ZipFile(io.BytesIO(packed(["a"], ["b"]))), io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(held, "w") as archive:
        for name in whole.namelist():
            said = whole.read(name)
            if name.startswith("xl/worksheets/sheet"):
                said = bomb + said.replace(b'<?xml version="1.0"?>', b"")
            archive.writestr(name, said)

    assert refused(held.getvalue()) == "broken-workbook"


@given(st.binary(max_size=300))
def test_no_bytes_are_a_fault(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"):
        assert said_of(start + content)


WHOLE = packed(["Matricule", "E-mail"], ["A1", "zoe@aurore.example"], [1.5, "=1"])


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_no_damaged_workbook_is_a_fault(place: int, damage: bytes) -> None:
    assert said_of(WHOLE[:place] + damage + WHOLE[place + len(damage) :])


@given(st.text(max_size=200))
def test_no_part_of_a_workbook_is_a_fault(said: str) -> None:
    whole, held = zipfile.ZipFile(io.BytesIO(WHOLE)), io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in whole.namelist():
            other = f"<sheetData>{said}</sheetData>" if name.endswith("sheet1.xml") else None
            archive.writestr(name, other or whole.read(name))
    assert said_of(held.getvalue())


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=9))
def test_what_was_written_is_what_is_read(rows: list[list[str]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([f"x{cell}" for cell in row])
    held = io.BytesIO()
    book.save(held)

    found = [cells for _line, cells in read(held.getvalue())]

    assert found == [[" ".join(f"x{cell}".split()) for cell in row] for row in rows]


@given(st.lists(CELLS, max_size=9), st.booleans(), st.sampled_from(list(Kind)))
def test_a_row_is_understood_or_its_mistakes_are_told(
    cells: list[str], month_first: bool, kind: Kind
) -> None:
    names = PEOPLE if kind is Kind.PEOPLE else {"key": 0, "kind": 1, "country": 2, "closed_on": 3}
    said = understood(kind, 7, cells, names, month_first)

    filled = {name for name, place in names.items() if place < len(cells) and cells[place]}
    assert said.values.keys() | {each.field for each in said.mistakes} == filled


def test_days_are_read_as_asked_and_impossible_ones_are_mistakes() -> None:
    def day(cell: str, month_first: bool = False) -> object:
        said = understood(Kind.PEOPLE, 1, [cell], {"joined_on": 0}, month_first)
        return said.values.get("joined_on") or said.mistakes

    assert day("03/02/2026") == day("2026-02-03") == day("3.2.2026") == date(2026, 2, 3)
    assert day("03/02/2026", month_first=True) == date(2026, 3, 2)
    assert day("2026-02-03T00:00:00") == date(2026, 2, 3)
    assert day("31/02/2026") == (Mistake("joined_on", "no-date", "31/02/2026"),)
    assert day("1/1/1821") == (Mistake("joined_on", "far-date", "1/1/1821"),)


def test_a_dash_empties_what_may_be_empty_only() -> None:
    said = understood(Kind.PEOPLE, 1, ["-", "–"], {"manager": 0, "email": 1}, False)

    assert said.values == {"manager": None}
    assert said.mistakes == (Mistake("email", "needed", "–"),)


def test_headings_are_known_in_both_languages_and_what_was_said_before_counts_more() -> None:
    headings = ["Employee number", "Prénom", "E_MAIL", "Code", "Nom"]

    assert guess(Kind.PEOPLE, headings, {}) == {
        "number": 0,
        "given_name": 1,
        "email": 2,
        "family_name": 4,
    }
    assert guess(Kind.PEOPLE, headings, {"code": "entity", "nom": ""}) == {
        "entity": 3,
        "number": 0,
        "given_name": 1,
        "email": 2,
    }
    assert missing(Kind.PEOPLE, {"given_name": 1}) == ("email",)
    assert missing(Kind.ENTITIES, {"key": 1}) == ()
