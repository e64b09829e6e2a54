"""What stands on the organiser's pages of pairs."""

from dataclasses import dataclass

from academy.mentoring.pairs.models import Proposal
from academy.mentoring.pairs.proposing.queries import Bonded, Sketch, Turnout
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import LIVE


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody on a page; `number` is None for who left for good, and has no page."""

    number: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    label: object
    value: int
    best: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal beside others. `same_as`: another with the same pairs."""

    sketch: Sketch
    figures: tuple[Figure, ...]
    same_as: int | None


@dataclass(frozen=True, slots=True)
class Tie:
    """An order with its names."""

    bond: Bonded
    mentor: Who
    mentee: Who


@dataclass(frozen=True, slots=True)
class Overview:
    programme: Programme
    turnout: Turnout
    cards: tuple[Card, ...]
    older: tuple[Sketch, ...]
    orders: tuple[Tie, ...]
    mentors: tuple[Who, ...]
    mentees: tuple[Who, ...]
    working: int | None
    published: int | None
    stale: bool

    @property
    def open(self) -> bool:
        """May pairs still be proposed and wanted?"""
        return self.programme.state in LIVE and self.published is None

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(each.sketch.number for each in self.cards) + tuple(
            each.number for each in self.older
        )


@dataclass(frozen=True, slots=True)
class PairLine:
    mentor: Who
    mentee: Who
    mentor_said: str
    mentee_said: str
    topics: tuple[str, ...]
    pinned: bool


@dataclass(frozen=True, slots=True)
class ContestLine:
    people: tuple[Who, ...]
    candidates: tuple[Who, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Whole:
    """The page of one proposal. `pairs`: some of the `count` there are, by name; turn `turn` of `turns`."""

    programme: Programme
    proposal: Proposal
    published: int | None
    pairs: tuple[PairLine, ...]
    count: int
    turn: int
    turns: int
    alone_mentors: tuple[Who, ...]
    alone_mentees: tuple[Who, ...]
    tempted: tuple[PairLine, ...]
    contests: tuple[ContestLine, ...]
    figures: tuple[Figure, ...]

    @property
    def publishable(self) -> bool:
        return self.published is None and bool(self.count) and self.programme.state in LIVE


@dataclass(frozen=True, slots=True)
class Broken:
    """What would change if a pair were broken."""

    ended: tuple[tuple[Who, Who], ...]
    begun: tuple[tuple[Who, Who], ...]
    delta: tuple[tuple[object, int], ...]


@dataclass(frozen=True, slots=True)
class PairPage:
    programme: Programme
    proposal: Proposal
    published: int | None
    line: PairLine
    broken: Broken | None


@dataclass(frozen=True, slots=True)
class ElsewhereLine:
    who: Who
    why: object
    said: str
    said_back: str
    instead: tuple[Who, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    programme: Programme
    proposal: Proposal
    published: int | None
    who: Who
    mentor: bool
    partners: tuple[tuple[Who, str], ...]
    places_left: int
    elsewhere: tuple[ElsewhereLine, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What another proposal changes: for whom, and by how much."""

    programme: Programme
    before: Proposal
    after: Proposal
    ended: tuple[tuple[Who, Who], ...]
    begun: tuple[tuple[Who, Who], ...]
    figures: tuple[tuple[object, int, int], ...]
