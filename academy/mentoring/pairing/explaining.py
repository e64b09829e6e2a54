"""Why these pairs: for the organiser. Vetoes and reporting lines look the same, and nobody sees whose."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from academy.mentoring.pairing.figures import FREE, blocking, worst_held
from academy.mentoring.pairing.pool import NO_ORDERS, Orders, Pair, Participant, Pool
from academy.mentoring.pairing.proposal import Proposal
from academy.mentoring.pairing.table import Numbers, Side, Table, tabulate


class Why(StrEnum):
    """Why somebody ranked better is not the partner."""

    PREFERS = "prefers those they have"
    FULL = "likes those they have as much, and has no place left"
    PINNED = "a pair was pinned"
    BOTH_WOULD = "both would rather have each other"
    NOT_POSSIBLE = "not possible"


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody ranked better than a partner, or than nobody: both ranks, those they have instead.

    Of what is not possible nothing is told but the name.
    """

    candidate: int
    why: Why
    rank: int | None = None
    rank_back: int | None = None
    instead: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """What somebody got: partners with the rank given to each, places left, all they would rather have."""

    person: int
    partners: tuple[tuple[int, int], ...]
    places_left: int
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A pair, the rank each gives the other, and what they have in common."""

    pair: Pair
    mentor_rank: int
    mentee_rank: int
    fit: int
    pinned: bool
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Temptation:
    """Two people who would both rather have each other: from which rank to which (None: from nobody)."""

    pair: Pair
    mentor: tuple[int | None, int]
    mentee: tuple[int | None, int]


class Reading:
    """One proposal beside the pool and the orders it was made for."""

    def __init__(self, pool: Pool, proposal: Proposal, orders: Orders = NO_ORDERS) -> None:
        self._pool = pool
        self._table = tabulate(pool, orders)
        self._chosen = self._table.chosen(proposal.pairs)
        self._blocking = blocking(self._table, self._chosen)
        mentors = _View(self._table, self._table.mentors, self._table.mentees, self._chosen)
        mentees = _View(self._table, self._table.mentees, self._table.mentors, self._chosen)
        self._views = {person.key: (person, mentors, mentees) for person in pool.mentors}
        self._views |= {person.key: (person, mentees, mentors) for person in pool.mentees}

    def made(self, topics: Mapping[Pair, tuple[str, ...]] | None = None) -> tuple[Made, ...]:
        """Every pair, with the topics both share, if given."""
        table, shared = self._table, topics or {}
        rows = {pair: table.rows[pair] for pair in sorted(table.pairs(self._chosen))}
        return tuple(
            Made(
                pair,
                int(table.mentors.rank[row]),
                int(table.mentees.rank[row]),
                int(table.fit[row]),
                bool(table.pinned[row]),
                shared.get(pair, ()),
            )
            for pair, row in rows.items()
        )

    def temptations(self) -> tuple[Temptation, ...]:
        """Every blocking pair, with what both would gain."""
        table = self._table
        mentors, mentees = (
            worst_held(side, self._chosen) for side in (table.mentors, table.mentees)
        )
        return tuple(
            Temptation(
                pair,
                (_held(mentors[table.mentors.at[row]]), int(table.mentors.rank[row])),
                (_held(mentees[table.mentees.at[row]]), int(table.mentees.rank[row])),
            )
            for pair, row in sorted(table.rows.items())
            if self._blocking[row]
        )

    def served(self, person: int) -> Served:
        """What somebody got, and every candidate they would rather have, best first, with the reason."""
        participant, mine, theirs = self._views[person]
        partners = mine.partners(person)
        wanted = [row for row in mine.rows(person) if mine.wanted(row) and row not in mine.chosen]
        missed = [self._missed(row, mine, theirs) for row in wanted]
        missed.sort(key=lambda each: (each.rank or 0, each.candidate))
        worst = FREE if len(partners) < participant.capacity else max(partners, key=_rank)[1]
        shut = self._shut(participant, mine, worst)
        missed += [Missed(candidate, Why.NOT_POSSIBLE) for candidate in sorted(shut)]
        return Served(person, partners, participant.capacity - len(partners), tuple(missed))

    def _missed(self, row: int, mine: "_View", theirs: "_View") -> Missed:
        candidate = mine.other.keys[mine.other.at[row]]
        has = theirs.partners(candidate)
        rank, back = int(mine.side.rank[row]), int(theirs.side.rank[row])
        if self._blocking[row]:
            pinned = self._table.pinned
            held = (*mine.held(row), *theirs.held(row))
            why = Why.PINNED if any(pinned[each] for each in held) else Why.BOTH_WOULD
        else:
            why = Why.PREFERS if back > max(each for _, each in has) else Why.FULL
        return Missed(candidate, why, rank, back, has)

    def _shut(self, person: Participant, mine: "_View", worst: int) -> set[int]:
        """Those met whom this person would rather have, or just have, and cannot."""
        possible = {mine.other.keys[mine.other.at[row]] for row in mine.rows(person.key)}
        if worst == FREE:
            return self._met(person.key) - possible
        better, shut = 1, set()
        for group in person.wishes.ranked:
            if better < worst:
                shut |= set(group) - possible
            better += len(group)
        return shut

    def _met(self, person: int) -> set[int]:
        if self._pool.met is not None:
            return {other for pair in self._pool.met for other in pair if person in pair} - {person}
        _, mine, _ = self._views[person]
        return set(mine.other.keys)


class _View:
    """The table from one side."""

    def __init__(self, table: Table, side: Side, other: Side, chosen: Numbers) -> None:
        self.side, self.other = side, other
        self.chosen = set(chosen.tolist())
        self._number = {key: number for number, key in enumerate(side.keys)}
        self._rows = side.pairs_of()
        self._worst = worst_held(side, chosen)

    def rows(self, person: int) -> list[int]:
        """Rows of a person's possible pairs."""
        rows: list[int] = self._rows[self._number[person]].tolist()
        return rows

    def wanted(self, row: int) -> bool:
        """The person of this row would rather have it than the worst they have."""
        return bool(self.side.rank[row] < self._worst[self.side.at[row]])

    def partners(self, person: int) -> tuple[tuple[int, int], ...]:
        """Whom a person has, with the rank given to each."""
        mine = (row for row in self.rows(person) if row in self.chosen)
        has = ((self.other.keys[self.other.at[row]], int(self.side.rank[row])) for row in mine)
        return tuple(sorted(has, key=lambda each: (each[1], each[0])))

    def held(self, row: int) -> list[int]:
        """Rows the person of this row has and likes less, when no place is free."""
        person = int(self.side.at[row])
        if self._worst[person] == FREE:
            return []
        rank = self.side.rank
        return [
            each for each in self._rows[person].tolist()
            if each in self.chosen and rank[each] > rank[row]
        ]  # fmt: skip


def _held(worst: int) -> int | None:
    return None if worst == FREE else int(worst)


def _rank(partner: tuple[int, int]) -> int:
    return partner[1]
