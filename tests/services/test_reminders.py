"""The daily reminder: at the hour people chose, on the days they work, once, and never late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from academy.database import db
from academy.notices import stopping, wishing
from academy.notices.models import Reminder
from academy.notices.queries import Preferences
from academy.notices.reminders import jobs, queries, services
from academy.notices.reminders.rhythm import PATIENCE
from academy.notices.stopping import Stop, What
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.recovery import services as recovery
from academy.people.workdays import services as workdays
from academy.post import services as post
from academy.post.models import Letter, PostedMail
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, do_round, make_person
from tests.postbox import mails
from tests.services.crowd import all_at_once

Clock = Callable[[datetime], None]
DAWN = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
STRUCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # half past nine in Paris
A_DAY = timedelta(days=1)


@pytest.fixture
def ada(context: Flask) -> Person:
    person = make_person()
    jobs.remind(DAWN)
    return person


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.once).order_by(Letter.id)))


def row(person: Person) -> Reminder:
    return db.session.get_one(Reminder, person.id, populate_existing=True)


def planned(person: Person) -> datetime | None:
    return row(person).next_at


def test_everybody_is_reminded_at_half_past_nine_where_they_are(context: Flask) -> None:
    paris, montreal = make_person(), make_person()
    montreal.zone = "America/Toronto"
    db.session.commit()

    jobs.remind(DAWN)

    assert planned(paris) == STRUCK
    assert planned(montreal) == STRUCK + timedelta(hours=6)
    assert jobs.remind(STRUCK) == 1
    assert letters() == [f"reminder:{paris.id}:{TODAY}"]
    assert planned(paris) == STRUCK + A_DAY


def test_the_mail_is_in_their_language_and_stops_in_one_click(context: Flask, now: Clock) -> None:
    lea = make_person(language="fr")
    jobs.remind(DAWN)
    now(STRUCK)

    jobs.remind(STRUCK)
    letter = db.session.scalars(select(Letter)).one()
    stop = letter.payload["unsubscribe"]
    (mail,) = mails(context)

    assert mail.text.startswith("Bonjour Ada,")
    assert mail.subject
    assert stop in mail.text
    token = stop.rpartition("/")[2]
    assert stopping.read(token, MONDAY) == Stop(lea.id, What.REMINDER)


def test_a_tick_too_many_reminds_nobody_twice(ada: Person) -> None:
    assert [jobs.remind(STRUCK) for _ in range(3)] == [1, 0, 0]
    assert jobs.remind(STRUCK + timedelta(hours=2)) == 0


def test_two_workers_at_once_remind_each_person_once(app: Flask) -> None:
    with app.app_context():
        for _ in range(30):
            make_person()
        jobs.remind(DAWN)

    sent = all_at_once(app, lambda _number: jobs.remind(STRUCK), 4)

    with app.app_context():
        assert sum(sent) == 30
        assert db.session.scalar(select(func.count(Letter.id))) == 30
        assert queries.due(STRUCK, 10) == []


def test_killed_before_its_commit_it_has_done_nothing(ada: Person) -> None:
    decisions = services.decide(queries.due(STRUCK, 10), STRUCK)
    assert services.keep(decisions, STRUCK) == 1
    db.session.rollback()
    assert letters() == []

    assert jobs.remind(STRUCK) == 1
    assert row(ada).ignored == 1


def test_a_plan_that_was_lost_after_the_letter_sends_no_second_one(ada: Person) -> None:
    jobs.remind(STRUCK)
    row(ada).next_at, row(ada).last_on = STRUCK, None
    db.session.commit()

    assert jobs.remind(STRUCK) == 0
    assert len(letters()) == 1


def test_whoever_changes_their_mind_meanwhile_is_heard(ada: Person) -> None:
    decisions = services.decide(queries.due(STRUCK, 10), STRUCK)
    wishing.stop(Stop(ada.id, What.REMINDER))
    db.session.commit()

    assert services.keep(decisions, STRUCK) == 0
    assert planned(ada) is None


def test_who_has_done_the_minute_is_not_reminded(ada: Person) -> None:
    do_round(ada, DAWN)

    assert jobs.remind(STRUCK) == 0
    assert planned(ada) == STRUCK + A_DAY


def test_days_off_are_respected_as_they_stand_that_morning(ada: Person) -> None:
    bob = make_person()
    jobs.remind(DAWN)
    workdays.declare_leave(ada.id, Span(TODAY, TODAY), TODAY)
    workdays.set_pattern(bob.id, {1, 2, 3, 4}, TODAY, None, MONDAY)
    db.session.commit()

    assert jobs.remind(STRUCK) == 0
    assert jobs.remind(STRUCK + A_DAY) == 2


def test_a_week_end_is_not_even_looked_at(ada: Person) -> None:
    friday = STRUCK + 4 * A_DAY

    jobs.remind(friday)

    assert planned(ada) == STRUCK + 7 * A_DAY


def test_a_worker_that_was_away_never_sends_yesterdays_reminder(ada: Person) -> None:
    night, morning = STRUCK + timedelta(hours=12), STRUCK + A_DAY + timedelta(hours=3)

    assert jobs.remind(night) == 0
    assert letters() == []
    assert jobs.remind(morning) == 1
    assert letters() == [f"reminder:{ada.id}:{TODAY + A_DAY}"]


def test_an_outbox_that_was_closed_all_day_drops_the_reminder(
    context: Flask, ada: Person, now: Clock
) -> None:
    jobs.remind(STRUCK)
    now(STRUCK + timedelta(hours=5))

    assert mails(context) == []


@pytest.mark.parametrize("zone", ["America/Toronto", "Asia/Tokyo"])
def test_who_moves_to_another_time_zone_is_reminded_by_its_clocks_once_a_day(
    ada: Person, zone: str
) -> None:
    jobs.remind(STRUCK)
    db.session.get_one(Person, ada.id).zone = zone
    db.session.commit()

    for hours in range(0, 48):
        jobs.remind(STRUCK + timedelta(hours=hours))

    days = [once.rpartition(":")[2] for once in letters()]
    assert days[0] == str(TODAY)
    assert len(days) == len(set(days)) >= 2


def test_another_hour_counts_from_the_next_time_it_strikes(ada: Person) -> None:
    wishing.prefer(ada.id, Preferences(hour=time(14)), MONDAY)
    db.session.commit()

    assert jobs.remind(STRUCK) == 0
    assert jobs.remind(STRUCK + timedelta(hours=4, minutes=30)) == 1


def test_a_later_hour_chosen_after_the_reminder_waits_for_tomorrow(ada: Person) -> None:
    jobs.remind(STRUCK)
    wishing.prefer(ada.id, Preferences(hour=time(14)), MONDAY)
    db.session.commit()

    assert planned(ada) == STRUCK + A_DAY + timedelta(hours=4, minutes=30)


def test_who_stopped_it_hears_no_more_until_they_ask_again(ada: Person) -> None:
    wishing.stop(Stop(ada.id, What.REMINDER))
    db.session.commit()
    for day in range(3):
        assert jobs.remind(STRUCK + day * A_DAY) == 0

    wishing.prefer(ada.id, Preferences(), STRUCK + 3 * A_DAY - timedelta(hours=1))
    db.session.commit()

    assert jobs.remind(STRUCK + 3 * A_DAY) == 1


def test_who_left_is_not_reminded_and_who_comes_back_is_planned_again(ada: Person) -> None:
    person = db.session.get_one(Person, ada.id)
    person.active = False
    db.session.commit()
    assert jobs.remind(STRUCK) == 0
    assert planned(ada) is None

    person.active = True
    db.session.commit()
    jobs.remind(STRUCK)

    assert planned(ada) == STRUCK + A_DAY


def test_after_ten_in_vain_it_comes_weekly_and_daily_again_for_who_is_back(
    ada: Person, now: Clock
) -> None:
    days = [STRUCK + number * A_DAY for number in range(28)]
    sent = [jobs.remind(day) for day in days]

    assert sum(sent) == PATIENCE + 1 + 1
    calmer = db.session.scalars(
        select(Letter).where(Letter.once == f"reminder:{ada.id}:{date(2026, 3, 16)}")
    ).one()
    assert calmer.payload["subject"] == "We shall write less often"
    assert row(ada).weekly

    do_round(ada, days[-1] + timedelta(hours=8))

    assert jobs.remind(STRUCK + 28 * A_DAY) == 1
    assert not row(ada).weekly
    assert row(ada).ignored == 1


def test_the_clocks_may_be_changed_over_a_week_end(ada: Person) -> None:
    """The last week-end of March: half past nine comes an hour earlier for the world."""
    friday = datetime(2026, 3, 27, 8, 30, tzinfo=UTC)
    row(ada).next_at = friday
    db.session.commit()

    jobs.remind(friday)

    assert planned(ada) == datetime(2026, 3, 30, 7, 30, tzinfo=UTC)


def test_a_clock_put_back_by_an_hour_reminds_nobody_again(ada: Person) -> None:
    jobs.remind(STRUCK + timedelta(minutes=30))

    assert jobs.remind(STRUCK) == 0
    assert len(letters()) == 1


def test_a_batch_costs_the_same_few_statements_however_many_are_due(
    context: Flask, count_statements: Counting
) -> None:
    counted = []
    for crowd in (2, 40):
        for _ in range(crowd):
            make_person()
        jobs.remind(DAWN)
        with count_statements() as statements:
            jobs.remind(STRUCK)
        counted.append(len(statements))
        for table in (Letter, Reminder, Person):
            db.session.execute(delete(table))
        db.session.commit()

    assert counted[0] == counted[1]
    assert counted[0] <= 12


def test_more_than_a_batch_is_reminded_batch_by_batch(context: Flask) -> None:
    for _ in range(7):
        make_person()
    jobs.remind(DAWN)
    taken = queries.due(STRUCK, 3)
    services.keep(services.decide(taken, STRUCK), STRUCK)
    db.session.commit()

    assert len(taken) == 3
    assert jobs.remind(STRUCK) == 4


def test_an_academy_may_send_no_reminders_at_all(context: Flask, ada: Person) -> None:
    before = context.config["SETTINGS"]
    context.config["SETTINGS"] = replace(before, reminders=False)
    try:
        assert jobs.remind(STRUCK) == 0
    finally:
        context.config["SETTINGS"] = before
    assert db.session.scalar(select(func.count(PostedMail.id))) == 0


def test_somebody_who_waits_for_a_link_does_not_wait_behind_reminders(
    ada: Person, now: Clock
) -> None:
    jobs.remind(STRUCK)
    recovery.ask(ada.email, STRUCK + timedelta(minutes=1))
    db.session.commit()
    now(STRUCK + timedelta(minutes=2))

    first = post.lease(1, STRUCK + timedelta(minutes=2), timedelta(minutes=3))

    assert [letter.kind for letter in first] == ["forgotten-password"]
