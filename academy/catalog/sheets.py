"""Putting a question to somebody."""

import re
from collections.abc import Sequence
from typing import Final

from academy.catalog.sheet import Prompt, Sheet, Shown
from academy.catalog.shuffling import (
    item_order,
    left_order,
    option_order,
    right_order,
    word_order,
)
from academy.catalog.tree import Choice, Cloze, Matching, Numeric, Ordering, Question, Words

GAP: Final = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
"""A gap in the text of a cloze: a key in braces."""


def present(question: Question, language: str, seed: int) -> Sheet:
    """The question in one language, shuffled by `seed`, without its answer."""
    body = question.body
    unit = body.unit.said(language) if isinstance(body, Numeric) and body.unit else ""
    return Sheet(
        key=question.key,
        type=question.type,
        ask_html=question.ask_html.said(language),
        options=_options(question, body, language, seed) if isinstance(body, Choice) else (),
        prompts=_prompts(question, language, seed),
        unit=unit,
    )


def gap_pieces(body: Cloze, language: str) -> tuple[list[tuple[int, str]], str]:
    """(author's place of the blank, text before it) in the text's order; and the text after."""
    places = {blank.key: place for place, blank in enumerate(body.blanks)}
    pieces = GAP.split(body.text.said(language))
    befores, keys = pieces[0:-1:2], pieces[1::2]
    return [(places[key], text) for key, text in zip(keys, befores, strict=True)], pieces[-1]


def right_words(body: Matching) -> tuple[Words, ...]:
    """What may be put at the right: the words of the pairs, then the extra ones."""
    return (*(pair.right for pair in body.pairs), *(item.text for item in body.extra))


def _options(question: Question, body: Choice, language: str, seed: int) -> tuple[Shown, ...]:
    order = option_order(question, len(body.options), seed)
    return _shown([body.options[place].text_html.said(language) for place in order])


def _prompts(question: Question, language: str, seed: int) -> tuple[Prompt, ...]:
    match question.body:
        case Ordering() as body:
            return _items(question, body, language, seed)
        case Matching() as body:
            return _pairs(question, body, language, seed)
        case Cloze() as body:
            return _gaps(question, body, language, seed)
        case _:
            return ()


def _items(question: Question, body: Ordering, language: str, seed: int) -> tuple[Prompt, ...]:
    count = len(body.items)
    positions = tuple(Shown(str(place), str(place)) for place in range(1, count + 1))
    return tuple(
        Prompt(f"item-{token}", body.items[place].text.said(language), positions)
        for token, place in enumerate(item_order(question, count, seed))
    )


def _pairs(question: Question, body: Matching, language: str, seed: int) -> tuple[Prompt, ...]:
    rights = right_words(body)
    choices = _shown([rights[place].said(language) for place in right_order(question, body, seed)])
    return tuple(
        Prompt(f"pair-{token}", body.pairs[place].left.said(language), choices)
        for token, place in enumerate(left_order(question, body, seed))
    )


def _gaps(question: Question, body: Cloze, language: str, seed: int) -> tuple[Prompt, ...]:
    pieces, after = gap_pieces(body, language)
    return tuple(
        Prompt(
            f"blank-{place}",
            before,
            _words(question, body, place, language, seed),
            after if number == len(pieces) else "",
        )
        for number, (place, before) in enumerate(pieces, 1)
    )


def _words(
    question: Question, body: Cloze, place: int, language: str, seed: int
) -> tuple[Shown, ...]:
    words = body.blanks[place].choices["en" if language == "en" else "fr"]
    order = word_order(question, place, len(words), seed)
    return _shown([words[choice] for choice in order])


def _shown(texts: Sequence[str]) -> tuple[Shown, ...]:
    return tuple(Shown(str(token), text) for token, text in enumerate(texts))
