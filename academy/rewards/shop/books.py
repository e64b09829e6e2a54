"""Moving coins: between a person's balance and the shop's account, both sides written. The caller commits."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, func, or_, select, update

from academy.database import db, insert, table
from academy.folio.models import Folio
from academy.rewards.models import LedgerEntry
from academy.rewards.shop.models import Budget, Gift, Line, Order
from academy.rewards.tariff import Currency

SPENT, REFUNDED = "spent", "refunded"
BALANCE = {Currency.STAR: Folio.stars, Currency.KEY: Folio.keys}


def take_piece(number: int) -> bool:
    """One piece off the shelf; False when none is left."""
    return _changed(
        update(Gift)
        .where(Gift.id == number, or_(Gift.stock.is_(None), Gift.taken < Gift.stock))
        .values(taken=Gift.taken + 1)
    )


def charge(budget_id: int, cost: int) -> bool:
    """Count a cost against a budget; False when it does not fit in."""
    return _changed(
        update(Budget)
        .where(Budget.id == budget_id, Budget.spent + cost <= Budget.amount)
        .values(spent=Budget.spent + cost)
    )


def pay(person_id: int, currency: str, price: int) -> bool:
    """Take the price out of the purse; False when there is too little in it."""
    left = BALANCE[Currency(currency)]
    return _changed(
        update(Folio)
        .where(Folio.person_id == person_id, left >= price)
        .values({left: left - price})
    )


def give_back(order: Order, at: datetime) -> None:
    """All that the order took goes back: the piece, its cost, its price. Once: the lines are unique."""
    _changed(update(Gift).where(Gift.id == order.gift_id).values(taken=Gift.taken - 1))
    if order.budget_id is not None:
        _changed(
            update(Budget)
            .where(Budget.id == order.budget_id)
            .values(spent=Budget.spent - order.cost)
        )
    balance = BALANCE[Currency(order.currency)]
    _changed(
        update(Folio)
        .where(Folio.person_id == order.person_id)
        .values({balance: balance + order.price})
    )
    write(order, REFUNDED, at)


def write(order: Order, movement: str, at: datetime) -> None:
    """Both sides of what moved, in one statement."""
    sign = 1 if movement == SPENT else -1
    same = {"order_id": order.id, "movement": movement, "currency": order.currency, "at": at}
    sides = [
        {"account": "person", "person_id": order.person_id, "amount": -sign * order.price},
        {"account": "shop", "person_id": None, "amount": sign * order.price},
    ]
    db.session.execute(insert(table(Line)).values([{**same, **side} for side in sides]))


def discrepancies() -> list[tuple[int, str]]:
    """Whose balance, in which currency, is not what the ledger and the shop's lines add up to.

    Reads every line there is: for an operator, not for a page.
    """
    wrong = []
    for currency, balance in BALANCE.items():
        earned = (
            select(LedgerEntry.person_id, func.sum(LedgerEntry.amount).label("amount"))
            .where(LedgerEntry.currency == currency)
            .group_by(LedgerEntry.person_id)
            .subquery()
        )
        moved = (
            select(Line.person_id, func.sum(Line.amount).label("amount"))
            .where(Line.currency == currency, Line.person_id.is_not(None))
            .group_by(Line.person_id)
            .subquery()
        )
        total = func.coalesce(earned.c.amount, 0) + func.coalesce(moved.c.amount, 0)
        found = db.session.scalars(
            select(Folio.person_id)
            .outerjoin(earned, earned.c.person_id == Folio.person_id)
            .outerjoin(moved, moved.c.person_id == Folio.person_id)
            .where(balance != total)
            .order_by(Folio.person_id)
        )
        wrong += [(person_id, currency.value) for person_id in found]
    return wrong


def unbalanced() -> list[int]:
    """Orders whose sides do not add up to nothing."""
    return list(
        db.session.scalars(
            select(Line.order_id)
            .group_by(Line.order_id)
            .having(func.sum(Line.amount) != 0)
            .order_by(Line.order_id)
        )
    )


def _changed(statement: Update) -> bool:
    plainly = statement.execution_options(synchronize_session=False)
    return bool(cast(CursorResult[Any], db.session.execute(plainly)).rowcount)
