"""What a figure is: blocks that close, flat pieces, places for awards, where all lies on the sheet. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from academy.passport.toy.flats import Flat
from academy.passport.toy.net import Net, unfolded
from academy.passport.toy.solids import Point, Solid, Space

WIDTH, HEIGHT = 190.0, 228.0
"""What a figure may take on the sheet, whatever the paper."""
GAP = 4.0
PLACE = 12.0
"""Across an octagon that holds an award, from flat to flat."""
CODE = 26.0
"""The side of the QR code, its quiet zone included."""


@dataclass(frozen=True, slots=True)
class Block:
    """A solid of the figure, its net on the sheet, and where its floor stands."""

    key: str
    solid: Solid
    net: Net
    stands: Space
    grounds: Mapping[str, str]
    art: Mapping[str, str]
    layer: float

    def ground(self, face: str) -> str:
        return self.grounds.get(face, self.grounds[""])


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on a face: x from the middle, y from the foot, down."""

    block: str
    face: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a piece is glued: its letter."""

    letter: str
    place: Place


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    blocks: tuple[Block, ...]
    flats: tuple[Flat, ...]
    places: tuple[Place, ...]
    code: Place
    marks: tuple[Mark, ...]


def placed(solid: Solid, left: float, top: float) -> Net:
    """Its net, as far to the left and up as this corner of the sheet allows."""
    x, y = _least(unfolded(solid))
    return unfolded(solid, (left - x, top - y))


def extent(net: Net) -> tuple[float, float, float, float]:
    """Left, top, right, bottom, tabs included."""
    corners = list(_corners(net))
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def laid(flats: Iterable[Flat], corner: Point, right: float = WIDTH) -> tuple[Flat, ...]:
    """The pieces in rows from this corner on, none beyond the right edge."""
    x, y, row, done = corner[0], corner[1], 0.0, []
    for flat in flats:
        left, top, its_right, bottom = flat.extent
        if x > corner[0] and x + its_right - left > right:
            x, y, row = corner[0], y + row + GAP, 0.0
        done.append(replace(flat, shift=(x - left, y - top)))
        x += its_right - left + GAP
        row = max(row, bottom - top)
    return tuple(done)


def _least(net: Net) -> Point:
    left, top, _right, _bottom = extent(net)
    return left, top


def _corners(net: Net) -> Iterator[Point]:
    for face in net.faces:
        yield from face.corners
    for tab in net.tabs:
        yield from tab.outline


def on_grid(block: str, face: str, columns: Sequence[float], rows: Sequence[float]) -> list[Place]:
    """Places row by row, the highest first."""
    return [Place(block, face, x, y) for y in rows for x in columns]
