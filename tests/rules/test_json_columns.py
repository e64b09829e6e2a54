"""What goes into a JSON column comes out of it, whichever way it went."""

import json
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.database import read, written


class Colour(StrEnum):
    RED = "red"


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8)  # halves of characters too
    | st.sampled_from(Colour),
    lambda each: (
        st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=4), each, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read(value: Any) -> None:
    assert read(written(value)) == value == json.loads(written(value))


@given(values)
def test_what_stood_there_before_is_read(value: Any) -> None:
    assert read(json.dumps(value)) == value


def test_a_key_that_is_a_number_becomes_words_as_ever() -> None:
    assert written({1: "a"}) == '{"1": "a"}'


def test_a_day_is_not_written_behind_anybodys_back() -> None:
    with pytest.raises(TypeError):
        written({"day": date(2026, 11, 27)})
