"""Further sessions for people who could come somewhere, but for whom those opened have no seat. Pure."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from academy.mentoring.composition.board import Board, Flags
from academy.mentoring.composition.opening import full
from academy.mentoring.composition.pool import Pool

TRIES = 3


def with_rescues(pool: Pool, board: Board, cells: Sequence[int]) -> list[int]:
    """The cells, and more of them as long as each gives a seat to somebody who had none."""
    found = list(cells)
    lacking = without_seat(pool, board, found)
    while any(each.any() for each in lacking):
        for cell in _likely(pool, board, found, lacking):
            after = without_seat(pool, board, [*found, cell])
            if _count(after) < _count(lacking):
                found.append(cell)
                lacking = after
                break
        else:
            break
    return found


def _count(lacking: tuple[Flags, Flags]) -> int:
    return sum(int(each.sum()) for each in lacking)


def without_seat(pool: Pool, board: Board, cells: Sequence[int]) -> tuple[Flags, Flags]:
    """Who of each side is left when as many as possible are seated, of those who suit some cell."""
    first, second = (
        half.suits.any(axis=1) & ~_seated(half.suits[:, list(cells)], pool.sizes.most)
        for half in (board.mentors, board.mentees)
    )
    return first, second


def _seated(open_to: Flags, most: int) -> Flags:
    """By a maximum flow: a source, people, sessions, a sink."""
    people, sessions = open_to.shape
    seated = np.zeros(people, dtype=np.bool_)
    if not sessions or not people:
        return seated
    person, session = np.nonzero(open_to)
    tails = np.concatenate([np.zeros(people), 1 + person, 1 + people + np.arange(sessions)])
    sink = 1 + people + sessions
    heads = np.concatenate([1 + np.arange(people), 1 + people + session, np.full(sessions, sink)])
    room = np.concatenate([np.ones(people + len(person)), np.full(sessions, most)])
    network = csr_array(
        (room.astype(np.int32), (tails.astype(int), heads.astype(int))), (sink + 1,) * 2
    )
    flow = maximum_flow(network, 0, sink).flow
    seated[:] = flow[[0], 1 : people + 1].toarray()[0] > 0
    return seated


def _likely(
    pool: Pool, board: Board, cells: Sequence[int], lacking: tuple[Flags, Flags]
) -> list[int]:
    """Where a session makes sense: first where it suits most people without a seat; others may make room."""
    halves = board.mentors, board.mentees
    able = np.array([half.suits.sum(axis=0) for half in halves])
    theirs = np.array(
        [half.suits[each].sum(axis=0) for half, each in zip(halves, lacking, strict=True)]
    )
    fewest = pool.sizes.fewest if cells else 1
    sound = (able >= fewest).all(axis=0)
    if cells and not _enough(pool, board, len(cells) + 1):
        sound &= (theirs >= fewest).all(axis=0)
    sound &= np.array([not full(pool, cells, cell) for cell in range(len(pool.cells))], dtype=bool)
    seats = np.minimum(theirs, pool.sizes.most)
    order = np.lexsort((able.min(axis=0), seats.min(axis=0), seats.sum(axis=0)))[::-1]
    return [int(cell) for cell in order if sound[cell]][:TRIES]


def _enough(pool: Pool, board: Board, sessions: int) -> bool:
    """Whether so many sessions could have the fewest people they need, on either side."""
    fewer = min(int(half.suits.any(axis=1).sum()) for half in (board.mentors, board.mentees))
    return fewer >= pool.sizes.fewest * sessions
