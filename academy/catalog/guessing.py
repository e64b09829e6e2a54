"""How often somebody who knows nothing is right. Pure."""

from math import factorial, perm, prod

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

TYPED = 0.02
"""Nobody types the right number or word by chance, or nearly."""

RIGHT = 100


def chance(question: Question) -> float:
    """The chance, 0 to 1, that an answer drawn blindly among those the form allows is right."""
    match question.body:
        case Choice() as body:
            return _choice(question, body)
        case Ordering() as body:
            return 1 / factorial(len(body.items))
        case Matching() as body:
            return 1 / perm(len(body.pairs) + len(body.extra), len(body.pairs))
        case Cloze() as body:
            return 1 / prod(len(blank.choices["fr"]) for blank in body.blanks)
        case Numeric() | Short():
            return TYPED


def _choice(question: Question, body: Choice) -> float:
    if question.type is QuestionType.MULTIPLE:
        return 1 / (2 ** len(body.options) - 1)
    return sum(option.grade == RIGHT for option in body.options) / len(body.options)
