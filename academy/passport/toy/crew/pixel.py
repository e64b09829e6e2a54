"""Pixel, a cat in a hooded sweater: a box for the head, a body that widens to sit. Pure."""

from academy.passport.toy.crew.limbs import arm, feet
from academy.passport.toy.crew.pens import disc, line, oval, plain, shape
from academy.passport.toy.figures import Block, Figure, Mark, Place, extent, laid, on_grid, placed
from academy.passport.toy.flats import Flat
from academy.passport.toy.palette import CARD, FUR, FUR_DARK, GOLD, INK, ROSE, Palette
from academy.passport.toy.solids import drum, rectangle

HEAD, FOOT, NECK, HIGH, SOLE = (46.0, 32.0, 32.0), (38.0, 32.0), (28.0, 24.0), 31.0, 0.4


def pixel(palette: Palette) -> Figure:
    head = drum(rectangle(*HEAD[:2]), rectangle(*HEAD[:2]), HEAD[2])
    body = drum(rectangle(*FOOT), rectangle(*NECK), HIGH)
    head_net = placed(head, 0, 0)
    below = extent(head_net)[3] + 3
    body_net = placed(body, 0, below)
    blocks = (
        Block("body", body, body_net, (0, 0, SOLE), {"": palette.deep}, _body(palette), 1),
        Block("head", head, head_net, (0, 0, HIGH + SOLE), {"": FUR}, _head(), 3),
    )
    pieces = _flats(palette)
    flats = (*laid(pieces[:2], (96, 6)), *laid(reversed(pieces[2:]), (92, 73)))
    places = (
        *on_grid("body", "front", (-7, 7), (-19.5,)),
        *on_grid("head", "back", (-14.5, 0, 14.5), (-24, -9.5)),
        *on_grid("head", "right", (0,), (-10,)),
        *on_grid("head", "left", (0,), (-10,)),
    )
    marks = (
        Mark("A", Place("head", "lid", -13, -16)),
        Mark("B", Place("head", "lid", 13, -16)),
        Mark("C", Place("body", "right", 0, -25)),
        Mark("D", Place("body", "left", 0, -25)),
        Mark("E", Place("body", "floor", 0, -16)),
        Mark("F", Place("body", "lid", 0, -12)),
        Mark("F", Place("head", "floor", 0, -16)),
    )
    return Figure("pixel", blocks, flats, places, Place("body", "back", 0, -15.5), marks)


def _head() -> dict[str, str]:
    stripes = (
        plain("M-2.2 -32.5H2.2L0.6 -24.5H-0.4Z", FUR_DARK)
        + plain("M-8.4 -32.5H-4.8L-4.6 -26.2Z", FUR_DARK)
        + plain("M4.8 -32.5H8.4L5 -26.6Z", FUR_DARK)
    )
    eyes = (
        disc(-10, -18, 5, GOLD)
        + oval(-9.4, -17.4, 1.3, 3.6, INK, drawn=False)
        + disc(10.4, -18.2, 5, GOLD)
        + oval(9.6, -17.4, 1.3, 3.6, INK, drawn=False)
        + plain("M-16 -17.6A6 6 0 0 1 -4.2 -17.2L-4 -24H-16Z", FUR)
        + line("M-15.2 -18.6C-12 -19.7 -8 -19.6 -4.8 -18.3", INK, 0.8)
        + plain("M4.6 -20.2C8 -21.9 13 -21.9 16 -20.2V-25H4.6Z", FUR)
        + line("M5.6 -20.2C8.6 -21.6 12.4 -21.6 15.2 -20", INK, 0.8)
        + line("M6.4 -25.8C9 -27.2 12 -27.1 14.2 -25.9", FUR_DARK, 1.1)
    )
    muzzle = (
        oval(0.2, -7.6, 9.4, 5.6, CARD, drawn=False)
        + shape(
            "M-2.2 -11.8C-0.8 -12.4 1.2 -12.4 2.6 -11.8C2 -10.2 0.9 -9.4 0.2 -9.3C-0.6 -9.4 -1.6 -10.2 -2.2 -11.8Z",
            ROSE,
        )
        + line(
            "M0.2 -9.3V-7.6M0.2 -7.6C-1 -5.2 -4.4 -5 -5.6 -7M0.2 -7.6C1.4 -5.2 5.4 -5 6.8 -7.8",
            INK,
            0.7,
        )
        + line(
            "M-11 -9.8L-23 -11.8M-11 -7.8H-23M-10.6 -6L-23 -3.8M11.4 -9.8L23 -11.6M11.4 -7.8H23M11 -6L23 -3.6",
            INK,
            0.45,
        )
        + "".join(
            disc(x, y, 0.35, INK, drawn=False)
            for x, y in ((-5, -9), (-6.6, -7.6), (5.6, -9), (7.2, -7.8))
        )
    )
    flank = "".join(
        plain(
            f"M{-15.9} {y}C-8 {y - 1} -5 {y + 0.6} -3.4 {y + 1.6}C-6 {y + 2.6} -10 {y + 2.8} -15.9 {y + 2.4}Z",
            FUR_DARK,
        )
        for y in (-27, -22)
    )
    other = f'<g transform="scale(-1 1)">{flank}</g>'
    top = (
        plain("M-2.2 0.5V-13L0.4 -17L2.2 -13V0.5Z", FUR_DARK)
        + plain("M-8.4 0.5V-8L-6.5 -12L-4.8 -8V0.5Z", FUR_DARK)
        + plain("M4.8 0.5V-8L6.5 -12L8.4 -8V0.5Z", FUR_DARK)
    )
    return {"front": stripes + muzzle + eyes, "right": other, "left": flank, "lid": top}


