"""Ohm, a robot: two boxes. Pure."""

from academy.passport.toy.crew.limbs import arm, feet
from academy.passport.toy.crew.pens import disc, line, oval, shape, slab
from academy.passport.toy.figures import Block, Figure, Mark, Place, extent, laid, on_grid, placed
from academy.passport.toy.flats import Flat
from academy.passport.toy.palette import GOLD, INK, PAPER, ROSE, Palette
from academy.passport.toy.solids import drum, rectangle

HEAD, BODY, SOLE = (44.0, 34.0, 34.0), (32.0, 26.0, 34.0), 0.4


def ohm(palette: Palette) -> Figure:
    head = drum(rectangle(*HEAD[:2]), rectangle(*HEAD[:2]), HEAD[2])
    body = drum(rectangle(*BODY[:2]), rectangle(*BODY[:2]), BODY[2])
    head_net = placed(head, 0, 0)
    below = extent(head_net)[3] + 3
    body_net = placed(body, 0, below)
    blocks = (
        Block("body", body, body_net, (0, 0, SOLE), {"": palette.deep}, _body(palette), 1),
        Block(
            "head", head, head_net, (0, 0, BODY[2] + SOLE), {"": palette.pale}, _head(palette), 3
        ),
    )
    flats = laid(_flats(palette), (extent(body_net)[2] + 8, below + 2))
    places = (
        *on_grid("body", "front", (-7, 7), (-22,)),
        *on_grid("head", "back", (-14, 0, 14), (-25, -10)),
        *on_grid("head", "left", (0,), (-9.5,)),
        *on_grid("head", "right", (0,), (-9.5,)),
    )
    marks = (
        Mark("A", Place("head", "lid", 0, -12)),
        Mark("B", Place("body", "right", 0, -27)),
        Mark("C", Place("body", "left", 0, -27)),
        Mark("D", Place("body", "floor", 0, -13)),
        Mark("E", Place("body", "lid", 0, -13)),
        Mark("E", Place("head", "floor", 0, -17)),
    )
    return Figure("ohm", blocks, flats, places, Place("body", "back", 0, -17), marks)


def _head(palette: Palette) -> dict[str, str]:
    bolts = "".join(disc(x, y, 0.9, GOLD) for x in (-19.6, 19.6) for y in (-31, -3))
    face = (
        slab(-17.5, -29, 35, 21.5, 5, INK)
        + line("M-13.5 -26.2C-10 -27.4 -6 -27.5 -3 -27.2", PAPER, 0.5)
        + oval(-7.6, -18.6, 3.5, 4.1, PAPER)
        + oval(8, -19.1, 4.3, 4.9, PAPER)
        + disc(-6.7, -17.9, 1.5, INK)
        + disc(7.2, -18.1, 1.8, INK)
        + disc(-7.3, -18.6, 0.5, PAPER, drawn=False)
        + disc(6.5, -18.9, 0.6, PAPER, drawn=False)
        + line("M4.4 -25.6C6.6 -26.9 9.6 -26.9 12 -25.4", GOLD, 0.9)
        + line("M-5.4 -12.2C-2.4 -9.9 2.6 -9.8 6.2 -12.8", GOLD, 1.0)
        + disc(-13.2, -13.3, 1.5, ROSE, drawn=False)
        + disc(14, -13.6, 1.5, ROSE, drawn=False)
        + "".join(line(f"M{x} -5.4V-2.6") for x in (-6, -3, 0, 3, 6))
    )
    ear = (
        disc(0, -24, 6.6, palette.deep)
        + disc(0, -24, 4.9, GOLD)
        + line(
            "M-2.6 -21.6H-1.1V-22.4C-2.8 -23.3 -3 -26.9 0 -26.9S2.8 -23.3 1.1 -22.4V-21.6H2.6",
            INK,
            0.8,
        )
    )
    plate = "".join(disc(x, y, 0.7, GOLD) for x in (-18.5, 18.5) for y in (-30, -4))
    vents = "".join(line(f"M{x} -29H{x + 9}M{x} -26.6H{x + 9}") for x in (-17, 8))
    return {"front": bolts + face, "left": ear, "right": ear, "back": plate, "lid": vents + plate}


def _body(palette: Palette) -> dict[str, str]:
    front = (
        slab(-14, -30.5, 28, 17, 2.5, palette.pale)
        + slab(-14, -11, 17.5, 7, 1.6, PAPER)
        + line(
            "M-12 -6.3C-10 -6.3 -10 -9.3 -8.2 -9.300S-6 -5.6 -4.2 -5.6 -2.4 -8.2 1.4 -8.2",
            palette.deep,
        )
        + disc(7, -7.5, 1.5, GOLD)
        + disc(11.4, -7.5, 1.5, ROSE)
    )
    belt = line("M-14 -3H14", palette.pale, 0.6)
    side = line("M-10 -3H10", palette.pale, 0.6) + disc(0, -27, 5.2, palette.pale)
    return {"front": front, "left": side, "right": side, "back": belt}


def _flats(palette: Palette) -> tuple[Flat, ...]:
    high, side = BODY[2] - 4.5, BODY[0] / 2
    sleeve = (
        line("M-4 5H4M-4 9H4M-4 13H4", palette.deep)
        + shape("M-4.2 17.2H4.2L5.7 20V24.5H-5.7V20Z", GOLD)
        + line("M-1.5 24V21M1.5 24V21")
        + disc(0, 0, 1.5, GOLD)
    )
    shoes = (
        shape("M-20 4V-5H-2.7L-3.5 4Z", GOLD)
        + shape("M20 4V-5H2.7L3.5 4Z", GOLD)
        + line("M-15 4V-0.5M-10 4V-0.5M15 4V-0.5M10 4V-0.5")
    )
    return (
        _aerial(palette),
        arm("B", palette.pale, sleeve, (side, 0, high), (0, -0.42, -0.91), 2),
        arm("C", palette.pale, sleeve, (-side, 0, high), (0, -0.77, -0.64), 0.5),
        feet("D", palette.deep, shoes, BODY[0], BODY[1], -BODY[1] / 2 - 1),
    )


def _aerial(palette: Palette) -> Flat:
    outline = ((-3, 0), (-2.2, -7), (-6, -12), (-2.6, -18), (3, -18), (6, -12), (2.2, -7), (3, 0))
    return Flat(
        "A", outline, GOLD, line("M-2.4 -7H2.4") + disc(0.2, -12.4, 2, palette.deep),
        (0, 0, BODY[2] + HEAD[2] + SOLE), (1, 0, 0), (0, 0, -1), 4, fold=3, foot=7,
    )  # fmt: skip
