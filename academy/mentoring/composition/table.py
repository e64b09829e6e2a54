"""The sessions that are open, and who may sit where in them: what is annealed, then settled. Pure."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from academy.mentoring.composition.annealing import Bounds, Limits, Warm
from academy.mentoring.composition.board import NOWHERE, Board, Flags, Half, Places, board_of
from academy.mentoring.composition.opening import opened, wanted
from academy.mentoring.composition.pool import Candidate, Pool
from academy.mentoring.composition.sessions import Session
from academy.mentoring.composition.settling import Side
from academy.mentoring.composition.stranded import with_rescues
from academy.mentoring.nonsense import refuse_unless


class Table(NamedTuple):
    """`cells` and `keys` of the sessions; for each side where people were, and who is `held` there."""

    pool: Pool
    board: Board
    cells: tuple[int, ...]
    keys: tuple[int, ...]
    before: tuple[Places, Places]
    held: tuple[Flags, Flags]

    def half(self, side: int) -> Half:
        return (self.board.mentors, self.board.mentees)[side]

    def open_to(self, side: int) -> Flags:
        """In which sessions each may sit; those held, in theirs alone."""
        table = self.half(side).suits[:, list(self.cells)]
        held, here = self.held[side], self.before[side]
        table[held] = False
        table[held, here[held]] = True
        return table

    def bounds(self, side: int) -> Bounds:
        """The least and the most of a side in a session; or all who can come, if that is beyond."""
        able = [int(self.open_to(each).any(axis=1).sum()) for each in (0, 1)]
        sizes, sessions = self.pool.sizes, max(len(self.cells), 1)
        size = wanted(able[0], able[1], sizes)[side]
        least = min(size - sizes.wanted + sizes.least, able[side] // sessions)
        most = max(size - sizes.wanted + sizes.most, -(-able[side] // sessions))
        return max(least, 0), min(most, sizes.most)

    def side(self, side: int, staying: bool) -> Side:
        """As it is settled; `staying` for a reluctance to move."""
        limits = Limits(self.bounds(side), self.bounds(1 - side))
        before = self.before[side] if staying else np.full(self.half(side).people, NOWHERE)
        half, most = self.half(side), self.pool.sizes.most
        return Side(half, self.open_to(side), limits, most, before, self.held[side])

    def without(self, closed: Collection[int]) -> "Table":
        """The same without some sessions."""
        stays = [at for at in range(len(self.cells)) if at not in closed]
        number = np.full(len(self.cells) + 1, NOWHERE)
        number[stays] = np.arange(len(stays))
        return self._replace(
            cells=tuple(self.cells[at] for at in stays),
            keys=tuple(self.keys[at] for at in stays),
            before=(number[self.before[0]], number[self.before[1]]),
        )

    def empty(self) -> Warm:
        """Nobody anywhere."""
        sessions = len(self.cells)
        return Warm(
            *(csr_array((self.half(at).people, sessions), dtype=np.float32) for at in (0, 1))
        )


def laid(pool: Pool, kept: Sequence[Session], locked: Collection[int]) -> Table:
    """The sessions kept and those to add. Refuses locks that nobody can honour."""
    _refuse_loose(pool, kept, locked)
    board = board_of(pool)
    offered = {(cell.slot, cell.place, cell.language): at for at, cell in enumerate(pool.cells)}
    known = [each for each in kept if _where(each) in offered]
    already = [offered[_where(each)] for each in known]
    cells = with_rescues(pool, board, opened(pool, board, already))
    keys = [each.key for each in known]
    first = max((each.key for each in kept), default=0) + 1
    keys += range(first, first + len(cells) - len(keys))
    before = _before(pool.mentors, known), _before(pool.mentees, known)
    held = _held(pool.mentors, before[0], locked), _held(pool.mentees, before[1], locked)
    return Table(pool, board, tuple(cells), tuple(keys), before, held)


def _where(session: Session) -> tuple[int, str, str]:
    return session.cell.slot, session.cell.place, session.cell.language


def _before(candidates: Sequence[Candidate], sessions: Sequence[Session]) -> Places:
    number = {
        person: at for at, each in enumerate(sessions) for person in (*each.mentors, *each.mentees)
    }
    return np.array([number.get(each.number, NOWHERE) for each in candidates], dtype=np.intp)


def _held(candidates: Sequence[Candidate], before: Places, locked: Collection[int]) -> Flags:
    names = np.array([each.number in locked for each in candidates], dtype=np.bool_)
    return names & (before != NOWHERE)


def _refuse_loose(pool: Pool, kept: Sequence[Session], locked: Collection[int]) -> None:
    """Locks that contradict the pool or one another. Those of people who have left the pool are forgotten."""
    keys = [each.key for each in kept]
    refuse_unless(len(set(keys)) == len(keys), "two sessions have the same key")
    seats = [person for each in kept for person in (*each.mentors, *each.mentees)]
    refuse_unless(len(set(seats)) == len(seats), "somebody sits in two sessions")
    here = {each.number for each in (*pool.mentors, *pool.mentees)}
    loose = sorted((set(locked) & here) - set(seats))
    refuse_unless(not loose, f"{loose} are locked, but in no session")
    cells = {(cell.slot, cell.place, cell.language) for cell in pool.cells}
    for each in kept:
        held = set(locked) & here & {*each.mentors, *each.mentees}
        refuse_unless(
            not held or _where(each) in cells,
            f"{sorted(held)} are locked in session {each.key}, which is offered no longer",
        )
        _refuse_full(pool, each, held)


def _refuse_full(pool: Pool, session: Session, held: set[int]) -> None:
    for side in (session.mentors, session.mentees):
        refuse_unless(
            len(held & set(side)) <= pool.sizes.most,
            f"more people are locked in session {session.key} than it may seat",
        )
    apart = [pair for pair in pool.forbidden if held.issuperset(pair)]
    refuse_unless(not apart, f"{apart} are locked in session {session.key}, but must not meet")
