"""Quiet hours: when a mail may leave without disturbing anybody's evening or day off. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from academy.people.calendar import Calendar

MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of the day to another, over midnight or not; the same time twice means never."""

    begins: time
    ends: time

    def holds(self, now: time) -> bool:
        if self.over_midnight:
            return now >= self.begins or now < self.ends
        return self.begins <= now < self.ends

    @property
    def over_midnight(self) -> bool:
        return self.begins > self.ends

    @property
    def morning(self) -> time:
        """When a day begins."""
        return self.ends if self.holds(MIDNIGHT) else MIDNIGHT


UNCHOSEN = Quiet(time(20), time(7, 30))
"""What holds for whoever chose nothing."""


def may_leave(at: datetime, zone: str, quiet: Quiet, calendar: Calendar) -> datetime | None:
    """The moment itself, or the end of quiet hours on the next working day.

    None when no working day comes within a year.
    """
    local = at.astimezone(ZoneInfo(zone))
    today, now = local.date(), local.time()
    if calendar.is_working(today):
        if not quiet.holds(now):
            return at
        if now < quiet.ends:
            return not_before(at, today, quiet.ends, zone)
    day = calendar.next_working_day(today)
    return None if day is None else not_before(at, day, quiet.morning, zone)


def strikes(day: date, hour: time, zone: str, fold: int = 0) -> datetime:
    """The moment this hour strikes there; one that the clocks skip strikes an hour later."""
    return datetime.combine(day, hour, ZoneInfo(zone)).replace(fold=fold).astimezone(UTC)


def not_before(at: datetime, day: date, hour: time, zone: str) -> datetime:
    """The same, of an hour that strikes twice the one that is still to come."""
    first = strikes(day, hour, zone)
    return first if first >= at else strikes(day, hour, zone, fold=1)
