"""Ordering a gift, and what becomes of an order. Each of them one transaction; the caller commits."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _

from academy.database import db
from academy.notices import services as notices
from academy.notices.kinds import Kind as NoticeKind
from academy.notices.services import News
from academy.people import audit, places
from academy.refusal import Refusal
from academy.rewards.shop import books, queries
from academy.rewards.shop.models import Gift, Order
from academy.rewards.shop.rules import (
    LEGAL,
    REFUNDED,
    TO_COLLECT,
    Kind,
    Move,
    Obstacle,
    State,
    moved,
    obstacle,
)
from academy.rewards.shop.words import OBSTACLES

ACTS = {
    Move.APPROVE: audit.Act.ORDER_APPROVED,
    Move.REFUSE: audit.Act.ORDER_REFUSED,
    Move.PREPARE: audit.Act.ORDER_READY,
    Move.HAND: audit.Act.ORDER_HANDED,
}
"""What the desk does is written down; what people do with their own orders is not."""
EXPIRING = "expiring"
TOLD = frozenset({State.READY, State.REFUSED, State.EXPIRED, State.HANDED, EXPIRING})
ENOUGH = 2**31 - 1
"""A purse deep enough: what is really in it is asked by the statement that takes the price out."""


class CannotOrder(Refusal):
    """The gift is not for this person now; nothing was taken."""

    def __init__(self, why: Obstacle) -> None:
        super().__init__(OBSTACLES[why], 409)
        self.why = why


class NoSuchOrder(Refusal):
    """There is no such order."""

    def __init__(self) -> None:
        super().__init__(_("There is no such order."), 404)


class MovedOn(Refusal):
    """That does not follow from where the order stands."""

    def __init__(self) -> None:
        super().__init__(_("This order is no longer where this button was meant for."), 409)


def order(person_id: int, number: int, once: str, at: datetime, today: date) -> int:
    """Order one piece and pay it; the same form sent twice is one order, and gives its number.

    Raises CannotOrder. Whoever orders the same gift comes one after the other, then budgets, then purses:
    always in this order, so that nobody waits in a circle.
    """
    gift = queries.gift_locked(number)
    if gift is None:
        raise CannotOrder(Obstacle.AWAY)
    known = queries.order_of(person_id, once)
    if known is not None:
        return known
    chain = places.chain(person_id, today)
    budget = queries.budget_of(chain, today.year)
    buyer = queries.buyer(chain, ENOUGH, queries.took(person_id, number), budget)
    why = obstacle(gift.terms, buyer, today)
    if why is not None:
        raise CannotOrder(why)
    _take(gift, person_id, budget.id if budget else None)
    site = places.site_of(chain)
    made = Order(
        person_id=person_id,
        gift_id=number,
        once=once,
        state=State.ORDERED if gift.approval else State.APPROVED,
        currency=gift.currency,
        price=gift.price,
        cost=gift.cost,
        budget_id=budget.id if budget else None,
        entity_id=chain[0].id if chain else None,
        site_id=site.id if site else None,
        ordered_at=at,
        ordered_on=today,
        moved_at=at,
    )
    db.session.add(made)
    db.session.flush()  # the lines name it
    books.write(made, books.SPENT, at)
    return made.id


def move(
    number: int, how: Move, at: datetime, actor_id: int | None = None, reason: str = ""
) -> Order:
    """Bring an order on; what was paid goes back where it ends without a gift. Pressed twice, done once.

    Raises NoSuchOrder, MovedOn.
    """
    found = queries.order_locked(number)
    if found is None:
        raise NoSuchOrder
    after = LEGAL[how][1]
    if State(found.state) is after:
        return found
    if moved(State(found.state), how) is None:
        raise MovedOn
    found.state, found.moved_at, found.moved_by = after, at, actor_id
    found.reason = reason
    if after is State.READY:
        found.waits_until = at.date() + TO_COLLECT
    db.session.flush()  # the state is written before what it gives back
    if after in REFUNDED:
        books.give_back(found, at)
    if how in ACTS:
        audit.record(actor_id, ACTS[how], f"order:{number}", at)
    _news(found, after, at)
    return found


def announce(found: Order, at: datetime) -> None:
    """Tell somebody that what is ready for them will not wait for ever. Once."""
    found.announced_at = at
    _news(found, EXPIRING, at)


def _take(gift: Gift, person_id: int, budget_id: int | None) -> None:
    """The piece, then the budget, then the purse. Raises CannotOrder."""
    if not books.take_piece(gift.id):
        raise CannotOrder(Obstacle.GONE)
    if budget_id is not None and not books.charge(budget_id, gift.cost):
        raise CannotOrder(Obstacle.BUDGET)
    if not books.pay(person_id, gift.currency, gift.price):
        raise CannotOrder(Obstacle.SHORT)


def _news(found: Order, what: str, at: datetime) -> None:
    """What the person does not see happen: not what they did themselves, nor a parcel in their hands."""
    gift = queries.gift(found.gift_id) if what in TOLD else None
    if found.person_id is None or gift is None:
        return
    if what == State.HANDED and gift.kind == Kind.THING:
        return
    data = {
        "what": str(what),
        "order": found.id,
        "gift": {"fr": gift.name_fr, "en": gift.name_en},
        "sort": gift.kind,
        "reason": found.reason,
        "last": found.waits_until.isoformat() if found.waits_until else None,
    }
    news = News(NoticeKind.GIFT, f"order:{found.id}:{what}", data)
    notices.tell([found.person_id], news, at)
