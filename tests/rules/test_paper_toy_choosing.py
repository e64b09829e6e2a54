"""Which awards a figure wears."""

from hypothesis import given
from hypothesis import strategies as st

from academy.passport.toy.choosing import PRECIOUS, carried, rank

held = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 6), max_size=20)


def test_the_most_precious_come_first() -> None:
    mine = [("reader-bronze", rank("medal", "bronze")), ("passport", rank("passport", ""))]
    mine += [("honest", rank("badge", "")), ("visa-ai", rank("visa", ""))]
    mine += [("owl-gold", rank("medal", "gold")), ("owl-silver", rank("medal", "silver"))]

    assert carried(mine, (), 4) == ("passport", "owl-gold", "visa-ai", "owl-silver")


def test_what_was_chosen_comes_instead_and_nothing_else() -> None:
    mine = [("passport", 0), ("honest", 4), ("gust", 4)]

    assert carried(mine, ("gust",), 2) == ("gust",)


def test_what_was_chosen_and_is_held_no_more_leaves_its_place_to_the_most_precious() -> None:
    assert carried([("passport", 0)], ("gust",), 2) == ("passport",)


def test_an_award_of_a_kind_nobody_knew_comes_last() -> None:
    assert rank("diploma", "") == len(PRECIOUS)


@given(
    held=held, chosen=st.lists(st.text("abcdef", min_size=1, max_size=3)), places=st.integers(1, 12)
)
def test_only_what_is_held_once_each_and_as_many_as_there_are_places(
    held: dict[str, int], chosen: list[str], places: int
) -> None:
    worn = carried(held.items(), chosen, places)

    assert set(worn) <= set(held)
    assert len(set(worn)) == len(worn) <= places
    wanted = set(chosen) & set(held) or set(held)
    assert set(worn) <= wanted
    assert len(worn) == min(places, len(wanted))
    assert [held[key] for key in worn] == sorted(held[key] for key in worn)
