"""How the log is read anew: some days at a time, and of the log only where they were written. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ENOUGH = 200_000
"""Deeds that are looked at for some days, unless one day needs more."""
MOST = 1_000_000
"""Deeds that are held at once, unless one day has more."""
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
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


def spans(blocks: Sequence[Block], enough: int, most: int) -> Iterator[Span]:
    """Every day of these blocks, in order, in few readings.

    A reading looks at twice what its first day alone needs, or at `enough`: a log written day by day is read
    once or twice, and one that is all mixed up as a whole; but no more days of it than `most` deeds have,
    as far as each block has as many on each of its days.
    """
    left = sorted((each.first, each) for each in blocks)
    last = max((each.last for each in blocks), default=date.min)
    while left:
        day = left[0][0]
        begun = [each for start, each in left if start == day]
        later = [(start, each) for start, each in left if start > day]
        room = max(enough, 2 * _many(begun)) - _many(begun)
        until = day + min((last - day).days + 1, _days(begun, most)) * _A_DAY
        while later and later[0][1].many <= room and later[0][0] < until:
            room -= later[0][1].many
            begun.append(later.pop(0)[1])
        if later:
            until = min(until, later[0][0])
        yield Span(day, until, tuple(sorted(each.place for each in begun)))
        # what reaches beyond begins anew there
        left = sorted([*((until, each) for each in begun if each.last >= until), *later])


def _many(blocks: Iterable[Block]) -> int:
    return sum(each.many for each in blocks)


def _days(begun: Sequence[Block], most: int) -> int:
    """How many days have so many deeds, at least one."""
    a_day = sum(each.many / ((each.last - each.first).days + 1) for each in begun)
    return max(1, int(most / a_day))


def stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of each row of places without a gap; they come in order."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
