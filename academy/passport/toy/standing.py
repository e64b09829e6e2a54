"""The figure as it stands once built, seen a little from the right and from above. Pure.

Every face that shows is the face of the sheet, leant over: what one sees is what one will have folded.
"""

from collections.abc import Iterator, Mapping
from math import cos, radians, sin

from academy.passport.toy.drawing import face_content, points, svg, upright
from academy.passport.toy.figures import Block, Figure, Place
from academy.passport.toy.flats import Flat
from academy.passport.toy.palette import INK
from academy.passport.toy.solids import Point, Space, cross, dot, minus, normal, unit

AROUND, ABOVE = radians(27), radians(16)
TOWARDS = (cos(ABOVE) * sin(AROUND), -cos(ABOVE) * cos(AROUND), sin(ABOVE))
ACROSS = (cos(AROUND), sin(AROUND), 0.0)
UP = cross(TOWARDS, ACROSS)
ROOM = 3.0
OUTLINE = f'fill="none" stroke="{INK}" stroke-width="0.8" stroke-linejoin="round"'


def standing(figure: Figure, pictures: Mapping[Place, str], name: str = "stands") -> str:
    """`name` tells this drawing from others on the same page."""
    seen: list[tuple[float, str]] = []
    spots: list[Point] = []
    for block in figure.blocks:
        content = "".join(_faces(figure, block, pictures, name, spots))
        seen.append((block.layer, content))
    for flat in figure.flats:
        seen.append((flat.layer, _flat(flat, f"{name}-{figure.key}", spots)))
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    box = (min(xs) - ROOM, min(ys) - ROOM, _span(xs) + 2 * ROOM, _span(ys) + 2 * ROOM)
    drawn = "".join(content for _layer, content in sorted(seen, key=lambda each: each[0]))
    return svg(drawn, box, "toy-standing")


def seen_at(spot: Space) -> Point:
    return dot(spot, ACROSS), -dot(spot, UP)


def _span(values: list[float]) -> float:
    return max(values) - min(values)


def _faces(
    figure: Figure, block: Block, pictures: Mapping[Place, str], name: str, spots: list[Point]
) -> Iterator[str]:
    for face in block.solid.faces:
        loop = tuple(_moved(corner, block.stands) for corner in block.solid.loop(face))
        spots.extend(seen_at(corner) for corner in loop)
        light = dot(normal(loop), TOWARDS)
        if light <= 0:
            continue
        foot = unit(minus(loop[1], loop[0]))
        down = cross(foot, normal(loop))
        middle = _half(loop[0], loop[1])
        flat = net_corners(block, face)
        clip = f"{name}-{figure.key}-{block.key}-{face}"
        shape = points(flat)
        shade = 0.0 if face == "front" else 0.12 if light < SHADED else 0.05
        yield (
            f'<g transform="{_lean(middle, foot, down)}">'
            f'<clipPath id="{clip}"><polygon points="{shape}"/></clipPath>'
            f'<polygon points="{shape}" fill="{block.ground(face)}"/>'
            f'<g clip-path="url(#{clip})">{face_content(figure, block, face, pictures, None)}</g>'
            + (f'<polygon points="{shape}" fill="{INK}" fill-opacity="{shade}"/>' if shade else "")
            + f'<polygon points="{shape}" {OUTLINE}/></g>'
        )


SHADED = 0.7


def net_corners(block: Block, face: str) -> tuple[Point, ...]:
    return upright(block.net.face(face).corners)


def _flat(flat: Flat, name: str, spots: list[Point]) -> str:
    for x, y in flat.outline:
        spots.append(seen_at(_on(flat, x, y)))
    clip = f"{name}-flat-{flat.key}"
    shape = points(flat.outline)
    return (
        f'<g transform="{_lean(flat.origin, flat.right, flat.down)}">'
        f'<clipPath id="{clip}"><polygon points="{shape}"/></clipPath>'
        f'<polygon points="{shape}" fill="{flat.ground}"/>'
        f'<g clip-path="url(#{clip})">{flat.art}</g><polygon points="{shape}" {OUTLINE}/></g>'
    )


def _on(flat: Flat, x: float, y: float) -> Space:
    a, b, c = (flat.origin[axis] + x * flat.right[axis] + y * flat.down[axis] for axis in range(3))
    return a, b, c


def _lean(origin: Space, right: Space, down: Space) -> str:
    """From the measure of a face to the page: parallel lines stay parallel."""
    a, b = dot(right, ACROSS), -dot(right, UP)
    c, d = dot(down, ACROSS), -dot(down, UP)
    e, f = seen_at(origin)
    return f"matrix({a:.5f} {b:.5f} {c:.5f} {d:.5f} {e:.3f} {f:.3f})"


def _moved(corner: Space, by: Space) -> Space:
    return corner[0] + by[0], corner[1] + by[1], corner[2] + by[2]


def _half(a: Space, b: Space) -> Space:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2
