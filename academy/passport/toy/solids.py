"""The solids that Paper Toys are made of. Pure.

Millimetres; x to the right of the figure as one looks at it, y away from the reader, z up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Space = tuple[float, float, float]

FRONT, RIGHT, BACK, LEFT = "front", "right", "back", "left"
LID, FLOOR = "lid", "floor"
FOUR_SIDES = (FRONT, RIGHT, BACK, LEFT)
SIX_SIDES = (FRONT, "front-right", "back-right", BACK, "back-left", "front-left")


@dataclass(frozen=True, slots=True)
class Solid:
    """Corners, and faces as loops of corners, anticlockwise for whoever looks from outside.

    The first edge of a face is its foot: what is drawn on the face stands on it.
    """

    corners: tuple[Space, ...]
    faces: Mapping[str, tuple[int, ...]]
    sides: tuple[str, ...]

    def loop(self, face: str) -> tuple[Space, ...]:
        return tuple(self.corners[number] for number in self.faces[face])


def rectangle(width: float, depth: float) -> tuple[Point, ...]:
    """Seen from above, its front first."""
    x, y = width / 2, depth / 2
    return ((-x, -y), (x, -y), (x, y), (-x, y))


def hexagon(front: float, width: float, depth: float) -> tuple[Point, ...]:
    """Seen from above: a front and a back of the same breadth, and a corner on either side."""
    x, y = front / 2, depth / 2
    return ((-x, -y), (x, -y), (width / 2, 0), (x, y), (-x, y), (-width / 2, 0))


def shrunk(outline: Sequence[Point], by: float) -> tuple[Point, ...]:
    """The same outline, so many times its size: its edges stay parallel, so that sides stay flat."""
    return tuple((x * by, y * by) for x, y in outline)


def drum(foot: Sequence[Point], top: Sequence[Point], height: float) -> Solid:
    """What stands between two outlines with parallel edges: a box, a prism, a tower."""
    count = len(foot)
    sides = FOUR_SIDES if count == len(FOUR_SIDES) else SIX_SIDES
    corners = [*((x, y, 0.0) for x, y in foot), *((x, y, height) for x, y in top)]
    around = range(count)
    faces: dict[str, tuple[int, ...]] = {
        name: (here, (here + 1) % count, count + (here + 1) % count, count + here)
        for here, name in zip(around, sides, strict=True)
    }
    faces[LID] = tuple(count + here for here in around)
    faces[FLOOR] = tuple((1 - here) % count for here in around)
    return Solid(tuple(corners), faces, sides)


def minus(a: Space, b: Space) -> Space:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Space, b: Space) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Space, b: Space) -> Space:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(a: Space) -> float:
    return float(dot(a, a) ** 0.5)


def unit(a: Space) -> Space:
    long = length(a)
    return a[0] / long, a[1] / long, a[2] / long


def normal(loop: Sequence[Space]) -> Space:
    """Outwards, of length one."""
    return unit(cross(minus(loop[1], loop[0]), minus(loop[2], loop[1])))
