"""The lines of a passport are its own, small, and safe to put in a page."""

from xml.etree import ElementTree

import pytest

from academy.passport.guilloche import guilloche

CODES = ["", "7QK2-M9XD-4TRA", "7QK2-M9XD-4TRB", "é" * 400, '"><script>']
DRAWING_ATTRIBUTES = {"class", "d", "id", "href", "transform"}


@pytest.mark.parametrize("code", CODES)
def test_a_code_always_gives_the_same_lines(code: str) -> None:
    assert guilloche(code) == guilloche(code)


def test_two_codes_that_differ_by_one_letter_give_other_lines() -> None:
    assert guilloche("7QK2-M9XD-4TRA") != guilloche("7QK2-M9XD-4TRB")


@pytest.mark.parametrize("code", CODES + [f"code {number}" for number in range(200)])
def test_the_drawing_stays_under_twelve_kilobytes(code: str) -> None:
    assert len(guilloche(code, width=1280, height=900).encode()) < 12_000


@pytest.mark.parametrize("code", CODES)
def test_the_drawing_is_hidden_from_screen_readers_and_carries_no_style(code: str) -> None:
    drawing = ElementTree.fromstring(guilloche(code))  # noqa: S314  # our own drawing
    parts = list(drawing.iter())[1:]

    assert drawing.attrib["aria-hidden"] == "true"
    assert {part.tag for part in parts} == {"g", "path", "use"}
    assert set().union(*(part.attrib for part in parts)) == DRAWING_ATTRIBUTES


def test_the_code_itself_cannot_be_read_in_the_drawing() -> None:
    assert "7QK2" not in guilloche("7QK2-M9XD-4TRA")


def test_the_drawing_has_the_size_asked_for() -> None:
    drawing = ElementTree.fromstring(guilloche("7QK2", width=300, height=200))  # noqa: S314  # our own drawing

    assert drawing.attrib["viewBox"] == "0 0 300 200"
