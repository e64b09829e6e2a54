"""A night: what it finds in the answers of people whose laws we know, and what it refuses."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from math import log

from academy.catalog.tree import Catalog, Words
from academy.mastery import belief, shelves
from academy.mastery.figures.editions import edition
from academy.mastery.fitting import better
from academy.mastery.lines import SHIPPED, Hardness, Numbers
from academy.mastery.nights.laying import Given, History, Places, laid_out
from academy.mastery.nights.living import Engine, lived
from academy.mastery.nights.making import Change, Verdict, made
from academy.mastery.nights.recalling import Care, decoded, encoded, fitted, surprise, watched
from academy.mastery.shelf import USUAL_SECONDS
from academy.mastery.tutor import Model, Outcome
from tests.conftest import MONDAY
from tests.evenings import SHORT, as_authors_say, asked_of_everybody, facts, histories, upside_down

LONG_AGO = MONDAY - timedelta(days=40)


@cache
def catalog() -> Catalog:
    return asked_of_everybody()


@cache
def upset(seed: int = 1, people: int = 35) -> list[list[Given]]:
    """A company for which the authors' levels are all wrong."""
    return histories(catalog(), upside_down(catalog()), people, 20, seed, LONG_AGO)


@cache
def expected(seed: int = 1) -> list[list[Given]]:
    """A company that is just as the shipped numbers say."""
    return histories(catalog(), as_authors_say(catalog()), 30, 20, seed, LONG_AGO)


@cache
def verdict() -> Verdict:
    return made(facts(catalog(), upset()), SHORT, seed=1)


def engine(numbers: Numbers) -> Engine:
    return Engine(numbers.model, shelves.itemised(catalog(), numbers))


def test_difficulties_follow_the_answers_of_the_night_before() -> None:
    numbers, truth = verdict().numbers, upside_down(catalog())

    assert numbers is not None
    assert numbers.hardness.keys() == catalog().questions.keys()
    asked = {given.question for history in upset() for given in history}
    hard = [numbers.hardness[key].difficulty for key in asked if truth[key] > 0]
    easy = [numbers.hardness[key].difficulty for key in asked if truth[key] < 0]
    above = sum(a > b for a in hard for b in easy) / (len(hard) * len(easy))
    assert above > 0.9


def test_what_goes_into_force_predicts_people_it_never_saw() -> None:
    numbers = verdict().numbers
    assert numbers is not None

    before = lived(upset(seed=2), engine(SHIPPED))
    after = lived(upset(seed=2), engine(numbers))

    assert better(before.chance, after.chance, after.right)[0]
    assert better(before.remembered, after.remembered, after.right)[0]


def test_a_verdict_says_what_was_weighed_and_on_how_much() -> None:
    said = verdict()

    assert (said.answers, said.people, said.held_out) == (700, 35, 140)
    for change in (said.ability, said.handed, said.memory):
        assert isinstance(change, Change)
        assert change.better
        assert change.after < change.before
    assert said.reason == ""


def test_the_same_answers_and_seed_give_the_same_verdict() -> None:
    small = replace(SHORT, effort=replace(SHORT.effort, searches=(), epochs=0), care=Care(50, 3))
    given = facts(catalog(), expected())

    assert made(given, small, seed=4) == made(given, small, seed=4)


def test_a_fit_on_a_company_that_is_as_expected_is_refused() -> None:
    said = made(facts(catalog(), expected()), replace(SHORT, care=Care(50, 6)), seed=1)

    assert said.ability is not None
    assert not said.ability.better
    assert "not better on people held out" in said.reason
    assert said.numbers is None or said.numbers.hardness == {}


def test_a_second_night_on_the_same_answers_has_nothing_more_to_win() -> None:
    first = verdict().numbers
    assert first is not None

    again = made(facts(catalog(), upset(), old=first), SHORT, seed=1).ability

    won = verdict().ability
    assert again is not None
    assert won is not None
    assert again.before - again.after < 0.1 * (won.before - won.after)


def test_too_few_answers_or_people_are_no_fit_and_it_says_so() -> None:
    few = made(facts(catalog(), upset()[:11]), SHORT, seed=1)
    one = made(facts(catalog(), [[each for h in upset() for each in h]]), SHORT, seed=1)

    assert few.numbers is one.numbers is None
    assert few.reason == "too few answers: 220, at least 300 are needed"
    assert one.reason == "too few people: 1, at least 10 are needed"


def test_a_fit_that_goes_astray_is_refused_and_memory_is_fitted_all_the_same() -> None:
    wild = replace(
        SHORT, effort=replace(SHORT.effort, searches=(), rate=1e300, batch=8), care=Care(50, 8)
    )

    said = made(facts(catalog(), upset()), wild, seed=1)

    assert "the fit went astray" in said.reason
    assert said.ability is None
    assert said.memory is not None
    assert said.numbers is None or said.numbers.hardness == {}


def test_when_nothing_that_was_answered_stands_any_more_nothing_is_fitted() -> None:
    gone = [[each._replace(stands=False) for each in history] for history in upset()]

    said = made(facts(catalog(), gone), SHORT, seed=1)

    assert said.numbers is None
    assert said.reason == "no answer of people held out can be weighed"


