"""How right an answer is.

An answer may be years old and name options that are gone: what is unknown counts for nothing.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import isfinite
from typing import Final, NamedTuple

from academy.catalog.tree import (
    Blank,
    Choice,
    Cloze,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionType,
    Short,
)
from academy.catalog.typed import folded, forgiven

ALL: Final = 100
"""The grade of a right option."""


class Score(NamedTuple):
    """`share` is between 0 and 1; an answer may have a share without being right."""

    right: bool
    share: float


WRONG = Score(False, 0.0)
RIGHT = Score(True, 1.0)


def score(question: Question, language: str, given: Mapping[str, object]) -> Score:
    """`language` is the one the answer was given in; it matters for words chosen into gaps."""
    if given.get("dont_know"):
        return WRONG
    match question.body:
        case Choice() as body:
            multiple = question.type is QuestionType.MULTIPLE
            chosen = keys_in(given, "choice")
            return _several(body, chosen) if multiple else _one(body, chosen)
        case Ordering() as body:
            return _share(_places_right(body, keys_in(given, "order")))
        case Matching() as body:
            pairs = words_in(given, "pairs")
            return _share([pairs.get(pair.key) == pair.key for pair in body.pairs])
        case Numeric() as body:
            return _near(body, number_in(given))
        case Short() as body:
            return RIGHT if accepts(body, text_in(given)) else WRONG
        case Cloze() as body:
            words = words_in(given, "blanks")
            return _share([choice_in(blank, words, language) == 0 for blank in body.blanks])


def accepts(body: Short, said: str) -> bool:
    """Both languages' answers count, and one typing slip, unless the slip is a known mistake."""
    words = folded(said)
    accepted = {_authors(one) for texts in body.accept.values() for one in texts}
    if words in accepted:
        return True
    return known_mistake(body, said) is None and any(forgiven(words, one) for one in accepted)


def known_mistake(body: Short, said: str) -> int | None:
    """The place in `wrong` of the mistake that was made."""
    words = folded(said)
    for place, known in enumerate(body.wrong):
        if any(words == _authors(one) for texts in known.said.values() for one in texts):
            return place
    return None


@lru_cache(4096)
def _authors(words: str) -> str:
    """Folded words of the content, met with every answer; never what somebody typed."""
    return folded(words)


def choice_in(blank: Blank, words: Mapping[str, str], language: str) -> int | None:
    """The place of the word put into a gap; 0 is the right one. None when it is unknown."""
    said = words.get(blank.key)
    for one in ("en", "fr") if language == "en" else ("fr", "en"):
        if said is not None and said in blank.choices[one]:
            return blank.choices[one].index(said)
    return None


def keys_in(given: Mapping[str, object], name: str) -> list[str]:
    value = given.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def words_in(given: Mapping[str, object], name: str) -> dict[str, str]:
    value = given.get(name)
    if not isinstance(value, Mapping):
        return {}
    return {str(key): word for key, word in value.items() if isinstance(word, str)}


def number_in(given: Mapping[str, object]) -> float | None:
    value = given.get("number")
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:
        return None


def text_in(given: Mapping[str, object]) -> str:
    value = given.get("text")
    return value if isinstance(value, str) else ""


def _one(body: Choice, chosen: Sequence[str]) -> Score:
    grades = [option.grade for option in body.options if option.key in chosen]
    grade = grades[0] if len(grades) == 1 else 0
    return Score(grade == ALL, grade / ALL)


def _several(body: Choice, chosen: Sequence[str]) -> Score:
    """Wrong options cost what right ones earn."""
    rights = {option.key for option in body.options if option.grade == ALL}
    said = {option.key for option in body.options} & set(chosen)
    share = (len(said & rights) - len(said - rights)) / len(rights)
    return Score(said == rights, max(0.0, share))


def _places_right(body: Ordering, order: Sequence[str]) -> list[bool]:
    known = [item.key for item in body.items]
    said = [key for key in order if key in known]
    return [place < len(said) and said[place] == key for place, key in enumerate(known)]


def _near(body: Numeric, number: float | None) -> Score:
    return RIGHT if number is not None and is_near(number, body.answer, body.tolerance) else WRONG


def is_near(number: float, answer: float, tolerance: float) -> bool:
    """Within tolerance, give or take what binary fractions lose (0.1 + 0.2)."""
    return abs(number - answer) <= tolerance + 1e-9 * max(1.0, abs(answer))


def _share(places: Sequence[bool]) -> Score:
    return Score(all(places), sum(places) / len(places))
