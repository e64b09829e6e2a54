"""The engine's front: what it believes of an answer to come, and what it learns from one."""

from itertools import pairwise
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mastery.ability import Population, practised
from academy.mastery.calibration import INPUTS, Calibration, calibrated, folded
from academy.mastery.difficulty import from_level
from academy.mastery.forgetting import MOST_NOTIONS, ROOM
from academy.mastery.logistic import logit, sigmoid
from academy.mastery.mind import Mind, tag
from academy.mastery.packing import pack, unpack
from academy.mastery.tutor import Item, Model, Outcome, Prediction, learn, predict, stranger

MODEL = Model()
CLOUD, PHISHING, COOKIES = tag("cloud"), tag("phishing"), tag("cookies")
EASY = Item(1, CLOUD, difficulty=from_level(1))
HARD = Item(2, CLOUD, difficulty=from_level(5))
MIDDLE = Item(3, CLOUD)

# Whatever a night may find, within the bounds of the search.
populations = st.builds(
    Population,
    bias=st.floats(-3, 3),
    ability_variance=st.floats(0.01, 3),
    skill_variance=st.floats(0.01, 2),
    notion_variance=st.floats(0.01, 3),
    ability_drift=st.floats(0, 0.05),
    ability_step=st.floats(0, 0.05),
    notion_drift=st.floats(0, 0.05),
    notion_step=st.floats(0, 0.2),
    gain_right=st.floats(0, 2),
    gain_wrong=st.floats(0, 2),
    tau=st.floats(0.01, 30),
    fade=st.floats(0.01, 12),
    saturation=st.floats(0, 20),
    luck=st.floats(0, 1),
    slip=st.floats(0, 0.2),
)
items = st.builds(
    Item,
    st.integers(0, 3),
    st.sampled_from([CLOUD, PHISHING, COOKIES]),
    st.sampled_from([None, tag("security")]),
    st.floats(-3, 3),
    st.floats(0.05, 1),
    st.sampled_from([0.0, 0.2, 0.25, 0.5]),
)
outcomes = st.sampled_from(list(Outcome))
answers = st.tuples(items, outcomes, st.floats(-30, 400))
lives = st.lists(answers, max_size=25)


def lived(life: list[tuple[Item, Outcome, float]], model: Model = MODEL) -> Mind:
    person, at = stranger(model), 2000.0
    for item, outcome, wait in life:
        at += wait
        learn(person, item, outcome, at, model)
    return person


def after(outcome: Outcome, item: Item = MIDDLE, times: int = 1) -> Mind:
    return lived([(item, outcome, 1.0)] * times)


def chances(person: Mind, item: Item = MIDDLE, at: float | None = None) -> Prediction:
    return predict(person, item, person.last if at is None else at, MODEL)


@given(lives, items, populations, st.floats(-100, 5000))
def test_every_probability_lies_strictly_between_0_and_1(
    life: list[tuple[Item, Outcome, float]],
    item: Item,
    people: Population,
    wait: float,
) -> None:
    model = Model(people)
    person = lived(life, model)

    for told in predict(person, item, person.last + wait, model):
        assert 0 < told < 1


@given(lives, items, populations)
def test_a_right_answer_never_lowers_the_notions_chance(
    life: list[tuple[Item, Outcome, float]], item: Item, people: Population
) -> None:
    model = Model(people)
    person = lived(life, model)
    before = predict(person, item, person.last, model)

    learn(person, item, Outcome.RIGHT, person.last, model)

    rounding = 0.004  # what a row cannot hold
    assert predict(person, item, person.last, model).chance >= before.chance - rounding


@given(lives, items)
def test_i_dont_know_says_at_least_as_much_as_a_wrong_answer(
    life: list[tuple[Item, Outcome, float]], item: Item
) -> None:
    wrong, gone = lived(life), lived(life)
    learn(wrong, item, Outcome.WRONG, wrong.last, MODEL)
    learn(gone, item, Outcome.DONT_KNOW, gone.last, MODEL)

    assert gone.theta <= wrong.theta
    assert gone.traces[item.notion].mean <= wrong.traces[item.notion].mean


def test_i_dont_know_counts_as_not_known_and_says_more_than_a_wrong_answer() -> None:
    untold, wrong, gone = stranger(MODEL), after(Outcome.WRONG), after(Outcome.DONT_KNOW)

    assert gone.theta < wrong.theta < untold.theta
    assert gone.traces[CLOUD].right == 0
    assert gone.traces[CLOUD].answers == 1
    assert not gone.traces[CLOUD].last_right


def test_a_right_answer_raises_this_notion_most_and_the_others_a_little() -> None:
    person, untold = after(Outcome.RIGHT), stranger(MODEL)
    other = Item(1, PHISHING)

    assert chances(person).chance - chances(untold).chance > 0.05
    assert 0.01 < chances(person, other).chance - chances(untold, other).chance < 0.1
    assert chances(person).chance > chances(person, other).chance


def test_a_right_answer_raises_the_other_notions_of_its_module_more() -> None:
    person = stranger(MODEL)
    learn(person, Item(1, CLOUD, 7), Outcome.RIGHT, 1.0, MODEL)

    assert (
        chances(person, Item(1, PHISHING, 7)).chance > chances(person, Item(1, PHISHING, 8)).chance
    )


def test_practice_fades_with_the_days() -> None:
    person = after(Outcome.RIGHT, times=8)

    told = [chances(person, at=person.last + days).chance for days in (0, 1, 10, 100, 1000)]

    assert told == sorted(told, reverse=True)
    assert told[0] - told[-1] > 0.02


