"""Rows and days in words. What is not done is open: nothing is missed, nothing is lost."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.rewards.regularity.rhythm import Rhythm, State
from academy.web.words import weekday

STATES = {
    State.DONE: lazy_gettext("minute done"),
    State.OFF: lazy_gettext("not a working day"),
    State.AWAY: lazy_gettext("on leave"),
    State.OPEN: lazy_gettext("left open"),
    State.WAITING: lazy_gettext("waiting for you"),
    State.AHEAD: lazy_gettext("still to come"),
    State.BEFORE: lazy_gettext("before you joined"),
}
LEGEND = (State.DONE, State.OPEN, State.OFF, State.AWAY)


def row(length: int) -> str:
    return ngettext("%(num)s working day in a row", "%(num)s working days in a row", length)


def month(days: int) -> str:
    """Nothing while there are none."""
    if not days:
        return ""
    return ngettext(
        "%(num)s day with a minute, and a star for it",
        "%(num)s days with a minute, and a star for each",
        days,
    )


def onward(mine: Rhythm, today: date) -> str:
    """What the next minute does for the row, and until when there is time."""
    if not mine.current:
        return _("A row begins with your next minute, whenever that is.")
    if mine.waits_until is None:
        return _("Your row waits for you: no working day is ahead.")
    if mine.waits_until == today:
        return _(
            "One working day was left open: a minute today and your row goes on, day forgiven."
        )
    return _("Your row waits for you until the end of %(day)s.", day=weekday(mine.waits_until))


def expected(mine: Rhythm) -> str:
    """What today asks, and the next working day."""
    if mine.today is State.WAITING:
        return _("Today’s minute is waiting: it brings a star, whatever you answer.")
    if mine.next_day is None:
        return _("Nothing is expected of you. A minute brings a star on any day.")
    said = weekday(mine.next_day)
    if mine.today is State.DONE:
        return _("Today’s star is yours. Your next working day: %(day)s.", day=said)
    return _(
        "Nothing is expected of you before %(day)s. A minute brings a star on any day.", day=said
    )
