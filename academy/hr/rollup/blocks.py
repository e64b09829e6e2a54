"""How the log is read anew: some days at a time, and of the log only where they were written. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ENOUGH = 200_000
"""Deeds that are sorted at once, unless one day has more."""
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the log by its place in it: its first and last day, and how many deeds are in it."""

    place: int
    first: date
    last: date
    many: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first until before the last, and the places of all blocks that have any of them."""

    first: date
    until: date
    places: tuple[int, ...]


def spans(blocks: Sequence[Block], enough: int) -> Iterator[Span]:
    """Every day of these blocks, in order, in few readings.

    A reading takes twice what its first day alone needs, or `enough`: so a log written day by day is read
    once or twice, and one that is all mixed up is read and sorted as a whole.
    """
    left = sorted(blocks, key=lambda each: (each.first, each.place))
    while left:
        day = left[0].first
        begun = [each for each in left if each.first == day]
        most = max(enough, 2 * sum(each.many for each in begun))
        later = left[len(begun) :]
        most -= sum(each.many for each in begun)
        while later and later[0].many <= most:
            most -= later[0].many
            begun.append(later.pop(0))
        until = later[0].first if later else max(each.last for each in begun) + _A_DAY
        yield Span(day, until, tuple(sorted(each.place for each in begun)))
        # what reaches beyond begins anew there
        rest = [_from(until, each) for each in begun if each.last >= until]
        left = sorted([*rest, *later], key=lambda each: (each.first, each.place))


def _from(day: date, block: Block) -> Block:
    return Block(block.place, day, block.last, block.many)


def stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of each row of places without a gap; they come in order."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
