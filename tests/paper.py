"""Folding paper: a net is turned, fold by fold, into the solid it should become. It knows no solid."""

from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import Any

import numpy as np

from academy.passport.toy.net import Face, Net
from academy.passport.toy.solids import Point

Matrix = Any
Spots = Any


def folded(net: Net) -> dict[str, Matrix]:
    """Where each face goes: the root stays, each child turns about the edge it hangs on."""
    moved: dict[str, Matrix] = {net.faces[0].key: np.eye(4)}
    for fold in net.folds:
        start, end = net.face(fold.parent).edge(fold.edge)
        moved[fold.child] = moved[fold.parent] @ about(start, end, fold.turn)
    return moved


def about(start: Point, end: Point, turn: float) -> Matrix:
    """The turn about an edge of the sheet that sends what lies beyond it away from the reader."""
    a, b = lifted([start, end])
    x, y, z = (b - a)[:3] / np.linalg.norm((b - a)[:3])
    c, s = cos(radians(turn)), sin(radians(turn))
    turned = np.eye(4)
    turned[:3, :3] = [
        [c + x * x * (1 - c), x * y * (1 - c) - z * s, x * z * (1 - c) + y * s],
        [y * x * (1 - c) + z * s, c + y * y * (1 - c), y * z * (1 - c) - x * s],
        [z * x * (1 - c) - y * s, z * y * (1 - c) + x * s, c + z * z * (1 - c)],
    ]
    turned[:3, 3] = a[:3] - turned[:3, :3] @ a[:3]
    return turned


def lifted(corners: Sequence[Point]) -> Spots:
    """The sheet lies flat, its printed side up, as rows of x, y, z, 1."""
    return np.array([(x, -y, 0.0, 1.0) for x, y in corners])


def in_space(matrix: Matrix, corners: Sequence[Point]) -> Spots:
    return (lifted(corners) @ matrix.T)[:, :3]


def polygons(net: Net) -> dict[str, Spots]:
    """Every face where it ends up."""
    moved = folded(net)
    return {face.key: in_space(moved[face.key], face.corners) for face in net.faces}


def volume(net: Net) -> float:
    """What the closed surface holds, by the tetrahedra from nought to each triangle of it."""
    return float(
        sum(
            np.dot(corners[0], np.cross(corners[step], corners[step + 1])) / 6
            for corners in polygons(net).values()
            for step in range(1, len(corners) - 1)
        )
    )


def edges(net: Net) -> Iterator[tuple[str, Spots]]:
    for key, corners in polygons(net).items():
        for number in range(len(corners)):
            yield key, corners[[number, (number + 1) % len(corners)]]


def edge_of(net: Net, face: str, number: int) -> Spots:
    return in_space(folded(net)[face], net.face(face).edge(number))


def overlap(one: Sequence[Point], other: Sequence[Point], allowed: float = 1e-6) -> bool:
    """Do two convex polygons share more than their border? Some line parts those that do not."""
    for polygon in (one, other):
        for number in range(len(polygon)):
            (ax, ay), (bx, by) = Face("", tuple(polygon)).edge(number)
            across = np.array([by - ay, ax - bx]) / np.hypot(bx - ax, by - ay)
            mine, its = np.array(one) @ across, np.array(other) @ across
            if mine.max() <= its.min() + allowed or its.max() <= mine.min() + allowed:
                return False
    return True


def hull(corners: Sequence[Point]) -> list[Point]:
    """The tightest band around points, anticlockwise."""
    ordered = sorted(set(corners))
    halves = []
    for row in (ordered, ordered[::-1]):
        half: list[Point] = []
        for x, y in row:
            while len(half) > 1 and _turns_right(half[-2], half[-1], (x, y)):
                half.pop()
            half.append((x, y))
        halves += half[:-1]
    return halves


def _turns_right(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0
