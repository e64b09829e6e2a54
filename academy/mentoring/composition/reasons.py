"""Why somebody is in no session. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from academy.mentoring.composition.board import Board, Flags
from academy.mentoring.composition.pool import Candidate, Cell, Pool
from academy.mentoring.composition.telling import Why


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody without a session. For TOO_FEW: the cell where most could come, and how many of each side."""

    person: int
    why: Why
    cell: Cell | None = None
    mentors: int = 0
    mentees: int = 0


class Held(NamedTuple):
    """The sessions held: the cell of each, and how many of the person's side sit there."""

    cells: Sequence[int]
    load: Sequence[int]


def left_out(pool: Pool, board: Board, held: Held, side: int, at: int) -> LeftOut:
    """The reason for the person at this place of a side (0 mentors, 1 mentees)."""
    candidate = (pool.mentors, pool.mentees)[side][at]
    others = (pool.mentees, pool.mentors)[side]
    suits = (board.mentors, board.mentees)[side].suits[at]
    if not others:
        return LeftOut(candidate.number, Why.NOBODY)
    if not suits.any():
        return LeftOut(candidate.number, _unsuited(candidate, pool.cells))
    near = [number for number, cell in enumerate(held.cells) if suits[cell]]
    if not near:
        return _too_few(candidate, pool, board, suits)
    free = [number for number in near if held.load[number] < pool.sizes.most]
    return LeftOut(candidate.number, Why.NOT_POSSIBLE if free else Why.FULL)


def _unsuited(candidate: Candidate, cells: Sequence[Cell]) -> Why:
    if not any(cell.slot in candidate.slots for cell in cells):
        return Why.SLOT
    if not any(cell.place in candidate.places for cell in cells):
        return Why.PLACE
    if not any(cell.language in candidate.languages for cell in cells):
        return Why.LANGUAGE
    return Why.TOGETHER


def _too_few(candidate: Candidate, pool: Pool, board: Board, suits: Flags) -> LeftOut:
    able = [half.suits.sum(axis=0) for half in (board.mentors, board.mentees)]
    cells = np.nonzero(suits)[0]
    best = int(cells[np.minimum(*able)[cells].argmax()])
    return LeftOut(
        candidate.number, Why.TOO_FEW, pool.cells[best], int(able[0][best]), int(able[1][best])
    )
