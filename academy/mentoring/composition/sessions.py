"""What composing gives: sessions, whoever is in none and why, and how good it is. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from academy.mentoring.composition.annealing import seen
from academy.mentoring.composition.board import NOWHERE, Board, Places
from academy.mentoring.composition.pool import Candidate, Cell, Pool
from academy.mentoring.composition.reasons import Held, LeftOut, left_out
from academy.mentoring.composition.settling import Seating, spread


@dataclass(frozen=True, slots=True)
class Session:
    """Who is invited where; `key` stays the same when sessions are composed again."""

    key: int
    cell: Cell
    mentors: tuple[int, ...]
    mentees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """`meetings`: pairs sharing a session; `fit`: their mean topic fit; `mixed`: share between entities."""

    sessions: tuple[Session, ...]
    left_out: tuple[LeftOut, ...]
    meetings: int
    fit: float
    mixed: float

    def session_of(self) -> dict[int, int]:
        """The key of each person's session."""
        return {
            person: each.key for each in self.sessions for person in (*each.mentors, *each.mentees)
        }


def composed(
    pool: Pool, board: Board, cells: Sequence[int], keys: Sequence[int], seating: Seating
) -> Composition:
    """The sessions in order of time, and the reasons of whoever is in none."""
    sessions = [
        Session(
            key,
            pool.cells[cell],
            _in(pool.mentors, seating[0], at),
            _in(pool.mentees, seating[1], at),
        )
        for at, (cell, key) in enumerate(zip(cells, keys, strict=True))
    ]
    sessions.sort(key=lambda each: (each.cell.slot, each.cell.place, each.cell.language, each.key))
    meetings = sum(len(each.mentors) * len(each.mentees) for each in sessions)
    fit, same = _figures(pool, board, seating, len(cells))
    return Composition(
        tuple(sessions),
        tuple(_out(pool, board, cells, seating)),
        meetings,
        fit / max(meetings, 1),
        1.0 - same / max(meetings, 1),
    )


def _in(candidates: Sequence[Candidate], places: Places, session: int) -> tuple[int, ...]:
    return tuple(candidates[int(at)].number for at in np.nonzero(places == session)[0])


def _figures(pool: Pool, board: Board, seating: Seating, sessions: int) -> tuple[float, float]:
    """Topic fit of all meetings, and how many are between people of one entity."""
    offered, _ = seen(board.mentors, spread(seating.mentors, sessions))
    wanted, _ = seen(board.mentees, spread(seating.mentees, sessions))
    worth = float(offered.multiply(wanted).sum())
    same = _of_one_entity(pool, seating)
    return worth + pool.mixing * same, same


def _of_one_entity(pool: Pool, seating: Seating) -> int:
    found: dict[tuple[int, int | None], int] = {}
    for candidate, session in zip(pool.mentors, seating.mentors, strict=True):
        if session != NOWHERE and candidate.entity is not None:
            where = int(session), candidate.entity
            found[where] = found.get(where, 0) + 1
    return sum(
        found.get((int(session), candidate.entity), 0)
        for candidate, session in zip(pool.mentees, seating.mentees, strict=True)
        if candidate.entity is not None
    )


def _out(pool: Pool, board: Board, cells: Sequence[int], seating: Seating) -> Iterator[LeftOut]:
    for side, places in enumerate((seating.mentors, seating.mentees)):
        load = np.bincount(places[places != NOWHERE], minlength=len(cells))
        held = Held(cells, [int(each) for each in load])
        for at in np.nonzero(places == NOWHERE)[0]:
            yield left_out(pool, board, held, side, int(at))
