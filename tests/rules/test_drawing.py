"""Quizzes are drawn fairly, and finding one's way in a catalog."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.drawing import draw_quiz
from academy.catalog.shelf import (
    lesson_after,
    modules_of,
    notions_of_lesson,
    questions_of_module,
    theme_list,
)
from academy.catalog.tree import (
    Barrier,
    Catalog,
    Lesson,
    Module,
    Notion,
    Numeric,
    Question,
    QuestionType,
    QuizRule,
    Theme,
    Words,
)

W = Words("mots", "words")
SEEDS = st.integers(0, 2**63)


def question(notion: str, number: int, barrier: bool = False) -> Question:
    not_for = frozenset({Barrier.BLIND}) if barrier else frozenset()
    key, body = f"{notion}-{number}", Numeric(1, 0)
    return Question(key, notion, "data", QuestionType.NUMERIC, 1, W, W, body, None, not_for)


def catalog(piles: Mapping[str, int], quiz: int = 4, blind_after: int = 99) -> Catalog:
    """A module `data` whose notions have as many questions as `piles` says."""
    notions = {
        key: Notion(key, "data", "one" if order % 2 else "two", order, W, W, (), (), ())
        for order, key in enumerate(piles, 1)
    }
    questions = [
        question(notion, number, number > blind_after)
        for notion, count in piles.items()
        for number in range(1, count + 1)
    ]
    lessons = {
        key: Lesson(key, "data", W, W, W, 1, (), date(2030, 1, 1), ()) for key in ("one", "two")
    }
    module = Module("data", "late", 1, W, W, QuizRule(quiz, 70), tuple(lessons), tuple(notions))
    return Catalog(
        release="0" * 12,
        themes={
            "late": Theme("late", 2, "culture", W, W, ("data",)),
            "early": Theme("early", 1, "ai", W, W, ()),
        },
        modules={"data": module},
        lessons=lessons,
        notions=notions,
        questions={one.key: one for one in questions},
        questions_of={
            notion: tuple(one.key for one in questions if one.notion == notion) for notion in piles
        },
    )


def spread(drawn: tuple[str, ...]) -> Counter[str]:
    return Counter(key.rpartition("-")[0] for key in drawn)


@given(SEEDS, st.integers(1, 9))
def test_a_quiz_is_spread_evenly_over_the_notions(seed: int, quiz: int) -> None:
    drawn = draw_quiz(catalog({"a": 3, "b": 3, "c": 3}, quiz), "data", seed)

    counts = [spread(drawn)[notion] for notion in "abc"]
    assert len(set(drawn)) == len(drawn) == quiz
    assert max(counts) - min(counts) <= 1


@given(SEEDS)
def test_a_notion_short_of_questions_leaves_its_turn_to_others(seed: int) -> None:
    drawn = draw_quiz(catalog({"a": 1, "b": 3}), "data", seed)

    assert spread(drawn) == {"a": 1, "b": 3}


@given(SEEDS)
def test_the_last_questions_come_back_only_where_no_other_is_left(seed: int) -> None:
    pack = catalog({"a": 3, "b": 1}, quiz=2)
    avoid = {"a-1", "a-2", "b-1"}

    assert set(draw_quiz(pack, "data", seed, avoid)) == {"a-3", "b-1"}


@given(SEEDS)
def test_nobody_is_asked_what_they_cannot_fairly_answer(seed: int) -> None:
    drawn = draw_quiz(catalog({"a": 3, "b": 3}, blind_after=1), "data", seed, (), [Barrier.BLIND])

    assert set(drawn) == {"a-1", "b-1"}


@given(SEEDS)
def test_the_same_seed_draws_the_same_quiz(seed: int) -> None:
    pack = catalog({"a": 3, "b": 3})

    assert draw_quiz(pack, "data", seed) == draw_quiz(pack, "data", seed)


def test_another_seed_draws_another_quiz() -> None:
    pack = catalog({"a": 3, "b": 3})

    assert len({draw_quiz(pack, "data", seed) for seed in range(20)}) > 5


def test_themes_stand_in_the_authors_order() -> None:
    assert [theme.key for theme in theme_list(catalog({"a": 1}))] == ["early", "late"]


def test_a_theme_knows_its_modules() -> None:
    pack = catalog({"a": 1})

    assert modules_of(pack, "late") == (pack.modules["data"],)
    assert modules_of(pack, "early") == ()


@pytest.mark.parametrize(("lesson", "after"), [("one", "two"), ("two", None)])
def test_the_last_lesson_has_none_after_it(lesson: str, after: str | None) -> None:
    found = lesson_after(catalog({"a": 1}), lesson)

    assert (found and found.key) == after


def test_a_lesson_teaches_its_notions() -> None:
    pack = catalog({"a": 1, "b": 1, "c": 1})

    assert [notion.key for notion in notions_of_lesson(pack, "one")] == ["a", "c"]


def test_a_module_has_the_questions_of_its_notions() -> None:
    keys = [one.key for one in questions_of_module(catalog({"a": 2, "b": 1}), "data")]

    assert keys == ["a-1", "a-2", "b-1"]


@given(SEEDS)
def test_a_quiz_asks_nothing_of_a_lesson_that_has_yet_to_appear(seed: int) -> None:
    pack = catalog({"a": 3, "b": 3, "c": 3}, quiz=8)  # "b" belongs to the lesson "two"

    drawn = draw_quiz(pack, "data", seed, there={"one"})

    assert spread(drawn) == {"a": 3, "c": 3}


def test_the_lesson_after_is_one_that_has_appeared() -> None:
    pack = catalog({"a": 1})

    assert lesson_after(pack, "one", {"one", "two"}) == pack.lessons["two"]
    assert lesson_after(pack, "one", {"one"}) is None
