"""What may be told of who takes part, and to whom: never of fewer than five, never who comes last. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar

FEWEST = 5
"""Fewer people than that are nobody's business: neither those told of, nor those left over beside them."""
FEWEST_ENTITIES = 4
"""Fewer entities of a kind are not put in an order: who is not named would be last."""
MOST_NAMED = 10
LOWEST, HIGHEST = 5, 95
"""Shares are told between these: `all` and `nobody` would tell of everybody."""
AROUND = 2
"""So many colleagues are shown on either side; the last so many of all are shown to nobody."""

Item = TypeVar("Item")


class Span(StrEnum):
    WEEK = "week"
    MONTH = "month"


class Count(NamedTuple):
    """How many worked on a day (or on several, added up), and how many of them did their minute."""

    expected: int = 0
    done: int = 0

    def plus(self, other: "Count") -> "Count":
        return Count(self.expected + other.expected, self.done + other.done)


class Standing(NamedTuple):
    """`place` is None outside the upper part."""

    entity: int
    per_cent: int
    place: int | None


def begins(span: Span, day: date) -> date:
    """The first day of its week, or of its month."""
    if span is Span.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday())


def told_on(direct: Mapping[int, Count], parent: Mapping[int, int]) -> dict[int, Count]:
    """What may be told of one day: the entities in which enough people worked, all below them included.

    Nothing can be had by taking the entities told from the one above them: what is left is nobody, or five
    people at least. `direct` counts those posted in the entity itself.
    """
    total: dict[int, Count] = {}
    covered: dict[int, int] = {}
    found: dict[int, Count] = {}
    for entity in _from_below({*direct, *parent, *parent.values()}, parent):
        count = total.get(entity, Count()).plus(direct.get(entity, Count()))
        known = covered.get(entity, 0)
        left = count.expected - known
        if count.expected >= FEWEST and (left == 0 or left >= FEWEST):
            found[entity], known = count, count.expected
        if (above := parent.get(entity)) is not None:
            total[above] = total.get(above, Count()).plus(count)
            covered[above] = covered.get(above, 0) + known
    return found


def _from_below(entities: Iterable[int], parent: Mapping[int, int]) -> Iterator[int]:
    """Each after all that stand under it; those in a circle, and all above it, are left out."""
    children: dict[int, int] = {}
    for child in parent:
        children[parent[child]] = children.get(parent[child], 0) + 1
    ready = sorted(entity for entity in entities if entity not in children)
    for entity in ready:
        yield entity
        above = parent.get(entity)
        if above is not None:
            children[above] -= 1
            if not children[above]:
                ready.append(above)


def added(days: Iterable[Mapping[int, Count]]) -> dict[int, Count]:
    """What was told day by day, added up."""
    total: dict[int, Count] = {}
    for day in days:
        for entity, count in day.items():
            total[entity] = total.get(entity, Count()).plus(count)
    return total


def per_cent(count: Count) -> int:
    return min(max(round(100 * count.done / count.expected), LOWEST), HIGHEST)


def standings(counts: Mapping[int, Count]) -> list[Standing]:
    """Entities of one kind, the best first. Those level share a place; only the upper half has one.

    Those level with the first who is not in it have none either.
    """
    rates = sorted(((per_cent(count), entity) for entity, count in counts.items()), reverse=True)
    named = len(rates) // 2 if len(rates) >= FEWEST_ENTITIES else 0
    found = []
    for rate, entity in rates:
        better = sum(other > rate for other, _entity in rates)
        level = sum(other == rate for other, _entity in rates)
        place = better + 1 if better + level <= named else None
        found.append(Standing(entity, rate, place))
    return found


def behind(found: Sequence[Item]) -> Sequence[Item]:
    """Of the next ones behind me (2 x AROUND at most), those who may be shown: never the last of all."""
    return found[: max(0, min(AROUND, len(found) - AROUND))]
