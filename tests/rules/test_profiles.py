"""What levels are called: bands, how sure, and four travellers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.surveys.placing import Level
from academy.surveys.profiles import Band, Profile, Trust, band, profile, trust

inks = st.sampled_from(["culture", "ai", "together", "identity", "security", "healthy", "other"])
levels = st.builds(Level, st.floats(-3, 3), st.floats(0.05, 1.3))


def by_ink(**means: float) -> dict[str, Level]:
    return {ink: Level(mean, 0.5) for ink, mean in means.items()}


@pytest.mark.parametrize(
    ("mean", "named"),
    [(-1, Band.TO_DISCOVER), (-0.4, Band.ON_THE_WAY), (0.59, Band.ON_THE_WAY), (0.6, Band.AT_EASE)],
)
def test_a_level_has_a_band(mean: float, named: Band) -> None:
    assert band(Level(mean, 1)) is named


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (Level(1.6, 0.5), Trust.SURE),
        (Level(1.0, 0.7), Trust.PROBABLE),
        (Level(0.7, 1.0), Trust.UNSURE),
        (Level(0.1, 1.2), Trust.UNSURE),
    ],
)
def test_how_sure_is_said(level: Level, said: Trust) -> None:
    assert trust(level) is said


@given(levels)
def test_knowing_better_makes_nobody_less_sure(level: Level) -> None:
    order = [Trust.UNSURE, Trust.PROBABLE, Trust.SURE]

    assert order.index(trust(Level(level.mean, level.sd / 2))) >= order.index(trust(level))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (by_ink(culture=-1, ai=-0.8, security=-0.5), Profile.BEGINNER),
        (by_ink(culture=1, ai=0.8, security=0.9), Profile.SAVVY),
        (by_ink(culture=0.5, ai=0.4, security=-0.3), Profile.TECHNOPHILE),
        (by_ink(culture=-0.3, ai=0, together=0.5), Profile.COLLABORATIVE),
        (by_ink(culture=0.2), Profile.TECHNOPHILE),
        ({}, Profile.BEGINNER),
    ],
)
def test_four_travellers(found: dict[str, Level], said: Profile) -> None:
    assert profile(found) is said


@given(st.dictionaries(inks, levels))
def test_everybody_is_one_of_them(found: dict[str, Level]) -> None:
    assert profile(found) in Profile
