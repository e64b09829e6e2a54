"""A night's fit: what it finds in make-believe answers whose truth is known."""

from dataclasses import dataclass
from functools import cache
from math import isclose, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mastery import descent, search
from academy.mastery.ability import Population
from academy.mastery.calibration import INPUTS, Calibration
from academy.mastery.fitting import Effort, Fitted, better, decoded, encoded, fit
from academy.mastery.logistic import sigmoid
from academy.mastery.replay import PLACES, SKILL_PLACES, Rows, replay
from academy.mastery.sampling import Catalogue, Loops, cut, floats, sampled
from academy.mastery.tutor import Item, Model, Outcome, learn, predict, stranger

NOTIONS, QUESTIONS, PEOPLE, ANSWERS = 6, 24, 50, 40
LOOPS = Loops()
LITTLE = Effort(answers=1200, searches=(20,), epochs=8, units=(2, 2))


@dataclass(frozen=True)
class Company:
    """Answers of make-believe people, and the difficulties that were behind them."""

    rows: Rows
    catalogue: Catalogue
    truth: tuple[float, ...]


@cache
def company(seed: int = 1, people: int = PEOPLE) -> Company:
    """Every fourth wrong answer is an "I don't know"; the last question is never asked."""
    dice, content = Random(seed), Random(5)  # noqa: S311  # make-believe answers
    truth = tuple(content.gauss(0, 1.2) for _ in range(QUESTIONS))
    notion_of = [question % NOTIONS for question in range(QUESTIONS)]
    starts, columns = [0], [[], [], [], [], [], []]  # type: ignore[var-annotated]
    for _ in range(people):
        able, day, before = dice.gauss(0, 1), 0.0, {}  # type: ignore[var-annotated]
        for _ in range(ANSWERS):
            question = dice.randrange(QUESTIONS - 1)
            day += dice.choice([0.001, 1.0, 3.0])
            right = dice.random() < sigmoid(able - truth[question])
            outcome = 1 if right else dice.choice([0, 0, 0, 2])
            row, times = before.get(question, (-1, 0))
            for column, value in zip(
                columns, (question, notion_of[question], outcome, day, row, times), strict=True
            ):
                column.append(value)
            before[question] = len(columns[0]) - 1, times + 1
        starts.append(len(columns[0]))
    questions, notions, outcomes, days, earlier, times = columns
    skills = [notion % 2 for notion in notions]
    guess = [0.0] * len(days)
    rows = Rows(starts, questions, notions, skills, outcomes, guess, days, earlier, times)
    return Company(rows, Catalogue(notion_of, [0.0] * QUESTIONS, NOTIONS, 2), truth)


@cache
def fitted() -> Fitted:
    made = company()
    return fit(made.rows, made.catalogue, effort=LITTLE)


def told(made: Company, model: Model, found: Fitted) -> list[tuple[float, float, bool]]:
    """Calibrated probability, first layer's chance and outcome, answer by answer, through the front."""
    said = []
    for first, end in zip(made.rows.starts, made.rows.starts[1:], strict=False):
        person = stranger(model)
        for row in range(first, end):
            question = made.rows.question[row]
            item = Item(
                question,
                made.rows.notion[row],
                made.rows.skill[row],
                found.difficulty[question],
                found.variance[question],
                made.rows.guess[row],
            )
            outcome = Outcome(made.rows.outcome[row])
            told = predict(person, item, made.rows.days[row], model)
            said.append((told.probability, told.chance, outcome is Outcome.RIGHT))
            learn(person, item, outcome, made.rows.days[row], model)
    return said


def loss(said: list[tuple[float, float, bool]]) -> float:
    return -sum(log(p if right else 1 - p) for p, _, right in said) / len(said)


def test_a_fit_predicts_people_it_never_saw_better_than_the_shipped_numbers() -> None:
    others = company(seed=2)

    shipped = told(others, Model(), fitted())
    own = told(others, fitted().model, fitted())

    assert loss(own) < loss(shipped)
    assert better(
        [p for p, _, _ in shipped], [p for p, _, _ in own], [right for _, _, right in own]
    )[0]


