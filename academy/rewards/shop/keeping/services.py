"""Filling the shelves. Each act is written to the audit log in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from academy.database import db, insert, table
from academy.people import audit
from academy.refusal import Refusal
from academy.rewards.shop import queries
from academy.rewards.shop.models import Budget, Gift

Plan = Mapping[str, Any]
"""The columns of a gift that its keeper writes."""


class ChangedMeanwhile(Refusal):
    """Somebody else, or another tab, changed the gift after this page was read."""

    def __init__(self) -> None:
        super().__init__(
            _("This gift changed while you had it open. Read it again, then decide."), 409
        )


class AlreadyTaken(Refusal):
    """More pieces are gone than that."""

    def __init__(self) -> None:
        super().__init__(_("More pieces than that were ordered already."), 409)


class AlreadySpent(Refusal):
    """The entity has spent more than that."""

    def __init__(self) -> None:
        super().__init__(_("More than that was spent already this year."), 409)


def create(plan: Plan, once: str, keeper_id: int, at: datetime) -> int:
    """A new gift, and its number; the same for the same form sent twice."""
    values = {**plan, "once": once, "version": 1, "taken": 0}
    values |= {"changed_at": at, "changed_by": keeper_id}
    statement = insert(table(Gift)).values(values).on_conflict_do_nothing()
    number = db.session.scalar(statement.returning(table(Gift).c.id))
    if number is None:
        return db.session.scalars(select(Gift.id).where(Gift.once == once)).one()
    audit.record(keeper_id, audit.Act.GIFT_CREATED, f"gift:{number}", at)
    return int(number)


def change(number: int, version: int, plan: Plan, keeper_id: int, at: datetime) -> None:
    """Other words or terms; orders keep the price of their day. Raises ChangedMeanwhile, AlreadyTaken."""
    found = queries.gift_locked(number)
    if found is None or found.version != version:
        raise ChangedMeanwhile
    if plan["stock"] is not None and plan["stock"] < found.taken:
        raise AlreadyTaken
    for name, value in plan.items():
        setattr(found, name, value)
    found.version += 1
    found.changed_at, found.changed_by = at, keeper_id
    audit.record(keeper_id, audit.Act.GIFT_CHANGED, f"gift:{number}", at)


def set_budget(entity_id: int, year: int, amount: int, keeper_id: int, at: datetime) -> None:
    """What gifts may cost there in that year, in the place of what was said before. Raises AlreadySpent."""
    statement = insert(table(Budget)).values(
        {"entity_id": entity_id, "year": year, "amount": amount, "spent": 0}
    )
    kept = db.session.scalar(
        statement.on_conflict_do_update(
            index_elements=["entity_id", "year"],
            set_={"amount": amount},
            where=table(Budget).c.spent <= amount,
        ).returning(table(Budget).c.id)
    )
    if kept is None:
        raise AlreadySpent
    details = {"year": year, "amount": amount}
    audit.record(keeper_id, audit.Act.GIFT_BUDGET_SET, f"entity:{entity_id}", at, details)
