"""Whom to tell that orders wait for a decision, and of how many. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from academy.people.role_kinds import Role

A_WEEK = timedelta(days=7)
MOST_WEEKS = 99


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order nobody has decided: who ordered it, where they work and what is above, since when it waits."""

    number: int
    person_id: int | None
    way: Sequence[int]
    since: datetime


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who decides for an entity and all below it; everywhere without one."""

    person_id: int
    role: str
    entity_id: int | None


@dataclass(frozen=True, slots=True)
class Word:
    """So many orders wait; `turn` grows when one more has come, or another week has passed for the oldest."""

    orders: int
    turn: int


def words(
    orders: Iterable[Waiting], approvers: Iterable[Approver], at: datetime
) -> dict[int, Word]:
    """What each of them is told. Administrators hear of what nobody of human resources reaches.

    Nobody hears of their own order: a colleague decides.
    """
    approvers = tuple(approvers)
    staff = _by_place(each for each in approvers if each.role == Role.HR)
    keepers = _by_place(each for each in approvers if each.role != Role.HR)
    found: dict[int, list[Waiting]] = defaultdict(list)
    for order in orders:
        for person_id in _reaching(order, staff) or _reaching(order, keepers):
            found[person_id].append(order)
    return {person_id: _word(mine, at) for person_id, mine in found.items()}


def _by_place(approvers: Iterable[Approver]) -> Mapping[int | None, set[int]]:
    found: dict[int | None, set[int]] = defaultdict(set)
    for each in approvers:
        found[each.entity_id].add(each.person_id)
    return found


def _reaching(order: Waiting, approvers: Mapping[int | None, set[int]]) -> set[int]:
    there = set[int]().union(*(approvers.get(place, ()) for place in (None, *order.way)))
    return there - {order.person_id}


def _word(orders: Collection[Waiting], at: datetime) -> Word:
    newest = max(order.number for order in orders)
    weeks = (at - min(order.since for order in orders)) // A_WEEK
    return Word(len(orders), newest * (MOST_WEEKS + 1) + max(0, min(weeks, MOST_WEEKS)))
