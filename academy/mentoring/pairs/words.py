"""Pairs in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.mentoring.pairs.models import Health, Rhythm
from academy.mentoring.programmes.rules import Side

RHYTHMS = {
    Rhythm.WEEKLY: lazy_gettext("Every week"),
    Rhythm.FORTNIGHTLY: lazy_gettext("Every two weeks"),
    Rhythm.THREE_WEEKS: lazy_gettext("Every three weeks"),
    Rhythm.MONTHLY: lazy_gettext("Once a month"),
}
STATES = {
    Health.NEW: lazy_gettext("To be signed"),
    Health.LIVE: lazy_gettext("Under way"),
    Health.CLOSED: lazy_gettext("Closed with thanks"),
    Health.PARTED: lazy_gettext("Ended"),
}
MOODS = {
    3: lazy_gettext("Very well"),
    2: lazy_gettext("Fine"),
    1: lazy_gettext("Not so well"),
}
"""How it goes, the best first, as it is answered in one tap."""


def role(side: Side) -> str:
    return _("You are the mentor") if side is Side.MENTOR else _("You are the mentee")
