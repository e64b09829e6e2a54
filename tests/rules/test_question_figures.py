"""What answers say of a question: intervals, discrimination, suspicion."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from academy.mastery.figures.known import Figures, Flag, Tally
from academy.mastery.figures.rules import FEWEST, figures, lean_of, median_seconds, wilson
from academy.mastery.figures.suspicion import idle_options

OPTIONS = ("a", "b", "c", "d")


def crowd(
    choose: dict[str, tuple[float, float]], key: str = "a", size: int = 400, seed: int = 7
) -> list[Tally]:
    """People half weak (expected .4) and half able (expected .9), choosing by these chances."""
    dice = Random(seed)  # noqa: S311  # make-believe people
    counted: dict[str, list[float]] = {}
    for person in range(size):
        able = person % 2
        expected = 0.9 if able else 0.4
        weights = [chances[able] for chances in choose.values()]
        counted.setdefault(dice.choices(list(choose), weights)[0], []).append(expected)
    return [
        Tally(
            option,
            option == key,
            len(chances),
            len(chances),
            sum(chances),
            sum(chance * chance for chance in chances),
        )
        for option, chances in counted.items()
    ]


def known(tallies: list[Tally], seconds: float | None = 12.0) -> Figures:
    found = figures(tallies, OPTIONS, 0.25, seconds)
    assert found is not None
    return found


def test_a_sound_question_raises_no_flag() -> None:
    sound = known(crowd({"a": (0.4, 0.9), "b": (0.25, 0.04), "c": (0.2, 0.03), "d": (0.15, 0.03)}))

    assert sound.flags == ()
    assert sound.discrimination is not None
    assert sound.discrimination[0] > 0.4
    assert sound.right.low < sound.right.share < sound.right.high


def test_a_key_that_the_able_leave_for_another_option_is_doubted() -> None:
    wrong_key = known(crowd({"a": (0.4, 0.05), "b": (0.3, 0.88), "c": (0.3, 0.07)}))

    assert wrong_key.flags[0] is Flag.KEY_DOUBTFUL
    assert Flag.TWO_RIGHT not in wrong_key.flags


def test_two_options_chosen_by_the_same_people_look_both_right() -> None:
    twins = known(crowd({"a": (0.45, 0.5), "b": (0.45, 0.46), "c": (0.1, 0.04)}))

    assert Flag.TWO_RIGHT in twins.flags
    assert Flag.KEY_DOUBTFUL not in twins.flags


def test_a_question_harder_than_believed_says_so() -> None:
    hard = known(crowd({"a": (0.1, 0.5), "b": (0.3, 0.2), "c": (0.3, 0.15), "d": (0.3, 0.15)}))

    assert Flag.HARDER in hard.flags


def test_a_question_is_not_accused_of_what_is_wrong_with_every_question() -> None:
    tallies = crowd({"a": (0.1, 0.5), "b": (0.3, 0.2), "c": (0.3, 0.15), "d": (0.3, 0.15)})
    lean = lean_of(tallies, 100)

    levelled = figures(tallies, OPTIONS, 0.25, 12.0, lean)

    assert lean < -1
    assert levelled is not None
    assert levelled.expected is not None
    assert abs(levelled.expected - levelled.right.share) < 0.06
    assert Flag.HARDER not in levelled.flags


def test_an_engine_that_is_right_on_the_whole_leans_nowhere() -> None:
    fair = [Tally("a", True, 65, 65, 45.0, 33.0), Tally("b", False, 35, 35, 20.0, 13.0)]

    assert abs(lean_of(fair, 100)) < 1e-9
    assert lean_of([Tally("a", True, 5, 5, 1.0, 0.2)], 100) == 0
    assert lean_of([Tally("a", True, 500, 500, 100.0, 20.0)], 19) == 0


def test_an_option_that_nobody_chooses_is_idle() -> None:
    idle = known(crowd({"a": (0.5, 0.9), "b": (0.3, 0.05), "c": (0.2, 0.05)}))

    assert Flag.IDLE_OPTION in idle.flags
    assert idle_options(idle) == ("d",)


def test_a_question_everybody_gets_right_is_too_easy() -> None:
    easy = known([Tally("a", True, 400, 400, 390.0, 380.5), Tally("b", False, 2, 2, 1.8, 1.6)])

    assert Flag.TOO_EASY in easy.flags


def test_a_question_answered_below_chance_is_too_hard() -> None:
    beyond = known([Tally("a", True, 60), Tally("b", False, 170), Tally("c", False, 170)])

    assert Flag.TOO_HARD in beyond.flags
    assert beyond.expected is None
    assert beyond.discrimination is None


def test_slow_questions_are_told_and_quick_ones_are_not() -> None:
    tallies = crowd({"a": (0.4, 0.9), "b": (0.6, 0.1)})

    assert Flag.LONG in known(tallies, seconds=50.0).flags
    assert Flag.LONG not in known(tallies, seconds=None).flags


def test_too_few_answers_say_nothing() -> None:
    assert figures([Tally("a", True, FEWEST - 1)], OPTIONS, 0.25, None) is None
    assert figures([], OPTIONS, 0.25, None) is None


def test_i_dont_know_is_counted_and_never_suspected() -> None:
    honest = known([Tally("a", True, 40, 40, 30, 24), Tally("dont_know", False, 40, 40, 30, 24)])

    assert honest.dont_know == 0.5
    assert Flag.KEY_DOUBTFUL not in honest.flags
    assert Flag.TWO_RIGHT not in honest.flags


@given(st.integers(1, 100_000), st.floats(0, 1))
def test_the_interval_holds_the_share_and_stays_a_share(answers: int, share: float) -> None:
    rights = round(share * answers)
    interval = wilson(rights, answers)

    assert 0 <= interval.low <= interval.share <= interval.high <= 1


@given(st.integers(1, 500), st.integers(1, 20))
def test_more_answers_narrow_the_interval(rights: int, times: int) -> None:
    once, often = wilson(rights, 500), wilson(rights * (times + 1), 500 * (times + 1))

    assert often.high - often.low < once.high - once.low


@given(
    st.lists(
        st.tuples(st.sampled_from(OPTIONS), st.floats(0.01, 0.99)), min_size=FEWEST, max_size=80
    )
)
def test_whatever_was_answered_the_figures_stay_within_their_bounds(
    answers: list[tuple[str, float]],
) -> None:
    tallies = [
        Tally(option, option == "a", 1, 1, chance, chance * chance) for option, chance in answers
    ]
    found = known(tallies)

    assert found.answers == len(answers)
    assert found.discrimination is None or all(-1 <= r <= 1 for r in found.discrimination)
    assert found.expected is not None
    assert 0 <= found.expected <= 1


def test_the_median_lies_within_its_bucket() -> None:
    assert median_seconds([(0, 3, 10), (3, 6, 10), (6, 9, 0)]) == 3
    assert median_seconds([(0, 3, 1), (3, 6, 8), (6, 9, 1)]) == 4.5
    assert median_seconds([]) is None
    assert median_seconds([(0, 3, 0)]) is None
