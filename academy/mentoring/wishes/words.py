"""Wishes in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.mentoring.wishes.models import Liking
from academy.mentoring.wishes.rules import VETO, Choice, Wrong

LIKINGS = {
    Liking.GLADLY: lazy_gettext("Gladly"),
    Liking.FINE: lazy_gettext("Fine"),
    Liking.RATHER_NOT: lazy_gettext("Rather not"),
}
WRONG = {
    Wrong.TWICE: lazy_gettext(
        "The same person came twice in the form. Nothing was kept: reload the page, then try again."
    ),
    Wrong.NOT_MET: lazy_gettext(
        "You can only wish for people you met. Nothing was kept: reload the page, then try again."
    ),
    Wrong.OUT_OF_RANGE: lazy_gettext(
        "A place is a number from 1 to as many people as you met. Nothing was kept."
    ),
}


def options(people: int) -> list[tuple[str, str]]:
    """What the list of each person offers."""
    places = [(str(rank), place(rank)) for rank in range(1, people + 1)]
    return [("", _("No preference")), *places, (VETO, _("Rather not"))]


def place(rank: int) -> str:
    return _("My number %(rank)s", rank=rank)


def said(choice: Choice) -> str:
    """One choice as somebody reads it."""
    if choice.veto:
        return _("Rather not")
    return place(choice.rank) if choice.rank else _("No preference")