def test_a_layer_that_does_not_help_people_held_out_is_left_out() -> None:
    small = company(seed=3, people=12)

    found = fit(small.rows, small.catalogue, effort=Effort(searches=(16,), epochs=3, rate=50.0))

    assert found.model.calibration == Calibration(version=found.model.population.version)


def test_one_persons_answers_make_no_layer() -> None:
    alone = company(seed=3, people=1)

    found = fit(alone.rows, alone.catalogue, effort=LITTLE)

    assert found.model.calibration == Calibration(version=found.model.population.version)


def test_an_input_that_never_varied_has_no_say() -> None:
    layer, memory = fitted().model.calibration, INPUTS.index("memory")

    assert layer.hidden
    assert layer.slopes[memory] == 0
    assert all(slopes[memory] == 0 for _, slopes, _ in layer.hidden)


def test_difficulties_are_found_from_answers() -> None:
    found, truth = fitted().difficulty, company().truth
    asked = range(QUESTIONS - 1)
    middle = sum(truth[k] for k in asked) / len(asked)

    off = [abs(found[k] - (truth[k] - middle)) for k in asked]

    assert sum(off) / len(off) < 0.35
    assert all(fitted().variance[k] < 0.5 for k in asked)


def test_a_question_nobody_met_stays_near_its_notion_and_says_how_unsure_it_is() -> None:
    never = QUESTIONS - 1
    siblings = range(never % NOTIONS, never, NOTIONS)

    found = fitted().difficulty

    assert min(found[k] for k in siblings) < found[never] < max(found[k] for k in siblings)
    assert fitted().variance[never] > max(fitted().variance[k] for k in siblings)


def test_the_same_answers_and_seed_give_the_same_model() -> None:
    small = company(seed=3, people=12)
    effort = Effort(answers=200, searches=(16,), epochs=1, units=(1, 1))

    assert fit(small.rows, small.catalogue, effort=effort) == fit(
        small.rows, small.catalogue, effort=effort
    )


def test_authors_levels_count_as_much_as_answers_confirm() -> None:
    made = company()
    levels = [2 * truth for truth in made.truth]  # twice too far
    catalogue = Catalogue(made.catalogue.notion_of, levels, NOTIONS, 2)

    found = fit(made.rows, catalogue, effort=Effort(searches=(16,), epochs=1, units=(1, 1)))

    never = QUESTIONS - 1
    asked = sum(made.truth[k] for k in range(never)) / never
    assert abs(found.difficulty[never] - (made.truth[never] - asked)) < 0.7


def test_nobodys_own_answers_are_in_the_difficulties_that_predict_them() -> None:
    made = company(people=8)
    part, sides = list(range(8)), floats(4 * len(made.rows.question))
    for row in range(len(made.rows.question)):
        sides[4 * row + 1] = 1.0
    sums = floats(2 * 9 * QUESTIONS)
    table = floats(9 * QUESTIONS)

    LOOPS.tally(
        Population(), made.rows, made.rows.question, part, 8, sides, 0, table, QUESTIONS, sums
    )

    question = made.rows.question[0]
    own = [k for k in range(ANSWERS) if made.rows.question[k] == question]
    everybody = sums[2 * (8 * QUESTIONS + question) + 1]
    without_the_first = sums[2 * question + 1]
    each = everybody / made.rows.question.count(question)
    assert isclose(everybody - without_the_first, each * len(own), rel_tol=0.3)
    assert without_the_first < everybody


def test_a_replay_predicts_what_the_front_predicts() -> None:
    made, found = company(), fitted()
    size, rows = len(INPUTS), made.rows
    fields = floats(size * len(rows.question))
    replay(
        found.model.population,
        rows,
        [found.difficulty[question] for question in rows.question],
        [found.variance[question] for question in rows.question],
        floats(PLACES * NOTIONS),
        floats(SKILL_PLACES * 3),
        floats(0),
        fields,
    )

    for row, (_, chance, _) in enumerate(told(made, found.model, found)):
        assert abs(sigmoid(fields[row * size]) - chance) < 0.005


