"""Pieces that several figures have, each in its own measures. Pure."""

from academy.passport.toy.flats import Flat, rounded
from academy.passport.toy.solids import Point, Space


def arm(
    key: str, ground: str, art: str, origin: Space, down: Space, layer: float, long: float = 24
) -> Flat:
    """A strip folded at the hand, printed on both sides; held by the shoulder, along a side."""
    outline = rounded(
        ((-4, -4), (4, -4), (4, long - 7), (5.5, long - 4), (5.5, long), (-5.5, long), (-5.5, long - 4), (-4, long - 7)),
        2, (4, 5),
    )  # fmt: skip
    held = tuple((x, 2 * long - y) for x, y in ((-3.0, -3.0), (3.0, -3.0), (3.0, 4.0), (-3.0, 4.0)))
    x, y, z = down
    return Flat(
        key, outline, ground, art, origin, (x, -z, y), (x, y, z), layer,
        fold=lowest(outline), glued=(held,),
    )  # fmt: skip


def feet(key: str, ground: str, art: str, wide: float, deep: float, front: float) -> Flat:
    """A sole larger than the body, with two feet in front; the body is glued on the grey."""
    x, out = wide / 2 + 3.5, 4.0
    outline = rounded(
        ((-x, out), (-x, -deep - 2), (x, -deep - 2), (x, out), (3.5, out), (2.5, -1), (-2.5, -1), (-3.5, out)),
        3, (5, 6),
    )  # fmt: skip
    grey = (
        (-wide / 2 + 1.5, -deep),
        (wide / 2 - 1.5, -deep),
        (wide / 2 - 1.5, -5.0),
        (-wide / 2 + 1.5, -5.0),
    )
    return Flat(
        key, outline, ground, art, (0, front, 0.2), (1, 0, 0), (0, -1, 0), 0, glued=(grey,)
    )  # fmt: skip


def lowest(outline: tuple[Point, ...]) -> int:
    """The number of the lowest edge that lies level."""
    bottom = max(y for _x, y in outline)
    after = (*outline[1:], outline[0])
    pairs = enumerate(zip(outline, after, strict=True))
    return next(number for number, ((_, y), (_, its)) in pairs if y == its == bottom)
