"""Half-days, sides and lengths of speed meetings."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.programmes.rules import SLOTS, Side
from academy.mentoring.speed import rules

MONDAY_MORNING = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


def test_a_half_day_is_that_of_where_somebody_lives() -> None:
    assert rules.half_day(MONDAY_MORNING, "Europe/Paris") == "0-am"
    assert rules.half_day(MONDAY_MORNING, "Pacific/Auckland") == "0-pm"
    assert rules.half_day(MONDAY_MORNING.replace(hour=22), "Pacific/Auckland") == "1-am"


def test_the_dearest_topic_weighs_most() -> None:
    assert rules.weighted(["ai", "data", "photo"]) == {"ai": 3, "data": 2, "photo": 1}


def test_a_meeting_lasts_its_rounds_and_a_welcome_to_the_next_five_minutes() -> None:
    assert rules.lasts(10, 300, 10, 30) == timedelta(minutes=75)
    assert rules.lasts(1, 300, 10, 30) == timedelta(minutes=25)


def test_somebody_is_free_at_some_of_the_moments() -> None:
    moments = [MONDAY_MORNING, MONDAY_MORNING + timedelta(hours=4), MONDAY_MORNING]
    assert rules.free_at(moments, ["0-am"], "Europe/Paris") == {0, 2}


@given(st.dictionaries(st.integers(1, 50), st.sampled_from(Side), max_size=30), st.data())
def test_sides_are_as_even_as_they_can_be_and_nobody_changes_theirs(
    sides: dict[int, Side], data: st.DataObject
) -> None:
    both = sorted(person for person, side in sides.items() if side is Side.BOTH)
    before = {
        person: data.draw(st.sampled_from(["mentor", "mentee"]))
        for person in data.draw(st.sets(st.sampled_from(both)) if both else st.just(set()))
    }
    found = rules.seated(sides, before)

    assert found.keys() == sides.keys()
    assert all(found[each] is side for each, side in sides.items() if side is not Side.BOTH)
    assert all(found[each] == side for each, side in before.items())
    assert found == rules.seated(dict(reversed(sides.items())), before)
    free = len(both) - len(before)
    mentors = sum(side is Side.MENTOR for side in found.values())
    fixed = {each: side for each, side in found.items() if each not in both or each in before}
    gap = abs(2 * sum(side is Side.MENTOR for side in fixed.values()) - len(fixed))
    assert abs(2 * mentors - len(found)) == (gap - free if gap >= free else (gap + free) % 2)


def test_every_weekday_half_has_a_moment() -> None:
    week = [MONDAY_MORNING + timedelta(days=day, hours=h) for day in range(5) for h in (0, 6)]
    assert {rules.half_day(each, "UTC") for each in week} == set(SLOTS)