def _body(palette: Palette) -> dict[str, str]:
    pocket = shape("M-8.5 -10H8.5L11.5 -1.5H-11.5Z", palette.pale) + line(
        "M-8.4 -9.9L-11 -2.5M8.4 -9.9L11 -2.5", INK, 0.4
    )
    strings = line(
        "M-4 -31C-4.6 -29 -4.6 -28 -4 -26.300M4.2 -31C4.7 -29 4.6 -28.5 4.3 -27.3",
        palette.pale,
        1.0,
    )
    hem = line("M-19 -1.2H19", palette.pale, 0.6)
    tail = (
        line("M14.5 -2C2 1.5 -10 -1 -9.5 -8.500C-9 -14 -1 -14.5 0.2 -10.5", INK, 5.4)
        + line("M15.5 -2C2 1.5 -10 -1 -9.5 -8.500C-9 -14 -1 -14.5 0.2 -10.5", FUR, 4.2)
        + line("M-9.6 -7.600L-9.2 -10M-6.8 -3.300L-8.3 -5.200M-0.8 -1.300L-2 -0.7", FUR_DARK, 2.4)
    )
    return {"front": strings + pocket + hem, "left": hem, "right": hem + tail, "back": hem}


def _flats(palette: Palette) -> tuple[Flat, ...]:
    top, side, high = HIGH + HEAD[2] + SOLE, FOOT[0] / 2 - 4, HIGH - 5
    sleeve = (
        shape("M-6 17.5H6V25H-6Z", FUR)
        + line("M-2 24V21.4M2 24V21.4")
        + line("M-4 15.5H4", palette.pale, 0.9)
    )
    shoes = (
        shape("M-23 5V-3.5C-19 -8 -6 -8 -2.6 -2L-3.5 5Z", FUR)
        + shape("M23 5V-3.500C19 -8 6 -8 2.6 -2L3.5 5Z", FUR)
        + line("M-16 4V0.500M-10 4V0.500M16 4V0.500M10 4V0.5")
    )
    return (
        _ear("A", -13, top, 0.94),
        _ear("B", 13, top, 1.0),
        arm("C", palette.deep, sleeve, (side, 0, high), (0.2, -0.5, -0.84), 2),
        arm("D", palette.deep, sleeve, (-side, 0, high), (-0.2, -0.7, -0.7), 0.5),
        feet("E", palette.deep, shoes, FOOT[0], FOOT[1], -FOOT[1] / 2 - 1),
    )


def _ear(key: str, x: float, top: float, tall: float) -> Flat:
    """Two triangles that share a slanted edge."""
    outline = ((-7.5, 0.0), (1.5, -15 * tall), (7.5, 0.0))
    inside = plain(f"M-4.6 -1.2L1.1 {-11.5 * tall}L5 -1.2Z", ROSE)
    return Flat(key, outline, FUR, inside, (x, 0, top), (1, 0, 0), (0, 0, -1), 4, fold=1, foot=2)
