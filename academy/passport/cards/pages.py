"""What a card says: never more than the link, or the award, that it is of."""

from enum import StrEnum

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.passport import queries as passports
from academy.passport.cards.drawing import Card
from academy.passport.credentials.queries import Earned
from academy.passport.links.queries import Shown
from academy.passport.models import Status
from academy.people.sessions import me
from academy.rewards import badges, words
from academy.rewards.badges import Award, AwardKind
from academy.web.qr import qr_svg
from academy.web.words import day, language

IN_A_ROW = 6


class Named(StrEnum):
    """How its holder wants to be named on the card of an award."""

    FULL = "full"
    GIVEN = "given"
    NONE = "none"


NAMES = {
    Named.FULL: lazy_gettext("My first and last name"),
    Named.GIVEN: lazy_gettext("My first name only"),
    Named.NONE: lazy_gettext("No name"),
}


def of_link(found: Shown, address: str) -> Card | None:
    """The passport as this link shows it; None when it is not in force."""
    if found.certificate.status != Status.VALID:
        return None
    said, choice = passports.certified(found.certificate), found.choice
    visas = said.visas if choice.visas else ()
    awards = said.awards if choice.awards else ()
    keys = [*(each.key for each in visas), *(each.key for each in awards)]
    return Card(
        label=_company(),
        headline=said.holder,
        detail=_counted(len(visas), sum(each.kind != AwardKind.LEVEL for each in awards)),
        foot=address.partition("://")[2],
        picture=_drawing(_passport_key()),
        row=tuple(_drawing(key) for key in keys if key in badges.current())[:IN_A_ROW],
        qr=qr_svg(address),
    )


def of_award(award: Award, earned: Earned, named: Named) -> Card:
    """One award of the reader's."""
    holder = {Named.FULL: me().name, Named.GIVEN: me().given_name, Named.NONE: ""}[named]
    return Card(
        label=_company(),
        headline=words.named(award),
        detail=award.summary.said(language()),
        foot=" · ".join(filter(None, (holder, day(earned.on)))),
        picture=award.picture.decode("utf-8-sig"),
    )


def _counted(visas: int, awards: int) -> str:
    parts = [_("Digital passport")]
    if visas:
        parts.append(ngettext("%(num)s visa", "%(num)s visas", visas))
    if awards:
        parts.append(ngettext("%(num)s badge or medal", "%(num)s badges and medals", awards))
    return " · ".join(parts)


def _company() -> str:
    company: str = current_app.config["SETTINGS"].company
    return company


def _passport_key() -> str:
    found = (each.key for each in badges.current().values() if each.kind is AwardKind.PASSPORT)
    return next(found, "")


def _drawing(key: str) -> str:
    award = badges.current().get(key)
    return award.picture.decode("utf-8-sig") if award else EMPTY


EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
