"""What goes into a JSON column comes out of it as it was."""

import json
from collections.abc import Callable
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from academy import database, settings

OPTIONS = database.options(settings.read({"ACADEMY_SECRET_KEY": "k" * 32}))
written = cast(Callable[[Any], str], OPTIONS["json_serializer"])
read = cast(Callable[[str], Any], OPTIONS["json_deserializer"])
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**64, 2**300)  # days of a year, a few bits each: see `rewards.diary`
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8),  # halves of characters too
    lambda each: (
        st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=4), each, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read(value: Any) -> None:
    again = read(written(value))

    assert again == value == json.loads(written(value))
    assert type(again) is type(value)
