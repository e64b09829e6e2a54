"""When the week of a team is told: on the first working day of the week after, in the morning. Pure."""

from datetime import date, datetime, time, timedelta

from academy.notices.quiet import strikes
from academy.people.calendar import A_DAY, Calendar, Span

HOUR = time(8, 30)
A_WEEK = timedelta(days=7)


def week_before(day: date) -> Span:
    """From Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday - A_WEEK, monday - A_DAY)


def next_digest(zone: str, day: date) -> datetime:
    """Next Monday morning, after that day there."""
    return strikes(day + timedelta(days=7 - day.weekday()), HOUR, zone)


def next_look(zone: str, day: date, calendar: Calendar) -> datetime:
    """The next working day of a manager who is off that day; next Monday when there is none near."""
    ahead = calendar.next_working_day(day)
    if ahead is None or ahead - day > A_WEEK:
        return next_digest(zone, day)
    return strikes(ahead, HOUR, zone)
