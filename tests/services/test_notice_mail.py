"""Notices by mail: as each person wishes, when they may be disturbed, and not when they know already."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.notices import queries, services, stopping, wishing
from academy.notices.kinds import Kind
from academy.notices.models import Reminder, TeamDigest, Wishes
from academy.notices.queries import Preferences
from academy.notices.quiet import Quiet
from academy.notices.services import News
from academy.notices.stopping import Stop, What
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import services as workdays
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person
from tests.postbox import mails

Clock = Callable[[datetime], None]
PLACE = {"group": 1, "post": 2, "message": 3, "group_name": {"fr": "Papier", "en": "Paper"}}
SOON = timedelta(minutes=11)
EVENING = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)  # a Friday, nine in the evening in Paris
NEXT_MORNING = datetime(2026, 3, 9, 6, 30, tzinfo=UTC)


@pytest.fixture
def ada(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def bob(context: Flask) -> Person:
    return make_person()


def reply(ada: Person, bob: Person, number: int = 1, at: datetime = MONDAY) -> None:
    news = News(Kind.REPLY, f"comment:{number}", PLACE, bob.id, "post:2", number)
    services.tell([ada.id], news, at)
    db.session.commit()


def wish(person: Person, **wished: object) -> None:
    wishing.prefer(person.id, Preferences(**wished), MONDAY)  # type: ignore[arg-type]
    db.session.commit()


def test_an_answer_is_mailed_ten_minutes_later_once_for_a_busy_thread(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    reply(ada, bob, 1)
    reply(ada, bob, 2)
    assert mails(context) == []

    now(MONDAY + SOON)
    (mail,) = mails(context)

    assert mail.address == ada.email
    assert mail.subject.startswith("2 answers to your question in “Paper”")
    assert "https://academy.example/notices/" in mail.text
    assert "https://academy.example/stop/" in mail.text


def test_what_was_read_meanwhile_is_not_mailed(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    reply(ada, bob)
    services.read(ada.id, MONDAY)
    db.session.commit()

    now(MONDAY + SOON)

    assert mails(context) == []


@pytest.mark.parametrize(("wanted", "count"), [(True, 1), (False, 0)])
def test_each_kind_goes_by_mail_as_the_person_wishes(
    context: Flask, ada: Person, now: Clock, wanted: bool, count: int
) -> None:
    wish(ada, mail={"badge": wanted})

    services.tell([ada.id], News(Kind.BADGE, "award:a", {"title": {"en": "A"}}), MONDAY)
    db.session.commit()
    now(MONDAY + SOON)

    assert len(mails(context)) == count


def test_a_wish_changed_before_the_mail_leaves_still_counts(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    reply(ada, bob)
    wish(ada, mail={"reply": False})

    now(MONDAY + SOON)

    assert mails(context) == []


def test_mail_of_an_evening_waits_for_the_next_working_morning(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    reply(ada, bob, at=EVENING)
    now(EVENING + SOON)
    assert mails(context) == []

    now(NEXT_MORNING - timedelta(minutes=1))
    assert mails(context) == []
    now(NEXT_MORNING)

    assert len(mails(context)) == 1


def test_leave_declared_while_it_waits_is_waited_for_too(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    reply(ada, bob, at=EVENING)
    now(EVENING + SOON)
    mails(context)
    away = Span(NEXT_MORNING.date(), NEXT_MORNING.date() + timedelta(days=1))
    workdays.declare_leave(ada.id, away, TODAY)
    db.session.commit()

    now(NEXT_MORNING + timedelta(days=1))
    assert mails(context) == []
    now(NEXT_MORNING + timedelta(days=2))

    assert len(mails(context)) == 1


def test_without_quiet_hours_an_evening_is_as_good_as_a_morning(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    wish(ada, quiet=Quiet(time(8), time(8)))

    reply(ada, bob, at=EVENING)
    now(EVENING + SOON)

    assert len(mails(context)) == 1


def test_news_that_could_not_leave_for_days_is_not_mailed(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    reply(ada, bob)

    now(MONDAY + timedelta(days=4))

    assert mails(context) == []


def test_who_never_works_or_left_gets_no_mail(
    context: Flask, ada: Person, bob: Person, now: Clock
) -> None:
    workdays.set_pattern(ada.id, [], TODAY, None, MONDAY)
    reply(ada, bob)
    reply(bob, ada)
    bob.active = False
    db.session.commit()

    now(MONDAY + SOON)

    assert mails(context) == []


def test_saving_the_same_wishes_twice_changes_nothing(context: Flask, ada: Person) -> None:
    wished = Preferences({"badge": True}, Quiet(time(19), time(8)), False, time(10), True)

    for _ in range(2):
        wishing.prefer(ada.id, wished, MONDAY)
        db.session.commit()
        assert queries.preferences(ada.id) == wished


def test_somebody_who_decided_nothing_has_the_usual_wishes(context: Flask, ada: Person) -> None:
    assert queries.preferences(ada.id) == Preferences()


@pytest.mark.parametrize("what", [*What, "reply"])
def test_a_link_stops_one_kind_of_mail_however_often_it_is_used(
    context: Flask, ada: Person, what: str
) -> None:
    wish(ada, digest=True, mail={"comment": True})

    for _ in range(2):
        wishing.stop(Stop(ada.id, what))
        db.session.commit()

    found = queries.preferences(ada.id)
    stopped = {
        "reminder": not found.reminded,
        "digest": not found.digest,
        "reply": found.mail == {"comment": True, "reply": False},
    }
    assert [name for name, is_so in stopped.items() if is_so] == [what]


def test_a_link_of_somebody_erased_is_harmless(context: Flask) -> None:
    for what in (What.REMINDER, What.DIGEST, "reply"):
        wishing.stop(Stop(123456, what))
        db.session.commit()

    assert db.session.scalars(select(Reminder)).all() == []
    assert db.session.scalars(select(TeamDigest)).all() == []
    assert db.session.scalars(select(Wishes)).all() == []


def test_a_link_is_good_for_a_year_and_for_what_it_says(context: Flask, ada: Person) -> None:
    token = stopping.link(ada.id, "reply", MONDAY).rpartition("/")[2]
    other = stopping.link(ada.id, "comment", MONDAY).rpartition("/")[2]
    forged = f"{token.partition('.')[0]}.{other.partition('.')[2]}"

    assert stopping.read(token, MONDAY + timedelta(days=365)) == Stop(ada.id, "reply")
    assert stopping.read(token, MONDAY + timedelta(days=367)) is None
    assert stopping.read(forged, MONDAY) is None
    assert (
        stopping.read(stopping.link(ada.id, "nothing", MONDAY).rpartition("/")[2], MONDAY) is None
    )
