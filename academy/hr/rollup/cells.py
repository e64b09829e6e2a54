"""From one row for each person to the figures of every group. Pure; columns are arrays of numpy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from academy.hr.rollup.cuts import ALL, HERE
from academy.hr.rollup.rounding import SMALLEST, Cell, hidden, rounded

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]
Lines = tuple[Numbers, Numbers]
"""Places in the tree: each entity as often as there are entities above it, and those."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Entities by their place in `ids`; `parent` is the place of the one above, -1 at the top.

    `detailed` are those whose people are also told apart by what they share.
    """

    ids: Numbers
    parent: Numbers
    detailed: Marks


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody at work on a day. `entity` is a place in the tree; a cut gives a code into `values`.

    `whole` are marks told of whole entities alone. `dice` names marks that are rounded as if they were
    another: where both count the same people they are the same figure, and two throws tell nothing more.
    """

    ids: Numbers
    entity: Numbers
    cuts: Mapping[str, Numbers]
    values: Mapping[str, Sequence[str]]
    marks: Mapping[str, Marks]
    whole: Mapping[str, Marks] = field(default_factory=dict)
    dice: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one group, already rounded; `people` is None, and nothing told, when it is too small."""

    entity_id: int
    cut: str
    value: str
    people: int | None
    figures: dict[str, int]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those of an entity who began in one month (`2026-03`), and how many of them came; both rounded."""

    entity_id: int
    began: str
    people: int
    came: int


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of each entity (rows) and value (columns): how many, and the sum of their numbers."""

    count: Numbers
    who: Numbers

    def at(self, entity: int, value: int) -> Cell:
        return Cell(int(self.count[entity, value]), int(self.who[entity, value]))


@dataclass(frozen=True, slots=True)
class _Throw:
    """What dice are thrown with: which name stands for a mark, and the salt."""

    dice: Mapping[str, str]
    salt: bytes


def groups(tree: Tree, crowd: Crowd, salt: bytes) -> Iterator[Group]:
    """Every group with anybody in it."""
    order, lines = deepest_first(tree), _lines(tree)
    whole = _counted(tree, crowd, None, lines)
    untold = _untold(tree, whole, _counted(tree, crowd, None, None), order)
    yield from _told(tree, crowd, ALL, [ALL], lines, untold, salt)
    yield from _told(tree, crowd, HERE, [ALL], None, untold, salt)
    for cut, values in crowd.values.items():
        yield from _told(tree, crowd, cut, values, lines, untold, salt)


def cohorts(tree: Tree, crowd: Crowd, began: str, came: str, salt: bytes) -> Iterator[Cohort]:
    """Of each detailed entity that is told of: the months of the cut `began`, and the mark `came` in each.

    How many began is rounded too, as it tells what people did; an empty value is nobody's month.
    """
    lines = _lines(tree)
    people = _counted(tree, crowd, began, lines)
    those = _counted(tree, crowd, began, lines, crowd.marks[came])
    for entity, group in told_wholes(tree, crowd):
        if not tree.detailed[entity]:
            continue
        for value, month in enumerate(crowd.values[began]):
            size = rounded(people.at(entity, value), group, f"{began}:{month}", salt)
            if month and size:
                told = rounded(those.at(entity, value), group, f"{came}:{month}", salt)
                yield Cohort(int(tree.ids[entity]), month, size, min(told, size))


def told_wholes(tree: Tree, crowd: Crowd) -> Iterator[tuple[int, Cell]]:
    """The entities (their places) that may be told of, and the people of each with all under it."""
    order, lines = deepest_first(tree), _lines(tree)
    whole = _counted(tree, crowd, None, lines)
    untold, _own = _untold(tree, whole, _counted(tree, crowd, None, None), order)
    for entity in range(len(tree.ids)):
        if entity not in untold and whole.count[entity, 0]:
            yield entity, whole.at(entity, 0)


def deepest_first(tree: Tree) -> list[int]:
    """Every entity after all that is under it."""
    depth = [0] * len(tree.ids)
    for entity in range(len(depth)):
        above = int(tree.parent[entity])
        while above >= 0 and depth[entity] <= len(depth):
            depth[entity] += 1
            above = int(tree.parent[above])
    return sorted(range(len(depth)), key=lambda entity: -depth[entity])


def _lines(tree: Tree) -> Lines:
    """Every entity with each that is above it."""
    below, above = list[int](), list[int]()
    for entity in range(len(tree.ids)):
        up = int(tree.parent[entity])
        for _height in range(len(tree.ids)):
            if up < 0:
                break
            below.append(entity)
            above.append(up)
            up = int(tree.parent[up])
    return np.array(below, dtype=np.int64), np.array(above, dtype=np.int64)


def _counted(
    tree: Tree,
    crowd: Crowd,
    cut: str | None,
    lines: Lines | None,
    marks: Marks | None = None,
) -> _Counts:
    """People by entity and value, with those under it when lines are given."""
    codes = crowd.cuts[cut] if cut else np.zeros(len(crowd.ids), dtype=np.int64)
    wide = len(crowd.values[cut]) if cut else 1
    entity, ids = crowd.entity, crowd.ids
    if marks is not None:
        codes, entity, ids = codes[marks], entity[marks], ids[marks]
    cell, shape = (
        entity * wide + codes,
        (len(tree.ids), wide),
    )  # nobody has no value: wide is 0 then
    size = shape[0] * wide
    count = np.bincount(cell, minlength=size).reshape(shape).astype(np.int64)
    who = np.bincount(cell, weights=ids, minlength=size).reshape(shape).astype(np.int64)
    if lines is not None:
        below, above = lines
        for sums in (count, who):
            np.add.at(sums, above, sums[below])
    return _Counts(count, who)


def _untold(
    tree: Tree, whole: _Counts, here: _Counts, order: Sequence[int]
) -> tuple[frozenset[int], frozenset[int]]:
    """The entities, and the entities whose own people alone, that nothing is told of."""
    parts: dict[int, dict[int, int]] = {}
    for entity in order:
        above = int(tree.parent[entity])
        if above >= 0:
            parts.setdefault(above, {})[entity] = int(whole.count[entity, 0])
    untold, own = set(), set()
    for above in reversed(order):
        siblings = {**parts.get(above, {}), -1: int(here.count[above, 0])}
        closed = hidden(siblings) if above not in untold else frozenset(siblings)
        untold |= {part for part in closed if part >= 0}
        if -1 in closed:
            own.add(above)
        if whole.count[above, 0] < SMALLEST:
            untold.add(above)
    return frozenset(untold), frozenset(own)


def _told(
    tree: Tree,
    crowd: Crowd,
    cut: str,
    values: Sequence[str],
    lines: Lines | None,
    untold: tuple[frozenset[int], frozenset[int]],
    salt: bytes,
) -> Iterator[Group]:
    shared = cut if cut not in (ALL, HERE) else None
    people = _counted(tree, crowd, shared, lines)
    told = {**crowd.marks, **crowd.whole} if cut == ALL else crowd.marks
    counted = {name: _counted(tree, crowd, shared, lines, marks) for name, marks in told.items()}
    throw = _Throw(crowd.dice, salt)
    closed = untold[1] if cut == HERE else untold[0]
    for entity in range(len(tree.ids)):
        if shared and not tree.detailed[entity]:
            continue
        sizes = {value: int(people.count[entity, value]) for value in range(len(values))}
        secret = hidden(sizes) if shared else frozenset()
        for value, size in sizes.items():
            if size:
                dark = entity in closed or value in secret or size < SMALLEST
                yield Group(
                    int(tree.ids[entity]),
                    cut,
                    values[value],
                    None if dark else size,
                    {} if dark else _figures(people, counted, entity, value, throw),
                )


def _figures(
    people: _Counts,
    counted: Mapping[str, _Counts],
    entity: int,
    value: int,
    throw: _Throw,
) -> dict[str, int]:
    group = people.at(entity, value)
    return {
        name: rounded(counts.at(entity, value), group, throw.dice.get(name, name), throw.salt)
        for name, counts in counted.items()
    }
