"""What an order goes through, and what stands between somebody and a gift. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from academy.people.role_kinds import Role


class Kind(StrEnum):
    """A thing is handed over, a donation is made for somebody, a time is spent with somebody."""

    THING = "thing"
    DONATION = "donation"
    TIME = "time"


class State(StrEnum):
    ORDERED = "ordered"
    APPROVED = "approved"
    READY = "ready"
    HANDED = "handed"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Move(StrEnum):
    APPROVE = "approve"
    REFUSE = "refuse"
    PREPARE = "prepare"
    HAND = "hand"
    CANCEL = "cancel"
    EXPIRE = "expire"


HANDS = (Role.HOST, Role.HR, Role.ADMIN)
KEEPS = (Role.HR, Role.ADMIN)
"""Who prepares and hands over; who also decides, fills the shelves and reads the report."""

LIVE = (State.ORDERED, State.APPROVED, State.READY)
REFUNDED = (State.REFUSED, State.CANCELLED, State.EXPIRED)
LEGAL: Mapping[Move, tuple[tuple[State, ...], State]] = {
    Move.APPROVE: ((State.ORDERED,), State.APPROVED),
    Move.REFUSE: ((State.ORDERED, State.APPROVED), State.REFUSED),
    Move.PREPARE: ((State.APPROVED,), State.READY),
    Move.HAND: ((State.APPROVED, State.READY), State.HANDED),
    Move.CANCEL: (LIVE, State.CANCELLED),
    Move.EXPIRE: ((State.READY,), State.EXPIRED),
}
DECISIONS = frozenset({Move.APPROVE, Move.REFUSE})
"""For who keeps the shop; the rest of the desk's moves are for whoever hands over."""
AT_THE_DESK = (Move.APPROVE, Move.PREPARE, Move.HAND, Move.REFUSE)

TO_COLLECT = timedelta(days=30)
AHEAD = timedelta(days=7)
"""An order that was ready expires after TO_COLLECT, and never sooner than AHEAD after it was announced."""


def moved(state: State, how: Move) -> State | None:
    """Where the order stands after that; None when it does not follow."""
    before, after = LEGAL[how]
    return after if state in before else None


def moves_from(state: State) -> tuple[Move, ...]:
    """What the desk may do next, the usual one first."""
    return tuple(how for how in AT_THE_DESK if state in LEGAL[how][0])


class Obstacle(StrEnum):
    """Why somebody cannot order a gift now."""

    AWAY = "away"
    GONE = "gone"
    ENOUGH = "enough"
    BUDGET = "budget"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a gift asks. `left`, `per_person` and `entity` are None where nothing bounds them."""

    on_shelf: bool
    opens_on: date
    closes_on: date | None
    entity: int | None
    price: int
    cost: int
    left: int | None
    per_person: int | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody before the shelf: where they work, what they have, what they took of this gift already.

    `budget` is what their entity may still spend, None where no budget was set.
    """

    places: frozenset[int]
    purse: int
    took: int
    budget: int | None


def concerns(terms: Terms, places: frozenset[int], today: date) -> bool:
    """Is the gift on the shelf of somebody who works there, on that day?"""
    in_time = terms.opens_on <= today and (terms.closes_on is None or today <= terms.closes_on)
    return terms.on_shelf and in_time and (terms.entity is None or terms.entity in places)


def obstacle(terms: Terms, buyer: Buyer, today: date) -> Obstacle | None:
    """The first thing in the way; None when the gift is theirs for the asking."""
    hindrances = (
        (Obstacle.AWAY, not concerns(terms, buyer.places, today)),
        (Obstacle.GONE, terms.left is not None and terms.left <= 0),
        (Obstacle.ENOUGH, terms.per_person is not None and buyer.took >= terms.per_person),
        (Obstacle.BUDGET, buyer.budget is not None and terms.cost > buyer.budget),
        (Obstacle.SHORT, buyer.purse < terms.price),
    )
    return next((each for each, stands in hindrances if stands), None)
