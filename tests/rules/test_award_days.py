"""Rules about days: what is kept deed by deed says what the whole history says, in any order of arrival."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from academy.people.calendar import Calendar, Span
from academy.rewards import diary
from academy.rewards.diary import LATE, REACH, Around
from academy.rewards.rules import Count, Facts, Period, Rule, Run, Within, evaluate, leaves
from academy.rewards.watching import plan, take

FIRST = date(2026, 1, 5)  # a Monday
VERB, THEME = "round_done", "ai"

SHELF: list[tuple[str, Rule]] = [
    ("three", Run(VERB, 3)),
    ("five", Run(VERB, 5)),
    ("nine", Run(VERB, 9)),
    ("pair", Within(VERB, 2, 1)),
    ("week", Within(VERB, 4, 7)),
    ("month", Within(VERB, 9, 31)),
    ("busy", Within(VERB, 15, 31)),
    ("themed", Within(VERB, 3, 7, THEME)),
    ("spring", Count(VERB, 3, None, Period(FIRST, FIRST + timedelta(40)))),
    ("early", Count(VERB, 2, THEME, Period(None, FIRST + timedelta(20)))),
    ("later", Count(VERB, 2, None, Period(FIRST + timedelta(90), None))),
]
PLAN = plan(SHELF)

Deed = tuple[date, str | None]


def days_from(numbers: Iterable[int]) -> list[date]:
    return [FIRST + timedelta(number) for number in numbers]


near = st.integers(0, 60)
far = st.integers(0, 600)
regular = st.builds(
    lambda start, length, off: [start + n for n in range(length) if n not in off],
    st.integers(0, 500),
    st.integers(1, 25),
    st.sets(st.integers(0, 24), max_size=10),
)
numbers = st.one_of(
    st.lists(near, max_size=40),
    st.lists(far, max_size=40),
    st.lists(regular, max_size=4).map(lambda parts: [day for part in parts for day in part]),
)
histories = numbers.flatmap(
    lambda found: st.tuples(
        st.one_of(st.just(sorted(found)), st.permutations(found)),
        st.lists(st.sampled_from([None, THEME]), min_size=len(found), max_size=len(found)),
    )
).map(lambda both: list(zip(days_from(both[0]), both[1], strict=True)))

spans = st.builds(
    lambda start, length: Span(FIRST + timedelta(start), FIRST + timedelta(start + length)),
    st.integers(0, 600),
    st.integers(0, 40),
)
calendars = st.builds(
    Calendar,
    holidays=st.frozensets(far.map(lambda number: FIRST + timedelta(number)), max_size=6),
    pattern=st.frozensets(st.integers(0, 6), max_size=7),
    leave=st.lists(spans, max_size=3).map(tuple),
)


def kept_after(history: Sequence[Deed], calendar: Calendar) -> tuple[dict[str, int], list[int]]:
    """The tallies once the deeds came in one by one, and how many deeds had been read again by then."""
    tallies: dict[str, int] = {}
    looks: list[int] = []
    seen: list[Deed] = []

    def in_log(base: str, first: date, last: date) -> dict[int, int]:
        looks.append(len(seen))
        theme = base.partition("/")[2] or None
        return Counter(
            day.toordinal() for day, of in seen if first <= day <= last and theme in (None, of)
        )

    around = Around(lambda _day: calendar, in_log)
    for day, theme in history:
        seen.append((day, theme))
        take(tallies, VERB, theme, {}, day, PLAN.watched, around)
    return tallies, looks


def recomputed(rule: Rule, history: Sequence[Deed], calendar: Calendar) -> bool:
    """Is it met? From the whole history, as plainly as it can be said."""
    match rule:
        case Run(_, need):
            return _row(frozenset(day for day, _theme in history), calendar) >= need
        case Within(_, need, days, theme):
            mine = [day for day, of in history if theme in (None, of)]
            return any(
                sum(end - timedelta(days) < day <= end for day in mine) >= need for end in mine
            )
        case Count(_, need, theme, period):
            assert period is not None
            mine = [day for day, of in history if theme in (None, of)]
            return sum(map(period.holds, mine)) >= need
        case _:
            raise AssertionError(rule)


def _row(done: frozenset[date], calendar: Calendar) -> int:
    """The most working days in a row, walking day by day from each."""
    best = 0
    expected = calendar.without_leave()
    for start in done:
        if not expected.is_working(start):
            continue
        count = missed = 0
        for number in range(REACH):
            day = start + timedelta(number)
            if day in done and expected.is_working(day):
                count, missed = count + 1, 0
                continue
            if not calendar.is_working(day):
                continue
            if (missed := missed + 1) > 1:
                break
        best = max(best, count)
    return best


@settings(max_examples=400)
@given(histories, calendars)
@example([(day, None) for day in days_from([0, 1, 2, 6, 4])], Calendar())
@example([(day, None) for day in days_from([*range(0, 12, 2), 300, 1, 3])], Calendar())
def test_kept_deed_by_deed_is_recomputed_from_the_whole(
    history: list[Deed], calendar: Calendar
) -> None:
    tallies, _looks = kept_after(history, calendar)

    facts = Facts(tallies)
    for key, rule in SHELF:
        assert evaluate(rule, facts).met == recomputed(rule, history, calendar), key


@given(histories, calendars)
def test_met_is_met_for_ever(history: list[Deed], calendar: Calendar) -> None:
    met: set[str] = set()
    for done in range(len(history) + 1):
        tallies, _looks = kept_after(history[:done], calendar)
        now = {key for key, rule in SHELF if evaluate(rule, Facts(tallies)).met}
        assert met <= now
        met = now


@given(numbers)
def test_deeds_that_come_in_order_never_ask_the_log(found: list[int]) -> None:
    history: list[Deed] = [(day, None) for day in days_from(sorted(found))]

    _tallies, looks = kept_after(history, Calendar())

    assert looks == []


def test_a_deed_a_fortnight_late_asks_the_log_for_nothing_and_a_later_one_does() -> None:
    first: list[Deed] = [(day, None) for day in days_from([40])]

    assert kept_after([*first, (FIRST + timedelta(40 - LATE), None)], Calendar())[1] == []
    assert kept_after([*first, (FIRST + timedelta(40 - LATE - 1), None)], Calendar())[1] != []


def test_what_is_kept_does_not_grow_with_the_years() -> None:
    one = [(day, None) for day in days_from(range(0, 300, 3))]
    ten = [(day, None) for day in days_from(range(0, 9000, 3))]

    short, _looks = kept_after(one, Calendar())
    long, _looks = kept_after(ten, Calendar())

    assert long.keys() == short.keys()
    assert max(n.bit_length() for n in long.values()) <= REACH + LATE
    assert sum(len(str(n)) for n in long.values()) < 400


def test_the_calendar_is_asked_only_when_a_row_may_be_long_enough() -> None:
    asked: list[date] = []

    def calendar(day: date) -> Calendar:
        asked.append(day)
        return Calendar()

    around = Around(calendar, lambda *_log: {})
    watched = plan([("five", Run(VERB, 5)), ("ten", Run(VERB, 10))]).watched
    tallies: dict[str, int] = {}

    for number in range(100):
        take(
            tallies,
            VERB,
            None,
            {},
            FIRST + timedelta(7 * (number // 5) + number % 5),
            watched,
            around,
        )

    assert len(asked) == 2
    assert tallies[f"{VERB}#run"] == 10


@pytest.mark.parametrize(
    ("done", "leave", "row"),
    [
        ([0, 1, 2, 3, 4], None, 5),
        ([3, 4, 7, 8], None, 4),  # a week-end neither counts nor breaks
        ([0, 1, 3, 4], None, 4),  # one day missed, and back on the next
        ([0, 1, 4, 7], None, 2),  # two days missed in a row: Friday and Monday begin anew
        ([0, 1, 2, 21, 22], Span(FIRST + timedelta(3), FIRST + timedelta(20)), 5),
        ([0, 1, 2, 3], Span(FIRST + timedelta(1), FIRST + timedelta(2)), 4),  # away, and came
        ([4, 5, 6, 7], None, 2),  # who comes on a Saturday is welcome, and it does not count
    ],
)
def test_working_days_in_a_row(done: list[int], leave: Span | None, row: int) -> None:
    calendar = Calendar(leave=(leave,) if leave else ())

    assert diary.longest([day.toordinal() for day in days_from(done)], calendar) == row


def test_a_row_is_open_until_the_next_working_day_is_over() -> None:
    done = [day.toordinal() for day in days_from([2, 3, 4])]
    wednesday, tuesday = FIRST + timedelta(9), FIRST + timedelta(8)

    assert diary.current(done, FIRST + timedelta(4), Calendar()) == 3
    assert diary.current(done, tuesday, Calendar()) == 3
    assert diary.current(done, wednesday, Calendar()) == 0
    assert diary.current([], wednesday, Calendar()) == 0


def test_leave_told_afterwards_counts_the_next_time_somebody_looks() -> None:
    """Back from a sick leave that was not yet declared on the first day back."""
    declared = [Calendar()]
    around = Around(lambda _day: declared[0], lambda *_log: {})
    watched = plan([("five", Run(VERB, 5))]).watched
    tallies: dict[str, int] = {}
    for number in (0, 1, 2, 3, 14, 15, 16):
        if number == 15:
            declared[0] = Calendar(leave=(Span(FIRST + timedelta(4), FIRST + timedelta(13)),))
        take(tallies, VERB, None, {}, FIRST + timedelta(number), watched, around)
    assert f"{VERB}#run" not in tallies

    for number in (17, 18):
        take(tallies, VERB, None, {}, FIRST + timedelta(number), watched, around)

    assert tallies[f"{VERB}#run"] == 5


@given(numbers, calendars, spans)
def test_leave_never_makes_a_row_shorter(found: list[int], calendar: Calendar, more: Span) -> None:
    done = [day.toordinal() for day in days_from(found)]
    away = replace(calendar, leave=(*calendar.leave, more))

    assert diary.longest(done, away) >= diary.longest(done, calendar)


@given(histories, calendars, spans)
def test_looking_again_after_leave_finds_what_counting_anew_finds(
    history: list[Deed], calendar: Calendar, more: Span
) -> None:
    """As far as the days kept go: within the last REACH of them."""
    last = max((day for day, _theme in history), default=FIRST)
    recent = [(day, theme) for day, theme in history if (last - day).days < REACH]
    tallies, _looks = kept_after(recent, calendar)
    away = replace(calendar, leave=(*calendar.leave, more))
    anew, _looks = kept_after(recent, away)

    diary.look_again(tallies, VERB, PLAN.watched[VERB].runs, away)

    assert tallies.get(f"{VERB}#run", 0) == anew.get(f"{VERB}#run", 0)


def test_looking_again_never_takes_away() -> None:
    tallies = {f"{VERB}#r": 0b1111, f"{VERB}#r.day": FIRST.toordinal() + 3, f"{VERB}#run": 5}

    assert not diary.look_again(tallies, VERB, (3, 5, 9), Calendar())
    assert tallies[f"{VERB}#run"] == 5
    assert not diary.look_again({}, VERB, (3, 5, 9), Calendar())


def test_every_leaf_of_the_shelf_is_of_days() -> None:
    assert {type(leaf) for _key, rule in SHELF for leaf in leaves(rule)} == {Run, Within, Count}
