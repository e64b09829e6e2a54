"""A solid laid flat: faces, the folds between them, and the tabs that close it. Pure.

Millimetres on the sheet; x to the right, y down, the printed side towards the reader.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import acos, degrees, hypot

from academy.passport.toy.solids import (
    BACK,
    FLOOR,
    FRONT,
    LID,
    Point,
    Solid,
    Space,
    cross,
    dot,
    minus,
    normal,
    unit,
)

DEPTH = 6.0
"""How far a tab reaches: enough for a fingertip and a dab of glue."""
NARROWING = 0.34
"""A tab narrows at each end by at most this part of its edge..."""
SLOPE = 1.2
"""...and by so much for each millimetre it reaches: flatter than the gap between any two faces."""


@dataclass(frozen=True, slots=True)
class Face:
    """A polygon of the sheet; its first edge is its foot."""

    key: str
    corners: tuple[Point, ...]

    def edge(self, number: int) -> tuple[Point, Point]:
        return self.corners[number], self.corners[(number + 1) % len(self.corners)]


@dataclass(frozen=True, slots=True)
class Fold:
    """`child` hangs on `parent` along its edge, and turns away from the reader by so many degrees."""

    parent: str
    edge: int
    child: str
    turn: float


@dataclass(frozen=True, slots=True)
class Tab:
    """Grows from an edge of a face, and is glued inside another face, along that one's edge."""

    number: int
    face: str
    edge: int
    onto: str
    onto_edge: int
    turn: float
    outline: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Net:
    """The first face is the root: the folds lead from it to every other one, parents first."""

    faces: tuple[Face, ...]
    folds: tuple[Fold, ...]
    tabs: tuple[Tab, ...]

    def face(self, key: str) -> Face:
        return next(face for face in self.faces if face.key == key)


def unfolded(solid: Solid, at: Point = (0.0, 0.0)) -> Net:
    """The sides in a row, the front in the middle with lid and floor; the front's foot begins `at`."""
    joins = list(_joins(solid.sides))
    placed = {FRONT: _root(solid.loop(FRONT), at)}
    folds = []
    for parent, child in joins:
        edge, its = _shared(solid, parent, child)
        a, b = Face(parent, placed[parent]).edge(edge)
        placed[child] = _beside(solid.loop(child), its, b, a)
        folds.append(Fold(parent, edge, child, _turn(solid, parent, child)))
    faces = tuple(Face(key, corners) for key, corners in placed.items())
    return Net(faces, tuple(folds), tuple(_tabs(solid, placed, joins)))


def _joins(sides: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who hangs on whom: half of the sides to the right of the front, the others to its left."""
    right = [*sides[: len(sides) // 2 + 1]]
    left = [sides[0], *reversed(sides[len(sides) // 2 + 1 :])]
    for row in (right, left):
        yield from itertools.pairwise(row)
    yield FRONT, LID
    yield FRONT, FLOOR


def _root(loop: Sequence[Space], at: Point) -> tuple[Point, ...]:
    foot = unit(minus(loop[1], loop[0]))
    up = cross(normal(loop), foot)
    return tuple(
        (at[0] + dot(minus(corner, loop[0]), foot), at[1] - dot(minus(corner, loop[0]), up))
        for corner in loop
    )


def _beside(loop: Sequence[Space], edge: int, start: Point, end: Point) -> tuple[Point, ...]:
    """The face in its true shape, with this edge of its loop running from start to end."""
    first = loop[edge]
    along = unit(minus(loop[(edge + 1) % len(loop)], first))
    inside = cross(normal(loop), along)
    x, y = direction(start, end)
    return tuple(
        (
            start[0] + dot(minus(corner, first), along) * x + dot(minus(corner, first), inside) * y,
            start[1] + dot(minus(corner, first), along) * y - dot(minus(corner, first), inside) * x,
        )
        for corner in loop
    )


def _shared(solid: Solid, one: str, other: str) -> tuple[int, int]:
    """The edge two faces share: its number in the loop of each."""
    edges = {frozenset(pair): number for number, pair in _edges(solid.faces[one])}
    return next(
        (edges[frozenset(pair)], number)
        for number, pair in _edges(solid.faces[other])
        if frozenset(pair) in edges
    )


def _edges(loop: Sequence[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    yield from enumerate(zip(loop, (*loop[1:], loop[0]), strict=True))


def _turn(solid: Solid, one: str, other: str) -> float:
    cosine = dot(normal(solid.loop(one)), normal(solid.loop(other)))
    return degrees(acos(max(-1.0, min(1.0, cosine))))


def _tabs(
    solid: Solid, placed: dict[str, tuple[Point, ...]], joins: Sequence[tuple[str, str]]
) -> Iterator[Tab]:
    """One for each edge that is not folded, numbered as they are glued: the ring, the floor, the lid."""
    folded = {frozenset(join) for join in joins}
    seams = [
        (owner, onto)
        for owner in (BACK, FLOOR, LID)
        for onto in solid.sides
        if owner != onto and frozenset((owner, onto)) not in folded and _touch(solid, owner, onto)
    ]
    for number, (owner, onto) in enumerate(seams, 1):
        edge, onto_edge = _shared(solid, owner, onto)
        start, end = Face(owner, placed[owner]).edge(edge)
        outline = tab_outline(start, end, DEPTH)
        turn = _turn(solid, owner, onto)
        yield Tab(number, owner, edge, onto, onto_edge, turn, outline)


def _touch(solid: Solid, one: str, other: str) -> bool:
    return len(set(solid.faces[one]) & set(solid.faces[other])) > 1


def tab_outline(start: Point, end: Point, depth: float, slope: float = SLOPE) -> tuple[Point, ...]:
    """A trapezium outside the edge of a face that lies to its left."""
    x, y = direction(start, end)
    narrowing = min(slope * depth, NARROWING * distance(start, end))
    depth = narrowing / slope
    return (
        start,
        (start[0] + narrowing * x - depth * y, start[1] + narrowing * y + depth * x),
        (end[0] - narrowing * x - depth * y, end[1] - narrowing * y + depth * x),
        end,
    )


def direction(start: Point, end: Point) -> Point:
    long = distance(start, end)
    return (end[0] - start[0]) / long, (end[1] - start[1]) / long


def distance(start: Point, end: Point) -> float:
    return hypot(end[0] - start[0], end[1] - start[1])
