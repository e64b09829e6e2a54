"""What goes into a pairing: people of two sides, their wishes, who met whom, what the organiser decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Pair = tuple[int, int]
"""A mentor and a mentee, by their numbers, in this order."""


class Unlisted(StrEnum):
    """What it means to leave somebody met out of one's list."""

    FINE = "fine"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person said of those met: groups of equals, best first, and vetoes. Blank is allowed."""

    ranked: tuple[tuple[int, ...], ...] = ()
    vetoed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, ranks: Mapping[int, int], vetoed: Iterable[int] = ()) -> "Wishes":
        """From a rank given to each: the same number twice is a tie, holes do not matter."""
        groups: dict[int, list[int]] = {}
        for person, rank in ranks.items():
            groups.setdefault(rank, []).append(person)
        ranked = tuple(tuple(sorted(groups[rank])) for rank in sorted(groups))
        return cls(ranked, frozenset(vetoed))


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody on one side, with as many places as people they can take."""

    key: int
    wishes: Wishes = Wishes()
    capacity: int = 1


@dataclass(frozen=True, slots=True)
class Pool:
    """Two sides. `met` None: everybody met everybody. `barred`: a reporting line, or the like, either way.

    `fit` is what two people have in common, in whole points; a pair left out has none. Somebody met, not
    ranked and not vetoed is fine (the last group of equals), unless `unlisted` says refused.
    """

    mentors: tuple[Participant, ...]
    mentees: tuple[Participant, ...]
    met: frozenset[Pair] | None = None
    barred: frozenset[Pair] = frozenset()
    fit: Mapping[Pair, int] = field(default_factory=dict)
    unlisted: Unlisted = Unlisted.FINE


@dataclass(frozen=True, slots=True)
class Orders:
    """What the organiser decides: pairs that must be, that must not, and that may though they never met.

    To pin a pair opens it.
    """

    pinned: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    opened: frozenset[Pair] = frozenset()


NO_ORDERS = Orders()
