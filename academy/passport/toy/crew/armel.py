"""Armel, a lighthouse keeper whose oilskin is a lighthouse: a box, and a tower that narrows. Pure."""

from academy.passport.toy.crew.limbs import arm, feet
from academy.passport.toy.crew.pens import disc, line, oval, plain, shape, slab
from academy.passport.toy.figures import Block, Figure, Mark, Place, extent, laid, on_grid, placed
from academy.passport.toy.flats import Flat, rounded
from academy.passport.toy.palette import CARD, GOLD, INK, PAPER, ROSE, SKIN, WOOL, Palette
from academy.passport.toy.solids import drum, rectangle

HEAD, FOOT, NECK, HIGH, SOLE = (34.0, 30.0, 33.0), (37.0, 33.0), (27.0, 25.0), 43.0, 0.4


def armel(palette: Palette) -> Figure:
    head = drum(rectangle(*HEAD[:2]), rectangle(*HEAD[:2]), HEAD[2])
    body = drum(rectangle(*FOOT), rectangle(*NECK), HIGH)
    head_net = placed(head, 0, 0)
    below = extent(head_net)[3] + 2
    body_net = placed(body, 0, below)
    grounds = {"": SKIN, "lid": INK, "back": WOOL}
    blocks = (
        Block(
            "body", body, body_net, (0, 0, SOLE), {"": CARD, "lid": palette.deep}, _body(palette), 1
        ),
        Block("head", head, head_net, (0, 0, HIGH + SOLE), grounds, _head(palette), 3),
    )
    pieces = _flats(palette)
    flats = (*laid(pieces[:3], (extent(head_net)[2] + 5, 8)), *laid(pieces[3:], (120, 176)))
    places = (
        *on_grid("body", "front", (-7, 7), (-25.5,)),
        *on_grid("body", "right", (5.5,), (-9,)),
        *on_grid("body", "left", (-5.5,), (-9,)),
        *on_grid("head", "back", (-8, 8), (-10.5,)),
        *on_grid("body", "back", (-7, 7), (-36,)),
    )
    marks = (
        Mark("A", Place("head", "lid", 0, -15)),
        Mark("B", Place("body", "right", 0, -35)),
        Mark("C", Place("body", "left", 0, -35)),
        Mark("D", Place("body", "floor", 0, -16)),
        Mark("E", Place("body", "lid", 0, -12.5)),
        Mark("E", Place("head", "floor", 0, -15)),
    )
    return Figure("armel", blocks, flats, places, Place("body", "back", 0, -15), marks)


def _cap(palette: Palette, half: float) -> str:
    """A woollen cap: its crown and its ribbed brim."""
    ribs = "".join(
        line(f"M{-half + 1.5 + step * 3} -26.300V-22.4", palette.deep, 0.5)
        for step in range(int(half * 2 / 3))
    )
    return (
        plain(f"M{-half - 1} -34H{half + 1}V-26H{-half - 1}Z", INK)
        + slab(-half - 1, -26.8, half * 2 + 2, 4.8, 0, palette.pale)
        + ribs
    )


def _head(palette: Palette) -> dict[str, str]:
    beard = shape(
        "M-18 -15C-14.5 -15.5 -13 -13.5 -10 -13C-6 -12.4 -4 -14 0 -14C4 -14 6.5 -12.4 10 -13C13 -13.5 14.5 -15.5 18 -15V1H-18Z",
        WOOL,
    )
    locks = line(
        "M-12 -8C-11.5 -5 -10 -3.5 -8.5 -2.500M-4 -4C-3.5 -2.5 -2.5 -1.5 -1.5 -1M12 -8C11.6 -5.5 10.5 -4 9 -2.800M5 -4.500C4.6 -3 4 -2 3 -1.3",
        INK,
        0.45,
    )
    smile = shape(
        "M-5.5 -10.200C-2.5 -11 2.5 -11.1 6 -10.500C4.6 -6.6 -3.8 -6.3 -5.5 -10.200Z", ROSE
    )
    moustache = shape(
        "M0.2 -14.800C-3 -16 -8.5 -14.6 -10.5 -11.200C-7 -10.4 -3 -10.8 0.2 -12.400C3.4 -10.8 8 -10.5 11.2 -11.500C9 -14.9 3.4 -16 0.2 -14.800Z",
        WOOL,
    )
    nose = shape(
        "M-2.2 -16.400C-3 -18.4 -1.6 -19.8 0.3 -19.800C2.2 -19.8 3.4 -18.3 2.7 -16.300C2 -14.6 -1.5 -14.6 -2.2 -16.400Z",
        ROSE,
    )
    eyes = (
        oval(-7, -18.6, 1.5, 1.9, INK, drawn=False)
        + disc(-6.5, -19.2, 0.5, CARD, drawn=False)
        + line("M5.4 -18.300C6.5 -19.7 8.5 -19.7 9.6 -18.2", INK, 0.9)
        + line(
            "M-10 -21C-8.6 -22 -6 -22 -4.6 -21.200M5.2 -21.300C6.8 -22.2 9.2 -22.1 10.6 -21.1",
            WOOL,
            1.5,
        )
        + line("M11.8 -19.300L13.3 -20M11.9 -17.600L13.4 -17.4", INK, 0.45)
    )
    cheeks = disc(-11.5, -15.8, 1.7, ROSE, drawn=False) + disc(12, -15.8, 1.7, ROSE, drawn=False)
    side = (
        shape("M-16 -22.500H2C1 -18 3 -16.5 6 -15.500C10 -14.5 13 -15 16 -15V1H-16Z", WOOL)
        + oval(0.8, -15.6, 2.7, 3.8, SKIN)
        + line("M0.3 -17C1.8 -17 1.8 -14.6 0.5 -14.2", INK, 0.45)
    )
    back = line(
        "M-12 -19.500V-16.500M-6 -20.500V-18.500M0 -19.500V-17M6 -20.500V-18.500M12 -19.500V-16.5",
        INK,
        0.45,
    )
    turned = f'<g transform="scale(-1 1)">{side}</g>'
    return {
        "front": cheeks + beard + locks + smile + moustache + nose + eyes + _cap(palette, 17),
        "right": turned + _cap(palette, 15), "left": side + _cap(palette, 15),
        "back": back + _cap(palette, 17),
        "lid": "".join(line(f"M{x} 0.500V-31", palette.pale, 0.4) for x in (-12, -6, 0, 6, 12)),
    }  # fmt: skip


