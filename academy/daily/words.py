"""Sentences of the minute that are put together from figures."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.daily.choices import Chosen
from academy.mastery.taste import Reason
from academy.web.pieces import Shelf
from academy.web.words import language, weekday

_BECAUSE = {
    Reason.NEW: lazy_gettext(
        "It is a new idea, and meeting it now adds most to what you will know in a month."
    ),
    Reason.READ: lazy_gettext("You have read its lesson, and nobody has asked you about it yet."),
    Reason.FADING: lazy_gettext("You have met it, and recalling it now makes it last."),
    Reason.CONFIRM: lazy_gettext("You said you know it already: one minute to confirm it."),
    Reason.OPENS: lazy_gettext("Other ideas build on it: once you know it, they are easier."),
    Reason.SEASON: lazy_gettext("Its lesson has just appeared in the academy."),
    Reason.TRACK: lazy_gettext("It is on one of your tracks."),
    Reason.NEAR: lazy_gettext("It goes with the idea just before."),
    Reason.KIND: lazy_gettext("After a few hard questions, here is one you probably know."),
    Reason.COMFORT: lazy_gettext("It is neither too easy nor too hard for you just now."),
    Reason.LOOK: lazy_gettext(
        "It was drawn by lot, as one in twenty is: that is how the academy checks that it chooses well."
    ),
}


def next_minute(day: date | None) -> str:
    """Told after today's minute, and on days without one; None for who has no working day ahead."""
    if day is None:
        return _("Your next minute is there whenever you want it.")
    return _("Your next minute: %(day)s.", day=weekday(day))


def because(reason: Reason) -> str:
    """Why the engine chose it: the term that weighed most, in the same words wherever it is told."""
    return str(_BECAUSE[reason])


def why(chosen: Chosen) -> str:
    """The engine's own reason, with the figure it used."""
    reason = Reason(chosen.reason)
    if reason is not Reason.FADING or chosen.recall is None:
        return because(reason)
    chance = _(
        "About %(chance)s chances in 100 that you still remember it.",
        chance=round(100 * chosen.recall),
    )
    return f"{because(reason)} {chance}"


def again(chosen: Chosen) -> str:
    """When the notion will come back; nothing before it is known."""
    if chosen.again is None:
        return ""
    days = chosen.again
    return _again.get((days, language()), lambda: _in_days(days))


_again = Shelf[str](1_000)


def _in_days(days: int) -> str:
    return ngettext(
        "You will see this again in about one day.",
        "You will see this again in about %(num)s days.",
        days,
    )
