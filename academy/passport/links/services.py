"""Choosing what one's passport shows, making links, and withdrawing them."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from flask_babel import lazy_gettext as _

from academy import database
from academy.database import db
from academy.passport import codes
from academy.passport import queries as passports
from academy.passport.links import queries, rules
from academy.passport.links.models import PassportLink
from academy.passport.links.rules import Choice, Span
from academy.refusal import Refusal

MOST = 20


class NoPassport(Refusal):
    """There is nothing to show yet."""

    def __init__(self) -> None:
        super().__init__(
            _("Your passport is not issued yet: there is nothing to show. Nothing was changed."),
            409,
        )


class TooManyLinks(Refusal):
    """Whoever has more loses sight of them."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have twenty links already. Withdraw one that you no longer need, then make this one."
            ),
            409,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the holder asks for; `once` names the form, so that it counts once."""

    choice: Choice
    span: Span
    label: str = ""
    once: str = ""


def open_link(person_id: int, wanted: Wanted, at: datetime) -> PassportLink:
    """A link that shows the passport as wanted. Raises NoPassport, TooManyLinks."""
    database.one_at_a_time(person_id)
    once = _own_name(person_id, wanted.once)
    already = queries.made(person_id, once)
    if already is not None:
        return already
    if passports.valid_one(person_id) is None:
        raise NoPassport
    if queries.count(person_id, at) >= MOST:
        raise TooManyLinks
    link = _link(person_id, wanted, at)
    link.code, link.once = codes.new_code(), once
    db.session.add(link)
    db.session.flush()  # a code that is taken is refused here
    return link


def choose(person_id: int, wanted: Wanted, at: datetime) -> PassportLink:
    """What the passport's own code shows from now on; a code that was closed is open again."""
    database.one_at_a_time(person_id)
    before = queries.own(person_id)
    fresh = _link(person_id, wanted, at)
    if before is None:
        db.session.add(fresh)
        return fresh
    for column in ("shows_entity", "shows_visas", "shows_awards", "ends_at"):
        setattr(before, column, getattr(fresh, column))
    before.withdrawn_at = None
    return before


def close(person_id: int, at: datetime) -> None:
    """The passport's own code shows nothing until its holder chooses anew. Harmless to repeat."""
    database.one_at_a_time(person_id)
    mine = queries.own(person_id)
    if mine is None:
        mine = _link(person_id, Wanted(rules.ALL, Span.OPEN), at)
        db.session.add(mine)
    mine.withdrawn_at = mine.withdrawn_at or at


def withdraw(link: PassportLink, at: datetime) -> None:
    """Nobody sees anything there any more, for good."""
    link.withdrawn_at = link.withdrawn_at or at


def _own_name(person_id: int, once: str) -> str:
    """The form's name among this person's forms: nobody else's is in the way."""
    return sha256(f"{person_id}:{once}".encode()).hexdigest()[:32]


def _link(person_id: int, wanted: Wanted, at: datetime) -> PassportLink:
    return PassportLink(
        person_id=person_id,
        label=wanted.label,
        shows_entity=wanted.choice.entity,
        shows_visas=wanted.choice.visas,
        shows_awards=wanted.choice.awards,
        made_at=at,
        ends_at=rules.ends(wanted.span, at),
    )
