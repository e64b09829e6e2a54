"""Reporting lines: nobody meets somebody they report to, however far up. Pure."""

from collections.abc import Collection, Iterator, Mapping

from academy.mentoring.composition.pool import Pair
from academy.mentoring.nonsense import refuse_unless


def reporting_lines(
    managers: Mapping[int, int],
    mentors: Collection[int],
    mentees: Collection[int],
    depth: int | None = None,
) -> frozenset[Pair]:
    """Every mentor and mentee of whom one reports to the other, however far or in `depth` steps at most.

    `managers` names each person's manager, of everybody in between too.
    """
    refuse_unless(depth is None or depth >= 1, f"a line of {depth} steps is none")
    first, second = set(mentors), set(mentees)
    found = set()
    for mentor in first:
        found |= {(mentor, boss) for boss in _above(mentor, managers, depth) if boss in second}
    for mentee in second:
        found |= {(boss, mentee) for boss in _above(mentee, managers, depth) if boss in first}
    return frozenset(found)


def _above(person: int, managers: Mapping[int, int], depth: int | None) -> Iterator[int]:
    """Their manager, the manager's, and so on."""
    seen, boss = {person}, managers.get(person)
    while boss is not None and (depth is None or len(seen) <= depth):
        refuse_unless(boss not in seen, f"{person} reports to {boss} in a circle")
        yield boss
        seen.add(boss)
        boss = managers.get(boss)
