"""Days belong to places: the round of somebody's own day, also around midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from academy import clock
from academy.catalog import releases
from academy.daily import services
from academy.daily.queries import Drawn
from academy.daily.services import NotToday
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.learning.alone import Posted
from academy.learning.services import Learner
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.seed import right_fields
from tests.factories import make_person

AUCKLAND, LOS_ANGELES, PARIS = "Pacific/Auckland", "America/Los_Angeles", "Europe/Paris"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MIDNIGHT_IN_PARIS = datetime(2026, 3, 2, 23, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def somewhere(zone: str) -> Person:
    person = make_person()
    person.zone = zone
    db.session.commit()
    return person


def today(person: Person, at: datetime) -> Learner:
    return Learner(person.id, clock.day_in(person.zone, at))


def drawn_at(person: Person, at: datetime) -> Drawn:
    drawn = services.draw(today(person, at), at)
    assert drawn is not None
    db.session.commit()
    return drawn


def answer_at(person: Person, drawn: Drawn, at: datetime) -> None:
    question = releases.current().questions[drawn.questions[drawn.answered]]
    fields = right_fields(question, drawn.seed)
    asked = Posted(drawn.answered + 1, releases.current().release, "fr", fields)
    services.answer(today(person, at), drawn, asked, at)
    db.session.commit()


def test_at_one_moment_it_is_two_days_in_two_places(context: Flask) -> None:
    at = datetime(2026, 3, 2, 5, tzinfo=UTC)

    days = [drawn_at(somewhere(zone), at).day for zone in (LOS_ANGELES, PARIS, AUCKLAND)]

    assert days == [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 2)]


@pytest.mark.parametrize(
    ("zone", "rounds"),
    [(AUCKLAND, 2), (PARIS, 1), (LOS_ANGELES, 2)],
)
def test_the_next_round_opens_at_midnight_of_the_place(
    context: Flask, zone: str, rounds: int
) -> None:
    """Between six and fifteen hours UTC it strikes midnight in Los Angeles and in Auckland."""
    person = somewhere(zone)

    drawn = {drawn_at(person, NOON.replace(hour=hour)).id for hour in (6, 9, 12, 15)}

    assert len(drawn) == rounds


def test_the_day_changes_with_summer_time(context: Flask) -> None:
    person = somewhere(PARIS)
    winter, summer = (
        datetime(2026, 3, 28, 22, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 22, 30, tzinfo=UTC),
    )

    assert drawn_at(person, winter).day == date(2026, 3, 28)
    assert drawn_at(person, summer).day == date(2026, 3, 30)


def test_a_round_begun_before_midnight_counts_for_its_own_day(context: Flask) -> None:
    person = somewhere(PARIS)
    drawn = drawn_at(person, MIDNIGHT_IN_PARIS - MINUTE)

    for _slot in drawn.questions:
        answer_at(person, drawn, MIDNIGHT_IN_PARIS + MINUTE)

    deed = db.session.scalars(select(Deed).where(Deed.verb == Verb.ROUND_DONE)).one()
    assert (drawn.day, deed.day) == (date(2026, 3, 2), date(2026, 3, 2))
    assert deed.at == MIDNIGHT_IN_PARIS + MINUTE
    assert drawn.finished_at == MIDNIGHT_IN_PARIS + MINUTE


def test_yesterdays_round_and_todays_pay_one_star_each(context: Flask) -> None:
    person = somewhere(PARIS)
    late = drawn_at(person, MIDNIGHT_IN_PARIS - MINUTE)
    early = drawn_at(person, MIDNIGHT_IN_PARIS + MINUTE)

    for drawn in (late, early):
        for _slot in drawn.questions:
            answer_at(person, drawn, MIDNIGHT_IN_PARIS + 2 * MINUTE)

    assert rewards.balances(person.id).stars == 2


@pytest.mark.parametrize("days", [0, 1])
def test_a_round_stays_open_until_the_end_of_the_next_day(context: Flask, days: int) -> None:
    person = somewhere(PARIS)
    drawn = drawn_at(person, NOON)

    answer_at(person, drawn, NOON + timedelta(days=days))

    assert drawn.answered == 1


@pytest.mark.parametrize("days", [2, 30])
def test_two_days_later_an_answer_is_refused_and_nothing_changes(context: Flask, days: int) -> None:
    person = somewhere(PARIS)
    drawn = drawn_at(person, NOON)
    answer_at(person, drawn, NOON)

    with pytest.raises(NotToday):
        answer_at(person, drawn, NOON + timedelta(days=days))

    assert drawn.answered == 1
    assert rewards.balances(person.id).stars == 0


def test_a_round_done_takes_no_more_answers(context: Flask) -> None:
    person = somewhere(PARIS)
    drawn = drawn_at(person, NOON)
    for _slot in drawn.questions:
        answer_at(person, drawn, NOON)
    last = Posted(len(drawn.questions), releases.current().release, "fr", {"dont_know": ["1"]})

    again = services.answer(today(person, NOON), drawn, last, NOON + MINUTE)

    assert again is None
    assert (drawn.finished_at, drawn.dont_know) == (NOON, 0)


def test_who_flies_west_finds_the_round_of_that_day_again(context: Flask) -> None:
    """Monday was done in Auckland; in Los Angeles it is Monday again, and still done."""
    person = somewhere(AUCKLAND)
    drawn = drawn_at(person, NOON - timedelta(hours=6))
    person.zone = LOS_ANGELES

    again = drawn_at(person, NOON + timedelta(hours=6))

    assert again.id == drawn.id
