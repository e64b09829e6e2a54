"""A glance at many minds says what unpacking each of them says."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from academy.mastery import belief, glance, packing, tutor
from academy.mastery.belief import Population
from academy.mastery.mind import Mind, moment
from academy.mastery.tutor import Item, Model, Outcome

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def lived(seed: int) -> Mind:
    dice, model = np.random.default_rng(seed), Model()
    mind = tutor.stranger(model, 0.0)
    for number in range(int(dice.integers(1, 40))):
        item = Item(int(dice.integers(1, 60)), int(dice.integers(1, 12)))
        how = list(Outcome)[int(dice.integers(0, len(Outcome)))]
        tutor.learn(mind, item, how, moment(AT - timedelta(days=60 - number)), model)
    return mind


def test_it_says_what_unpacking_each_says() -> None:
    minds = [lived(seed) for seed in range(30)]
    people = Population()

    found = glance.glance([packing.pack(mind) for mind in minds], AT, people)

    told = {
        (int(whose), int(notion)): (float(there), bool(right))
        for whose, notion, there, right in zip(
            found.whose, found.notion, found.there, found.right, strict=True
        )
    }
    expected = {
        (whose, notion): (
            trace.kappa * belief.retention(moment(AT) - trace.last, trace.stability, people),
            trace.last_right,
        )
        for whose, mind in enumerate(minds)
        for notion, trace in mind.traces.items()
        if trace.answers
    }
    assert told.keys() == expected.keys()
    for key, (there, right) in expected.items():
        assert told[key][0] == pytest.approx(there, abs=1e-9)
        assert told[key][1] is right


def test_what_cannot_be_read_is_passed_over() -> None:
    found = glance.glance([b"", b"nonsense" * 20, packing.pack(lived(3))], AT, Population())

    assert {int(each) for each in found.whose} == {2}


def test_nobody_is_no_trouble() -> None:
    assert glance.glance([], AT, Population()).whose.size == 0
