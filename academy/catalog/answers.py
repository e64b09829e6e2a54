"""What a form posts becomes what a person answered, in the author's keys.

Forms come from anywhere: whatever they hold, they are read or refused with a reason, nothing else.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from academy.catalog.shuffling import (
    item_order,
    left_order,
    option_order,
    right_order,
    word_order,
)
from academy.catalog.tree import (
    Choice,
    Cloze,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionType,
    Short,
)
from academy.catalog.typed import folded, number_typed

Fields = Mapping[str, Sequence[str]]
Given = dict[str, object]

LONGEST_TEXT: Final = 200
LONGEST_NUMBER: Final = 60


class Reason(StrEnum):
    """Why an answer cannot be marked; the page translates it."""

    NO_ANSWER = "no_answer"
    UNKNOWN_OPTION = "unknown_option"
    TOO_MANY = "too_many"
    NOT_A_NUMBER = "not_a_number"
    INCOMPLETE = "incomplete"
    POSITION_TWICE = "position_twice"
    TOO_LONG = "too_long"


class Unmarkable(Exception):
    """The form holds no answer to this question; nothing is recorded."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def given_in(question: Question, language: str, seed: int, fields: Fields) -> Given:
    """The answer in `fields`; raises Unmarkable. "I don't know" goes before any other answer."""
    if any(fields.get("dont_know", ())):
        return {"dont_know": True}
    match question.body:
        case Choice() as body:
            return _choice(question, body, seed, fields)
        case Ordering() as body:
            return _order(question, body, seed, fields)
        case Matching() as body:
            return _pairs(question, body, seed, fields)
        case Numeric() as body:
            return _number(body, language, fields)
        case Short():
            return _text(fields)
        case Cloze() as body:
            return _blanks(question, body, language, seed, fields)


def _choice(question: Question, body: Choice, seed: int, fields: Fields) -> Given:
    tokens = set(filled(fields, "choice"))
    if not tokens:
        raise Unmarkable(Reason.NO_ANSWER)
    if len(tokens) > 1 and question.type is not QuestionType.MULTIPLE:
        raise Unmarkable(Reason.TOO_MANY)
    order = option_order(question, len(body.options), seed)
    places = sorted(_place(token, order) for token in tokens)
    return {"choice": [body.options[place].key for place in places]}


def _order(question: Question, body: Ordering, seed: int, fields: Fields) -> Given:
    order = item_order(question, len(body.items), seed)
    positions = [str(number) for number in range(1, len(order) + 1)]
    said = _selected(fields, [f"item-{token}" for token in range(len(order))])
    if set(said) - set(positions):
        raise Unmarkable(Reason.UNKNOWN_OPTION)
    if len(set(said)) < len(said):
        raise Unmarkable(Reason.POSITION_TWICE)
    at = dict(zip(said, order, strict=True))
    return {"order": [body.items[at[position]].key for position in positions]}


def _pairs(question: Question, body: Matching, seed: int, fields: Fields) -> Given:
    lefts = left_order(question, body, seed)
    rights = right_order(question, body, seed)
    keys = [*(pair.key for pair in body.pairs), *(item.key for item in body.extra)]
    said = _selected(fields, [f"pair-{token}" for token in range(len(lefts))])
    return {
        "pairs": {
            keys[left]: keys[_place(token, rights)] for left, token in zip(lefts, said, strict=True)
        }
    }


def _blanks(question: Question, body: Cloze, language: str, seed: int, fields: Fields) -> Given:
    said = _selected(fields, [f"blank-{place}" for place in range(len(body.blanks))])
    blanks = {}
    for place, (blank, token) in enumerate(zip(body.blanks, said, strict=True)):
        words = blank.choices["en" if language == "en" else "fr"]
        blanks[blank.key] = words[_place(token, word_order(question, place, len(words), seed))]
    return {"blanks": blanks}


def _number(body: Numeric, language: str, fields: Fields) -> Given:
    said = _typed(fields, "number", LONGEST_NUMBER)
    units = (body.unit.fr, body.unit.en) if body.unit else ()
    number = number_typed(said, language, units)
    if number is None:
        raise Unmarkable(Reason.NOT_A_NUMBER)
    return {"number": number}


def _text(fields: Fields) -> Given:
    said = _typed(fields, "text", LONGEST_TEXT)
    if not folded(said):
        raise Unmarkable(Reason.NO_ANSWER)
    return {"text": said}


def filled(fields: Fields, name: str) -> list[str]:
    """The values of a field that are not empty."""
    return [value for value in fields.get(name, ()) if value]


def _typed(fields: Fields, name: str, longest: int) -> str:
    """One typed value without signs that cannot be seen or stored."""
    values = filled(fields, name)
    if len(values) > 1:
        raise Unmarkable(Reason.TOO_MANY)
    said = values[0] if values else ""
    if len(said) > longest:
        raise Unmarkable(Reason.TOO_LONG)
    text = "".join(sign if sign.isprintable() else " " for sign in said).strip()
    if not text:
        raise Unmarkable(Reason.NO_ANSWER)
    return text


def _selected(fields: Fields, names: Sequence[str]) -> list[str]:
    """One value for each field, in the order of `names`."""
    values = [filled(fields, name) for name in names]
    if not any(values):
        raise Unmarkable(Reason.NO_ANSWER)
    if not all(values):
        raise Unmarkable(Reason.INCOMPLETE)
    if any(len(said) > 1 for said in values):
        raise Unmarkable(Reason.TOO_MANY)
    return [said[0] for said in values]


def _place(token: str, order: Sequence[int]) -> int:
    """The author's place a token stands for."""
    tokens = {str(number): place for number, place in enumerate(order)}
    if token not in tokens:
        raise Unmarkable(Reason.UNKNOWN_OPTION)
    return tokens[token]
