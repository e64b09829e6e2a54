"""The sheet of a figure as SVG: what is printed, cut, folded and glued. Pure; millimetres."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import pi, tan

from academy.passport.toy.figures import CODE, PLACE, Block, Figure, Mark, Place
from academy.passport.toy.flats import Flat
from academy.passport.toy.net import Face, Tab, direction
from academy.passport.toy.palette import CARD, GREY, INK, PAPER
from academy.passport.toy.solids import Point

CUT = f'fill="none" stroke="{INK}" stroke-width="0.4" stroke-linejoin="round"'
MOUNTAIN = f'fill="none" stroke="{INK}" stroke-width="0.35" stroke-dasharray="2.4 1.4"'
VALLEY = f'fill="none" stroke="{INK}" stroke-width="0.35" stroke-dasharray="3 1 0.5 1"'
UNDER = f'fill="none" stroke="{PAPER}" stroke-width="0.9" stroke-opacity="0.65"'
"""Beneath a dashed line, so that it is seen on a dark coat."""
GLUED = f'fill="{GREY}" stroke="{INK}" stroke-width="0.4" stroke-linejoin="round"'
BOX = 64
"""Awards are drawn on a square of this side."""


def mm(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def points(corners: Iterable[Point]) -> str:
    return " ".join(f"{mm(x)},{mm(y)}" for x, y in corners)


def octagon(across: float) -> tuple[Point, ...]:
    """Around nought, a flat side up: eight straight cuts."""
    near, far = across / 2, across / 2 * tan(pi / 8)
    quarter = [(near, -far), (near, far), (far, near), (-far, near)]
    return (*quarter, *((-x, -y) for x, y in quarter))


def sheet(
    figure: Figure, pictures: Mapping[Place, str], code: str | None, size: tuple[float, float]
) -> str:
    """Everything on one sheet; `pictures` are awards as drawings, `code` that of the passport."""
    parts = [_block(figure, block, pictures, code) for block in figure.blocks]
    parts += [_flat(figure, flat) for flat in figure.flats]
    return svg("".join(parts), (0, 0, *size))


def svg(content: str, box: tuple[float, float, float, float], shape: str = "toy-drawing") -> str:
    left, top, wide, high = box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{shape}" viewBox="{mm(left)} {mm(top)} '
        f'{mm(wide)} {mm(high)}" width="{mm(wide)}mm" height="{mm(high)}mm" aria-hidden="true" '
        f'focusable="false">{content}</svg>'
    )


def inner(drawing: str) -> str:
    """What an SVG holds, without its own frame."""
    begin = drawing.index(">", drawing.index("<svg")) + 1
    return drawing[begin : drawing.rindex("</svg>")]


def award(drawing: str | None, across: float) -> str:
    """An octagon around nought, with the award in it, or empty for the sticker to come."""
    outline = points(octagon(across))
    if drawing is None:
        dots = f'stroke="{INK}" stroke-width="0.3" stroke-dasharray="0.9 0.9"'
        return f'<polygon points="{outline}" fill="{CARD}" {dots}/>'
    size = across * 0.82
    return (
        f'<polygon points="{outline}" fill="{PAPER}" stroke="{INK}" stroke-width="0.3"/>'
        f'<g transform="translate({mm(-size / 2)} {mm(-size / 2)}) scale({size / BOX:.5f})">'
        f"{inner(drawing)}</g>"
    )


def face_content(
    figure: Figure, block: Block, face: str, pictures: Mapping[Place, str], code: str | None
) -> str:
    """What is printed on a face, in its own measure."""
    parts = [block.art.get(face, "")]
    parts += [
        f'<g transform="translate({mm(place.x)} {mm(place.y)})">'
        f"{award(pictures.get(place), PLACE)}</g>"
        for place in figure.places
        if (place.block, place.face) == (block.key, face)
    ]
    if (figure.code.block, figure.code.face) == (block.key, face):
        parts.append(_code(figure.code, code))
    return "".join(parts)


def _code(place: Place, code: str | None) -> str:
    left, top = place.x - CODE / 2, place.y - CODE / 2
    square = f'<rect x="{mm(left)}" y="{mm(top)}" width="{mm(CODE)}" height="{mm(CODE)}"'
    if code is None:
        dots = f'stroke="{INK}" stroke-width="0.3" stroke-dasharray="0.9 0.9"'
        return f'{square} rx="2" fill="{CARD}" {dots}/>'
    side = float(code[code.index('viewBox="0 0 ') + 13 :].split()[0])
    scale = CODE / side
    return (
        f'{square} fill="{CARD}"/><g transform="translate({mm(left)} {mm(top)}) '
        f'scale({scale:.5f})">{inner(code)}</g>'
    )


def _block(figure: Figure, block: Block, pictures: Mapping[Place, str], code: str | None) -> str:
    tabs = "".join(_tab(tab) for tab in block.net.tabs)
    faces = "".join(
        _face(f"{figure.key}-{block.key}", face, block.ground(face.key), content)
        for face in block.net.faces
        for content in [face_content(figure, block, face.key, pictures, code)]
    )
    marks = "".join(
        _mark(mark, block.net.face(mark.place.face))
        for mark in figure.marks
        if mark.place.block == block.key
    )
    return tabs + faces + "".join(_lines(block)) + marks


def frame(face: Face) -> str:
    """From the measure of a face, nought in the middle of its foot, to the sheet."""
    (ax, ay), (bx, by) = face.edge(0)
    x, y = direction((ax, ay), (bx, by))
    middle = (ax + bx) / 2, (ay + by) / 2
    return f"matrix({x:.6f} {y:.6f} {-y:.6f} {x:.6f} {mm(middle[0])} {mm(middle[1])})"


def upright(corners: Sequence[Point]) -> tuple[Point, ...]:
    """The corners of a face in its own measure."""
    (ax, ay), (bx, by) = corners[0], corners[1]
    x, y = direction((ax, ay), (bx, by))
    middle = (ax + bx) / 2, (ay + by) / 2
    return tuple(
        (
            (px - middle[0]) * x + (py - middle[1]) * y,
            -(px - middle[0]) * y + (py - middle[1]) * x,
        )
        for px, py in corners
    )


def _face(prefix: str, face: Face, ground: str, content: str) -> str:
    shape = points(upright(face.corners))
    clip = f"{prefix}-{face.key}"
    return (
        f'<g transform="{frame(face)}"><clipPath id="{clip}"><polygon points="{shape}"/></clipPath>'
        f'<polygon points="{shape}" fill="{ground}"/><g clip-path="url(#{clip})">{content}</g></g>'
    )


def _tab(tab: Tab) -> str:
    middle = _middle(tab.outline)
    return f'<polygon points="{points(tab.outline)}" {GLUED}/>' + _letter(
        str(tab.number), middle, 3.0
    )


def _lines(block: Block) -> Iterator[str]:
    """Every edge once: folded towards a neighbour or a tab, or cut."""
    folded = {(fold.parent, fold.edge) for fold in block.net.folds}
    folded |= {(tab.face, tab.edge) for tab in block.net.tabs}
    inside = {_span(block.net.face(fold.parent).edge(fold.edge)) for fold in block.net.folds}
    for face in block.net.faces:
        for number in range(len(face.corners)):
            edge = face.edge(number)
            if (face.key, number) in folded:
                yield f'<polyline points="{points(edge)}" {UNDER}/>'
                yield f'<polyline points="{points(edge)}" {MOUNTAIN}/>'
            elif _span(edge) not in inside:
                yield f'<polyline points="{points(edge)}" {CUT}/>'


def _span(edge: tuple[Point, Point]) -> frozenset[tuple[float, float]]:
    return frozenset((round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in edge)


def _mark(mark: Mark, face: Face) -> str:
    x, y = on_sheet(mark.place, face)
    return (
        f'<circle cx="{mm(x)}" cy="{mm(y)}" r="2.3" fill="{CARD}" stroke="{INK}" '
        f'stroke-width="0.25"/>' + _letter(mark.letter, (x, y), 3.0)
    )


def on_sheet(place: Place, face: Face) -> Point:
    (ax, ay), (bx, by) = face.edge(0)
    x, y = direction((ax, ay), (bx, by))
    return (
        (ax + bx) / 2 + place.x * x - place.y * y,
        (ay + by) / 2 + place.x * y + place.y * x,
    )


def _flat(figure: Figure, flat: Flat) -> str:
    x, y = flat.shift
    clip = f"{figure.key}-flat-{flat.key}"
    shape = points(flat.outline)
    side = (
        f'<polygon points="{shape}" fill="{flat.ground}"/>'
        f'<g clip-path="url(#{clip})">{flat.art}</g>'
    )
    parts = [f'<clipPath id="{clip}"><polygon points="{shape}"/></clipPath>']
    parts += [f'<polygon points="{points(tab)}" {GLUED}/>' for tab in flat.flanges]
    if flat.is_double:
        parts.append(f'<g transform="{_mirror(flat)}">{side}</g>')
    parts.append(side)
    parts += [f'<polygon points="{points(zone)}" {GLUED}/>' for zone in flat.glued]
    parts += list(_flat_lines(flat))
    parts += [_letter(flat.key, _middle(zone), 3.0) for zone in (*flat.flanges, *flat.glued)]
    return f'<g transform="translate({mm(x)} {mm(y)})">{"".join(parts)}</g>'


def _mirror(flat: Flat) -> str:
    """The reflection across the fold, as a matrix."""
    ox, oy = flat.mirrored((0.0, 0.0))
    ix, iy = flat.mirrored((1.0, 0.0))
    jx, jy = flat.mirrored((0.0, 1.0))
    return f"matrix({ix - ox:.6f} {iy - oy:.6f} {jx - ox:.6f} {jy - oy:.6f} {ox:.6f} {oy:.6f})"


def _flat_lines(flat: Flat) -> Iterator[str]:
    count = len(flat.outline)
    folds = {flat.fold % count if flat.fold is not None else None}
    feet = {flat.foot % count if flat.foot is not None else None}
    for outline in filter(None, (flat.outline, flat.twin)):
        for number in range(count):
            edge = outline[number], outline[(number + 1) % count]
            if number in folds:
                style = MOUNTAIN if outline is flat.outline else ""
            else:
                style = VALLEY if number in feet else CUT
            if style and style is not CUT:
                yield f'<polyline points="{points(edge)}" {UNDER}/>'
            if style:
                yield f'<polyline points="{points(edge)}" {style}/>'


def _letter(said: str, at: Point, size: float) -> str:
    return (
        f'<text x="{mm(at[0])}" y="{mm(at[1] + size * 0.36)}" font-family="DejaVu Sans Mono, '
        f'monospace" font-size="{mm(size)}" text-anchor="middle" fill="{INK}">{said}</text>'
    )


def _middle(corners: Sequence[Point]) -> Point:
    return (
        sum(x for x, _y in corners) / len(corners),
        sum(y for _x, y in corners) / len(corners),
    )
