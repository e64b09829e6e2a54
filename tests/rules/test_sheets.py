"""A question is put to people shuffled, in their language, without its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.sheets import present
from academy.catalog.tree import Question
from tests.rules.questions import (
    CLOZE,
    EVERY,
    MATCHING,
    NUMERIC,
    ORDERING,
    SHORT,
    SINGLE,
    TRUE_FALSE,
)

SEEDS = st.integers(0, 2**63)


@given(SEEDS)
def test_an_ordering_is_never_shown_already_solved(seed: int) -> None:
    shown = [prompt.text for prompt in present(ORDERING, "fr", seed).prompts]

    assert shown != sorted(shown)
    assert sorted(shown) == ["item a", "item b", "item c", "item d"]


@given(SEEDS)
def test_true_stands_before_false(seed: int) -> None:
    options = present(TRUE_FALSE, "en", seed).options

    assert [(one.token, one.text) for one in options] == [("0", "True"), ("1", "False")]


@pytest.mark.parametrize("question", EVERY)
@given(seed=SEEDS)
def test_the_same_seed_shows_the_same_sheet(question: Question, seed: int) -> None:
    assert present(question, "fr", seed) == present(question, "fr", seed)


@given(SEEDS)
def test_tokens_count_what_is_shown(seed: int) -> None:
    sheet = present(SINGLE, "fr", seed)

    assert [one.token for one in sheet.options] == ["0", "1", "2", "3"]
    assert {one.text for one in sheet.options} == {f"option {key}" for key in "abcd"}


def test_the_right_option_stands_anywhere() -> None:
    places = set()
    for seed in range(60):
        texts = [one.text for one in present(SINGLE, "fr", seed).options]
        places.add(texts.index("option b"))

    assert places == {0, 1, 2, 3}


def test_both_sides_of_a_matching_are_shuffled_on_their_own() -> None:
    seen = set()
    for seed in range(60):
        sheet = present(MATCHING, "fr", seed)
        lefts = tuple(prompt.text[-1] for prompt in sheet.prompts)
        rights = tuple(one.text[-1] for one in sheet.prompts[0].choices)
        assert {prompt.choices for prompt in sheet.prompts} == {sheet.prompts[0].choices}
        assert [prompt.field for prompt in sheet.prompts] == ["pair-0", "pair-1", "pair-2"]
        seen.add((lefts, rights))

    assert len(seen) > 30


def test_the_numbers_of_an_ordering_are_its_positions() -> None:
    prompt = present(ORDERING, "fr", 7).prompts[0]

    assert prompt.field == "item-0"
    assert [(one.token, one.text) for one in prompt.choices] == [(n, n) for n in "1234"]


def test_gaps_stand_where_the_text_has_them() -> None:
    french = present(CLOZE, "fr", 7).prompts
    english = present(CLOZE, "en", 7).prompts

    assert [(p.field, p.text, p.after) for p in french] == [
        ("blank-0", "Le ", ""),
        ("blank-1", " décide, le ", " agit."),
    ]
    assert [(p.field, p.text, p.after) for p in english] == [
        ("blank-1", "By ", ""),
        ("blank-0", " it is done, by ", " decided."),
    ]
    assert {one.text for one in english[1].choices} == {"boss", "robot", "cat"}


def test_a_number_is_asked_with_its_unit() -> None:
    assert present(NUMERIC, "en", 1).unit == "hours"
    assert present(SHORT, "en", 1).unit == ""


@given(SEEDS)
def test_a_sheet_carries_no_key_of_the_author(seed: int) -> None:
    tokens = [one.token for one in present(SINGLE, "fr", seed).options]

    assert not set(tokens) & {"a", "b", "c", "d"}
