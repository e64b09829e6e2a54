"""What a right answer is, and a wrong one, in the words the page shows."""

from functools import singledispatch
from typing import NamedTuple

from academy.catalog.sheets import gap_pieces
from academy.catalog.tree import (
    Body,
    Choice,
    Cloze,
    Language,
    Matching,
    Numeric,
    Ordering,
    Short,
)


class Said(NamedTuple):
    """Options to choose, words to pick in lists (found by their label or their place), text to type."""

    chosen: tuple[str, ...] = ()
    picked: tuple[tuple[str | int, str], ...] = ()
    typed: str = ""


@singledispatch
def rightly(body: Body, language: Language) -> Said:
    raise NotImplementedError(type(body))


@rightly.register
def _(body: Choice, language: Language) -> Said:
    right = (option for option in body.options if option.grade == 100)
    return Said(chosen=tuple(option.text_html.said(language) for option in right))


@rightly.register
def _(body: Ordering, language: Language) -> Said:
    places = enumerate(body.items, 1)
    return Said(picked=tuple((item.text.said(language), str(place)) for place, item in places))


@rightly.register
def _(body: Matching, language: Language) -> Said:
    pairs = ((pair.left.said(language), pair.right.said(language)) for pair in body.pairs)
    return Said(picked=tuple(pairs))


@rightly.register
def _(body: Cloze, language: Language) -> Said:
    return _gaps(body, language, 0)


@rightly.register
def _(body: Numeric, language: Language) -> Said:
    return Said(typed=_figures(body.answer, language))


@rightly.register
def _(body: Short, language: Language) -> Said:
    return Said(typed=body.accept[language][0])


@singledispatch
def wrongly(body: Body, language: Language) -> Said:
    raise NotImplementedError(type(body))


@wrongly.register
def _(body: Choice, language: Language) -> Said:
    wrong = next(option for option in body.options if option.grade == 0)
    return Said(chosen=(wrong.text_html.said(language),))


@wrongly.register
def _(body: Ordering, language: Language) -> Said:
    """As they came: a question never begins in the right order."""
    return Said(picked=tuple((place, str(place + 1)) for place in range(len(body.items))))


@wrongly.register
def _(body: Matching, language: Language) -> Said:
    """The same word everywhere."""
    word = body.pairs[0].right.said(language)
    return Said(picked=tuple((place, word) for place in range(len(body.pairs))))


@wrongly.register
def _(body: Cloze, language: Language) -> Said:
    return _gaps(body, language, 1)


@wrongly.register
def _(body: Numeric, language: Language) -> Said:
    return Said(typed=_figures(round(body.answer + body.tolerance) + 1, language))


@wrongly.register
def _(body: Short, language: Language) -> Said:
    return Said(typed="une idée au hasard")


def _gaps(body: Cloze, language: Language, word: int) -> Said:
    """The gaps in the order of the text; the author's first word is the right one."""
    pieces, _after = gap_pieces(body, language)
    places = enumerate(place for place, _before in pieces)
    return Said(
        picked=tuple((gap, body.blanks[place].choices[language][word]) for gap, place in places)
    )


def _figures(number: float, language: Language) -> str:
    return f"{number:g}".replace(".", "," if language == "fr" else ".")