def test_a_sample_is_whole_histories_and_no_more_than_asked_for_by_one_person() -> None:
    rows = company().rows

    sample = sampled(rows, 100, Random(1), LOOPS)  # noqa: S311  # a draw to be repeated

    assert len(sample.rows.question) == 120
    assert [rows.outcome[row] for p in sample.persons for row in range(p * 40, p * 40 + 40)] == (
        sample.rows.outcome
    )


def test_what_was_asked_before_is_found_again_after_a_cut() -> None:
    rows = cut(company().rows, [7, 3], LOOPS)

    again = [row for row in range(80) if rows.earlier[row] >= 0]

    assert again
    for row in again:
        assert rows.question[rows.earlier[row]] == rows.question[row]
        assert rows.times[row] == rows.times[rows.earlier[row]] + 1


def test_new_numbers_must_win_by_more_than_chance() -> None:
    right = [True, False] * 50

    same = better([0.5] * 100, [0.5] * 100, right)
    wins = better([0.5] * 100, [0.7, 0.4] * 50, right)
    loses = better([0.7, 0.4] * 50, [0.5] * 100, right)

    assert not same[0]
    assert same[1:] == pytest.approx((log(2), log(2)))
    assert wins[0]
    assert wins[2] < wins[1]
    assert not loses[0]


def test_certainty_that_fails_costs_much_but_not_everything() -> None:
    assert better([0.0], [1.0], [True])[1:] == pytest.approx((-log(1e-12), 0.0))


@given(
    st.lists(st.floats(-3, 3), min_size=15, max_size=15),
)
def test_parameters_come_back_from_the_search_as_they_went(point: list[float]) -> None:
    people = decoded(point, 4)

    assert decoded(encoded(people), 4) == pytest.approx(people)
    assert 0 < people.luck < 1
    assert 0 < people.slip < 0.3
    assert min(people.gain_right, people.gain_wrong, people.ability_variance) > 0


def test_a_search_finds_the_bottom_of_a_valley() -> None:
    def valley(point: search.Point) -> float:
        x, y, z = point
        return (x - 1) ** 2 + 10 * (y + 2 + x) ** 2 + (z - x * y / 4) ** 2

    found, value = search.lowest(valley, (0.0, 0.0, 0.0), 600)

    assert value < 1e-4
    assert found == pytest.approx((1, -3, -0.75), abs=0.05)


@given(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), st.integers(1, 40))
def test_a_search_never_ends_worse_than_it_began(
    start: tuple[float, float], evaluations: int
) -> None:
    def rough(point: search.Point) -> float:
        return abs(point[0]) + 3 * abs(point[1] % 2 - 1)

    found, value = search.lowest(rough, start, evaluations)

    assert value == rough(found) <= rough(start)


def test_the_slope_of_the_calibration_is_the_slope_of_its_loss() -> None:
    dice, width, units = Random(4), 3, 2  # noqa: S311  # any weights will do
    weights = [dice.gauss(0, 1) for _ in range(1 + width + units * (width + 2))]
    fields, active, slope = [0.3, -1.2, 2.0], [0.0] * units, [0.0] * len(weights)

    def cost(tried: list[float]) -> float:
        return -log(sigmoid(descent.forward(tried, fields, 0, width, units, active)))

    p = sigmoid(descent.forward(weights, fields, 0, width, units, active))
    descent.backward(weights, fields, 0, width, units, active, p - 1, slope)

    for k in range(len(weights)):
        more = [w + (1e-6 if k == j else 0) for j, w in enumerate(weights)]
        less = [w - (1e-6 if k == j else 0) for j, w in enumerate(weights)]
        assert slope[k] == pytest.approx((cost(more) - cost(less)) / 2e-6, abs=1e-5)


def test_restraint_keeps_the_search_near_where_it_starts() -> None:
    small = company(seed=3, people=12)

    def moved(restraint: float) -> float:
        effort = Effort(answers=300, searches=(60,), epochs=0, restraint=restraint)
        found = fit(small.rows, small.catalogue, effort=effort).model.population
        pairs = zip(encoded(found), encoded(Population()), strict=True)
        return sum(abs(x - y) for x, y in pairs)

    assert moved(1000.0) < 0.1 * moved(0.0)
