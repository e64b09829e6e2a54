"""A sticker drawn: one for the figure, a larger one for a notebook. Pure; millimetres."""

from academy.passport.toy.drawing import BOX, inner, mm, octagon, points, svg
from academy.passport.toy.figures import PLACE
from academy.passport.toy.palette import INK, PAPER

LARGE, ROOM = 26.0, 1.0
WIDE = 44.0


def sticker(drawing: str) -> str:
    """Both sizes side by side, each with the octagon to cut along."""
    high = LARGE + 2 * ROOM
    middle = high / 2
    small = ROOM + LARGE + (WIDE - LARGE - ROOM) / 2
    content = _cut_out(drawing, LARGE, ROOM + LARGE / 2, middle) + _cut_out(
        drawing, PLACE, small, middle
    )
    return svg(content, (0, 0, WIDE, high), "toy-sticker")


def _cut_out(drawing: str, across: float, x: float, y: float) -> str:
    size = across * 0.82
    return (
        f'<g transform="translate({mm(x)} {mm(y)})"><polygon points="{points(octagon(across))}" '
        f'fill="{PAPER}" stroke="{INK}" stroke-width="0.4" stroke-linejoin="round"/>'
        f'<g transform="translate({mm(-size / 2)} {mm(-size / 2)}) scale({size / BOX:.5f})">'
        f"{inner(drawing)}</g></g>"
    )
