"""What the worker sees to every morning: who decides is told, what is not collected goes back."""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from academy.database import db
from academy.people.calendar import A_DAY
from academy.rewards.shop import approvals, queries, services
from academy.rewards.shop.models import Order
from academy.rewards.shop.rules import AHEAD, Move, State

BATCH = 100


def look_after_the_uncollected(at: datetime) -> None:
    """Announce a week ahead; expire a day late, for whoever lives west, and never unannounced."""
    while found := _due(Order.announced_at.is_(None), Order.waits_until <= (at + AHEAD).date()):
        for number in found:
            _announce(number, at)
    announced = Order.announced_at <= at - AHEAD
    while found := _due(announced, Order.waits_until < (at - A_DAY).date()):
        for number in found:
            _expire(number, at)


def tell_who_decides(at: datetime) -> None:
    """Once a day: that orders wait for approval."""
    approvals.tell(at)
    db.session.commit()


def _due(*when: ColumnElement[bool]) -> list[int]:
    ready = select(Order.id).where(Order.state == State.READY, *when)
    return list(db.session.scalars(ready.order_by(Order.id).limit(BATCH)))


def _announce(number: int, at: datetime) -> None:
    found = queries.order_locked(number)
    if found is not None and found.state == State.READY and found.announced_at is None:
        services.announce(found, at)
    db.session.commit()


def _expire(number: int, at: datetime) -> None:
    """Unless it was collected or cancelled since."""
    found = queries.order_locked(number)
    if found is not None and found.state == State.READY:
        services.move(number, Move.EXPIRE, at)
    db.session.commit()
