"""What a campaign may become, whom it takes, and when each person's deadline falls. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from academy.people.calendar import A_DAY, Span

REMINDERS: Final = (30, 14, 7, 3, 1)
"""Days before the deadline on which one may be reminded."""
MOST_GRACE: Final = 60
MOST_MINUTES: Final = 60
LONGEST: Final = timedelta(days=366)


class State(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    RUNNING = "running"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What human resources do to a campaign, as it stands in the address."""

    ANNOUNCE = "announce"
    END = "end"
    WITHDRAW = "withdraw"


LIVE: Final = (State.ANNOUNCED, State.RUNNING)
SHOWN: Final = (State.ANNOUNCED, State.RUNNING, State.ENDED)
"""What people see of campaigns that concern them."""
FROM: Final[Mapping[Move, frozenset[State]]] = {
    Move.ANNOUNCE: frozenset({State.DRAFT}),
    Move.END: frozenset({State.RUNNING}),
    Move.WITHDRAW: frozenset({State.ANNOUNCED, State.RUNNING}),
}


class GoalKind(StrEnum):
    PASSPORT = "passport"
    VISA = "visa"
    TRACK = "track"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Goal:
    """`key` is the award to hold: the passport, a visa, that of a track. `days` are for minutes alone."""

    kind: GoalKind
    key: str = ""
    days: int = 0

    @property
    def said(self) -> str:
        """As it stands in a form."""
        return (
            self.kind
            if self.kind in (GoalKind.PASSPORT, GoalKind.MINUTES)
            else f"{self.kind}:{self.key}"
        )


_LISTS: Final = ("jobs", "countries", "languages", "contracts", "shifts")


@dataclass(frozen=True, slots=True)
class Population:
    """Whom a campaign or a wave takes: every condition holds, an empty one asks nothing.

    `entities` are roots, each with all under it. Both days of arrival count.
    """

    entities: tuple[int, ...] = ()
    jobs: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    joined_from: date | None = None
    joined_until: date | None = None
    contracts: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """As it is written down, but for the entities, which are rows."""
        days = (self.joined_from, self.joined_until)
        first, last = (day.isoformat() if day else None for day in days)
        lists = {name: list(getattr(self, name)) for name in _LISTS}
        return {**lists, "joined_from": first, "joined_until": last}


def population(kept: Mapping[str, Any], entities: Iterable[int]) -> Population:
    """What `Population.kept` wrote down."""
    first, last = (
        date.fromisoformat(kept[name]) if kept.get(name) else None
        for name in ("joined_from", "joined_until")
    )
    lists: dict[str, Any] = {name: tuple(kept.get(name, ())) for name in _LISTS}
    return Population(tuple(sorted(entities)), joined_from=first, joined_until=last, **lists)


def moved(state: State, move: Move, starts_on: date, today: date) -> State | None:
    """The state after this move; None when it is not legal from here."""
    if state not in FROM[move]:
        return None
    if move is Move.ANNOUNCE:
        return State.RUNNING if starts_on <= today else State.ANNOUNCED
    return State.ENDED if move is Move.END else State.WITHDRAWN


def moves_from(state: State) -> tuple[Move, ...]:
    return tuple(move for move in Move if state in FROM[move])


def own_deadline(starts_on: date, due_on: date, leave: Iterable[Span]) -> date:
    """The deadline of somebody with this leave: as many days that are not leave as everybody has.

    Days of leave move it on, one by one; it never falls on one.
    """
    days = (due_on - starts_on).days + 1
    day = starts_on
    for away in _apart(leave):
        if away.last < day:
            continue
        before = max(0, (away.first - day).days)
        if before >= days:
            break
        days, day = days - before, away.last + A_DAY
    return day + (days - 1) * A_DAY


def reminder(days: Collection[int], due_on: date, last: int | None, today: date) -> int | None:
    """The reminder that is due and was not given: the nearest to the deadline. None once it is over."""
    if today > due_on:
        return None
    due = (each for each in days if due_on - each * A_DAY <= today)
    nearest = min(due, default=None)
    return nearest if nearest is not None and (last is None or nearest < last) else None


def _apart(leave: Iterable[Span]) -> list[Span]:
    """In order, those that overlap joined."""
    found: list[Span] = []
    for each in sorted(leave):
        if found and each.first <= found[-1].last + A_DAY:
            found[-1] = Span(found[-1].first, max(found[-1].last, each.last))
        else:
            found.append(each)
    return found
