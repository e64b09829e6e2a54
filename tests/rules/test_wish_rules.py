"""What a form of wishes may say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.wishes.rules import FINE, Choice, Unreadable, Wrong, in_order, read

MET = frozenset({3, 5, 8})


def test_ties_blanks_and_refusals_are_read() -> None:
    said = read(
        [("wish-3", ["1"]), ("wish-5", ["1"]), ("wish-8", ["no"]), ("act", ["x", "y"])], MET
    )

    assert said == {3: Choice(1), 5: Choice(1), 8: Choice(veto=True)}


def test_who_is_not_in_the_form_is_fine() -> None:
    assert read([], MET) == dict.fromkeys(MET, FINE)


@pytest.mark.parametrize(
    ("name", "values", "wrong"),
    [
        ("wish-3", ["1", "2"], Wrong.TWICE),
        ("wish-4", ["1"], Wrong.NOT_MET),
        ("wish-", ["1"], Wrong.NOT_MET),
        ("wish-03", ["1"], Wrong.NOT_MET),
        ("wish-٣", ["1"], Wrong.NOT_MET),
        ("wish-" + "9" * 400, ["1"], Wrong.NOT_MET),
        ("wish-3", ["0"], Wrong.OUT_OF_RANGE),
        ("wish-3", ["4"], Wrong.OUT_OF_RANGE),
        ("wish-3", ["-1"], Wrong.OUT_OF_RANGE),
        ("wish-3", ["1.5"], Wrong.OUT_OF_RANGE),
        ("wish-3", ["yes"], Wrong.OUT_OF_RANGE),
        ("wish-3", ["9" * 5000], Wrong.OUT_OF_RANGE),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(name: str, values: list[str], wrong: Wrong) -> None:
    with pytest.raises(Unreadable) as refused:
        read([(name, values)], MET)

    assert refused.value.wrong is wrong


@given(st.lists(st.tuples(st.text(max_size=9), st.lists(st.text(max_size=5), max_size=3))))
def test_whatever_is_typed_is_read_or_refused(fields: list[tuple[str, list[str]]]) -> None:
    typed = [(f"wish-{name}", values or [""]) for name, values in fields]
    try:
        said = read(typed, MET)
    except Unreadable:
        return
    assert said.keys() == MET
    assert all(choice.rank is None or 1 <= choice.rank <= 3 for choice in said.values())


def test_the_dearest_come_first_and_equals_stay_together() -> None:
    said = {3: Choice(2), 5: FINE, 8: Choice(1), 9: Choice(2), 11: Choice(veto=True)}

    assert in_order(said) == ([8, 3, 9], [5], [11])
