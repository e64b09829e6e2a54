"""The minute in words: why this question, when it comes again, when the next minute is."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.daily.queries import Drawn
from academy.mastery.engine import Reason
from academy.web.words import weekday

BY_RECALL = frozenset({Reason.FADING, Reason.WEAKEST})
"""Chosen among what was met, by the chance of remembering it."""
_BECAUSE = {
    Reason.NEW: lazy_gettext(
        "It is a new idea, the next on your path: you have never been asked about it."
    ),
    Reason.READ: lazy_gettext("You have read its lesson, and nobody has asked you about it yet."),
    Reason.FADING: lazy_gettext(
        "You have met it, and it is fading: now is the best moment to recall it."
    ),
    Reason.WEAKEST: lazy_gettext("What you know least surely comes back first."),
    Reason.CLAIMED: lazy_gettext("You said you know it already: one minute to confirm it."),
}


def next_minute(day: date | None) -> str:
    """Told after today's minute, and on days without one; None for who has no working day ahead."""
    if day is None:
        return _("Your next minute is there whenever you want it.")
    return _("Your next minute: %(day)s.", day=weekday(day))


def because(reason: Reason) -> str:
    """Why the engine chose it: the rule that did, in the same words in the minute and on the path."""
    return str(_BECAUSE[reason])


def why(drawn: Drawn) -> str:
    """The engine's own reason, with the figure it used."""
    reason = Reason(drawn.reason)
    if reason not in BY_RECALL:
        return because(reason)
    chance = _(
        "About %(chance)s chances in 100 that you still remember it.",
        chance=round(100 * (drawn.recall or 0)),
    )
    return f"{because(reason)} {chance}"


def again(drawn: Drawn) -> str:
    """When the notion will come back; nothing before it is known."""
    if drawn.fades_in is None:
        return ""
    return ngettext(
        "You will see this again in about one day.",
        "You will see this again in about %(num)s days.",
        drawn.fades_in,
    )
