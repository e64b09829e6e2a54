"""The last word on who sits where: both sides seated in turn, and nobody with somebody forbidden. Pure."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from academy.mentoring.composition.annealing import Limits, Warm, seen, worth
from academy.mentoring.composition.board import NOWHERE, Board, Flags, Floats, Half, Places
from academy.mentoring.composition.seating import Counts, Seats, seated, seated_from

FORBIDDEN = 1e6
STAYING = 1e5
"""Lost for each forbidden pair in a session; won for staying where one was. Both count more than worth."""
MANY = 9
CALM = 0.5
TURNS = 12
SPARED = 0.01
"""In a larger table, so few who find no calm chair are left out at once: asking everybody takes a minute."""
SMALL = 120_000
"""Cells of a table (people by seats) up to which everybody is asked again until nothing improves."""


class Side(NamedTuple):
    """One side when sessions are open: where each may sit, and was before; who is held where they are."""

    half: Half
    open_to: Flags
    limits: Limits
    most: int
    before: Places
    held: Flags

    def seats(self, others: csr_array) -> Seats:
        """In each session about as many as of the other side."""
        load = np.rint(np.asarray(others.sum(axis=0)).ravel())
        least, usual = (each.astype(np.intp) for each in self.limits.beside(load))
        return Seats(least, usual, np.full(len(load), self.most))

    @property
    def staying(self) -> Floats:
        return STAYING * spread(self.before, self.open_to.shape[1]).toarray()


class Score(NamedTuple):
    """What is better is larger."""

    seated: int
    quiet: int
    stayed: int
    worth: float


class Seating(NamedTuple):
    mentors: Places
    mentees: Places


def spread(places: Places, sessions: int) -> csr_array:
    """Places as chances: 1 where somebody sits."""
    people = np.nonzero(places != NOWHERE)[0]
    ones = np.ones(len(people), dtype=np.float32)
    return csr_array((ones, (people, places[people])), shape=(len(places), sessions))


def quality(board: Board, seating: Seating, sessions: int) -> tuple[int, float]:
    """How many are seated, and what a meeting is worth."""
    first, second = (spread(each, sessions) for each in seating)
    offered, here = seen(board.mentors, first)
    wanted, there = seen(board.mentees, second)
    meetings = max(float(here @ there), 1e-9)
    return first.nnz + second.nnz, float(offered.multiply(wanted).sum()) / meetings


def settle(mentors: Side, mentees: Side, warm: Warm) -> Seating:
    """From chances to places without a forbidden pair."""
    average = _average(mentors, mentees, warm)
    first = _from(mentors, warm.mentors, warm.mentees, mentees.half, average)
    hard = spread(first, mentors.open_to.shape[1])
    found = Seating(first, _from(mentees, warm.mentees, hard, mentors.half, average))
    score = _score(mentors, mentees, found, average)
    people = max(side.half.people for side in (mentors, mentees))
    small = people * mentors.open_to.shape[1] * mentors.most
    if small > SMALL and score.quiet < 0:
        calm = _quiet(mentors, mentees, found)
        if _score(mentors, mentees, calm, average).seated >= (1 - SPARED) * score.seated:
            return calm
    for _ in range(TURNS if small <= SMALL or score.quiet < 0 else 0):
        better = _turn(mentors, mentees, found, average)
        value = _score(mentors, mentees, better, average)
        if value <= score:
            break
        found, score = better, value
    return _quiet(mentors, mentees, found) if score.quiet < 0 else found


def _average(mentors: Side, mentees: Side, warm: Warm) -> float:
    offered, here = seen(mentors.half, warm.mentors)
    wanted, there = seen(mentees.half, warm.mentees)
    return float(offered.multiply(wanted).sum()) / max(float(here @ there), 1e-9)


def _from(side: Side, mine: csr_array, others: csr_array, across: Half, average: float) -> Places:
    value = _value(side, others, across, average)
    calm = side.open_to & ((side.half.apart @ others).toarray() < CALM)
    return seated_from(mine.toarray(), calm, side.open_to, value, side.seats(others))


def _value(side: Side, others: csr_array, across: Half, average: float) -> Floats:
    table = worth(side.half, *seen(across, others), average, None, 0.0)
    return table - FORBIDDEN * _clashes(side.half, others) + side.staying


def _clashes(half: Half, others: csr_array) -> Floats:
    """How many of the other side each person must not meet in each session."""
    return np.minimum((half.apart @ others).toarray(), MANY)


def _turn(mentors: Side, mentees: Side, found: Seating, average: float) -> Seating:
    sessions = mentors.open_to.shape[1]
    first = _again(mentors, spread(found.mentees, sessions), mentees.half, average)
    return Seating(first, _again(mentees, spread(first, sessions), mentors.half, average))


def _again(side: Side, others: csr_array, across: Half, average: float) -> Places:
    return seated(side.open_to, _value(side, others, across, average), side.seats(others))


def _score(mentors: Side, mentees: Side, found: Seating, average: float) -> Score:
    sessions = mentors.open_to.shape[1]
    first, second = (spread(each, sessions) for each in found)
    offered, here = seen(mentors.half, first)
    wanted, there = seen(mentees.half, second)
    return Score(
        seated=int(first.nnz + second.nnz),
        quiet=-int((mentors.half.apart @ second).multiply(first).sum()),
        stayed=sum(
            int(((side.before == places) & (places != NOWHERE)).sum())
            for side, places in zip((mentors, mentees), found, strict=True)
        ),
        worth=round(float(offered.multiply(wanted).sum()) - average * float(here @ there), 3),
    )


def _quiet(mentors: Side, mentees: Side, found: Seating) -> Seating:
    """Whoever has most forbidden people around leaves, until none has any; then takes a free seat."""
    places = Seating(found.mentors.copy(), found.mentees.copy())
    sides, moved = (mentors, mentees), list[tuple[int, int]]()
    while True:
        loud = [_loud(sides[at], places, at) for at in (0, 1)]
        at = 0 if loud[0].max(initial=0) > loud[1].max(initial=0) else 1
        if not loud[at].max(initial=0) > 0:
            break
        person = int(loud[at].argmax())
        places[at][person] = NOWHERE
        moved.append((at, person))
    for at, person in moved:
        places[at][person] = _free(sides[at], places, at, person)
    return places


def _loud(side: Side, places: Seating, at: int) -> Floats:
    """Of each person, how many forbidden people sit in their session; less if they can sit nowhere else."""
    sessions = side.open_to.shape[1]
    around = side.half.apart @ spread(places[1 - at], sessions)
    mine = np.asarray(around.multiply(spread(places[at], sessions)).sum(axis=1)).ravel()
    weight = np.where(side.open_to.sum(axis=1) > 1, 1.0, 0.5)
    return np.where(side.held, 0.0, mine * weight)


def _free(side: Side, places: Seating, at: int, person: int) -> int:
    sessions = side.open_to.shape[1]
    clash = (side.half.apart[[person]] @ spread(places[1 - at], sessions)).toarray()[0]
    load: Counts = np.bincount(places[at][places[at] != NOWHERE], minlength=sessions)
    free = np.nonzero(side.open_to[person] & (clash == 0) & (load < side.most))[0]
    return int(free[load[free].argmin()]) if len(free) else NOWHERE