def test_the_more_practice_there_is_the_less_one_more_answer_adds() -> None:
    people = Population(gain_right=0.4, saturation=2.0)
    gains = [0.0]
    for _ in range(30):
        gains.append(practised(gains[-1], people.gain_right, people.saturation))

    added = [later - sooner for sooner, later in pairwise(gains)]

    assert isclose(added[0], 0.4)
    assert added == sorted(added, reverse=True)
    assert 0 < added[-1] < 0.1


def test_practice_of_long_ago_counts_for_less_than_that_of_today() -> None:
    today, long_ago = stranger(MODEL), stranger(MODEL)
    for person, days in ((today, 0.01), (long_ago, 100.0)):
        for turn in range(4):
            learn(person, MIDDLE, Outcome.WRONG, 1.0 + turn * days, MODEL)

    assert long_ago.traces[CLOUD].gain < today.traces[CLOUD].gain


def test_harder_questions_are_less_likely_right() -> None:
    assert chances(stranger(MODEL), EASY).probability > chances(stranger(MODEL), MIDDLE).probability
    assert chances(stranger(MODEL), MIDDLE).probability > chances(stranger(MODEL), HARD).probability


@pytest.mark.parametrize("guess", [0.0, 0.25, 0.5])
def test_a_question_that_can_be_guessed_has_a_floor(guess: float) -> None:
    hopeless = Item(1, CLOUD, difficulty=30.0, guess=guess)

    told = chances(stranger(MODEL), hopeless)

    assert isclose(told.chance, MODEL.population.luck * guess, abs_tol=1e-6)


def test_a_lucky_guess_teaches_less_than_an_answer_that_cannot_be_guessed() -> None:
    guessed, written = stranger(MODEL), stranger(MODEL)
    learn(guessed, Item(1, CLOUD, guess=0.5), Outcome.RIGHT, 1.0, MODEL)
    learn(written, Item(1, CLOUD, guess=0.0), Outcome.RIGHT, 1.0, MODEL)

    assert written.theta > guessed.theta


def test_the_same_question_again_is_seen_by_the_calibration() -> None:
    again = INPUTS.index("asked before")
    slopes = tuple(2.0 if k == again else float(k == 0) for k in range(len(INPUTS)))
    model = Model(calibration=Calibration(slopes=slopes))
    person = after(Outcome.WRONG)

    same, other = (predict(person, item, person.last, model) for item in (MIDDLE, Item(9, CLOUD)))

    assert same.chance == other.chance
    assert isclose(logit(same.probability), logit(other.probability) + 2)


def test_the_questions_asked_are_remembered_with_their_day_and_outcome() -> None:
    person = lived([(EASY, Outcome.RIGHT, 1.5), (EASY, Outcome.WRONG, 2.0)])

    asked = person.traces[CLOUD].asked[EASY.question]

    assert (asked.day, asked.times, asked.last_right) == (2003, 2, False)


def test_time_going_backwards_is_harmless() -> None:
    person = after(Outcome.RIGHT)
    last = person.last
    before = chances(person)

    assert predict(person, MIDDLE, last - 500, MODEL) == before
    learn(person, MIDDLE, Outcome.RIGHT, last - 500, MODEL)

    assert person.last == last
    assert person.traces[CLOUD].last == last


@given(lives)
def test_a_mind_rebuilt_from_answers_equals_the_mind_kept_in_rows(
    life: list[tuple[Item, Outcome, float]],
) -> None:
    kept, at = stranger(MODEL), 2000.0
    for item, outcome, wait in life:
        at += wait
        kept = unpack(pack(kept))
        learn(kept, item, outcome, at, MODEL)

    assert kept == lived(life)
    assert pack(kept) == pack(lived(life))


def test_a_life_of_thousands_of_notions_stays_bounded() -> None:
    person = stranger(MODEL)
    for number in range(MOST_NOTIONS + 50):
        item = Item(number % 7, number, number % 300)
        learn(person, item, Outcome(number % 3), float(number), MODEL)

    assert len(person.traces) == MOST_NOTIONS
    assert len(pack(person)) < 6.2 * ROOM
    assert unpack(pack(person)) == person


@given(st.floats(-700, 700))
def test_the_logistic_function_never_overflows(x: float) -> None:
    assert 0 <= sigmoid(x) <= 1


def test_the_shipped_calibration_lets_the_first_layer_speak() -> None:
    told = chances(after(Outcome.RIGHT, times=3))

    assert isclose(told.probability, told.chance)


@given(st.lists(st.floats(-2, 2), min_size=11, max_size=11), st.lists(st.floats(-5, 5), min_size=2))
def test_weights_for_scaled_inputs_fold_into_weights_for_inputs_as_they_are(
    weights: list[float], fields: list[float]
) -> None:
    fields, means, scales, units = fields[:2], [1.0, -2.0], [0.5, 3.0], 2
    scaled = [(x - m) / s for x, m, s in zip(fields, means, scales, strict=True)]
    plain = folded(weights, [0.0, 0.0], [1.0, 1.0], units, 1)

    layer = folded(weights, means, scales, units, 1)

    assert isclose(calibrated(layer, fields), calibrated(plain, scaled), rel_tol=1e-6)


def test_five_levels_stand_for_difficulties_around_0() -> None:
    assert [from_level(level) for level in range(1, 6)] == [-1.5, -0.75, 0.0, 0.75, 1.5]
