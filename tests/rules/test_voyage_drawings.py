"""The tale and the pictures: every scene has its drawing, every road its stops."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.daily.path import route
from academy.daily.path.route import Stop
from academy.daily.states import State
from academy.surveys import drawings, tale
from academy.surveys.profiles import Profile

stops = st.lists(st.builds(Stop, st.sampled_from(State), st.booleans()), max_size=240)


def test_twelve_scenes_each_with_a_drawing_of_its_own_and_words_in_both_languages() -> None:
    told = tale.scenes()

    assert len(told) == 12
    assert [scene.picture for scene in told] == list(drawings.landmarks())
    for scene in told:
        assert all((scene.place.fr, scene.place.en, scene.text.fr, scene.text.en))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_scene_is_read_in_seconds(language: str) -> None:
    assert max(len(scene.text.said(language)) for scene in tale.scenes()) < 260


def test_every_traveller_has_a_card() -> None:
    assert set(tale.cards()) == set(Profile)
    assert all(card.picture in drawings.landmarks() for card in tale.cards().values())


@pytest.mark.parametrize(
    ("slot", "of", "picture"),
    [(1, 12, "roof"), (12, 12, "letter"), (5, 5, "letter"), (4, 5, "gate")],
)
def test_a_short_voyage_still_ends_with_the_letter(slot: int, of: int, picture: str) -> None:
    assert tale.scene(slot, of).picture == picture


@pytest.mark.parametrize("picture", list(drawings.landmarks()))
def test_drawings_are_well_formed(picture: str) -> None:
    scene = ET.fromstring(drawings.scene(picture, 3))  # noqa: S314  # our own drawing
    portrait = ET.fromstring(drawings.portrait(picture))  # noqa: S314  # our own drawing

    assert [each.tag.rpartition("}")[2] for each in (scene, portrait)] == ["svg", "svg"]


@given(st.floats(-6, 6), st.floats(0.05, 1.3))
def test_the_ruler_never_leaves_its_paper(mean: float, sd: float) -> None:
    drawn = drawings.ruler(mean, sd)

    x = float(re.findall(r'rect class="v-range" x="(-?[\d.]+)"', drawn)[0])
    width = float(re.findall(r'width="(-?[\d.]+)"', drawn)[0])
    assert 0 <= x <= x + width <= 300


@given(stops)
def test_the_road_has_a_stop_for_each_notion_inside_the_sheet(found: list[Stop]) -> None:
    drawn = ET.fromstring(route.sheet(found))  # noqa: S314  # our own drawing
    width, height = (int(n) for n in drawn.attrib["viewBox"].split()[2:])
    places = [
        tuple(int(n) for n in re.findall(r"\d+", group.attrib["transform"]))
        for group in drawn.iter("g")
    ]

    assert len(places) == len(set(places)) == len(found)
    assert all(11 <= x <= width - 11 and 11 <= y <= height - 11 for x, y in places)


def test_each_state_has_a_shape_of_its_own() -> None:
    shapes = {route.sample(state) for state in [*State, None]}

    assert len(shapes) == 5
