"""What each deed pays. Pure; the only place with these numbers.

A star is for taking part, never for being right; a key is for knowing; points are for everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from academy.deeds.verbs import Verb


class Currency(StrEnum):
    POINT = "point"
    STAR = "star"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Pay:
    points: int = 0
    stars: int = 0
    keys: int = 0

    def amounts(self) -> dict[Currency, int]:
        """What is not zero, by currency."""
        paid = {Currency.POINT: self.points, Currency.STAR: self.stars, Currency.KEY: self.keys}
        return {currency: amount for currency, amount in paid.items() if amount}

    def __add__(self, other: "Pay") -> "Pay":
        return Pay(self.points + other.points, self.stars + other.stars, self.keys + other.keys)


FIXED = {
    Verb.LESSON_DONE: Pay(points=10),
    Verb.QUIZ_PASSED: Pay(points=50, keys=5),
    Verb.QUIZ_FLAWLESS: Pay(points=20, keys=2),
    Verb.ROUND_DONE: Pay(points=5, stars=1),
    Verb.PLACEMENT_DONE: Pay(points=15, stars=1),
    Verb.ANSWER_HELPED: Pay(points=10, keys=1),
    Verb.MENTORING_HELD: Pay(points=20, stars=2),
    Verb.MENTORSHIP_DONE: Pay(points=100, stars=5),
    Verb.REPORT_MENDED: Pay(points=5),  # nothing to spend: a report is written to mend, not to earn
    Verb.AWARD_GIVEN: Pay(),  # the award itself pays
}
POINTS_PER_RIGHT_ANSWER = 2


PAYING: Mapping[Currency, tuple[Verb, ...]] = {
    currency: tuple(
        verb
        for verb, fixed in FIXED.items()
        if currency in fixed.amounts() or (currency, verb) == (Currency.KEY, Verb.ROUND_DONE)
    )
    for currency in (Currency.STAR, Currency.KEY)
}
"""The deeds that bring stars, and those that bring keys."""


def pay(verb: Verb, result: Mapping[str, int]) -> Pay:
    """What a deed pays: its fixed part, and for a daily round a key per right answer.

    An award pays the points its file says (`result["points"]`).
    """
    if verb is Verb.AWARD_EARNED:
        return Pay(points=result.get("points", 0))
    fixed = FIXED[verb]
    if verb is Verb.ROUND_DONE:
        right = result.get("right", 0)
        return fixed + Pay(points=POINTS_PER_RIGHT_ANSWER * right, keys=right)
    return fixed
