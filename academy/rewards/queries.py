"""Reading balances, awards and history, as the pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import literal, select, union_all

from academy.database import db, fresh
from academy.deeds.models import Deed
from academy.rewards.models import Balance, Grant, LedgerEntry, Tally
from academy.rewards.tariff import Currency

PAGE = 30


@dataclass(frozen=True, slots=True)
class Balances:
    """What can be spent, and what was ever earned. Points are never spent."""

    points: int = 0
    stars: int = 0
    keys: int = 0
    stars_ever: int = 0
    keys_ever: int = 0


@dataclass(frozen=True, slots=True)
class Granted:
    award: str
    on: date
    place: str


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


def balance_rows(person_id: int) -> Sequence[Balance]:
    mine = select(Balance).where(Balance.person_id == person_id)
    return db.session.scalars(fresh(mine)).all()


def balances(person_id: int) -> Balances:
    rows = {row.currency: row for row in balance_rows(person_id)}

    def left(currency: Currency) -> int:
        return rows[currency].spendable if currency in rows else 0

    def ever(currency: Currency) -> int:
        return rows[currency].lifetime if currency in rows else 0

    return Balances(
        points=ever(Currency.POINT),
        stars=left(Currency.STAR),
        keys=left(Currency.KEY),
        stars_ever=ever(Currency.STAR),
        keys_ever=ever(Currency.KEY),
    )


def tallies(person_id: int) -> dict[str, int]:
    """Every tally of the person: as many as there are measures, whatever the history."""
    rows = db.session.execute(
        select(Tally.measure, Tally.amount).where(Tally.person_id == person_id)
    )
    return {row.measure: row.amount for row in rows}


def held(person_id: int) -> frozenset[str]:
    rows = db.session.scalars(select(Grant.award).where(Grant.person_id == person_id))
    return frozenset(rows)


@dataclass(frozen=True, slots=True)
class Known:
    """Tallies by measure, awards held, and which of the deeds asked about are done."""

    tallies: dict[str, int]
    held: frozenset[str]
    done: frozenset[str]


def known(person_id: int, deeds: Iterable[str] = ()) -> Known:
    """All that award rules need, in one statement. `deeds` are named as they are `once`: `lesson:...`.

    Each of them is one look into the index of what counts once: history does not matter.
    """
    whose = f"{person_id}:"
    asked = [
        select(literal("tally"), Tally.measure, Tally.amount).where(Tally.person_id == person_id),
        select(literal("award"), Grant.award, literal(1)).where(Grant.person_id == person_id),
    ]
    once = [whose + deed for deed in sorted(deeds)]
    if once:
        asked.append(select(literal("deed"), Deed.once, literal(1)).where(Deed.once.in_(once)))
    rows = db.session.execute(union_all(*asked)).all()
    return Known(
        {name: amount for kind, name, amount in rows if kind == "tally"},
        frozenset(name for kind, name, _amount in rows if kind == "award"),
        frozenset(name.removeprefix(whose) for kind, name, _amount in rows if kind == "deed"),
    )


def grants(person_id: int) -> dict[str, Granted]:
    """What the person holds, by award, newest first."""
    rows = db.session.execute(
        select(Grant.award, Grant.granted_on, Grant.place)
        .where(Grant.person_id == person_id)
        .order_by(Grant.granted_at.desc(), Grant.id.desc())
    )
    return {row.award: Granted(*row) for row in rows}


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
