"""Every Paper Toy closes: its nets are folded, and what they make is measured."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.passport.toy.crew.people import Character, figure
from academy.passport.toy.figures import CODE, HEIGHT, PLACE, WIDTH, Block, Figure
from academy.passport.toy.flats import Flat
from academy.passport.toy.net import Net, distance, unfolded
from academy.passport.toy.palette import Colour
from academy.passport.toy.solids import Point, Solid, drum, hexagon, rectangle, shrunk
from tests.paper import about, edge_of, edges, folded, hull, in_space, overlap, volume

CLOSE = 1e-6
CHARACTERS = pytest.mark.parametrize("character", Character)
VOLUMES = {
    ("armel", "head"): 34 * 30 * 33,
    ("armel", "body"): 43 / 6 * (37 * 33 + 4 * (32 * 29) + 27 * 25),
    ("ohm", "head"): 44 * 34 * 34,
    ("ohm", "body"): 32 * 26 * 34,
    ("pixel", "head"): 46 * 32 * 32,
    ("pixel", "body"): 31 / 6 * (38 * 32 + 4 * (33 * 28) + 28 * 24),
    ("noctua", "body"): 70 / 3 * (1 + 0.88 + 0.88**2) * (34 + 54) / 2 * 38,
}
"""In cubic millimetres, worked out by hand from the measures of each solid."""

lengths = st.floats(12, 60)
boxes = st.builds(
    lambda wide, deep, high: drum(rectangle(wide, deep), rectangle(wide, deep), high),
    lengths, lengths, lengths,
)  # fmt: skip
towers = st.builds(
    lambda wide, deep, high, by: drum(
        rectangle(wide, deep), shrunk(rectangle(wide, deep), by), high
    ),
    lengths, lengths, st.floats(25, 80), st.floats(0.7, 1.15),
)  # fmt: skip
six_sided = st.builds(
    lambda front, out, deep, high, by: drum(
        hexagon(front, front + 2 * out, deep), shrunk(hexagon(front, front + 2 * out, deep), by), high
    ),
    st.floats(20, 40), st.floats(8, 14), st.floats(26, 44), st.floats(40, 80), st.floats(0.85, 1),
)  # fmt: skip
solids = boxes | towers | six_sided


def closes(net: Net) -> None:
    """Each tab's edge meets its partner's, end to end; each edge belongs to two faces, no more."""
    for tab in net.tabs:
        mine = edge_of(net, tab.face, tab.edge)
        its = edge_of(net, tab.onto, tab.onto_edge)
        assert np.abs(mine - its[::-1]).max() < CLOSE, tab
    met: Counter[frozenset[tuple[float, ...]]] = Counter()
    for _face, ends in edges(net):
        met[frozenset(tuple(np.round(spot, 5) + 0.0) for spot in ends)] += 1
    assert set(met.values()) == {2}
    assert len(met) == len(net.folds) + len(net.tabs)


def tabs_lie_flat(net: Net) -> None:
    """Folded in its turn, a tab lies on the inside of its partner and does not stick out of it."""
    moved = folded(net)
    for tab in net.tabs:
        start, end = net.face(tab.face).edge(tab.edge)
        glued = in_space(moved[tab.face] @ about(start, end, tab.turn), tab.outline)
        partner = in_space(moved[tab.onto], net.face(tab.onto).corners)
        out = np.cross(partner[1] - partner[0], partner[2] - partner[1])
        assert np.abs((glued - partner[0]) @ out).max() / np.linalg.norm(out) < CLOSE
        for number in range(len(partner)):
            along = partner[(number + 1) % len(partner)] - partner[number]
            inside = np.cross(out, along)
            assert ((glued - partner[number]) @ inside).min() / np.linalg.norm(inside) > -CLOSE, tab


def lies_open(net: Net) -> None:
    """No two faces, nor tabs and faces, nor two tabs, cover the same paper."""
    pieces = [*(face.corners for face in net.faces), *(tab.outline for tab in net.tabs)]
    for one, other in combinations(pieces, 2):
        assert not overlap(one, other)


def outlines(block: Block) -> list[tuple[Point, ...]]:
    return [
        *(face.corners for face in block.net.faces),
        *(tab.outline for tab in block.net.tabs),
    ]


def sides(flat: Flat) -> list[list[Point]]:
    """Both sides of a piece and its flanges, on the sheet."""
    x, y = flat.shift
    parts = [flat.outline, flat.twin, *flat.flanges]
    return [hull([(a + x, b + y) for a, b in part]) for part in parts if part]


def pieces(made: Figure) -> list[list[list[Point]]]:
    """What is cut out, each piece as convex parts."""
    blocks = [[list(part) for part in outlines(block)] for block in made.blocks]
    return [*blocks, *(sides(flat) for flat in made.flats)]


@CHARACTERS
def test_every_block_of_every_figure_closes(character: Character) -> None:
    blocks = figure(character, Colour.SEA).blocks

    assert blocks
    for block in blocks:
        closes(block.net)
        tabs_lie_flat(block.net)
        lies_open(block.net)


@CHARACTERS
def test_what_closes_holds_what_it_should(character: Character) -> None:
    for block in figure(character, Colour.PINE).blocks:
        assert volume(block.net) == pytest.approx(VOLUMES[character, block.key], rel=1e-9)


@given(solid=solids)
def test_any_box_tower_or_prism_closes_too(solid: Solid) -> None:
    net = unfolded(solid)

    closes(net)
    lies_open(net)
    assert volume(net) > 0


def test_a_net_that_is_folded_wrongly_does_not_close() -> None:
    net = unfolded(drum(rectangle(30, 20), rectangle(30, 20), 40))
    first, *others = net.folds
    slack = type(first)(first.parent, first.edge, first.child, first.turn - 0.01)

    with pytest.raises(AssertionError):
        closes(Net(net.faces, (slack, *others), net.tabs))


@CHARACTERS
@pytest.mark.parametrize("colour", Colour)
def test_nothing_covers_anything_else_nor_leaves_the_sheet(
    character: Character, colour: Colour
) -> None:
    cut = pieces(figure(character, colour))

    for piece in cut:
        for part in piece:
            assert all(
                -CLOSE <= x <= WIDTH + CLOSE and -CLOSE <= y <= HEIGHT + CLOSE for x, y in part
            )
    for one, other in combinations(cut, 2):
        assert not any(overlap(mine, its) for mine in one for its in other)


@CHARACTERS
def test_what_is_folded_double_has_a_twin_of_its_own_shape(character: Character) -> None:
    for flat in figure(character, Colour.OCHRE).flats:
        if flat.fold_line is None:
            continue
        assert not overlap(hull(flat.outline), hull(flat.twin))
        for mine, its in zip(flat.outline, flat.twin, strict=True):
            for end in flat.fold_line:
                assert distance(mine, end) == pytest.approx(distance(its, end), abs=CLOSE)


@CHARACTERS
def test_flanges_of_a_piece_lie_beyond_its_foot_and_take_some_glue(character: Character) -> None:
    for flat in figure(character, Colour.SEA).flats:
        for flange, side in zip(flat.flanges, (flat.outline, flat.twin), strict=False):
            assert flange[0] in side
            assert flange[3] in side
            assert distance(flange[1], flange[2]) >= 4
        parts = sides(flat)
        assert not any(overlap(one, other) for one, other in combinations(parts, 2))


@CHARACTERS
def test_awards_and_the_code_keep_clear_of_edges_and_of_one_another(character: Character) -> None:
    made = figure(character, Colour.SEA)
    spots = [(place, PLACE) for place in made.places] + [(made.code, CODE)]
    blocks = {block.key: block for block in made.blocks}

    for place, size in spots:
        net = unfolded(blocks[place.block].solid)
        face = net.face(place.face)
        foot = face.edge(0)
        half, middle = size / 2, ((foot[0][0] + foot[1][0]) / 2, (foot[0][1] + foot[1][1]) / 2)
        along = ((foot[1][0] - foot[0][0]), (foot[1][1] - foot[0][1]))
        long = distance(*foot)
        x, y = along[0] / long, along[1] / long
        near = half if size == CODE else half * 0.8
        for dx, dy in ((near, near), (near, -near), (-near, near), (-near, -near)):
            u, v = place.x + dx, place.y + dy
            corner = (middle[0] + u * x - v * y, middle[1] + u * y + v * x)
            assert _is_inside(corner, face.corners), (place, size)
    for (one, mine), (other, its) in combinations(spots, 2):
        if (one.block, one.face) == (other.block, other.face):
            apart = max(abs(one.x - other.x), abs(one.y - other.y))
            assert apart >= (mine + its) / 2, (one, other)


def _is_inside(spot: Point, corners: tuple[Point, ...]) -> bool:
    """For corners in the order of a face: its inside is to the left of each edge, y being down."""
    after = (*corners[1:], corners[0])
    return all(
        (b[0] - a[0]) * (spot[1] - a[1]) - (b[1] - a[1]) * (spot[0] - a[0]) <= CLOSE
        for a, b in zip(corners, after, strict=True)
    )


def test_there_are_at_least_four_figures_of_at_least_two_solids() -> None:
    shapes = {
        (
            len(block.solid.sides),
            block.solid.corners[0][0] == block.solid.corners[len(block.solid.sides)][0],
        )
        for character in Character
        for block in figure(character, Colour.SEA).blocks
    }

    assert len(Character) >= 4
    assert shapes == {(4, True), (4, False), (6, False)}
