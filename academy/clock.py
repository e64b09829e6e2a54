"""The only place that asks the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of the moment `at` in the time zone `zone` (an IANA name)."""
    return at.astimezone(ZoneInfo(zone)).date()
