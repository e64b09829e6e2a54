"""A version of the numbers is written in a row and read from it, the same to the last bit, for ever."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mastery import lines
from academy.mastery.calibration import INPUTS, Calibration
from academy.mastery.lines import SHIPPED, Hardness, Numbers, UnreadableNumbers
from academy.mastery.tutor import Model

SIZE = len(INPUTS)
weights = st.floats(-5, 5)
slopes = st.tuples(*[weights] * SIZE)
shares = st.floats(0.01, 0.9)

models = st.builds(
    lambda bias, variance, constant, sums, hidden, level, learns: Model(
        SHIPPED.model.population._replace(bias=bias, ability_variance=variance),
        Calibration(3, constant, sums, tuple(hidden)),
        replace(SHIPPED.model.memory, level=level, learns=learns),
    ),
    weights,
    shares,
    weights,
    slopes,
    st.lists(st.tuples(weights, slopes, weights), max_size=2),
    weights,
    shares,
)


def through_a_row(numbers: Numbers) -> Numbers:
    return lines.read(json.loads(json.dumps(lines.written(numbers))), numbers.version)


@given(models)
def test_a_model_comes_back_to_the_last_bit(model: Model) -> None:
    numbers = Numbers(7, model)

    assert through_a_row(numbers) == numbers


@given(st.dictionaries(st.text(max_size=9), st.tuples(weights, shares)), st.floats(0, 600))
def test_difficulties_and_times_come_back_as_fine_as_they_are_known(
    found: dict[str, tuple[float, float]], seconds: float
) -> None:
    hardness = {key: Hardness(b, variance, "of-this") for key, (b, variance) in found.items()}
    numbers = Numbers(2, hardness=hardness, seconds={"one": seconds})

    once = through_a_row(numbers)

    assert through_a_row(once) == once
    assert once.hardness.keys() == hardness.keys()
    for key, told in once.hardness.items():
        assert told.difficulty == pytest.approx(hardness[key].difficulty, abs=1e-5)
        assert told.edition == "of-this"


def test_what_an_old_row_does_not_say_takes_todays_default() -> None:
    row = lines.written(SHIPPED)
    del row["memory"]["luck"], row["ability"]["slip"]
    row["calibration"]["slopes"] = row["calibration"]["slopes"][:3]

    assert lines.read(row, 1) == SHIPPED


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in lines.written(SHIPPED).items() if key != name}


def with_(part: str, **values: Any) -> dict[str, Any]:
    row = lines.written(SHIPPED)
    return row | {part: row[part] | values}


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        [],
        {},
        without("hardness"),
        with_("ability", bias="low"),
        with_("ability", bias="0.4"),
        with_("ability", bias=float("nan")),
        with_("ability", bias=None),
        with_("ability", tau=0.0),
        with_("ability", ability_variance=-9.0),
        with_("ability", of_later=1.0),
        with_("memory", decay=0.0),
        with_("memory", growth=-50.0),
        with_("memory", first=0.0),
        with_("memory", scale=-1.0),
        with_("memory", known=-1.0),
        with_("calibration", slopes=[0.0] * (SIZE + 1)),
        with_("calibration", hidden=[[1.0, [1.0]]]),
        with_("calibration", constant=float("inf")),
        with_("hardness", one=[1.0]),
        with_("hardness", one=[1.0, -1.0, ""]),
        with_("seconds", one="long"),
    ],
)
def test_what_is_no_number_or_breaks_the_arithmetic_makes_the_row_unreadable(row: Any) -> None:
    with pytest.raises(UnreadableNumbers):
        lines.read(row, 2)
