"""When a reminder is due, and when to leave somebody in peace. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from academy.notices.quiet import strikes
from academy.people.calendar import A_DAY, Calendar

PATIENCE = 10
"""So many reminders without a minute done: then one a week."""

HOUR = time(9, 30)
"""For whoever chose none: the first mails of the day are read, and the meetings are still to come."""

LATE = timedelta(hours=4)
"""A reminder that could not leave by then is of no use that day."""

A_WEEK = timedelta(days=7)
EVERY_DAY = Calendar(pattern=frozenset(range(7)))


class Tone(StrEnum):
    """What a reminder says: the daily one, the one that says it will come less often, the weekly one."""

    DAILY = "daily"
    CALMER = "calmer"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Course:
    """How it went so far: the day of the last reminder, and how many in a row changed nothing."""

    last_on: date | None = None
    ignored: int = 0
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """`in_time` when the hour has struck and is not long past; `done_on` is the day of the last minute."""

    day: date
    working: bool
    in_time: bool
    done_on: date | None


def decide(course: Course, today: Today) -> tuple[Tone | None, Course]:
    """The reminder to send now, if any, and how it stands afterwards."""
    if course.last_on and today.done_on and today.done_on >= course.last_on:
        course = replace(course, ignored=0, weekly=False)  # they came back
    tone = _tone(course, today.day) if _is_due(course, today) else None
    if tone is None:
        return None, course
    weekly = course.weekly or tone is Tone.CALMER
    return tone, Course(today.day, course.ignored + 1, weekly)


def _is_due(course: Course, today: Today) -> bool:
    once = course.last_on is None or course.last_on < today.day
    done = today.done_on is not None and today.done_on >= today.day
    return once and today.working and today.in_time and not done


def _tone(course: Course, day: date) -> Tone | None:
    if course.weekly and course.last_on:
        return Tone.WEEKLY if day - course.last_on >= A_WEEK else None
    return Tone.CALMER if course.ignored >= PATIENCE else Tone.DAILY


def is_in_time(hour: time, zone: str, day: date, at: datetime) -> bool:
    struck = strikes(day, hour, zone)
    return struck <= at < struck + LATE


def next_moment(
    hour: time, zone: str, day: date, at: datetime, last_on: date | None, calendar: Calendar
) -> datetime:
    """When to look again: the hour strikes after `at`, on a working day that had no reminder yet.

    `day` is today, there. Nobody is lost sight of: with no such day near, it is looked again in a week.
    """
    ahead = (day + days * A_DAY for days in range(A_WEEK.days + 1))
    for candidate in ahead:
        fresh = last_on is None or candidate > last_on
        if fresh and calendar.is_working(candidate) and strikes(candidate, hour, zone) > at:
            return strikes(candidate, hour, zone)
    return strikes(day + A_WEEK, hour, zone)
