"""What is kept of a search, to show later that it was fair: what went in, by which rule, what came out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from academy.mentoring.pairing import satisfying
from academy.mentoring.pairing.figures import Figures, Level, Policy
from academy.mentoring.pairing.pool import Orders, Pair, Participant, Pool, Unlisted, Wishes
from academy.mentoring.pairing.proposal import Proposal
from academy.mentoring.pairing.wide import Engine

VERSION = 1
"""Grows whenever the same inputs could give other pairs."""


@dataclass(frozen=True, slots=True)
class Record:
    """One search. `digest` is of the inputs, as `inputs` writes them."""

    digest: str
    solver: str
    policy: Policy
    sought: tuple[Level, ...]
    seed: int
    figures: Figures
    proven: tuple[Level, ...]
    bound: int | None
    pairs: tuple[Pair, ...]

    @property
    def optimal(self) -> bool:
        """Nothing could have been better, at any level."""
        return self.proven == self.sought

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "digest": self.digest,
            "solver": self.solver,
            "policy": self.policy.value,
            "sought": [level.value for level in self.sought],
            "seed": self.seed,
            "figures": asdict(self.figures),
            "vector": list(self.figures.vector(self.sought)),
            "proven": [level.value for level in self.proven],
            "bound": self.bound,
            "optimal": self.optimal,
            "pairs": [list(pair) for pair in self.pairs],
        }


def record(
    pool: Pool,
    orders: Orders,
    proposal: Proposal,
    earlier: frozenset[Pair] = frozenset(),
    engine: Engine = Engine.HIGHS,
) -> Record:
    """Everything to keep beside the inputs. `engine`: which one looked, for a large pool."""
    return Record(
        digest(inputs(pool, orders, earlier)),
        solver(engine),
        proposal.policy,
        proposal.sought,
        proposal.seed,
        proposal.figures,
        proposal.proven,
        proposal.bound,
        tuple(sorted(proposal.pairs)),
    )


def solver(engine: Engine = Engine.HIGHS) -> str:
    """What computed, with its version."""
    found = f"pairing {VERSION}, scipy {version('scipy')}"
    return f"{found}, ortools {satisfying.version()}" if engine is Engine.ORTOOLS else found


def digest(packed: Mapping[str, Any]) -> str:
    """The same for the same inputs, whatever order they came in."""
    text = json.dumps(packed, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def inputs(pool: Pool, orders: Orders, earlier: frozenset[Pair] = frozenset()) -> dict[str, Any]:
    """All that went in, ready for JSON; `restored` reads it back."""
    return {
        "mentors": _people(pool.mentors),
        "mentees": _people(pool.mentees),
        "met": None if pool.met is None else _pairs(pool.met),
        "barred": _pairs(pool.barred),
        "fit": [[*pair, points] for pair, points in sorted(pool.fit.items())],
        "unlisted": pool.unlisted.value,
        "pinned": _pairs(orders.pinned),
        "forbidden": _pairs(orders.forbidden),
        "opened": _pairs(orders.opened),
        "earlier": _pairs(earlier),
    }


def restored(packed: Mapping[str, Any]) -> tuple[Pool, Orders, frozenset[Pair]]:
    """A pool, orders and an earlier proposal as they went in: to search again."""
    pool = Pool(
        _participants(packed["mentors"]),
        _participants(packed["mentees"]),
        None if packed["met"] is None else _unpaired(packed["met"]),
        _unpaired(packed["barred"]),
        {(one, other): points for one, other, points in packed["fit"]},
        Unlisted(packed["unlisted"]),
    )
    orders = Orders(*(_unpaired(packed[name]) for name in ("pinned", "forbidden", "opened")))
    return pool, orders, _unpaired(packed["earlier"])


def _people(side: tuple[Participant, ...]) -> list[dict[str, Any]]:
    return [
        {
            "key": person.key,
            "ranked": [sorted(group) for group in person.wishes.ranked],
            "vetoed": sorted(person.wishes.vetoed),
            "capacity": person.capacity,
        }
        for person in sorted(side, key=lambda person: person.key)
    ]


def _participants(people: Iterable[Mapping[str, Any]]) -> tuple[Participant, ...]:
    return tuple(
        Participant(
            person["key"],
            Wishes(tuple(map(tuple, person["ranked"])), frozenset(person["vetoed"])),
            person["capacity"],
        )
        for person in people
    )


def _pairs(pairs: Iterable[Pair]) -> list[list[int]]:
    return [list(pair) for pair in sorted(pairs)]


def _unpaired(pairs: Iterable[Iterable[int]]) -> frozenset[Pair]:
    return frozenset((one, other) for one, other in pairs)
