"""Noctua, an owl with glasses: one tower with six sides, the quickest to build. Pure."""

from academy.passport.toy.crew.limbs import feet, lowest
from academy.passport.toy.crew.pens import disc, line, oval, plain, shape
from academy.passport.toy.figures import Block, Figure, Mark, Place, extent, laid, on_grid, placed
from academy.passport.toy.flats import Flat, rounded
from academy.passport.toy.palette import CARD, FUR, FUR_DARK, GOLD, INK, PAPER, Palette
from academy.passport.toy.solids import drum, hexagon, shrunk

FOOT, HIGH, SLIMMER, SOLE = (34.0, 54.0, 38.0), 70.0, 0.88, 0.4


def noctua(palette: Palette) -> Figure:
    foot = hexagon(*FOOT)
    tower = drum(foot, shrunk(foot, SLIMMER), HIGH)
    net = placed(tower, 0, 0)
    blocks = (
        Block("body", tower, net, (0, 0, SOLE), {"": FUR_DARK, "lid": FUR_DARK}, _art(palette), 1),
    )
    flats = laid(_flats(palette), (4, extent(net)[3] + 3))
    places = (
        *on_grid("body", "front", (-7, 7), (-25, -11)),
        *on_grid("body", "back", (-7, 7), (-52,)),
        *on_grid("body", "back-right", (0,), (-47, -25)),
        *on_grid("body", "back-left", (0,), (-47, -25)),
    )
    marks = (
        Mark("A", Place("body", "lid", -15, -15)),
        Mark("B", Place("body", "lid", 15, -15)),
        Mark("C", Place("body", "front-right", 0, -46)),
        Mark("D", Place("body", "front-left", 0, -46)),
        Mark("E", Place("body", "floor", 0, -19)),
    )
    return Figure("noctua", blocks, flats, places, Place("body", "back", 0, -21), marks)


def _art(palette: Palette) -> dict[str, str]:
    brow = plain("M-19 -71H19L17 -63C10 -66 4 -61.5 0 -56.500C-4 -61.5 -10 -66 -17 -63Z", FUR)
    disks = oval(-7.6, -53.5, 9.6, 10.6, PAPER) + oval(7.8, -53.7, 9.6, 10.6, PAPER)
    eyes = (
        disc(-7, -53.2, 4.6, GOLD)
        + disc(-6.4, -52.8, 2.3, INK)
        + disc(-7.2, -53.6, 0.7, CARD, drawn=False)
        + disc(7.4, -53.4, 4.6, GOLD)
        + disc(6.6, -52.8, 2.3, INK)
        + disc(5.8, -53.6, 0.7, CARD, drawn=False)
        + plain("M1.6 -54.800C4 -57 11 -57.2 13.2 -54.800V-60H1.600Z", PAPER)
        + line("M2.5 -54.600C5 -56 10 -56.1 12.2 -54.7", INK, 0.8)
    )
    glasses = (
        f'<circle cx="-7.2" cy="-53.4" r="7.3" fill="none" stroke="{palette.deep}" stroke-width="1.5"/>'
        f'<circle cx="7.6" cy="-53.6" r="7.3" fill="none" stroke="{palette.deep}" stroke-width="1.5"/>'
        + line("M-0.6 -55.800C-0.2 -56.6 0.6 -56.6 1 -55.9", palette.deep, 1.5)
        + line("M-14.5 -54.500L-17 -55.500M14.9 -54.700L17 -55.6", palette.deep, 1.5)
    )
    beak = shape(
        "M-2.3 -48.600C-1 -49.8 1.4 -49.8 2.7 -48.700C2.4 -45.8 1.3 -44 0.2 -42.800C-1 -44 -2 -45.8 -2.3 -48.600Z",
        GOLD,
    )
    belly = shape("M-15.2 1V-33C-12 -38.5 12 -38.5 15 -33L15.5 1Z", FUR) + "".join(
        line(f"M{x - 2.2} {y}C{x - 1.5} {y + 2} {x + 1.5} {y + 2} {x + 2.2} {y}", FUR_DARK, 0.7)
        for y, row in ((-34.2, (-6, 0, 6)), (-3.6, (-9, -3, 3, 9)))
        for x in row
    )
    coat = plain(
        "M-18 1V-40C-15.5 -37 -12.5 -34 -9.5 -33L-15.5 -24L-14 -20V1Z", palette.deep
    ) + plain("M18 1V-40C15.5 -37 12.5 -34 9.5 -33L15.5 -24L14 -20V1Z", palette.deep)
    edge = line("M-9.5 -33L-15.5 -24L-14 -20V0M9.5 -33L15.5 -24L14 -20V0")
    side = (
        plain("M-15 1V-39H15V1Z", palette.deep)
        + line("M-15 -39H15")
        + _feathers((-64, -58, -52, -46), 9)
    )
    low = line("M-15 -3H15", palette.pale, 0.6)
    back = side + plain("M-20 1V-39H20V1Z", palette.deep) + line("M-20 -39H20")
    return {
        "front": brow + belly + coat + edge + disks + eyes + glasses + beak,
        "front-right": side + low, "front-left": side + low,
        "back-right": side + low, "back-left": side + low,
        "back": back + low,
        "lid": "".join(line(f"M{x - 2} {y}C{x - 1.5} {y - 2} {x + 1.5} {y - 2} {x + 2} {y}", FUR, 0.7) for y in (-6, -14, -22, -29) for x in (-6, 0, 6)),
    }  # fmt: skip


