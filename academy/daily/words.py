"""The minute in words: why this question, when it comes again, when the next minute is."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from academy.daily.queries import Drawn
from academy.mastery.engine import Reason
from academy.web.words import weekday


def next_minute(day: date | None) -> str:
    """Told after today's minute, and on days without one; None for who has no working day ahead."""
    if day is None:
        return _("Your next minute is there whenever you want it.")
    return _("Your next minute: %(day)s.", day=weekday(day))


def why(drawn: Drawn) -> str:
    """The engine's own reason, with the figure it used."""
    chance = round(100 * (drawn.recall or 0))
    match drawn.reason:
        case Reason.READ:
            return _("You have read the lesson about it, and nobody has asked you about it yet.")
        case Reason.CLAIMED:
            return _("You said you know it already: this minute confirms it, and we believe you.")
        case Reason.FADING:
            return _(
                "You have met it before, and it is fading: "
                "about %(chance)s chances in 100 that you still remember it.",
                chance=chance,
            )
        case Reason.WEAKEST:
            return _(
                "You know everything else better: "
                "about %(chance)s chances in 100 that you remember this one.",
                chance=chance,
            )
        case _:
            return _("It is the next new idea on your path: you have never been asked about it.")


def again(drawn: Drawn) -> str:
    """When the notion will come back; nothing before it is known."""
    if drawn.fades_in is None:
        return ""
    return ngettext(
        "You will see this again in about one day.",
        "You will see this again in about %(num)s days.",
        drawn.fades_in,
    )
