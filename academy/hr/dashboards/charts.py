"""Where things stand in a picture: a map of areas, a line over weeks. Pure: numbers in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of a map; `index` says of which size it is."""

    index: int
    x: float
    y: float
    width: float
    height: float


def tiles(sizes: Sequence[float], width: float, height: float) -> tuple[Tile, ...]:
    """Rectangles as square as can be whose areas are as the sizes, the largest first.

    The squarified layout of Bruls, Huizing and van Wijk (2000). Sizes of nought have no tile.
    """
    order = sorted((each for each in enumerate(sizes) if each[1] > 0), key=lambda each: -each[1])
    total = sum(size for _index, size in order)
    areas = [(index, size * width * height / total) for index, size in order]
    found: list[Tile] = []
    x = y = 0.0
    while areas:
        short = min(width - x, height - y)
        row = _row(areas, short)
        thick = sum(area for _index, area in row) / short if short else 0.0
        upright = width - x >= height - y
        along = y if upright else x
        for index, area in row:
            long = area / thick if thick else 0.0
            found.append(
                Tile(index, x, along, thick, long)
                if upright
                else Tile(index, along, y, long, thick)
            )
            along += long
        x, y = (x + thick, y) if upright else (x, y + thick)
        areas = areas[len(row) :]
    return tuple(found)


def _row(areas: Sequence[tuple[int, float]], short: float) -> Sequence[tuple[int, float]]:
    """The next areas to lay side by side: more of them while that makes them squarer."""
    for count in range(1, len(areas)):
        if _worst(areas[: count + 1], short) > _worst(areas[:count], short):
            return areas[:count]
    return areas


def _worst(row: Sequence[tuple[int, float]], short: float) -> float:
    """How far from a square the worst of them is."""
    total = sum(area for _index, area in row)
    least, most = row[-1][1], row[0][1]
    return max(short**2 * most / total**2, total**2 / (short**2 * least)) if total else 0.0


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through these points, as SVG draws it."""
    return " ".join(
        f"{'L' if index else 'M'}{x:.1f} {y:.1f}" for index, (x, y) in enumerate(points)
    )
