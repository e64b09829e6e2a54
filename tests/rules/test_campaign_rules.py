"""Deadlines, reminders and moves of campaigns."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.hr.campaigns.rules import (
    REMINDERS,
    Goal,
    GoalKind,
    Move,
    Population,
    State,
    moved,
    moves_from,
    own_deadline,
    population,
    reminder,
)
from academy.people.calendar import Span

FIRST, DUE = date(2026, 3, 2), date(2026, 3, 27)
A_DAY = timedelta(days=1)
days = st.integers(-40, 80).map(lambda ahead: FIRST + ahead * A_DAY)
spans = st.builds(lambda first, more: Span(first, first + more * A_DAY), days, st.integers(0, 30))


def on(day: int, month: int = 3) -> date:
    return date(2026, month, day)


def test_without_leave_everybody_has_the_same_deadline() -> None:
    assert own_deadline(FIRST, DUE, []) == DUE


@pytest.mark.parametrize(
    ("leave", "deadline"),
    [
        ([Span(on(9), on(13))], on(1, 4)),
        ([Span(on(9), on(13)), Span(on(11), on(15))], on(3, 4)),
        ([Span(on(23, 2), on(3))], on(29)),
        ([Span(on(27), on(31))], on(1, 4)),
        ([Span(on(28), on(31))], on(27)),
        ([Span(on(20), on(27)), Span(on(2, 4), on(3, 4))], on(6, 4)),
        ([Span(on(1, 1), on(1, 2))], on(27)),
    ],
)
def test_each_day_of_leave_moves_it_by_one(leave: list[Span], deadline: date) -> None:
    assert own_deadline(FIRST, DUE, leave) == deadline


@given(st.lists(spans, max_size=6), st.integers(0, 60))
def test_everybody_has_as_many_days_that_are_not_leave(leave: list[Span], length: int) -> None:
    due = FIRST + length * A_DAY
    deadline = own_deadline(FIRST, due, leave)
    period = [FIRST + each * A_DAY for each in range((deadline - FIRST).days + 1)]

    there = [day for day in period if not any(span.holds(day) for span in leave)]

    assert len(there) == length + 1
    assert there[-1] == deadline


@pytest.mark.parametrize(
    ("today", "last", "given_now"),
    [
        (on(12), None, None),
        (on(13), None, 14),
        (on(19), None, 14),
        (on(20), 14, 7),
        (on(20), 7, None),
        (on(26), 7, 1),
        (on(27), None, 1),
        (on(28), None, None),
    ],
)
def test_the_nearest_reminder_is_given_once(
    today: date, last: int | None, given_now: int | None
) -> None:
    assert reminder((14, 7, 1), DUE, last, today) == given_now


@given(st.sets(st.sampled_from(REMINDERS)), st.lists(st.integers(0, 40), max_size=40))
def test_whatever_the_days_on_which_one_looks_no_reminder_comes_twice(
    wanted: set[int], looks: list[int]
) -> None:
    last, heard = None, []
    for ahead in sorted(looks):
        now = reminder(wanted, DUE, last, FIRST + ahead * A_DAY)
        if now is not None:
            heard.append(now)
            last = now

    assert heard == sorted(set(heard), reverse=True)


def test_a_campaign_announced_before_its_first_day_waits_for_it() -> None:
    assert moved(State.DRAFT, Move.ANNOUNCE, DUE, FIRST) is State.ANNOUNCED
    assert moved(State.DRAFT, Move.ANNOUNCE, FIRST, FIRST) is State.RUNNING


def test_only_what_follows_may_be_done() -> None:
    legal = {state: moves_from(state) for state in State}

    assert legal == {
        State.DRAFT: (Move.ANNOUNCE,),
        State.ANNOUNCED: (Move.WITHDRAW,),
        State.RUNNING: (Move.END, Move.WITHDRAW),
        State.ENDED: (),
        State.WITHDRAWN: (),
    }
    assert moved(State.ENDED, Move.WITHDRAW, FIRST, FIRST) is None
    assert moved(State.RUNNING, Move.END, FIRST, FIRST) is State.ENDED


def test_a_population_is_read_as_it_was_written() -> None:
    whom = Population((3, 7), ("baker",), ("FR",), ("en",), on(1), None)

    assert population(whom.kept(), [7, 3]) == whom
    assert population({}, []) == Population()


def test_goals_are_named_in_forms() -> None:
    assert Goal(GoalKind.PASSPORT, "passport").said == "passport"
    assert Goal(GoalKind.VISA, "visa-data").said == "visa:visa-data"
    assert Goal(GoalKind.MINUTES, days=10).said == "minutes"
