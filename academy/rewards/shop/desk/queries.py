"""Orders as those at the desk see them: who ordered what, and where it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from academy.database import db, fresh
from academy.people.directory.reach import Reach
from academy.people.models import Entity, Person
from academy.people.names import full_name
from academy.rewards.shop.models import Gift, Order
from academy.rewards.shop.queries import within
from academy.rewards.shop.rules import LIVE, State

PAGE = 40
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Ticket:
    """An order in the queue. `name` is None for somebody who has left."""

    order: Order
    gift: Gift
    name: str | None
    entity: str | None


def waiting(
    reach: Reach, state: State, after: int | None, today: date
) -> tuple[list[Ticket], int | None]:
    """A page of the orders in this state within reach, oldest first, and the cursor of the next."""
    near = within(Order.entity_id, reach, today)
    statement = _tickets().where(near, Order.state == state)
    if after is not None:
        statement = statement.where(Order.id > after)
    rows = db.session.execute(fresh(statement.order_by(Order.id).limit(PAGE + 1))).all()
    found = [_ticket(row) for row in rows[:PAGE]]
    return found, found[-1].order.id if len(rows) > PAGE else None


def how_many(reach: Reach, today: date) -> dict[State, int]:
    """How many orders wait in each queue. One statement, two for a reach that is not everywhere."""
    near = within(Order.entity_id, reach, today)
    statement = select(Order.state, func.count()).where(near, Order.state.in_(LIVE))
    rows = db.session.execute(statement.group_by(Order.state))
    return dict.fromkeys(LIVE, 0) | {State(state): count for state, count in rows}


def ticket(number: int, reach: Reach, today: date) -> Ticket | None:
    """One order, if it is within reach."""
    statement = _tickets().where(Order.id == number, within(Order.entity_id, reach, today))
    row = db.session.execute(fresh(statement)).one_or_none()
    return _ticket(row) if row else None


def _tickets() -> Rows:
    return (
        select(Order, Gift, Person.given_name, Person.family_name, Entity.name)
        .join(Gift, Gift.id == Order.gift_id)
        .outerjoin(Person, Person.id == Order.person_id)
        .outerjoin(Entity, Entity.id == Order.entity_id)
    )


def _ticket(row: Any) -> Ticket:
    order, gift, given, family, entity = row
    return Ticket(order, gift, full_name(given, family) if given else None, entity)
