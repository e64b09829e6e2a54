"""Ears, arms, wings, feet: pieces that are flat, some folded double so that both sides are printed. Pure.

On a piece, x is to the right and y down; nought is where it is held.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from academy.passport.toy.net import direction, tab_outline
from academy.passport.toy.solids import Point, Space

FLANGE, STEEP = 5.0, 0.15
"""How far flanges reach, and how little they narrow: they have no neighbour."""


@dataclass(frozen=True, slots=True)
class Flat:
    """`fold` is the edge across which the piece has a twin, `foot` the one from which flanges grow.

    `shift` puts it on the sheet; `origin`, `right` and `down` put it on the standing figure.
    """

    key: str
    outline: tuple[Point, ...]
    ground: str
    art: str
    origin: Space
    right: Space
    down: Space
    layer: float
    fold: int | None = None
    foot: int | None = None
    glued: tuple[tuple[Point, ...], ...] = ()
    shift: Point = (0.0, 0.0)

    @property
    def twin(self) -> tuple[Point, ...]:
        """The outline of the other side, as it lies beside the first."""
        return tuple(self.mirrored(corner) for corner in self.outline) if self.is_double else ()

    @property
    def is_double(self) -> bool:
        return self.fold is not None

    @property
    def fold_line(self) -> tuple[Point, Point] | None:
        return _edge(self.outline, self.fold) if self.fold is not None else None

    @property
    def flanges(self) -> tuple[tuple[Point, ...], ...]:
        """Tabs at the foot of both sides; they fold towards the reader."""
        if self.foot is None:
            return ()
        start, end = _edge(self.outline, self.foot)
        mine = tab_outline(end, start, FLANGE, STEEP) if _is_clockwise(self.outline) else ()
        mine = mine or tab_outline(start, end, FLANGE, STEEP)
        return (
            (mine, tuple(self.mirrored(corner) for corner in mine)) if self.is_double else (mine,)
        )

    def mirrored(self, corner: Point) -> Point:
        """Across the fold."""
        line = self.fold_line
        if line is None:
            return corner
        (x, y), (dx, dy) = line[0], direction(*line)
        along = (corner[0] - x) * dx + (corner[1] - y) * dy
        foot = x + along * dx, y + along * dy
        return 2 * foot[0] - corner[0], 2 * foot[1] - corner[1]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of all of it, flanges too, before it is put on the sheet."""
        points = [*self.outline, *self.twin, *(each for tab in self.flanges for each in tab)]
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        return min(xs), min(ys), max(xs), max(ys)


def rounded(
    outline: Sequence[Point], radius: float, sharp: Sequence[int] = ()
) -> tuple[Point, ...]:
    """The outline with its corners rounded, but for those named; each arc is a few short cuts."""
    smooth: list[Point] = []
    for number, corner in enumerate(outline):
        if number in sharp:
            smooth.append(corner)
            continue
        before, after = outline[number - 1], outline[(number + 1) % len(outline)]
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        smooth += [_curve(start, corner, end, step / 6) for step in range(7)]
    return tuple(smooth)


def _towards(start: Point, end: Point, far: float) -> Point:
    x, y = direction(start, end)
    return start[0] + x * far, start[1] + y * far


def _curve(start: Point, corner: Point, end: Point, t: float) -> Point:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return (
        a * start[0] + b * corner[0] + c * end[0],
        a * start[1] + b * corner[1] + c * end[1],
    )


def _edge(outline: Sequence[Point], number: int) -> tuple[Point, Point]:
    number %= len(outline)
    return outline[number], outline[(number + 1) % len(outline)]


def _is_clockwise(outline: Sequence[Point]) -> bool:
    """As one sees it: y is down."""
    after = (*outline[1:], outline[0])
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outline, after, strict=True)) > 0
