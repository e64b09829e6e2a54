"""Why a track is somebody's, in the page's language."""

from collections.abc import Iterable

from babel import Locale
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.catalog.audience import (
    Country,
    Everyone,
    Facts,
    Holds,
    Joined,
    Leaf,
    Manages,
    Reason,
    Speaks,
    Within,
    Works,
)
from academy.people.words import job_name, language_name, role_name
from academy.tracks.rules import Claim, Whose
from academy.web.words import language


def why(claim: Claim, facts: Facts) -> str:
    """A sentence: "Because you manage people." """
    match claim.whose:
        case Whose.MEANT:
            return _sentence(claim.because, facts)
        case Whose.CHOSEN:
            return _("Because you chose it.")
        case Whose.WALKED:
            return _("Because you walked it to the end.")
        case Whose.OFFERED:
            return _("Open to everybody who feels like it.")


def _sentence(because: Iterable[Reason], facts: Facts) -> str:
    said = dict.fromkeys(
        _holds(reason.leaf, facts) if reason.holds else _does_not_hold(reason.leaf)
        for reason in because
    )
    words = _(", and ").join(said)
    return f"{words[:1].upper()}{words[1:]}."


def _holds(leaf: Leaf, facts: Facts) -> str:
    match leaf:
        case Manages():
            return _("because you manage people")
        case Works(job):
            return _("because your trade is: %(job)s", job=job_name(job))
        case Holds(role):
            return _("because you hold the role “%(role)s”", role=role_name(role))
        case Joined(within):
            return ngettext(
                "because you joined less than %(num)s day ago",
                "because you joined less than %(num)s days ago",
                within,
            )
        case _:
            return _holds_there(leaf, facts)


def _holds_there(leaf: Leaf, facts: Facts) -> str:
    match leaf:
        case Within(entity):
            return _("because you work in “%(place)s”", place=facts.entities.get(entity, entity))
        case Country(code):
            country = Locale(language()).territories.get(code, code)
            return _("because your site is in this country: %(country)s", country=country)
        case Speaks(spoken):
            return _("because you read in %(language)s", language=language_name(spoken))
        case _:
            return _("because it is meant for everybody")


def _does_not_hold(leaf: Leaf) -> str:
    """A condition that had to be absent, without naming what the person is not."""
    match leaf:
        case Manages():
            return _("because you manage nobody")
        case Works():
            return _("because of your trade")
        case Holds():
            return _("because of the roles you hold")
        case Joined():
            return _("because you have been here for a while")
        case Speaks():
            return _("because of the language you read in")
        case Within() | Country() | Everyone():
            return _("because of where you work")