def _body(palette: Palette) -> dict[str, str]:
    bands = "".join(plain(f"M-21 {y}H21V{y + 9.5}H-21Z", palette.deep) for y in (-33.5, -14.5))
    hems = "".join(line(f"M-21 {y}H21", INK, 0.5) for y in (-33.5, -24, -14.5, -5))
    collar = shape(
        "M-14 -44H14L13.5 -40.500L4 -36.500L0.2 -41L-4 -36.500L-13.5 -40.500Z", palette.pale
    )
    rail = line("M-21 -1.500H21", palette.deep, 1.2)
    door = shape("M-3.8 -5V-12.500A3.8 3.8 0 0 1 3.8 -12.500V-5Z", GOLD) + disc(
        1.8, -8.6, 0.5, INK, drawn=False
    )
    chest = slab(-14, -32.5, 28, 14, 3, palette.pale)
    window = slab(-2, -30.5, 4, 5, 2, GOLD)
    buttons = "".join(disc(0.1, y, 0.7, GOLD) for y in (-16.2,))
    around = bands + hems + rail
    return {
        "front": around + collar + door + chest + buttons,
        "right": around + window + line("M-15 -40H15", palette.deep, 0.6),
        "left": around + window + line("M-15 -40H15", palette.deep, 0.6),
        "back": around,
    }  # fmt: skip


def _flats(palette: Palette) -> tuple[Flat, ...]:
    side, high = FOOT[0] / 2 - 4.3, HIGH - 8
    mitten = (
        shape("M-6 18.500H6V25H-6Z", GOLD)
        + line("M2.5 24C2.5 22 1.5 21 0 21")
        + line("M-4 15.500H4", palette.pale, 0.9)
    )
    boots = (
        shape("M-23 5V-4H-2.700L-3.5 5Z", INK)
        + shape("M23 5V-4H2.700L3.5 5Z", INK)
        + line("M-19.5 1H-5M5 1H19.5", PAPER, 0.5)
    )
    return (
        _bobble(palette),
        arm("B", palette.deep, mitten, (side, 0, high), (0.13, -0.45, -0.88), 2),
        arm("C", palette.deep, mitten, (-side, 0, high), (-0.13, -0.72, -0.68), 0.5),
        feet("D", palette.deep, boots, FOOT[0], FOOT[1], -FOOT[1] / 2 - 1),
    )


def _bobble(palette: Palette) -> Flat:
    outline = rounded(
        (
            (-3, 0),
            (-3, -2),
            (-8, -5),
            (-8, -13),
            (-3, -16),
            (3, -16),
            (8, -13),
            (8, -5),
            (3, -2),
            (3, 0),
        ),
        2,
        (0, 9, 4, 5),
    )
    top = outline.index((-3, -16))
    art = line(
        "M-3.5 -5L-5 -8M0 -4.500V-8M3.5 -5L5 -8.500M-2.5 -11.500L-3.5 -14M2.5 -11.500L3.2 -14M0 -10.500V-12",
        palette.deep,
        0.6,
    )
    return Flat(
        "A", outline, palette.pale, art, (0, 0, HIGH + HEAD[2] + SOLE), (1, 0, 0), (0, 0, -1), 4,
        fold=top, foot=len(outline) - 1,
    )  # fmt: skip
