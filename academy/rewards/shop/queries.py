"""The shelf and the orders of one person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from academy.database import db, fresh
from academy.folio import queries as folio
from academy.folio.queries import Balances
from academy.people import places
from academy.people.directory.reach import Reach
from academy.people.places import Place
from academy.rewards.shop.models import Budget, Gift, Order
from academy.rewards.shop.rules import REFUNDED, Buyer, Obstacle, obstacle
from academy.rewards.tariff import Currency

PAGE = 30
MOST_GIFTS = 200
"""As many as a shelf shows; more would be a warehouse."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A gift as one person sees it: what stands in the way, and what they would have left."""

    gift: Gift
    obstacle: Obstacle | None
    purse: int

    @property
    def missing(self) -> int:
        return max(self.gift.price - self.purse, 0)

    @property
    def remains(self) -> int:
        return self.purse - self.gift.price


@dataclass(frozen=True, slots=True)
class Shelf:
    balance: Balances
    offers: tuple[Offer, ...]

    @property
    def affordable(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if offer.obstacle is None)

    @property
    def others(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if offer.obstacle is not None)


@dataclass(frozen=True, slots=True)
class Mine:
    """An order of mine and what I ordered."""

    order: Order
    gift: Gift


def shelf(person_id: int, today: date) -> Shelf:
    """What is on the shelf where the person works, the cheapest first. Four statements."""
    chain = places.chain(person_id, today)
    statement = _with_mine(person_id).where(_on_shelf(chain, today))
    rows = db.session.execute(
        fresh(statement.order_by(Gift.price, Gift.id).limit(MOST_GIFTS))
    ).all()
    return _shelf(person_id, chain, rows, today)


def offer(person_id: int, number: int, today: date) -> Offer | None:
    """One gift of that shelf; None when it is not there. Four statements."""
    chain = places.chain(person_id, today)
    statement = _with_mine(person_id).where(Gift.id == number, _on_shelf(chain, today))
    found = _shelf(person_id, chain, db.session.execute(fresh(statement)).all(), today)
    return next(iter(found.offers), None)


def budget_of(chain: Sequence[Place], year: int) -> Budget | None:
    """The budget that pays for somebody there: of the nearest entity on the way up that has one."""
    if not chain:
        return None
    found = db.session.scalars(
        fresh(
            select(Budget).where(
                Budget.year == year, Budget.entity_id.in_([place.id for place in chain])
            )
        )
    )
    height = {place.id: height for height, place in enumerate(chain)}
    return min(found, key=lambda budget: height[budget.entity_id], default=None)


def buyer(chain: Collection[Place], purse: int, already: int, budget: Budget | None) -> Buyer:
    """Somebody who works there, with so much in the purse, and so many of the gift already."""
    room = budget.amount - budget.spent if budget else None
    return Buyer(frozenset(place.id for place in chain), purse, already, room)


def took(person_id: int, number: int) -> int:
    """How many of this gift the person ordered and did not get refunded."""
    return db.session.scalar(select(_took(person_id, number))) or 0


def within(entity: InstrumentedAttribute[Any], reach: Reach, today: date) -> ColumnElement[bool]:
    """Does it stand within reach? One statement, none for a reach that is everywhere."""
    if reach.everywhere:
        return true()
    return entity.in_([place.id for place in places.below(reach.entities, today)])


def gift(number: int) -> Gift | None:
    return db.session.scalar(fresh(select(Gift).where(Gift.id == number)))


def gift_locked(number: int) -> Gift | None:
    """The gift's row, nobody else's until the commit: who orders it comes one after the other."""
    return db.session.scalar(fresh(select(Gift).where(Gift.id == number).with_for_update()))


def order_of(person_id: int, once: str) -> int | None:
    """The order that the same form made before."""
    return db.session.scalar(
        select(Order.id).where(Order.person_id == person_id, Order.once == once)
    )


def order_locked(number: int) -> Order | None:
    return db.session.scalar(fresh(select(Order).where(Order.id == number).with_for_update()))


def mine(person_id: int, number: int) -> Mine | None:
    """One order of mine. One statement."""
    row = db.session.execute(fresh(_orders(person_id).where(Order.id == number))).one_or_none()
    return Mine(*row) if row else None


def my_orders(person_id: int, before: int | None) -> tuple[list[Mine], int | None]:
    """A page of my orders, newest first, and the cursor of the next. One statement."""
    statement = _orders(person_id)
    if before is not None:
        statement = statement.where(Order.id < before)
    rows = db.session.execute(fresh(statement.order_by(Order.id.desc()).limit(PAGE + 1))).all()
    found = [Mine(*row) for row in rows[:PAGE]]
    return found, found[-1].order.id if len(rows) > PAGE else None


def _orders(person_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Order, Gift).join(Gift, Gift.id == Order.gift_id).where(Order.person_id == person_id)
    )


def _took(person_id: int, number: Any) -> Any:
    return (
        select(func.count())
        .where(Order.gift_id == number, Order.person_id == person_id, Order.state.not_in(REFUNDED))
        .scalar_subquery()
    )


def _with_mine(person_id: int) -> Select[*tuple[Any, ...]]:
    return select(Gift, _took(person_id, Gift.id))


def _on_shelf(chain: Collection[Place], today: date) -> ColumnElement[bool]:
    near = [place.id for place in chain]
    return (
        Gift.on_shelf
        & (Gift.opens_on <= today)
        & or_(Gift.closes_on.is_(None), Gift.closes_on >= today)
        & or_(Gift.entity_id.is_(None), Gift.entity_id.in_(near))
    )


def _shelf(person_id: int, chain: Sequence[Place], rows: Sequence[Any], today: date) -> Shelf:
    balance = folio.balances(person_id)
    budget = budget_of(chain, today.year)
    offers = []
    for gift, already in rows:
        purse = purse_of(balance, gift.currency)
        why = obstacle(gift.terms, buyer(chain, purse, already, budget), today)
        offers.append(Offer(gift, why, purse))
    return Shelf(balance, tuple(offers))


def purse_of(balance: Balances, currency: str) -> int:
    return balance.stars if currency == Currency.STAR else balance.keys
