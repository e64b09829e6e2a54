"""Planning reminders, and sending those that are due.

Reading and thinking come first and keep nobody from writing; what was decided is then kept at once, for
those whom nobody touched meanwhile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from academy import clock
from academy.database import db, insert
from academy.deeds import queries as deeds
from academy.notices import stopping
from academy.notices.models import Reminder
from academy.notices.quiet import strikes
from academy.notices.reminders import queries, rhythm
from academy.notices.reminders.queries import Due, Unplanned
from academy.notices.reminders.rhythm import EVERY_DAY, HOUR, LATE, Course, Today
from academy.notices.reminders.words import Words, words
from academy.notices.stopping import What
from academy.people.calendar import Calendar
from academy.people.workdays import queries as workdays
from academy.post import mail
from academy.post import services as post
from academy.post.composing import Composed, compose
from academy.post.mail import Reader
from academy.post.services import Sealed

FARTHEST = timedelta(days=14)
"""How far back a minute done is looked for: whoever came back did so since the last reminder."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of somebody whose hour has struck: the reminder, if any, and when to look again."""

    due: Due
    course: Course
    next_at: datetime | None
    composed: Composed | None = None
    stop: str = ""


def plan(people: Sequence[Unplanned], at: datetime) -> None:
    """Plan the first look for them: their hour, whatever day it is."""
    rows = [
        {
            "person_id": each.person_id,
            "hour": each.hour or HOUR,
            "zone": each.zone,
            "next_at": rhythm.next_moment(
                each.hour or HOUR,
                each.zone,
                clock.day_in(each.zone, at),
                at,
                each.course.last_on,
                EVERY_DAY,
            ),
        }
        for each in people
    ]
    statement = insert(Reminder).values(rows)
    new = statement.excluded
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Reminder.person_id],
            set_={"zone": new.zone, "next_at": new.next_at},
            where=Reminder.wanted,
        )
    )


def decide(people: Sequence[Due], at: datetime) -> list[Decision]:
    """Read all that it depends on, for all of them at once; nothing is written."""
    active = [each for each in people if each.active]
    done = deeds.last_rounds([each.person_id for each in active], at - FARTHEST)
    calendars = _calendars(active, at)
    gone = [Decision(each, each.course, None) for each in people if not each.active]
    return gone + [
        _decided(each, calendars[each.person_id], done.get(each.person_id), at) for each in active
    ]


def keep(decisions: Sequence[Decision], at: datetime) -> int:
    """Put the letters and plan the next look; whoever changed something meanwhile is looked at again."""
    ours = queries.still_planned({each.due.person_id: each.due.seen for each in decisions})
    kept = [each for each in decisions if each.due.person_id in ours]
    letters = [_letter(each, each.composed, at) for each in kept if each.composed]
    sent = post.put_all(mail.KIND, letters)
    if kept:
        db.session.execute(update(Reminder), [_row(each) for each in kept])
    return sent


def written(given_name: str, language: str, said: Words, stop: str, weekly: bool) -> Composed:
    """The mail, in this language; `stop` is the link that stops such mails."""
    return compose(
        "reminder",
        language,
        given_name=given_name,
        line=said.line,
        subject_words=said.subject,
        stop=stop,
        weekly=weekly,
    )


def _calendars(people: Iterable[Due], at: datetime) -> dict[int, Calendar]:
    """Today is not the same day everywhere."""
    days: dict[date, list[int]] = {}
    for each in people:
        days.setdefault(clock.day_in(each.zone, at), []).append(each.person_id)
    found: dict[int, Calendar] = {}
    for day, numbers in days.items():
        found |= workdays.calendars_of(numbers, day)
    return found


def _decided(due: Due, calendar: Calendar, done_on: date | None, at: datetime) -> Decision:
    day = clock.day_in(due.zone, at)
    in_time = rhythm.is_in_time(due.hour, due.zone, day, at)
    today = Today(day, calendar.is_working(day), in_time, done_on)
    tone, course = rhythm.decide(due.course, today)
    usual = replace(calendar, leave=(), closures=())  # those may change before the day comes
    next_at = rhythm.next_moment(due.hour, due.zone, day, at, course.last_on, usual)
    if tone is None:
        return Decision(due, course, next_at)
    stop = stopping.link(due.person_id, What.REMINDER, at)
    said = words(tone, due.person_id, day)
    composed = written(due.given_name, due.language, said, stop, course.weekly)
    return Decision(due, course, next_at, composed, stop)


def _letter(decision: Decision, composed: Composed, at: datetime) -> Sealed:
    """Named after the person and the day; of no use once the hour is long past."""
    due, day = decision.due, clock.day_in(decision.due.zone, at)
    return mail.sealed(
        Reader(due.email, due.given_name, due.person_id),
        composed,
        f"reminder:{due.person_id}:{day}",
        at,
        unsubscribe=decision.stop,
        until=strikes(day, due.hour, due.zone) + LATE,
    )


def _row(decision: Decision) -> dict[str, Any]:
    return {
        "person_id": decision.due.person_id,
        "zone": decision.due.zone,
        "next_at": decision.next_at,
        "last_on": decision.course.last_on,
        "ignored": decision.course.ignored,
        "weekly": decision.course.weekly,
    }
