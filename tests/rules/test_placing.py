"""The placement: which question comes next, and what twelve answers say."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.surveys.placing import (
    OVERALL_SD,
    THEME_SD,
    WANTED,
    Offer,
    Step,
    depth,
    estimate,
    next_question,
    shares,
)

THEMES = ("ai", "culture", "security")
ALONE = (OVERALL_SD**2 + THEME_SD**2) ** 0.5

steps_of = st.lists(
    st.builds(
        Step,
        question=st.uuids().map(str),
        theme=st.sampled_from(THEMES),
        module=st.just("m"),
        notion=st.just("n"),
        difficulty=st.integers(1, 5),
        guess=st.sampled_from([0.02, 0.25, 0.5]),
        right=st.booleans(),
    ),
    max_size=14,
)
tallies = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=15)


def offers(theme: str, modules: int = 2, notions: int = 4) -> list[Offer]:
    """For each notion one quick question of each difficulty, and a slow one."""
    return [
        Offer(
            f"{theme}-{m}-{n}-{level}",
            theme,
            f"{theme}-{m}",
            f"{theme}-{m}-{n}",
            level or 3,
            0.25,
            level > 0,
        )
        for m in range(modules)
        for n in range(notions)
        for level in range(6)
    ]


def sail(pool: list[Offer], knows: dict[str, bool], seed: int = 1) -> list[Step]:
    """A whole voyage of somebody who is right in some themes and wrong in the others."""
    steps: list[Step] = []
    while (offer := next_question(pool, steps, seed)) is not None:
        steps.append(
            Step(
                offer.question,
                offer.theme,
                offer.module,
                offer.notion,
                offer.difficulty,
                offer.guess,
                knows[offer.theme],
            )
        )
    return steps


def everything() -> list[Offer]:
    return [offer for theme in THEMES for offer in offers(theme)]


def test_every_theme_gets_its_share_and_they_take_turns() -> None:
    steps = sail(everything(), dict.fromkeys(THEMES, True))

    assert Counter(step.theme for step in steps) == dict.fromkeys(THEMES, 4)
    assert {step.theme for step in steps[:3]} == set(THEMES)


def test_a_theme_begins_in_the_middle_then_follows_the_answers() -> None:
    steps = sail(everything(), {"ai": True, "culture": False, "security": True})
    levels = {theme: [step.difficulty for step in steps if step.theme == theme] for theme in THEMES}

    assert all(asked[0] == 3 for asked in levels.values())
    assert max(levels["ai"]) > 3
    assert min(levels["culture"]) < 3


def test_no_notion_twice_and_every_module_visited_while_there_is_choice() -> None:
    steps = sail(everything(), dict.fromkeys(THEMES, True))

    assert len({step.notion for step in steps}) == WANTED
    assert len({step.module for step in steps}) == 6


def test_quick_questions_go_first() -> None:
    steps = sail(everything(), dict.fromkeys(THEMES, False))

    assert not [step for step in steps if step.question.endswith("-0")]


def test_a_slow_question_is_asked_rather_than_none() -> None:
    slow = [offer for offer in offers("ai") if not offer.quick]

    assert len(sail(slow, {"ai": True})) == 8


def test_a_question_seen_elsewhere_gives_way() -> None:
    pair = [replace(offer, seen=offer.question.endswith("-3")) for offer in offers("ai", 1, 1)]

    assert not sail(pair, {"ai": True})[0].question.endswith("-3")


def test_the_same_seed_tells_the_same_voyage_and_another_seed_another() -> None:
    knows = dict.fromkeys(THEMES, True)

    assert sail(everything(), knows, 1) == sail(everything(), knows, 1)
    assert sail(everything(), knows, 1) != sail(everything(), knows, 2)


def test_twenty_themes_share_twelve_scenes() -> None:
    pool = [offer for n in range(20) for offer in offers(f"t{n}", 1, 2)]
    steps = sail(pool, {f"t{n}": True for n in range(20)})

    assert len(steps) == len({step.theme for step in steps}) == WANTED


def test_a_small_bank_makes_a_short_voyage() -> None:
    assert len(sail(offers("ai", 1, 1)[:5], {"ai": True})) == 5
    assert sail([], {}) == []


@given(tallies, st.integers(0, 20))
def test_shares_give_out_what_there_is_and_no_more(pool: dict[str, int], wanted: int) -> None:
    given_out = shares(pool, wanted)

    assert sum(given_out.values()) == min(wanted, sum(pool.values()))
    assert all(given_out[theme] <= n for theme, n in pool.items())


@given(tallies.filter(bool), st.integers(0, 20))
def test_no_theme_is_left_more_than_one_behind_unless_it_has_no_more(
    pool: dict[str, int], wanted: int
) -> None:
    given_out = shares(pool, wanted)

    most = max(given_out.values())
    assert all(given_out[theme] >= min(n, most - 1) for theme, n in pool.items())


def test_without_an_answer_everybody_is_in_the_middle_and_nobody_is_sure() -> None:
    level = estimate([], ["ai"])["ai"]

    assert level.mean == pytest.approx(0, abs=1e-9)
    assert level.sd == pytest.approx(ALONE, abs=0.01)


@given(steps_of, st.randoms())
def test_the_order_of_the_answers_is_irrelevant(steps: list[Step], dice) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(steps)
    dice.shuffle(shuffled)

    assert estimate(shuffled, THEMES) == estimate(steps, THEMES)


@given(steps_of.filter(bool), st.data())
def test_one_more_right_answer_lowers_no_level(steps: list[Step], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(steps) - 1))
    worse, better = list(steps), list(steps)
    worse[place], better[place] = (replace(steps[place], right=right) for right in (False, True))

    before, after = estimate(worse, THEMES), estimate(better, THEMES)

    assert all(after[theme].mean >= before[theme].mean - 1e-12 for theme in THEMES)


@given(steps_of, st.sampled_from(THEMES), st.integers(1, 5), st.sampled_from([0.02, 0.25, 0.5]))
def test_a_question_is_expected_to_lessen_the_uncertainty(
    steps: list[Step], theme: str, difficulty: int, guess: float
) -> None:
    """Whatever was answered before: the law of total variance, kept by the sum on the grid."""
    asked = Step("new", theme, "m", "n", difficulty, guess)
    before = estimate(steps, [theme])[theme]
    right = estimate([*steps, replace(asked, right=True)], [theme])[theme]
    wrong = estimate([*steps, replace(asked, right=False)], [theme])[theme]

    chance = (before.mean - wrong.mean) / (right.mean - wrong.mean)

    assert 0 <= chance <= 1
    assert chance * right.sd**2 + (1 - chance) * wrong.sd**2 < before.sd**2


@given(steps_of.filter(lambda steps: len(steps) >= 6))
def test_after_a_few_answers_one_is_surer_than_before_the_first(steps: list[Step]) -> None:
    theme = steps[0].theme

    assert estimate(steps, [theme])[theme].sd < ALONE


def test_answers_in_one_theme_say_a_little_of_the_others() -> None:
    steps = [Step(str(n), "ai", "m", "n", 3, 0.25, True) for n in range(4)]

    levels = estimate(steps, THEMES)

    assert levels["ai"].mean > levels["culture"].mean > 0
    assert levels["ai"].sd < levels["culture"].sd


def test_an_open_scene_says_nothing() -> None:
    assert estimate([Step("q", "ai", "m", "n", 3, 0.25)], ["ai"]) == estimate([], ["ai"])


def test_difficulties_stand_on_the_scale_of_levels() -> None:
    assert [depth(level) for level in range(1, 6)] == [-1.5, -0.75, 0, 0.75, 1.5]
