"""Reading balances, awards and history, as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from academy.database import db
from academy.deeds.models import Deed
from academy.folio import queries as folio
from academy.folio.queries import Balances as Balances
from academy.rewards.models import AwardVersion, Grant, LedgerEntry
from academy.rewards.rules import WITHDRAWN
from academy.rewards.tariff import Currency

PAGE = 30


@dataclass(frozen=True, slots=True)
class Granted:
    award: str
    on: date
    place: str
    revoked_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """One line of the history: a deed and what it paid."""

    deed: int
    verb: str
    subject: str
    at: datetime
    result: dict[str, int]
    points: int
    stars: int
    keys: int


def balances(person_id: int) -> Balances:
    return folio.balances(person_id)


def tallies(person_id: int) -> dict[str, int]:
    """Every tally of the person: as many as there are measures, whatever the history."""
    return counted(person_id)[0]


def counted(person_id: int) -> tuple[dict[str, int], dict[str, int]]:
    """The tallies, and all the stars and keys there ever were, by currency. One statement."""
    page = folio.page_of(person_id)
    if page is None:
        return {}, {}
    return page.tallies, {Currency.STAR: page.stars_ever, Currency.KEY: page.keys_ever}


def held(person_id: int) -> frozenset[str]:
    mine = select(Grant.award).where(Grant.person_id == person_id, Grant.revoked_at.is_(None))
    return frozenset(db.session.scalars(mine))


def standing(person_id: int) -> list[str]:
    """The awards held, and those withdrawn, as the folio names them."""
    rows = db.session.execute(
        select(Grant.award, Grant.revoked_at).where(Grant.person_id == person_id)
    )
    return sorted(WITHDRAWN + key if revoked else key for key, revoked in rows)


def done(person_id: int, deeds: Iterable[str]) -> frozenset[str]:
    """Which of these deeds are done, named as they are `once`: `lesson:...`. One statement, or none to ask.

    Each of them is one look into the index of what counts once: history does not matter.
    """
    whose = f"{person_id}:"
    once = [whose + deed for deed in sorted(deeds)]
    if not once:
        return frozenset()
    found = db.session.scalars(select(Deed.once).where(Deed.once.in_(once)))
    return frozenset(name.removeprefix(whose) for name in found)


def grants(person_id: int) -> dict[str, Granted]:
    """What the person holds, by award, newest first."""
    return all_grants(person_id)[0]


def all_grants(person_id: int) -> tuple[dict[str, Granted], dict[str, Granted]]:
    """The same, and those that were withdrawn. One statement."""
    rows = db.session.execute(
        select(Grant.award, Grant.granted_on, Grant.place, Grant.revoked_at, Grant.revoked_reason)
        .where(Grant.person_id == person_id)
        .order_by(Grant.granted_at.desc(), Grant.id.desc())
    )
    held, withdrawn = dict[str, Granted](), dict[str, Granted]()
    for row in rows:
        (held if row.revoked_at is None else withdrawn)[row.award] = Granted(*row)
    return held, withdrawn


def grant_of(person_id: int, award: str) -> tuple[Grant, AwardVersion | None] | None:
    """The grant of one award, withdrawn or not, with the version of its rule. One statement."""
    row = db.session.execute(
        select(Grant, AwardVersion)
        .outerjoin(
            AwardVersion,
            and_(AwardVersion.award == Grant.award, AwardVersion.version == Grant.version),
        )
        .where(Grant.person_id == person_id, Grant.award == award)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def history(person_id: int, before: int | None = None) -> tuple[list[Paid], bool]:
    """A page of what was earned, newest first, and whether there is an older page. Two statements."""
    statement = select(Deed).where(Deed.person_id == person_id)
    if before is not None:
        statement = statement.where(Deed.id < before)
    deeds = db.session.scalars(statement.order_by(Deed.id.desc()).limit(PAGE + 1)).all()
    paid = _paid_by(deed.id for deed in deeds[:PAGE])
    page = [
        Paid(
            deed.id,
            deed.verb,
            deed.subject,
            deed.at,
            deed.result,
            points=paid.get((deed.id, Currency.POINT), 0),
            stars=paid.get((deed.id, Currency.STAR), 0),
            keys=paid.get((deed.id, Currency.KEY), 0),
        )
        for deed in deeds[:PAGE]
    ]
    return page, len(deeds) > PAGE


def _paid_by(deeds: Iterable[int]) -> dict[tuple[int, str], int]:
    rows = db.session.execute(
        select(LedgerEntry.deed_id, LedgerEntry.currency, LedgerEntry.amount).where(
            LedgerEntry.deed_id.in_(tuple(deeds))
        )
    )
    return {(deed, currency): amount for deed, currency, amount in rows}
