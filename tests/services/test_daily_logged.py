"""What each round and answer says of itself: how it was chosen, what was expected, how long it took."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from academy.catalog import releases
from academy.daily import queries, services
from academy.daily.models import POLICY, Round
from academy.daily.queries import Drawn
from academy.database import db
from academy.mastery import numbers, shelves, tutor
from academy.mastery import queries as mastery
from academy.mastery.mind import moment
from academy.mastery.models import Answer
from academy.mastery.services import LONGEST
from academy.rewards import queries as rewards
from tests.conftest import MONDAY
from tests.factories import answer, do_round, draw, make_person

SECOND = timedelta(seconds=1)


def took() -> list[float | None]:
    return list(db.session.scalars(select(Answer.seconds).order_by(Answer.id)))


def show(drawn: Drawn, at: datetime) -> None:
    services.show(drawn, at)
    db.session.commit()


def test_a_round_says_how_it_was_chosen(context: Flask) -> None:
    draw(make_person())

    kept = db.session.scalars(select(Round)).one()

    assert kept.policy == POLICY
    for chosen in kept.choices:
        assert 0 < chosen["propensity"] <= 1
        assert [0 < each <= 1 for each in chosen["propensities"]] == [True] * chosen["of"]
        assert chosen["random"] == (chosen["reason"] == "look")


def test_one_round_in_twenty_or_so_is_drawn_by_lot_and_says_so(context: Flask) -> None:
    drawn = [draw(make_person(), seed=seed) for seed in range(120)]

    by_lot = [each for drawing in drawn for each in drawing.choices if each.random]

    assert 4 <= len(by_lot) <= 24
    assert all(each.propensity < 1 for each in by_lot)


def test_an_answer_says_its_release_and_what_the_engine_expected(context: Flask) -> None:
    ada = make_person()
    first = do_round(ada, right=False)
    later = MONDAY + timedelta(days=60)
    again = draw(ada, later)
    by = numbers.in_force()
    item = shelves.items(releases.current(), by)[again.questions[0]]
    expected = tutor.predict(mastery.mind_of(ada.id), item, moment(later), by.model)

    answer(ada, again, at=later)

    kept = list(db.session.scalars(select(Answer).order_by(Answer.id)))
    assert len(kept) == len(first.questions) + 1
    assert kept[-1].predicted == expected.probability
    assert {each.release for each in kept} == {releases.current().release}
    assert {each.numbers for each in kept} == {by.version}


def test_time_runs_from_the_showing_of_each_question(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)
    answer(ada, drawn, at=MONDAY + 12 * SECOND)
    show(drawn, MONDAY + 100 * SECOND)

    answer(ada, drawn, at=MONDAY + 107.5 * SECOND)

    assert took() == [12.0, 7.5]


def test_a_question_looked_at_again_was_first_shown_when_it_was(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)
    show(drawn, MONDAY + 50 * SECOND)
    again = queries.round_numbered(drawn.id)
    assert again is not None

    answer(ada, again, at=MONDAY + 60 * SECOND)

    assert (again.shown, took()) == (1, [60.0])


def test_an_answer_given_hours_later_took_no_more_than_the_longest(context: Flask) -> None:
    ada = make_person()

    answer(ada, draw(ada), at=MONDAY + timedelta(hours=5))

    assert took() == [LONGEST]


def test_nobody_knows_how_long_a_question_never_shown_took(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)
    answer(ada, drawn)

    answer(ada, drawn)

    assert took() == [0.0, None]


def test_when_the_clock_goes_back_the_answer_counts_and_its_time_is_not_known(
    context: Flask,
) -> None:
    ada = make_person()
    drawn = draw(ada)
    answer(ada, drawn, at=MONDAY - timedelta(minutes=7))
    show(drawn, MONDAY - timedelta(minutes=6))

    answer(ada, drawn, at=MONDAY - timedelta(minutes=5))

    assert took() == [None, 60.0]
    assert rewards.balances(ada.id).stars == 1
    assert mastery.mind_of(ada.id).answers == 2


def test_when_the_clock_goes_back_a_day_no_round_is_drawn_or_paid_twice(context: Flask) -> None:
    ada = make_person()
    tuesday = do_round(ada, MONDAY + timedelta(days=1))
    monday = do_round(ada, MONDAY)

    again = do_round(ada, MONDAY + timedelta(days=1))

    assert again.id == tuesday.id != monday.id
    assert rewards.balances(ada.id).stars == 2


@pytest.mark.parametrize(
    "change",
    [datetime(2026, 3, 29, 0, 59, 50, tzinfo=UTC), datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC)],
)
def test_the_night_the_hour_changes_costs_no_answer_and_no_second(
    context: Flask, change: datetime
) -> None:
    """In Paris it is nearly two, or nearly three, and then it is three, or two again."""
    ada = make_person()
    drawn = draw(ada, change)

    answer(ada, drawn, at=change + 20 * SECOND)
    show(drawn, change + 30 * SECOND)
    answer(ada, drawn, at=change + 45 * SECOND)

    assert took() == [20.0, 15.0]
    assert drawn.finished_at == change + 45 * SECOND
    assert rewards.balances(ada.id).stars == 1


def test_yesterdays_round_answered_after_midnight_counts_for_yesterday(context: Flask) -> None:
    ada = make_person()
    late = datetime(2026, 3, 2, 22, 59, 30, tzinfo=UTC)
    drawn = draw(ada, late)
    after = late + timedelta(minutes=1)

    while drawn.finished_at is None:
        answer(ada, drawn, at=after)

    today = draw(ada, after + timedelta(days=1))
    assert (drawn.day, today.day) == (late.date(), late.date() + timedelta(days=1))
    assert rewards.balances(ada.id).stars == 1
