"""Wishes kept and reminded of, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from academy.database import db
from academy.mentoring.programmes import services as programmes
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.models import Stage
from academy.mentoring.wishes import jobs, queries, services
from academy.mentoring.wishes.models import Ballot, Liking, Wish
from academy.mentoring.wishes.rules import FINE, Choice
from academy.mentoring.wishes.services import NoWishesHere, SavedMeanwhile, WishesOver
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import services as workdays
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person
from tests.postbox import mails
from tests.wishing import company, meet, note, wish

pytestmark = pytest.mark.usefixtures("context")

THURSDAY = MONDAY + timedelta(days=3)
"""Two working days before a last day on the next Monday."""


def kept(person: Person) -> dict[int, Choice]:
    rows = db.session.execute(
        select(Wish.other_id, Wish.rank, Wish.veto).where(Wish.person_id == person.id)
    )
    return {row.other_id: Choice(row.rank, row.veto) for row in rows}


def ballot(person: Person) -> Ballot | None:
    mine = select(Ballot).where(Ballot.person_id == person.id)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def last_day(number: int, day: datetime) -> None:
    db.session.execute(update(Programme).where(Programme.id == number).values(wishes_by=day.date()))
    db.session.commit()


def test_ties_blanks_and_refusals_are_kept_whole() -> None:
    number, [ada], [bob, cleo, dan, eve] = company(1, 4)

    wish(ada, number, {bob: 1, cleo: 1, dan: None, eve: "no"})

    assert kept(ada) == {
        bob.id: Choice(1),
        cleo.id: Choice(1),
        dan.id: FINE,
        eve.id: Choice(veto=True),
    }
    mine = ballot(ada)
    assert mine is not None
    assert (mine.version, mine.handed_in_at) == (1, MONDAY)


def test_a_note_of_the_meeting_stays_beside_the_wish() -> None:
    number, [ada], [bob] = company(1, 1)
    note(ada, number, bob, Liking.GLADLY, "Knows maps.", Side.MENTOR)

    wish(ada, number, {bob: "no"})

    [met] = queries.met(ada.id, number)
    assert (met.liking, met.note, met.kept, met.side) == (
        Liking.GLADLY,
        "Knows maps.",
        Choice(veto=True),
        "mentor",
    )


def test_the_same_form_sent_twice_is_kept_once() -> None:
    number, [ada], [bob] = company(1, 1)

    wish(ada, number, {bob: 1})
    wish(ada, number, {bob: 1}, read=0)

    mine = ballot(ada)
    assert mine is not None
    assert mine.version == 1


def test_an_older_page_undoes_nothing() -> None:
    number, [ada], [bob, cleo] = company(1, 2)
    wish(ada, number, {bob: 1, cleo: 2})

    with pytest.raises(SavedMeanwhile):
        wish(ada, number, {bob: 2, cleo: 1}, read=0)
    db.session.rollback()

    assert kept(ada) == {bob.id: Choice(1), cleo.id: Choice(2)}


def test_a_draft_becomes_handed_in_and_a_draft_again() -> None:
    number, [ada], [bob] = company(1, 1)

    wish(ada, number, {bob: 1}, hand_in=False)
    drafted = ballot(ada)
    assert drafted is not None
    assert drafted.handed_in_at is None
    wish(ada, number, {bob: 1}, read=1)
    wish(ada, number, {bob: 1}, read=2, hand_in=False)

    again = ballot(ada)
    assert again is not None
    assert (again.version, again.handed_in_at) == (3, None)


def test_the_last_day_counts_to_its_end_where_the_person_is() -> None:
    number, [ada], [bob] = company(1, 1)
    last = TODAY + timedelta(days=10)

    services.save(ada.id, number, 0, {bob.id: Choice(1)}, True, MONDAY, last)
    db.session.commit()
    with pytest.raises(WishesOver):
        services.save(ada.id, number, 1, {bob.id: FINE}, True, MONDAY, last + timedelta(days=1))
    db.session.rollback()

    assert kept(ada) == {bob.id: Choice(1)}


def test_who_withdrew_wishes_nothing_any_more_and_is_wished_for_by_nobody() -> None:
    number, [ada], [bob, cleo] = company(1, 2)
    programmes.step_out(bob.id, number, MONDAY)
    db.session.commit()

    with pytest.raises(NoWishesHere):
        wish(bob, number, {ada: 1})
    db.session.rollback()
    assert [each.name for each in queries.met(ada.id, number) if each.here] == [
        f"Ada {cleo.family_name}"
    ]


def test_meetings_to_come_bring_nobody_to_wish_for() -> None:
    number, [ada], [] = company(1, 0)
    bob, cleo = make_person(), make_person()
    meet(number, [(ada, bob)], Stage.RUNNING)
    meet(number, [(ada, cleo)], Stage.CANCELLED)

    assert queries.met(ada.id, number) == ()


def test_somebody_met_twice_is_there_once() -> None:
    number, [ada], [bob] = company(1, 1)
    meet(number, [(ada, bob)])

    assert [each.id for each in queries.met(ada.id, number)] == [bob.id]


def test_the_silent_are_told_once_two_working_days_before(
    context: Flask, now: Callable[[datetime], None]
) -> None:
    number, [ada], [bob, cleo] = company(1, 2)
    last_day(number, MONDAY + timedelta(days=7))
    wish(ada, number, {bob: 1})
    wish(bob, number, {ada: 1}, hand_in=False)

    assert jobs.remind(MONDAY + timedelta(days=2)) == 0
    assert jobs.remind(THURSDAY) == 2
    assert jobs.remind(THURSDAY + timedelta(hours=1)) == 0

    now(THURSDAY + timedelta(minutes=11))
    sent = mails(context)
    assert {mail.address for mail in sent} == {bob.email, cleo.email}
    assert "Adopt a mentor" in sent[0].subject
    drafted = ballot(bob)
    assert drafted is not None
    assert (drafted.version, drafted.reminded_at) == (1, THURSDAY)


def test_a_reminder_is_no_save() -> None:
    number, [ada], [bob] = company(1, 1)
    last_day(number, MONDAY)
    jobs.remind(MONDAY)

    standing = queries.standing(ada.id, number)
    assert standing is not None
    assert (standing.version, standing.saved_at) == (0, None)
    wish(ada, number, {bob: 1})
    assert kept(ada) == {bob.id: Choice(1)}


def test_leave_before_the_last_day_brings_the_reminder_forward() -> None:
    number, [ada], [_bob] = company(1, 1)
    last_day(number, MONDAY + timedelta(days=7))
    workdays.declare_leave(
        ada.id, Span(TODAY + timedelta(days=2), TODAY + timedelta(days=7)), TODAY
    )
    db.session.commit()

    assert jobs.remind(MONDAY) == 1


def test_after_the_last_day_and_for_whoever_left_there_is_no_reminder() -> None:
    number, [ada], [bob] = company(1, 1)
    last_day(number, MONDAY)
    db.session.execute(update(Person).where(Person.id == ada.id).values(active=False))
    db.session.commit()

    assert jobs.remind(MONDAY + timedelta(days=1)) == 0
    assert jobs.remind(MONDAY) == 1
    assert ballot(bob) is not None
