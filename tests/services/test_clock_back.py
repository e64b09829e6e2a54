"""A clock put back, summer time both ways, days that come twice or never: no round twice, no day lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from academy import clock
from academy.daily import services as daily
from academy.daily.models import Round
from academy.database import db
from academy.learning.services import Learner
from academy.mastery.models import Answer
from academy.people.models import Person
from academy.people.workdays import queries as workdays
from academy.post import services as post
from academy.rewards import queries as rewards
from academy.rewards.diary import current
from tests.factories import answer, make_person
from tests.visitor import Visitor

Clock = Callable[[datetime], None]
PARIS, AUCKLAND, LOS_ANGELES = "Europe/Paris", "Pacific/Auckland", "America/Los_Angeles"
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)  # a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGES = ("/", "/minute", "/path", "/rhythm", "/passport", "/notices", "/shop")


def somewhere(zone: str) -> Person:
    person = make_person()
    person.zone = zone
    db.session.commit()
    return person


def live(person: Person, at: datetime) -> Round | None:
    """The minute of this moment, drawn and answered if it was not; the round when it was done just now."""
    learner = Learner(person.id, clock.day_in(person.zone, at))
    drawn = daily.draw(learner, at, seed=1)
    assert drawn is not None
    db.session.commit()
    if drawn.finished_at is not None:
        return None
    while drawn.finished_at is None:
        daily.show(drawn, at)
        answer(person, drawn, at=at)
    return db.session.get_one(Round, drawn.id)


def days(person: Person) -> list[date]:
    rounds = select(Round.day).where(Round.person_id == person.id).order_by(Round.day)
    return list(db.session.scalars(rounds))


@pytest.mark.parametrize("back", [timedelta(seconds=2), timedelta(minutes=7), DAY])
def test_a_clock_put_back_pays_no_minute_twice_and_no_page_breaks(
    app: Flask, visitor: Visitor, now: Clock, back: timedelta
) -> None:
    with app.app_context():
        person = somewhere(PARIS)
        live(person, NOON)
    visitor.as_person(person)

    for at in (NOON - back, NOON - back + HOUR, NOON, NOON + HOUR):
        now(at)
        with app.app_context():
            live(person, at)
        for page in PAGES:
            visitor.get(page)

    with app.app_context():
        lived = {clock.day_in(PARIS, at) for at in (NOON - back, NOON)}
        assert set(days(person)) == lived
        assert rewards.balances(person.id).stars == len(lived)
        took = list(db.session.scalars(select(Answer.seconds)))
    assert all(seconds is None or seconds >= 0 for seconds in took)


def test_a_question_shown_before_the_clock_was_put_back_took_no_known_time(context: Flask) -> None:
    person = somewhere(PARIS)
    drawn = daily.draw(Learner(person.id, NOON.date()), NOON, seed=1)
    assert drawn is not None
    daily.show(drawn, NOON)

    answer(person, drawn, at=NOON - HOUR)

    assert db.session.scalars(select(Answer.seconds)).all() == [None]


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_summer_time_makes_no_day_longer_by_a_minute_or_shorter_by_one(
    context: Flask, change: date
) -> None:
    """Somebody who looks in at every hour, the one that comes twice and around the one that never comes."""
    person = somewhere(PARIS)
    first = datetime.combine(change - DAY, datetime.min.time(), ZoneInfo(PARIS)).astimezone(UTC)
    last = datetime.combine(change + 2 * DAY, datetime.min.time(), ZoneInfo(PARIS)).astimezone(UTC)
    hours = int((last - first) / HOUR)

    done = [hour for hour in range(hours) if live(person, first + hour * HOUR)]

    assert hours == 72 + (1 if change.month == 10 else -1)  # October
    assert len(done) == 3
    assert days(person) == [change - DAY, change, change + DAY]
    assert rewards.balances(person.id).stars == 3


def test_a_day_that_comes_twice_is_one_day(context: Flask) -> None:
    """Tuesday was done in Auckland; after the flight to Los Angeles it is Tuesday again."""
    person = somewhere(AUCKLAND)
    live(person, NOON - 6 * HOUR)
    person.zone = LOS_ANGELES
    db.session.commit()

    assert live(person, NOON + 6 * HOUR) is None
    assert live(person, NOON + 6 * HOUR + DAY) is not None
    assert rewards.balances(person.id).stars == 2


def test_a_day_that_never_came_does_not_end_a_row(context: Flask) -> None:
    """Monday evening in Los Angeles, Wednesday morning in Auckland: there was no Tuesday."""
    person = somewhere(LOS_ANGELES)
    leaving = datetime(2026, 3, 3, 4, tzinfo=UTC)  # Monday, eight in the evening
    live(person, leaving)
    person.zone = AUCKLAND
    db.session.commit()

    live(person, leaving + 16 * HOUR)

    on = [day.toordinal() for day in days(person)]
    calendar = workdays.calendar_of(person.id, date(2026, 3, 4))
    assert days(person) == [date(2026, 3, 2), date(2026, 3, 4)]
    assert current(on, date(2026, 3, 4), calendar) == 2  # days


def test_changing_the_zone_at_midnight_gives_one_minute_a_day(context: Flask) -> None:
    """Just after midnight in Paris, then west and back: Tuesday has begun, Monday is not over."""
    person = somewhere(PARIS)
    at = datetime(2026, 3, 2, 23, 1, tzinfo=UTC)
    for zone in (PARIS, LOS_ANGELES, PARIS, AUCKLAND, LOS_ANGELES):
        person.zone = zone
        db.session.commit()
        live(person, at)

    assert days(person) == [date(2026, 3, 2), date(2026, 3, 3)]
    assert rewards.balances(person.id).stars == 2


@pytest.mark.parametrize("back", [timedelta(minutes=7), DAY])
def test_a_letter_leased_before_the_clock_was_put_back_leaves_once_when_its_hour_comes_again(
    context: Flask, back: timedelta
) -> None:
    """Its worker died: until the lease runs out nobody else has it, then one has."""
    during = timedelta(minutes=3)
    post.put("note", {}, "one", NOON - back)
    post.lease(1, NOON, during)
    db.session.commit()

    assert post.lease(1, NOON - back, during) == []
    assert [each.once for each in post.lease(1, NOON + during + HOUR, during)] == ["one"]
    assert post.lease(1, NOON + during + HOUR, during) == []
