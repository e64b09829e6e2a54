"""What an answer makes of the belief that a notion is there."""

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from academy.mastery import belief, tutor
from academy.mastery.belief import Belief, Outcome
from tests.rules.minds import MODEL, PEOPLE, TODAY, answer, shelf

chances = st.floats(0.01, 0.99)
stabilities = st.floats(0.5, 2000)
hardness = st.floats(-2, 2)
beliefs = st.builds(Belief, chances, stabilities)


def after(now: Belief, kept: float, outcome: Outcome, guess: float = 0.2) -> Belief:
    return belief.answered(now, kept, 0.0, guess, outcome, 1.0, PEOPLE)


@given(stabilities, st.floats(0, 500), st.floats(0, 500))
def test_what_is_known_fades_with_the_days(stability: float, days: float, more: float) -> None:
    sooner = belief.retention(days, stability, PEOPLE)
    later = belief.retention(days + more, stability, PEOPLE)

    assert 0 < later <= sooner <= 1


@given(stabilities)
def test_after_its_stability_in_days_nine_in_ten_is_left(stability: float) -> None:
    assert isclose(belief.retention(stability, stability, PEOPLE), 0.9)


@given(chances, chances)
def test_a_right_answer_tells_for_and_a_miss_against(recall: float, guess: float) -> None:
    right = belief.knew(recall, Outcome.RIGHT, guess * 0.5, PEOPLE)
    wrong = belief.knew(recall, Outcome.WRONG, guess * 0.5, PEOPLE)

    assert wrong < recall < right


@given(chances, st.floats(0, 0.5))
def test_i_dont_know_tells_more_than_a_miss(recall: float, guess: float) -> None:
    silent = belief.knew(recall, Outcome.DONT_KNOW, guess, PEOPLE)

    assert silent < belief.knew(recall, Outcome.WRONG, guess, PEOPLE)


@given(beliefs, chances, hardness, st.floats(0, 0.5), st.sampled_from(Outcome), chances)
def test_a_belief_stays_a_belief(
    now: Belief, kept: float, hard: float, guess: float, outcome: Outcome, base: float
) -> None:
    then = belief.answered(now, kept, hard, guess, outcome, base, PEOPLE)

    assert 0 < then.kappa <= 1
    assert 0 < then.stability <= 36500


@given(beliefs, chances)
def test_a_lucky_guess_is_worth_less_where_guessing_is_easy(now: Belief, kept: float) -> None:
    hard, easy = (after(now, kept, Outcome.RIGHT, guess) for guess in (0.05, 0.5))

    assert easy.kappa <= hard.kappa + 1e-9


@given(stabilities, chances)
def test_a_recall_strengthens_the_more_it_had_faded(stability: float, kept: float) -> None:
    grown = belief.grown(stability, kept, PEOPLE)

    assert stability <= grown <= belief.grown(stability, kept * 0.9, PEOPLE)


@given(chances, chances)
def test_more_is_learnt_on_firm_ground(base: float, less: float) -> None:
    assert belief.learning(base * less, PEOPLE) <= belief.learning(base, PEOPLE)


def test_who_is_able_probably_knows_what_was_never_asked() -> None:
    able, middling, weak = (
        belief.stranger(ability, 0.5, 0.0, PEOPLE).kappa for ability in (2.0, 0.0, -2.0)
    )

    assert weak < middling < able


def test_what_is_unsure_about_a_person_draws_towards_a_half() -> None:
    sure, unsure = (belief.stranger(2.0, variance, 0.0, PEOPLE).kappa for variance in (0.0, 4.0))

    assert 0.5 < unsure < sure


def test_one_mind_serves_ability_and_memory() -> None:
    shelved, mind = shelf(), tutor.stranger(MODEL)
    before = mind.theta

    answer(mind, shelved, "n0", Outcome.RIGHT, TODAY)

    assert mind.theta > before
    assert mind.traces[0].kappa > 0.5
    assert mind.traces[0].stability > PEOPLE.first
