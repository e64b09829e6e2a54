"""Who competes for whom, when not everybody can have somebody."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from academy.mentoring.pairing.assignment import lightest
from academy.mentoring.pairing.pool import NO_ORDERS, Orders, Pool
from academy.mentoring.pairing.table import Numbers, Side, Table, tabulate
from academy.mentoring.pairing.trimming import beside_pins, part


class Seeking(StrEnum):
    """Which side is short of partners."""

    MENTORS = "mentors"
    MENTEES = "mentees"


@dataclass(frozen=True, slots=True)
class Contest:
    """People who have together only these candidates, with so many places: some go without."""

    seeking: Seeking
    people: tuple[int, ...]
    candidates: tuple[int, ...]
    places: int

    @property
    def without(self) -> int:
        """How many of them can have nobody."""
        return len(self.people) - self.places


def contests(pool: Pool, orders: Orders = NO_ORDERS) -> tuple[Contest, ...]:
    """Why not everybody can be paired, on either side, pins being made; empty when everybody can.

    On the larger side somebody always goes without. Who has somebody by a pin seeks no more.
    """
    table = tabulate(pool, orders)
    rest, _ = beside_pins(table)
    found: list[Contest] = []
    for seeking, pinned, ours, theirs in (
        (Seeking.MENTEES, table.mentees, rest.mentees, rest.mentors),
        (Seeking.MENTORS, table.mentors, rest.mentors, rest.mentees),
    ):
        has = np.bincount(pinned.at[table.pinned], minlength=len(pinned.keys)) > 0
        found += _Search(seeking, rest, ours, theirs, np.flatnonzero(~has)).contests()
    return tuple(found)


class _Search:
    """From everybody left without: whom they could have, who has those, whom these could have instead..."""

    def __init__(
        self, seeking: Seeking, table: Table, ours: Side, theirs: Side, seekers: Numbers
    ) -> None:
        self.seeking, self.ours, self.theirs = seeking, ours, theirs
        one_each = np.zeros(len(ours.keys), dtype=np.int64)
        one_each[seekers] = 1
        places = (one_each, theirs.places)
        rows = np.flatnonzero(one_each[ours.at] > 0)
        mentors, mentees = places if seeking is Seeking.MENTORS else places[::-1]
        small = part(table, rows, mentors, mentees)
        made = rows[lightest(small, np.full(len(rows), -1, dtype=np.int64))]
        self.options: dict[int, set[int]] = {int(one): set() for one in seekers}
        for row in rows.tolist():
            self.options[int(ours.at[row])].add(int(theirs.at[row]))
        self.has: dict[int, list[int]] = {}
        for row in made.tolist():
            self.has.setdefault(int(theirs.at[row]), []).append(int(ours.at[row]))
        paired = set(ours.at[made].tolist())
        self.alone = [one for one in self.options if one not in paired]

    def contests(self) -> list[Contest]:
        """Groups of people who compete with one another, each group once."""
        groups: list[tuple[set[int], set[int]]] = []
        for one in self.alone:
            people, wanted = self._reached(one)
            apart = [group for group in groups if not group[1] & wanted]
            for other in groups:
                if other[1] & wanted:
                    people |= other[0]
                    wanted |= other[1]
            groups = [*apart, (people, wanted)]
        return [self._contest(people, wanted) for people, wanted in groups]

    def _reached(self, one: int) -> tuple[set[int], set[int]]:
        people, wanted, waiting = {one}, set[int](), [one]
        while waiting:
            for other in self.options[waiting.pop()] - wanted:
                wanted.add(other)
                new = set(self.has[other]) - people
                people |= new
                waiting.extend(new)
        return people, wanted

    def _contest(self, people: set[int], wanted: set[int]) -> Contest:
        return Contest(
            self.seeking,
            tuple(sorted(self.ours.keys[one] for one in people)),
            tuple(sorted(self.theirs.keys[other] for other in wanted)),
            int(self.theirs.places[sorted(wanted)].sum()),
        )
