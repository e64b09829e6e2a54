"""Who may take part, where and when sessions can be held, and what they should look like. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from academy.mentoring.nonsense import refuse_twice, refuse_unless

Pair: TypeAlias = tuple[int, int]
"""A mentor and a mentee, in that order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of one side.

    `slots`: when they are free, as the numbers of slots that suit them and their time zone. `places`: where
    they can be; meeting remotely is a place. `topics`: what a mentor offers, or what a mentee wants, each
    with its weight. Sessions mix people of different `entity`.
    """

    number: int
    slots: frozenset[int]
    places: frozenset[str]
    languages: frozenset[str]
    topics: Mapping[str, int] = field(default_factory=dict)
    entity: int | None = None

    def __post_init__(self) -> None:
        refuse_unless(
            all(weight >= 0 for weight in self.topics.values()),
            f"a topic of {self.number} weighs less than nothing",
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A time, a place and a language for sessions.

    `most` of them can be held then and there, whatever their language, if that is limited.
    """

    slot: int
    place: str
    language: str
    most: int | None = None

    def __post_init__(self) -> None:
        refuse_unless(self.most is None or self.most >= 0, f"{self.most} sessions at once")

    def suits(self, candidate: Candidate) -> bool:
        """Whether they could be there, and speak."""
        return (
            self.slot in candidate.slots
            and self.place in candidate.places
            and self.language in candidate.languages
        )


@dataclass(frozen=True, slots=True)
class Sizes:
    """People of each side in a session: `wanted`, from `least` to `most`, which is never exceeded.

    A further session is opened only if all can have `fewest`; a pool that has fewer gets one session anyway.
    """

    least: int = 8
    wanted: int = 10
    most: int = 12
    fewest: int = 4

    def __post_init__(self) -> None:
        refuse_unless(
            1 <= self.fewest <= self.least <= self.wanted <= self.most,
            f"sizes of {self.least}, {self.wanted}, {self.most} and {self.fewest} contradict one another",
        )


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody, every cell, and every pair that must never sit in one session (vetoes, reporting lines).

    `mixing`: how much topic fit is given up to have a pair of different entities.
    """

    mentors: tuple[Candidate, ...]
    mentees: tuple[Candidate, ...]
    cells: tuple[Cell, ...]
    forbidden: frozenset[Pair] = frozenset()
    sizes: Sizes = Sizes()
    mixing: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        mentors, mentees = _numbers(self.mentors), _numbers(self.mentees)
        refuse_twice(mentors, "the mentors")
        refuse_twice(mentees, "the mentees")
        both = sorted(set(mentors) & set(mentees))
        refuse_unless(not both, f"{both} are mentors and mentees of the same pool")
        places = [(cell.slot, cell.place, cell.language) for cell in self.cells]
        refuse_unless(len(set(places)) == len(places), "the same cell is offered twice")
        refuse_unless(self.mixing >= 0, f"mixing weighs {self.mixing}")
        _refuse_turned(self.forbidden, set(mentors), set(mentees))


def _numbers(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    return tuple(each.number for each in candidates)


def _refuse_turned(pairs: Iterable[Pair], mentors: set[int], mentees: set[int]) -> None:
    """A pair written mentee first would be overlooked."""
    for first, second in pairs:
        turned = first in mentees or second in mentors or first == second
        refuse_unless(not turned, f"forbidden: ({first}, {second}) is not a mentor and a mentee")
