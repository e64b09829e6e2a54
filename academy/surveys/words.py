"""What a voyage found, in words that say how sure they are."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.surveys.placing import Level
from academy.surveys.profiles import Band, Trust, band, trust
from academy.web.words import day

_SAID = {
    (Band.AT_EASE, Trust.SURE): lazy_gettext(
        "You are at ease here; the next minutes will go further."
    ),
    (Band.AT_EASE, Trust.PROBABLE): lazy_gettext(
        "Probably at ease; a few minutes will confirm it."
    ),
    (Band.AT_EASE, Trust.UNSURE): lazy_gettext("Perhaps at ease; we are not sure yet."),
    (Band.ON_THE_WAY, Trust.SURE): lazy_gettext("You are well on your way: the basics are there."),
    (Band.ON_THE_WAY, Trust.PROBABLE): lazy_gettext(
        "Probably on the way; a few minutes will tell."
    ),
    (Band.ON_THE_WAY, Trust.UNSURE): lazy_gettext("Somewhere on the way; we are not sure yet."),
    (Band.TO_DISCOVER, Trust.SURE): lazy_gettext(
        "A country to discover: we shall start at its gate."
    ),
    (Band.TO_DISCOVER, Trust.PROBABLE): lazy_gettext(
        "Probably a country to discover; we shall start gently."
    ),
    (Band.TO_DISCOVER, Trust.UNSURE): lazy_gettext(
        "Perhaps a country to discover; we are not sure yet."
    ),
}


def standing(level: Level) -> str:
    """Where one stands in a theme."""
    return str(_SAID[band(level), trust(level)])


def sail_again(on: date) -> str:
    return _("You can sail again from %(day)s: people change.", day=day(on))