def _feathers(rows: tuple[float, ...], wide: float) -> str:
    return "".join(
        line(f"M{x - 2} {y}C{x - 1.5} {y + 2} {x + 1.5} {y + 2} {x + 2} {y}", FUR, 0.7)
        for number, y in enumerate(rows)
        for x in (((-wide * 0.66), 0, wide * 0.66) if number % 2 else (-wide * 0.33, wide * 0.33))
    )


def _flats(palette: Palette) -> tuple[Flat, ...]:
    top, x, y = HIGH + SOLE, FOOT[1] / 2 - 6, -8.5
    claws = (
        shape("M-20 5V-3C-15 -7 -7 -7 -2.6 -2L-3.5 5Z", GOLD)
        + shape("M20 5V-3C15 -7 7 -7 2.6 -2L3.5 5Z", GOLD)
        + line("M-13.5 4V-0.500M-8.5 4V-0.500M13.5 4V-0.500M8.5 4V-0.5")
    )
    return (
        _tuft("A", -15, top, -1), _tuft("B", 15, top, 1),
        _wing("C", palette, (x, y, 50), (0.50, 0.866, 0), 2),
        _wing("D", palette, (-x + 2.5, y, 50), (0.50, -0.866, 0), 0.5),
        feet("E", palette.deep, claws, FOOT[0], FOOT[2], -FOOT[2] / 2 - 1),
    )  # fmt: skip


def _tuft(key: str, x: float, top: float, way: int) -> Flat:
    outline = ((-5.5, 0.0), (2.5 * way, -13.0), (5.5, 0.0))
    return Flat(
        key, outline, FUR_DARK, line("M-2 -1.5L1 -8M1.5 -1.500L2 -5", FUR, 0.7) if way > 0 else line("M2 -1.5L-1 -8M-1.5 -1.500L-2 -5", FUR, 0.7),
        (x, -3, top), (1, 0, 0), (0, 0, -1), 4, fold=1 if way > 0 else 0, foot=2,
    )  # fmt: skip


def _wing(
    key: str,
    palette: Palette,
    origin: tuple[float, float, float],
    right: tuple[float, float, float],
    layer: float,
) -> Flat:
    outline = rounded(
        ((-6.5, -5), (6.5, -5), (8.5, 16), (2.5, 30), (-2.5, 30), (-8.5, 16)), 4.5, (3, 4)
    )
    bottom = lowest(outline)
    held = tuple((a, 60 - b) for a, b in ((-4.0, -3.0), (4.0, -3.0), (4.0, 5.0), (-4.0, 5.0)))
    art = "".join(
        line(f"M{x - 2.2} {y}C{x - 1.5} {y + 2.5} {x + 1.5} {y + 2.5} {x + 2.2} {y}", palette.deep, 0.8)
        for y, row in ((3, (-4.4, 0, 4.4)), (8.5, (-2.2, 2.2)), (14, (-4.4, 0, 4.4)), (19.5, (-2.2, 2.2)), (24, (0,)))
        for x in row
    )  # fmt: skip
    return Flat(
        key, outline, palette.pale, art, origin, right, (0.06, -0.1, -0.993), layer,
        fold=bottom, glued=(held,),
    )  # fmt: skip
