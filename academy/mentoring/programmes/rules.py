"""Who may mentor and who may be mentored, when a call is open, what may follow what. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from academy.people.roles.rules import A_YEAR, months_later

MOST_TOPICS: Final = 12
MOST_WISHES: Final = 3
MOST_MENTEES: Final = 5
REMOTE: Final = "remote"
TRAINING: Final = "mentors"
"""The track that trains mentors before their first meeting."""
HALVES: Final = ("am", "pm")
WEEKDAYS: Final = range(5)
SLOTS: Final = tuple(f"{weekday}-{half}" for weekday in WEEKDAYS for half in HALVES)


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"


class Move(StrEnum):
    """What an organiser does to a programme, as it stands in the address."""

    OPEN = "open"
    CLOSE = "close"
    END = "end"


class Side(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


LEGAL: Final[Mapping[Move, tuple[frozenset[State], State]]] = {
    Move.OPEN: (frozenset({State.DRAFT, State.CLOSED}), State.OPEN),
    Move.CLOSE: (frozenset({State.OPEN}), State.CLOSED),
    Move.END: (frozenset({State.CLOSED}), State.ENDED),
}
LIVE: Final = (State.OPEN, State.CLOSED)
TEACH: Final = (Side.MENTOR, Side.BOTH)
LEARN: Final = (Side.MENTEE, Side.BOTH)


@dataclass(frozen=True, slots=True)
class Terms:
    """Zero years: no condition. People of `mentor_jobs` are mentors unless they say otherwise."""

    mentor_years: int
    mentor_jobs: frozenset[str]
    mentee_years: int
    both: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """`job` is None without a posting."""

    joined_on: date
    job: str | None


def moved(state: State, move: Move) -> State | None:
    """The state after this move; None when it is not legal from here."""
    before, after = LEGAL[move]
    return after if state in before else None


def moves_from(state: State) -> tuple[Move, ...]:
    return tuple(move for move in Move if moved(state, move))


def takes_volunteers(state: State, opens_on: date, closes_on: date, today: date) -> bool:
    """Both days of the call count."""
    return state is State.OPEN and opens_on <= today <= closes_on


def expected(terms: Terms, who: Colleague) -> bool:
    """Is this person a mentor by default?"""
    return who.job in terms.mentor_jobs


def sides(terms: Terms, who: Colleague, today: date) -> tuple[Side, ...]:
    """What this person may be in the programme."""
    recent = who.joined_on > _years_before(today, terms.mentor_years)
    mentor = terms.mentor_years == 0 or recent or expected(terms, who)
    mentee = who.joined_on <= _years_before(today, terms.mentee_years) or terms.mentee_years == 0
    allowed = [(Side.MENTOR, mentor), (Side.MENTEE, mentee)]
    allowed.append((Side.BOTH, terms.both and mentor and mentee))
    return tuple(side for side, may in allowed if may)


def foremost(weights: Mapping[str, int], known: Iterable[str]) -> tuple[str, ...]:
    """The topics with most weight, at most three; none without any; ties as they stand."""
    weighty = [topic for topic in known if weights.get(topic, 0) > 0]
    return tuple(sorted(weighty, key=lambda topic: -weights[topic])[:MOST_WISHES])


def _years_before(today: date, years: int) -> date:
    return months_later(today, -A_YEAR * years)
