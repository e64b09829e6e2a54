"""Marking is fair, and total: whatever a form holds is marked or refused."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.marking import Reason, Unmarkable, mark, review
from academy.catalog.shuffling import item_order, left_order, option_order, right_order
from academy.catalog.tree import Choice, Matching, Ordering, Question
from tests.rules.questions import (
    CLOZE,
    EVERY,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    ORDERING,
    SHORT,
    SINGLE,
    SITUATION,
    TRUE_FALSE,
    Form,
    right_form,
)

SEED = 20261122
SEEDS = st.integers(0, 2**63)
LANGUAGES = st.sampled_from(["fr", "en"])


def choose(question: Question, *keys: str) -> Form:
    assert isinstance(question.body, Choice)
    options = question.body.options
    order = option_order(question, len(options), SEED)
    return {"choice": [str(n) for n, place in enumerate(order) if options[place].key in keys]}


def put_in_order(keys: str) -> Form:
    body = ORDERING.body
    assert isinstance(body, Ordering)
    order = item_order(ORDERING, len(body.items), SEED)
    return {f"item-{n}": [str(keys.index(body.items[p].key) + 1)] for n, p in enumerate(order)}


def match(pairs: Mapping[str, str]) -> Form:
    body = MATCHING.body
    assert isinstance(body, Matching)
    rights = right_order(MATCHING, body, SEED)
    form = {}
    for number, place in enumerate(left_order(MATCHING, body, SEED)):
        wanted = "abcx".index(pairs["abc"[place]])
        form[f"pair-{number}"] = [str(rights.index(wanted))]
    return form


def number(text: str, language: str = "fr") -> object:
    return mark(NUMERIC, language, SEED, {"number": [text]}).given["number"]


def refused(question: Question, form: Form) -> Reason:
    with pytest.raises(Unmarkable) as refusal:
        mark(question, "fr", SEED, form)
    return refusal.value.reason


@pytest.mark.parametrize("question", EVERY)
@given(language=LANGUAGES, seed=SEEDS)
def test_the_right_answer_is_marked_right(question: Question, language: str, seed: int) -> None:
    marked = mark(question, language, seed, right_form(question, language, seed))

    assert marked.right
    assert marked.score == 1
    assert not marked.dont_know


@pytest.mark.parametrize("question", EVERY)
def test_not_knowing_goes_before_any_answer(question: Question) -> None:
    form = right_form(question, "fr", SEED) | {"dont_know": ["1"]}

    marked = mark(question, "fr", SEED, form)

    assert (marked.right, marked.score, marked.dont_know) == (False, 0, True)
    assert marked.given == {"dont_know": True}


@pytest.mark.parametrize("question", [SINGLE, TRUE_FALSE, SITUATION])
def test_one_choice_only(question: Question) -> None:
    assert refused(question, {"choice": ["0", "1"]}) is Reason.TOO_MANY
    assert refused(question, {"choice": ["9"]}) is Reason.UNKNOWN_OPTION
    assert refused(question, {"choice": ["٠"]}) is Reason.UNKNOWN_OPTION
    assert refused(question, {"choice": [""]}) is Reason.NO_ANSWER


def test_a_choice_is_kept_by_the_authors_key() -> None:
    assert mark(SINGLE, "fr", SEED, choose(SINGLE, "c")).given == {"choice": ["c"]}
    assert mark(TRUE_FALSE, "fr", SEED, {"choice": ["0"]}).given == {"choice": ["true"]}


@pytest.mark.parametrize(("key", "right", "score"), [("a", 0, 0.5), ("b", 0, 0), ("c", 1, 1)])
def test_a_situation_is_right_only_at_its_best(key: str, right: bool, score: float) -> None:
    marked = mark(SITUATION, "fr", SEED, choose(SITUATION, key))

    assert (marked.right, marked.score) == (right, score)


@pytest.mark.parametrize(
    ("keys", "right", "score"),
    [("ac", 1, 1), ("a", 0, 0.5), ("acb", 0, 0.5), ("abd", 0, 0), ("b", 0, 0), ("abcde", 0, 0)],
)
def test_wrong_choices_cost_what_right_ones_earn(keys: str, right: bool, score: float) -> None:
    marked = mark(MULTIPLE, "fr", SEED, choose(MULTIPLE, *keys))

    assert (marked.right, marked.score) == (right, score)
    assert marked.given == {"choice": sorted(keys)}


def test_an_order_scores_the_items_in_their_place() -> None:
    marked = mark(ORDERING, "fr", SEED, put_in_order("abdc"))

    assert (marked.right, marked.score) == (False, 0.5)
    assert marked.given == {"order": ["a", "b", "d", "c"]}


def test_an_order_is_whole_and_has_each_position_once() -> None:
    whole = put_in_order("abcd")

    assert refused(ORDERING, {}) is Reason.NO_ANSWER
    assert refused(ORDERING, whole | {"item-0": [""]}) is Reason.INCOMPLETE
    assert refused(ORDERING, whole | {"item-0": ["5"]}) is Reason.UNKNOWN_OPTION
    assert refused(ORDERING, whole | {"item-0": whole["item-1"]}) is Reason.POSITION_TWICE
    assert refused(ORDERING, whole | {"item-0": ["1", "2"]}) is Reason.TOO_MANY


def test_pairs_score_their_share() -> None:
    marked = mark(MATCHING, "fr", SEED, match({"a": "a", "b": "x", "c": "b"}))

    assert not marked.right
    assert marked.score == pytest.approx(1 / 3)
    assert marked.given == {"pairs": {"a": "a", "b": "x", "c": "b"}}


def test_a_gap_left_empty_is_refused_and_its_words_are_kept() -> None:
    form = right_form(CLOZE, "en", SEED)

    assert refused(CLOZE, {"blank-0": form["blank-0"]}) is Reason.INCOMPLETE
    assert mark(CLOZE, "en", SEED, form).given == {"blanks": {"who": "boss", "how": "arm"}}


def test_a_page_may_be_answered_after_changing_language() -> None:
    for question in (SINGLE, ORDERING, MATCHING, CLOZE):
        assert mark(question, "en", SEED, right_form(question, "fr", SEED)).right


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1 234,5", "fr", 1234.5),
        ("1\u00a0234,5", "fr", 1234.5),
        ("1\u202f234,5 heures", "fr", 1234.5),
        ("1234.5", "fr", 1234.5),
        ("1,234.5", "fr", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("1,234", "en", 1234),
        ("1,234", "fr", 1.234),
        ("1.234", "en", 1.234),
        ("1.234,5", "en", 1234.5),
        ("3,5", "en", 3.5),
        ("0.125", "fr", 0.125),
        (",5", "fr", 0.5),
        ("\u2212 72 %", "fr", -72),
        ("+3 °C", "fr", 3),
        ("12 Hours", "fr", 12),
        ("€ 1 000 000", "fr", 1_000_000),
        ("300 m²", "fr", 300),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, language: str, value: float) -> None:
    assert number(text, language) == value


@pytest.mark.parametrize(
    "text",
    ["1.234", "1e400", "NaN", "inf", "deux", "12-15", "1,23,4", "1.2.3", "12 34", "٧٢", "--3", ","]
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_none_is_no_number(text: str) -> None:
    assert refused(NUMERIC, {"number": [text]}) is Reason.NOT_A_NUMBER


def test_a_number_has_a_tolerance_and_a_length() -> None:
    assert mark(NUMERIC, "fr", SEED, {"number": ["1235"]}).right
    assert not mark(NUMERIC, "fr", SEED, {"number": ["1235,1"]}).right
    assert refused(NUMERIC, {"number": ["9" * 400]}) is Reason.TOO_LONG
    assert refused(NUMERIC, {"number": [" \x00"]}) is Reason.NO_ANSWER
    assert refused(NUMERIC, {"number": ["1", "2"]}) is Reason.TOO_MANY


@pytest.mark.parametrize(
    "text",
    ["hameçonnage", "HAMECONNAGE", "l’hameçonnage", "L'Hameçonnage !", "le phishing", "Phishing.",
     "phisihng", "phising", "phisshing", "phishinh", "hamesonnage", "rgpd"],
)  # fmt: skip
def test_a_word_is_right_with_its_article_without_its_accents_or_with_one_slip(text: str) -> None:
    assert mark(SHORT, "en", SEED, {"text": [text]}).right


@pytest.mark.parametrize("text", ["phishong", "rgpp", "rgpdd", "phsihnig", "spam", "fishin", "42"])
def test_known_mistakes_short_slips_and_double_slips_are_wrong(text: str) -> None:
    assert not mark(SHORT, "fr", SEED, {"text": [text]}).right


def test_a_text_is_kept_without_signs_that_cannot_be_stored() -> None:
    form = {"text": ["phi\x00sh\ud800ing "]}

    assert mark(SHORT, "fr", SEED, form).given == {"text": "phi sh ing"}
    assert refused(SHORT, {"text": ["a" * 201]}) is Reason.TOO_LONG
    assert refused(SHORT, {"text": ["…?"]}) is Reason.NO_ANSWER


FIELDS = st.dictionaries(
    st.sampled_from(
        ["choice", "number", "text", "dont_know", *(f"{name}-{n}" for n in range(4)
                                                   for name in ("item", "pair", "blank"))]
    )
    | st.text(max_size=5),
    st.lists(
        st.sampled_from(["0", "1", "2", "3", "4", "-1", "1e400", "nan", "inf", "٣", "9" * 300, "\0"])
        | st.text(max_size=20),
        max_size=3,
    ),
)  # fmt: skip


@pytest.mark.parametrize("question", EVERY)
@given(language=LANGUAGES, seed=SEEDS, fields=FIELDS)
def test_any_form_is_marked_or_refused(
    question: Question, language: str, seed: int, fields: Form
) -> None:
    try:
        marked = mark(question, language, seed, fields)
    except Unmarkable:
        return

    stored = json.loads(json.dumps(marked.given, allow_nan=False))
    assert "\\u0000" not in json.dumps(marked.given)
    assert 0 <= marked.score <= 1
    assert marked.right == (marked.score == 1)
    seen = review(question, language, seed, stored, "keep")
    assert (seen.right, seen.score, seen.dont_know) == (
        marked.right,
        marked.score,
        marked.dont_know,
    )


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "who", "z"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("question", EVERY)
@given(
    stored=st.dictionaries(
        st.sampled_from(["choice", "order", "pairs", "number", "text", "blanks", "dont_know"]), JSON
    )
)
def test_a_review_survives_whatever_was_stored(
    question: Question, stored: dict[str, object]
) -> None:
    seen = review(question, "en", SEED, stored, "keep")

    assert 0 <= seen.score <= 1


def test_a_review_shows_the_choice_the_answer_and_the_reasons() -> None:
    seen = review(SINGLE, "fr", SEED, {"choice": ["a", "gone"]}, "Gardez ceci.")

    assert [one.text_html for one in seen.options if one.chosen] == ["option a"]
    assert [one.why_html for one in seen.options if one.right] == ["why b"]
    assert seen.keep == "Gardez ceci."
    assert not seen.right


def test_a_review_of_an_order_shows_both_positions() -> None:
    seen = review(ORDERING, "fr", SEED, {"order": ["b", "gone", "a", "c", "d"]}, "")

    assert {one.text: (one.given, one.expected, one.right) for one in seen.prompts} == {
        "item a": ("2", "1", False),
        "item b": ("1", "2", False),
        "item c": ("3", "3", True),
        "item d": ("4", "4", True),
    }


def test_a_review_of_gaps_speaks_the_language_of_the_reader() -> None:
    seen = review(CLOZE, "en", SEED, {"blanks": {"who": "chat", "how": "gone"}}, "")

    assert [(one.given, one.expected) for one in seen.prompts] == [("", "arm"), ("cat", "boss")]
    assert seen.prompts[1].after == " decided."


def test_a_review_of_pairs_shows_the_words() -> None:
    seen = review(MATCHING, "fr", SEED, {"pairs": {"a": "x", "b": "b"}}, "")

    assert {one.text: (one.given, one.expected) for one in seen.prompts} == {
        "left a": ("extra x", "right a"),
        "left b": ("right b", "right b"),
        "left c": ("", "right c"),
    }


@pytest.mark.parametrize(
    ("given_number", "language", "shown", "why"),
    [(24.0, "fr", "24 heures", "un jour"), (-1, "en", "\N{MINUS SIGN}1 hours", "négatif (en)"),
     (12345.25, "fr", "12\u202f345,25 heures", ""), (12345.25, "en", "12,345.25 hours", ""),
     (1235.0, "en", "1235 hours", "")],
)  # fmt: skip
def test_a_review_of_a_number_answers_the_usual_mistakes(
    given_number: float, language: str, shown: str, why: str
) -> None:
    seen = review(NUMERIC, language, SEED, {"number": given_number}, "")

    assert seen.given.replace("\u00a0", " ") == shown
    assert seen.why_html == why


def test_a_review_of_a_word_answers_the_usual_mistakes() -> None:
    seen = review(SHORT, "fr", SEED, {"text": "le SPAM"}, "")

    assert (seen.given, seen.expected, seen.why_html) == ("le SPAM", "hameçonnage", "presque")
