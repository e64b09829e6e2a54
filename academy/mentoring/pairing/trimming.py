"""Pairs that no stable choice holds, and that tempt nobody in any: without them a large pool is small."""

import numpy as np

from academy.mentoring.pairing.table import Marks, Numbers, Side, Table


def part(table: Table, rows: Numbers, left: Numbers, right: Numbers) -> Table:
    """The same people with these possible pairs only, and these places."""
    mentors, mentees = table.mentors, table.mentees
    return Table(
        Side(mentors.keys, left, mentors.at[rows], mentors.rank[rows]),
        Side(mentees.keys, right, mentees.at[rows], mentees.rank[rows]),
        table.fit[rows],
        table.pinned[rows],
        {},
    )


def beside_pins(table: Table) -> tuple[Table, Numbers]:
    """What is left to decide once the pins are made, and its rows in the table."""
    left, right = _left(table.mentors, table.pinned), _left(table.mentees, table.pinned)
    free = ~table.pinned & (left[table.mentors.at] > 0) & (right[table.mentees.at] > 0)
    rows = np.flatnonzero(free)
    return part(table, rows, left, right), rows


def trim(table: Table) -> tuple[Table, Numbers]:
    """The table without pairs that cannot matter, and the rows that are left.

    Who is among the few that somebody would always have a place for is left out only by one who is full with
    people liked as well: whoever such a person likes less is out of the question. Again, until nothing moves.
    """
    alive = np.ones(table.size, dtype=np.bool_)
    while True:
        before = int(alive.sum())
        _shorten(table.mentors, table.mentees, alive)
        _shorten(table.mentees, table.mentors, alive)
        if int(alive.sum()) == before:
            break
    rows = np.flatnonzero(alive)
    return part(table, rows, table.mentors.places, table.mentees.places), rows


def _left(side: Side, pinned: Marks) -> Numbers:
    return side.places - np.bincount(side.at[pinned], minlength=len(side.keys))


def _shorten(askers: Side, asked: Side, alive: Marks) -> None:
    """Strike from the lists of `asked` all who are worse than enough sure askers."""
    rows = np.flatnonzero(alive)
    sure = rows[_sure(askers, rows)]
    sure = sure[np.lexsort((asked.rank[sure], asked.at[sure]))]
    count = np.bincount(asked.at[sure], minlength=len(asked.keys))
    enough = np.flatnonzero((count >= asked.places) & (asked.places > 0))
    last = np.cumsum(count)[enough] - count[enough] + asked.places[enough] - 1
    limit = np.full(len(asked.keys), np.iinfo(np.int64).max)
    limit[enough] = asked.rank[sure[last]]
    alive &= asked.rank <= limit[asked.at]


def _sure(side: Side, rows: Numbers) -> Marks:
    """Rows whose person has a place for everybody ranked at least so well."""
    order = np.lexsort((side.rank[rows], side.at[rows]))
    person, rank = side.at[rows][order], side.rank[rows][order]
    new = np.ones(len(rows) + 1, dtype=np.bool_)
    new[1:-1] = (person[1:] != person[:-1]) | (rank[1:] != rank[:-1])
    starts = np.flatnonzero(new)
    ends = np.repeat(starts[1:], np.diff(starts))
    first = np.searchsorted(person, np.arange(len(side.keys)))
    sure = np.empty(len(rows), dtype=np.bool_)
    sure[order] = ends - first[person] <= side.places[person]
    return sure
