"""The order in which one person sees things: by chance, and the same for the same seed.

Every order is a tuple of the author's places; a token on the page is a place in that tuple. Orders
do not depend on the language, so a page may be answered in another language than it was asked in.
"""

from random import Random

from academy.catalog.tree import Matching, Question, QuestionType

Order = tuple[int, ...]


def option_order(question: Question, count: int, seed: int) -> Order:
    """True always stands before false."""
    if question.type is QuestionType.TRUE_FALSE:
        return tuple(range(count))
    return _shuffled(question, count, seed)


def item_order(question: Question, count: int, seed: int) -> Order:
    """Never the right order already, when there are two items or more."""
    order = _shuffled(question, count, seed)
    return order if order != tuple(range(count)) else order[1:] + order[:1]


def left_order(question: Question, body: Matching, seed: int) -> Order:
    return _shuffled(question, len(body.pairs), seed)


def right_order(question: Question, body: Matching, seed: int) -> Order:
    """Places count the pairs first, then the extra words."""
    return _shuffled(question, len(body.pairs) + len(body.extra), seed, ":right")


def word_order(question: Question, blank: int, count: int, seed: int) -> Order:
    return _shuffled(question, count, seed, f":{blank}")


def _shuffled(question: Question, count: int, seed: int, deck: str = "") -> Order:
    places = list(range(count))
    Random(f"{seed}:{question.key}{deck}").shuffle(places)  # noqa: S311  # repeatable
    return tuple(places)
