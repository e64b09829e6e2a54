"""Shares and places as the page of rankings says them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.people.models import EntityKind
from academy.rewards.rankings.rules import HIGHEST, LOWEST, Span
from academy.web.words import number

KINDS = {
    EntityKind.TEAM: lazy_gettext("Teams"),
    EntityKind.SITE: lazy_gettext("Sites"),
    EntityKind.DIVISION: lazy_gettext("Divisions"),
    EntityKind.COMPANY: lazy_gettext("Companies"),
}
SPANS = {
    Span.WEEK: lazy_gettext("The week"),
    Span.MONTH: lazy_gettext("The month"),
}


def share(per_cent: int) -> str:
    """The ends are blurred: “all” and “nobody” would tell of everybody."""
    if per_cent >= HIGHEST:
        return _("%(share)s %% or more", share=number(HIGHEST))
    if per_cent <= LOWEST:
        return _("%(share)s %% or less", share=number(LOWEST))
    return _("%(share)s %%", share=number(per_cent))
