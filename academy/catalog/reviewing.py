"""Showing a question with its answer and what the person answered."""

from collections.abc import Mapping, Sequence
from typing import Final

from academy.catalog.scoring import (
    ALL,
    choice_in,
    is_near,
    keys_in,
    known_mistake,
    number_in,
    score,
    text_in,
    words_in,
)
from academy.catalog.sheet import Review, ReviewedOption, ReviewedPrompt
from academy.catalog.sheets import gap_pieces, right_words
from academy.catalog.shuffling import item_order, left_order, option_order
from academy.catalog.tree import Choice, Cloze, Matching, Numeric, Ordering, Question, Short

Given = Mapping[str, object]

GROUPED_FROM: Final = 10_000
"""Smaller numbers are written without groups: a year is not 1 969."""


def review(question: Question, language: str, seed: int, given: Given, keep: str) -> Review:
    """The question as it was shown, and its answer. `given` may come from an older question."""
    right, share = score(question, language, given)
    said, expected, why = _words(question, language, given)
    return Review(
        key=question.key,
        type=question.type,
        ask_html=question.ask_html.said(language),
        right=right,
        score=share,
        dont_know=bool(given.get("dont_know")),
        explain_html=question.explain_html.said(language),
        keep=keep,
        options=_options(question, language, seed, given),
        prompts=_prompts(question, language, seed, given),
        given=said,
        expected=expected,
        why_html=why,
        source=question.source,
    )


def number_said(number: float, language: str) -> str:
    """A number as `language` writes it."""
    text = f"{abs(number):,.9f}".rstrip("0").rstrip(".")
    if abs(number) < GROUPED_FROM:
        text = text.replace(",", "")
    if language != "en":
        text = text.translate({ord(","): "\N{NARROW NO-BREAK SPACE}", ord("."): ","})
    return f"\N{MINUS SIGN}{text}" if number < 0 else text


def _words(question: Question, language: str, given: Given) -> tuple[str, str, str]:
    """What was typed, what belongs there, and the answer to a foreseen mistake."""
    match question.body:
        case Numeric() as body:
            return _number(body, language, number_in(given))
        case Short() as body:
            said = text_in(given)
            known = known_mistake(body, said)
            why = "" if known is None else body.wrong[known].why_html.said(language)
            return said, body.accept["en" if language == "en" else "fr"][0], why
        case _:
            return "", "", ""


def _number(body: Numeric, language: str, number: float | None) -> tuple[str, str, str]:
    unit = f"\N{NO-BREAK SPACE}{body.unit.said(language)}" if body.unit else ""
    expected = number_said(body.answer, language) + unit
    if number is None:
        return "", expected, ""
    near = [known for known in body.wrong if is_near(number, known.value, body.tolerance)]
    right = is_near(number, body.answer, body.tolerance)
    known = None if right else min(near, key=lambda one: abs(one.value - number), default=None)
    why = known.why_html.said(language) if known else ""
    return number_said(number, language) + unit, expected, why


def _options(
    question: Question, language: str, seed: int, given: Given
) -> tuple[ReviewedOption, ...]:
    if not isinstance(question.body, Choice):
        return ()
    options = question.body.options
    chosen = keys_in(given, "choice")
    return tuple(
        ReviewedOption(
            text_html=option.text_html.said(language),
            why_html=option.why_html.said(language),
            chosen=option.key in chosen,
            right=option.grade == ALL,
            grade=option.grade,
        )
        for option in (options[place] for place in option_order(question, len(options), seed))
    )


def _prompts(
    question: Question, language: str, seed: int, given: Given
) -> tuple[ReviewedPrompt, ...]:
    match question.body:
        case Ordering() as body:
            order = item_order(question, len(body.items), seed)
            return _items(body, order, language, keys_in(given, "order"))
        case Matching() as body:
            order = left_order(question, body, seed)
            return _pairs(body, order, language, words_in(given, "pairs"))
        case Cloze() as body:
            return _gaps(body, language, words_in(given, "blanks"))
        case _:
            return ()


def _items(
    body: Ordering, order: Sequence[int], language: str, said: Sequence[str]
) -> tuple[ReviewedPrompt, ...]:
    known = {item.key for item in body.items}
    positions = {
        key: str(place) for place, key in enumerate((one for one in said if one in known), 1)
    }
    return tuple(
        _filled(
            body.items[place].text.said(language),
            positions.get(body.items[place].key, ""),
            str(place + 1),
        )
        for place in order
    )


def _pairs(
    body: Matching, order: Sequence[int], language: str, said: Mapping[str, str]
) -> tuple[ReviewedPrompt, ...]:
    keys = (*(pair.key for pair in body.pairs), *(item.key for item in body.extra))
    words = {key: right.said(language) for key, right in zip(keys, right_words(body), strict=True)}
    return tuple(
        _filled(pair.left.said(language), words.get(said.get(pair.key, ""), ""), words[pair.key])
        for pair in (body.pairs[place] for place in order)
    )


def _gaps(body: Cloze, language: str, said: Mapping[str, str]) -> tuple[ReviewedPrompt, ...]:
    pieces, after = gap_pieces(body, language)
    prompts = []
    for number, (place, before) in enumerate(pieces, 1):
        words = body.blanks[place].choices["en" if language == "en" else "fr"]
        chosen = choice_in(body.blanks[place], said, language)
        given = "" if chosen is None else words[chosen]
        prompts.append(_filled(before, given, words[0], after if number == len(pieces) else ""))
    return tuple(prompts)


def _filled(text: str, given: str, expected: str, after: str = "") -> ReviewedPrompt:
    return ReviewedPrompt(text, given, expected, given == expected, after)
