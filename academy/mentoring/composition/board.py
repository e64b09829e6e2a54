"""A pool as tables of numbers: who suits which cell, what each is worth to each, who must not meet. Pure.

The fit of a pair is a sum over topics of what one offers times what the other wants, less `mixing` if they
are of one entity: a product of two sparse rows. So what a session is worth to a person follows from the sum
of the rows of those it seats on the other side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from academy.mentoring.composition.pool import Candidate, Cell, Pool

Floats: TypeAlias = npt.NDArray[np.float32]
Flags: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.intp]
"""For each person the number of their session; NOWHERE for none."""

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Half:
    """One side: for each person a row of cells that suit, of traits, and of people to be kept apart from."""

    suits: Flags
    traits: csr_array
    apart: csr_array

    @property
    def people(self) -> int:
        return len(self.suits)


@dataclass(frozen=True, slots=True)
class Board:
    mentors: Half
    mentees: Half


def board_of(pool: Pool) -> Board:
    """The product of a mentor's traits and a mentee's is their fit, mixing taken off."""
    topics = _numbered(each.topics for each in (*pool.mentors, *pool.mentees))
    entities = _numbered(
        [each.entity] for each in (*pool.mentors, *pool.mentees) if each.entity is not None
    )
    apart = _apart(pool)
    offered = _traits(pool.mentors, topics, entities, 1)
    wanted = _traits(pool.mentees, topics, entities, -pool.mixing)
    return Board(
        Half(_suits(pool.mentors, pool.cells), offered, apart),
        Half(_suits(pool.mentees, pool.cells), wanted, csr_array(apart.T)),
    )


def _numbered(lists: Iterable[Iterable[object]]) -> dict[object, int]:
    found: dict[object, int] = {}
    for each in lists:
        for thing in each:
            found.setdefault(thing, len(found))
    return found


def _traits(
    candidates: Sequence[Candidate],
    topics: dict[object, int],
    entities: dict[object, int],
    same: int,
) -> csr_array:
    rows, columns, values = list[int](), list[int](), list[float]()
    for at, candidate in enumerate(candidates):
        for topic, weight in candidate.topics.items():
            rows.append(at)
            columns.append(topics[topic])
            values.append(weight)
        if candidate.entity is not None:
            rows.append(at)
            columns.append(len(topics) + entities[candidate.entity])
            values.append(same)
    shape = len(candidates), len(topics) + len(entities)
    return csr_array((np.array(values, dtype=np.float32), (rows, columns)), shape=shape)


def _apart(pool: Pool) -> csr_array:
    """1 for each forbidden pair of the pool."""
    mentors = {each.number: at for at, each in enumerate(pool.mentors)}
    mentees = {each.number: at for at, each in enumerate(pool.mentees)}
    known = sorted(pair for pair in pool.forbidden if pair[0] in mentors and pair[1] in mentees)
    places = [mentors[pair[0]] for pair in known], [mentees[pair[1]] for pair in known]
    return csr_array(
        (np.ones(len(known), dtype=np.float32), places), shape=(len(mentors), len(mentees))
    )


def _suits(candidates: Sequence[Candidate], cells: Sequence[Cell]) -> Flags:
    table = np.ones((len(candidates), len(cells)), dtype=np.bool_)
    for mine, theirs in (
        ([each.slots for each in candidates], [cell.slot for cell in cells]),
        ([each.places for each in candidates], [cell.place for cell in cells]),
        ([each.languages for each in candidates], [cell.language for cell in cells]),
    ):
        columns = {thing: at for at, thing in enumerate(dict.fromkeys(theirs))}
        has = np.zeros((len(candidates), len(columns)), dtype=np.bool_)
        for row, things in enumerate(mine):
            has[row, [columns[thing] for thing in things if thing in columns]] = True
        table &= has[:, [columns[thing] for thing in theirs]]
    return table