def test_without_second_halves_no_mind_can_be_harmed() -> None:
    early = [
        [each._replace(stands=place < 10) for place, each in enumerate(history)]
        for history in upset()
    ]

    said = made(facts(catalog(), early), replace(SHORT, care=Care(50, 6)), seed=1)

    assert said.handed in (None, Change(0.0, 0.0, better=True))
    assert said.held_out == 70


def test_times_go_into_force_even_when_nothing_else_does() -> None:
    key = next(iter(catalog().questions))
    slow, usual = {key: USUAL_SECONDS + 12}, {key: USUAL_SECONDS + 1}

    said = made(facts(catalog(), [], seconds=slow), SHORT, seed=1)

    assert said.numbers == replace(SHIPPED, seconds=slow)
    assert made(facts(catalog(), [], seconds=usual), SHORT, seed=1).numbers is None
    there = replace(SHIPPED, seconds=slow)
    assert made(facts(catalog(), [], old=there, seconds=slow), SHORT, seed=1).numbers is None
    assert made(facts(catalog(), [], old=there), SHORT, seed=1).numbers == SHIPPED


def test_new_numbers_that_would_harm_the_minds_that_are_kept_are_refused() -> None:
    """Old numbers took an easy company for an able one: new ones would count its ease twice."""
    hard = Model().population._replace(
        bias=-3.0, ability_variance=4.0, ability_step=0.0, ability_drift=0.0
    )
    old = replace(SHIPPED, model=replace(SHIPPED.model, population=hard))
    easy = histories(catalog(), as_authors_say(catalog()), 30, 60, 3, LONG_AGO, ease=1.0)

    said = made(facts(catalog(), easy, old=old), replace(SHORT, care=Care(50, 3)), seed=1)

    assert said.handed is not None
    assert said.handed.after > said.handed.before
    assert "worse over minds as they are" in said.reason


def test_the_memory_follows_what_is_known_before_anything_was_asked() -> None:
    knowing = histories(catalog(), as_authors_say(catalog()), 20, 15, 6, LONG_AGO, ease=2.5)
    shipped = engine(SHIPPED)

    found = fitted(knowing, shipped, Care(most=300, evaluations=40))

    assert found.level > SHIPPED.model.memory.level + 0.5
    lives = watched(knowing, shipped)
    assert surprise(lives, found) < surprise(lives, SHIPPED.model.memory)
    assert (found.decay, found.needs) == (0.3, 0.69)


def test_a_memory_lived_for_the_fit_is_the_memory_the_engine_keeps() -> None:
    some = upset()[:6]
    told = lived(some, engine(SHIPPED))

    kept = -sum(
        log(p if right else 1 - p) for p, right in zip(told.remembered, told.right, strict=True)
    )

    assert abs(surprise(watched(some, engine(SHIPPED)), SHIPPED.model.memory) - kept) < 0.01 * kept


def test_the_numbers_of_memory_come_back_from_their_code() -> None:
    people = belief.Population()

    back = decoded(encoded(people), people)

    for name in ("level", "scale", "growth", "first", "learns"):
        assert abs(getattr(back, name) - getattr(people, name)) < 1e-9


def test_restraint_keeps_a_handful_of_answers_from_moving_the_memory_far() -> None:
    few: list[History] = [upset()[0][:4]]

    free = fitted(few, engine(SHIPPED), Care(evaluations=40, restraint=0.0))
    held = fitted(few, engine(SHIPPED), Care(evaluations=40, restraint=50.0))

    home = SHIPPED.model.memory.level
    assert abs(held.level - home) < 0.1 < abs(free.level - home)


def test_a_mended_question_starts_from_its_authors_level() -> None:
    key, question = next(iter(catalog().questions.items()))
    told = Numbers(2, hardness={key: Hardness(3.0, 0.1, edition(question))})
    mended = replace(question, ask_html=Words("Autre chose ?", "Something else?"))
    after = replace(catalog(), questions={**catalog().questions, key: mended})

    assert abs(shelves.itemised(catalog(), told)[key].difficulty - 3.0) < 1e-9
    assert shelves.itemised(after, told)[key] == shelves.itemised(after, SHIPPED)[key]


def test_what_stands_no_more_has_a_place_of_its_own() -> None:
    question = next(iter(catalog().questions.values()))
    now = Given(question.key, question.notion, True, Outcome.RIGHT, 1.0)
    before = now._replace(stands=False, at=0.0)
    gone = Given("gone", "gone-notion", False, Outcome.WRONG, 2.0)
    places = Places(catalog())

    rows = laid_out([[before, now, gone, now]], places)

    size = len(catalog().questions)
    assert list(rows.question) == [size, 0, size + 1, 0]
    assert list(rows.earlier) == [-1, -1, -1, 1]
    assert list(rows.times) == [0, 0, 0, 1]
    assert rows.skill[0] == rows.skill[1] >= 0 > rows.skill[2]
    made_of = places.catalogue()
    assert (len(made_of.notion_of), made_of.notions) == (size + 2, len(catalog().notions) + 1)
    assert made_of.levels[size] == 0.0
