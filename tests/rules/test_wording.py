"""Which wording of a notion is put."""

from dataclasses import replace

from hypothesis import given

from academy.mastery import choosing, tutor
from academy.mastery.belief import Outcome
from academy.mastery.shelf import Question, shelve
from academy.mastery.taste import Chooser
from tests.rules.minds import (
    MODEL,
    TODAY,
    answer,
    asked_first,
    chooser,
    choosers,
    notion,
)


@given(choosers())
def test_no_wording_comes_twice_while_another_was_asked_less(facts: Chooser) -> None:
    for choice in choosing.compose(facts):
        each = facts.shelf.notion(choice.notion)
        trace = facts.mind.traces.get(each.tag)
        seen = trace.asked if trace else {}
        times = {q.key: seen[q.tag].times if q.tag in seen else 0 for q in each.questions}

        assert times[choice.questions[0]] == min(times.values())


def test_colleagues_get_different_wordings() -> None:
    shelved = shelve([notion(0)])
    alike = tuple(replace(each, difficulty=0.0) for each in shelved.notions[0].questions)
    shelved = shelve([replace(shelved.notions[0], questions=alike)])

    first = {asked_first(chooser(shelved, seed=seed)).questions[0] for seed in range(40)}

    assert len(first) == 3


def test_a_round_fits_in_its_minute() -> None:
    slow = Question("slow", 1, 0.0, seconds=50)
    quick = Question("quick", 2, 0.0, seconds=20)
    first, second = (
        replace(
            notion(number),
            questions=(replace(slow, key=f"slow-{number}"), replace(quick, key=f"quick-{number}")),
        )
        for number in (0, 1)
    )

    for seed in range(20):
        choices = choosing.compose(chooser(shelve([first, second]), seed=seed))
        assert [key.split("-")[0] for choice in choices for key in choice.questions] == [
            "quick",
            "quick",
        ]


def test_a_slow_question_is_asked_when_there_is_no_other() -> None:
    slow = replace(notion(0), questions=(Question("slow", 1, seconds=90),))

    assert asked_first(chooser(shelve([slow]))).questions == ("slow",)


def test_what_cannot_be_guessed_may_be_forgotten_wholly() -> None:
    """A number asked to somebody who surely knows nothing: no chance at all, and still a round."""
    each = replace(notion(0), questions=(Question("number", 1, 0.0, guess=0.0),))
    shelved, mind = shelve([each]), tutor.stranger(MODEL)
    answer(mind, shelved, "n0", Outcome.DONT_KNOW, TODAY - 9)
    mind.traces[0].kappa = 0.0

    choice = asked_first(chooser(shelved, mind))
    answer(mind, shelved, "n0", Outcome.RIGHT, TODAY)

    assert choice.chance == 0.0
    assert 0 < mind.traces[0].kappa <= 1
