"""The pack the academy ships with: sound, parallel in both languages, and fair."""

from collections import Counter
from pathlib import Path

import pytest

from academy.catalog.marking import mark, review
from academy.catalog.pack import read_pack
from academy.catalog.sheets import present
from academy.catalog.tree import LANGUAGES, Catalog, Choice, Language, Question, QuestionType
from tests.rules.questions import right_form

CONTENT = Path(__file__).parents[2] / "content"
SEEDS = (0, 1, 7, 20261122, 2**62)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_pack(CONTENT)


def singles(catalog: Catalog) -> list[Choice]:
    return [
        question.body
        for question in catalog.questions.values()
        if question.type is QuestionType.SINGLE and isinstance(question.body, Choice)
    ]


def words_of(question: Question, language: Language) -> list[str]:
    texts = [question.ask_html, question.explain_html]
    if isinstance(question.body, Choice) and question.type is not QuestionType.TRUE_FALSE:
        texts += [text for one in question.body.options for text in (one.text_html, one.why_html)]
    return [text.said(language) for text in texts]


def test_the_pack_loads_and_holds_something(catalog: Catalog) -> None:
    assert len(catalog.modules) >= 6
    assert len(catalog.questions) >= 162


def test_each_notion_is_asked_three_times_in_two_ways_or_more(catalog: Catalog) -> None:
    for notion in catalog.notions:
        keys = catalog.questions_of[notion]
        assert len(keys) >= 3, notion
        assert len({catalog.questions[key].type for key in keys}) >= 2, notion


def test_the_theme_of_culture_asks_in_seven_ways_or_more(catalog: Catalog) -> None:
    modules = catalog.themes["culture"].modules
    types = {one.type for one in catalog.questions.values() if one.module in modules}

    assert len(types) >= 7


def test_both_languages_have_the_same_parts(catalog: Catalog) -> None:
    for lesson in catalog.lessons.values():
        for part in ("<h2>", "<h3>", "<li>", "<tr>", "admonition-title", "footnote-ref"):
            counts = {lesson.body_html.said(language).count(part) for language in LANGUAGES}
            assert len(counts) == 1, f"{lesson.key}: {part} {counts}"


def test_nothing_is_left_in_the_other_language(catalog: Catalog) -> None:
    for question in catalog.questions.values():
        french, english = (words_of(question, language) for language in LANGUAGES)
        long = 40
        same = [fr for fr, en in zip(french, english, strict=True) if fr == en and len(fr) > long]
        assert same == [], question.key


def test_a_lesson_takes_two_to_five_minutes(catalog: Catalog) -> None:
    for lesson in catalog.lessons.values():
        assert 2 <= lesson.minutes <= 5, lesson.key


def test_the_right_option_stands_anywhere(catalog: Catalog) -> None:
    places = Counter([one.grade for one in body.options].index(100) for body in singles(catalog))
    total = sum(places.values())

    assert all(0.1 * total <= places[place] <= 0.45 * total for place in range(3)), places


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_option_is_rarely_the_right_one(catalog: Catalog, language: Language) -> None:
    bodies = singles(catalog)
    longest = [
        max(body.options, key=lambda one: len(one.text_html.said(language))) for body in bodies
    ]

    assert sum(one.grade == 100 for one in longest) <= 0.4 * len(bodies)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_can_be_answered_and_reviewed(catalog: Catalog, language: Language) -> None:
    for question in catalog.questions.values():
        for seed in SEEDS:
            assert present(question, language, seed).ask_html
            marked = mark(question, language, seed, right_form(question, language, seed))
            assert marked.right, question.key
            seen = review(question, language, seed, marked.given, "keep")
            assert seen.right
            assert all(prompt.right for prompt in seen.prompts), question.key
            assert not review(question, language, seed, {"dont_know": True}, "keep").right
