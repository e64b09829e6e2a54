"""Figures that tell of groups and of nobody in them. Pure.

Each count is rounded to a multiple of five, up or down at random so that it is right on average (a count
of 12 becomes 10 three times in five, 15 twice in five), yet always the same way for the same people: the
dice are thrown from the group and from who is counted in it, whatever page or cut it is told on. A count is
never rounded up beyond the group: 15 of 11 people would say that all eleven are counted. Statistical
offices publish censuses so (random rounding, fixed by cell keys: Fraser & Wooton 2005). Two figures that
differ by one person then tell nothing about that person, whatever one subtracts from what, today or a week
later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

SMALLEST = 5
"""Nothing is said about fewer people."""
BASE = 5
_STEPS = 2**32


@dataclass(frozen=True, slots=True)
class Cell:
    """People counted: how many, and the sum of their numbers, which tells whether they are the same."""

    count: int
    who: int


NOBODY = Cell(0, 0)


def rounded(counted: Cell, group: Cell, name: str, salt: bytes) -> int:
    """`counted` people of a `group`, to a multiple of five near it; `name` says what is counted."""
    below, rest = divmod(counted.count, BASE)
    if not rest:
        return counted.count
    if (below + 1) * BASE > group.count:
        return below * BASE
    facts = f"{name}:{group.count}:{group.who}:{counted.count}:{counted.who}".encode()
    thrown = int.from_bytes(blake2b(facts, key=salt, digest_size=4).digest())
    return (below + (thrown * BASE < rest * _STEPS)) * BASE


def hidden(sizes: Mapping[int, int]) -> frozenset[int]:
    """Which parts of one whole are not told: those under five, and more of the smallest until at least
    five people are in what is not told, so that the whole less the others tells of no small group."""
    small = {part for part, size in sizes.items() if 0 < size < SMALLEST}
    untold = sum(sizes[part] for part in small)
    others = sorted((size, part) for part, size in sizes.items() if size >= SMALLEST)
    while 0 < untold < SMALLEST and others:
        size, part = others.pop(0)
        small.add(part)
        untold += size
    return frozenset(small)
