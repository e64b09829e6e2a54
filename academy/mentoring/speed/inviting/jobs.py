"""What the worker does by the clock: seats of those who left, chairs that came free, reminders."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from flask import Flask

from academy import clock, database
from academy.database import db
from academy.mentoring.speed.inviting import queries, services, telling
from academy.notices.quiet import strikes
from academy.people.calendar import A_DAY, Calendar
from academy.people.workdays import queries as workdays
from academy.post import jobs

BATCH = 200
AHEAD = timedelta(days=8)
"""Nobody is reminded earlier, however long they are away before."""
HOUR = time(9)
"""When the day before begins, for whoever is reminded."""
COMPANY_ZONE = "UTC"
"""In which reporting lines are read: they change by the day, not by the hour."""


def init_app(app: Flask) -> None:
    telling.init_app(app)
    jobs.every(app, free_and_fill, minute="*/10")
    jobs.every(app, remind, minute="*/15")


def free_and_fill(at: datetime) -> None:
    """Whoever left the company or the programme makes room; whoever waits moves up. One transaction each."""
    today = clock.day_in(COMPANY_ZONE, at)
    for person_id, programme in _read(queries.left, BATCH, at):
        services.leave(programme, person_id, today, at)
        db.session.commit()
    after = 0
    while found := _read(queries.hoped_for, at, after, BATCH):
        for meeting, programme in found:
            services.refill(programme, meeting, today, at)
            db.session.commit()
        after = found[-1][0]


def remind(at: datetime) -> int:
    """Those whose last working day before their meeting is today, or is past; gives how many."""
    after, sent = 0, 0
    while True:
        database.reading_only()
        rows = queries.unreminded(at, at + AHEAD, after, BATCH)
        people = {row.person_id for row in rows}
        calendars = workdays.calendars_of(people, clock.day_in(COMPANY_ZONE, at)) if rows else {}
        db.session.rollback()
        database.may_write()
        if not rows:
            return sent
        due = [
            row.id for row in rows if is_due(row.starts_at, row.zone, calendars[row.person_id], at)
        ]
        if due:
            sent += services.remind(due, at)
            db.session.commit()
        after = rows[-1].id


def is_due(starts_at: datetime, zone: str, calendar: Calendar, at: datetime) -> bool:
    """Has the working day before begun, where they live? The day before, for who works on no day near."""
    day: date = clock.day_in(zone, starts_at)
    before = calendar.previous_working_day(day) or day - A_DAY
    return at >= strikes(before, HOUR, zone)


def _read(ask: Callable[..., list[tuple[int, int]]], *about: object) -> list[tuple[int, int]]:
    """A look that keeps nobody from writing."""
    database.reading_only()
    found = ask(*about)
    db.session.rollback()
    database.may_write()
    return found
