"""A speed meeting in words: phases, tables, presence, times to the second."""

from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.mentoring.programmes.rules import REMOTE
from academy.mentoring.rotation.clock import Phase
from academy.mentoring.speed.models import Presence, Reply, SpeedMeeting
from academy.mentoring.wishes.models import Liking
from academy.web.words import language

PHASES = {
    Phase.BEFORE: lazy_gettext("Not started yet"),
    Phase.CHANGE: lazy_gettext("Change seats"),
    Phase.MEETING: lazy_gettext("Talk"),
    Phase.NOTE: lazy_gettext("Note a word"),
    Phase.AFTER: lazy_gettext("It is over"),
}
PRESENCE = {
    Presence.EXPECTED: lazy_gettext("Expected"),
    Presence.PRESENT: lazy_gettext("Here"),
    Presence.ABSENT: lazy_gettext("Not here"),
    Presence.LEFT: lazy_gettext("Left"),
}
REPLIES = {
    Reply.PLACED: lazy_gettext("Not invited yet"),
    Reply.INVITED: lazy_gettext("No answer: counted once here"),
    Reply.WAITING: lazy_gettext("On the waiting list"),
    Reply.DECLINED: lazy_gettext("Declined"),
}
LIKINGS = {
    Liking.GLADLY: lazy_gettext("Gladly"),
    Liking.FINE: lazy_gettext("Fine"),
    Liking.RATHER_NOT: lazy_gettext("Rather not"),
}
LONGEST_HOUR = 60


def table_name(meeting: SpeedMeeting, number: int) -> str:
    """Remotely, a table is a room of the call."""
    if meeting.place == REMOTE:
        return _("Room %(number)s", number=number)
    return _("Table %(number)s", number=number)


def to_the_second(at: datetime, zone: str) -> str:
    """14:05:30, in a time zone."""
    return str(format_time(at, "HH:mm:ss", tzinfo=ZoneInfo(zone), locale=language()))


def opening(meeting: SpeedMeeting) -> str:
    """Monday 2 March, 14:00: where it is held."""
    pattern = "EEEE d MMMM, HH:mm"
    zone = ZoneInfo(meeting.zone)
    said = str(format_datetime(meeting.starts_at, pattern, tzinfo=zone, locale=language()))
    return said[:1].upper() + said[1:]


def where(meeting: SpeedMeeting) -> str:
    place = _("Remotely") if meeting.place == REMOTE else meeting.place
    return f"{place} · {meeting.room}" if meeting.room else place


def lasts(seconds: float) -> str:
    """57 min, or 1 h 25."""
    minutes = max(1, ceil(seconds / 60))
    if minutes < LONGEST_HOUR:
        return _("%(minutes)s min", minutes=minutes)
    hours, rest = divmod(minutes, LONGEST_HOUR)
    return _("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02}")


def left(seconds: int) -> str:
    """4:05."""
    return f"{seconds // 60}:{seconds % 60:02}"
