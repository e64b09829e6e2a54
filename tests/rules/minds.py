"""Shelves and minds for the rules of choosing: small, made in one line."""

from academy.mastery import tutor
from academy.mastery.belief import Outcome, Population
from academy.mastery.mind import Mind
from academy.mastery.shelf import Notion, Question, Shelf, shelve
from academy.mastery.taste import Chooser, Leaning, Situation, Taste
from academy.mastery.tutor import Model

PEOPLE = Population()
MODEL = Model()
CERTAIN = Taste(look=0.0, near=0.0)
"""No lot, so that examples show the value alone."""

TODAY = 1000.0


def notion(
    number: int, questions: int = 3, requires: tuple[str, ...] = (), skill: int = 1
) -> Notion:
    wordings = tuple(
        Question(f"n{number}-{each}", 100 * number + each, (each - 1) * 0.3)
        for each in range(questions)
    )
    return Notion(f"n{number}", number, skill, 0.0, wordings, requires)


def shelf(size: int = 5, questions: int = 3) -> Shelf:
    return shelve([notion(number, questions) for number in range(size)])


def chooser(
    shelved: Shelf,
    mind: Mind | None = None,
    *,
    leanings: dict[str, Leaning] | None = None,
    now: float = TODAY,
    seed: int = 1,
    failures: int = 0,
    taste: Taste = CERTAIN,
) -> Chooser:
    return Chooser(
        mind if mind is not None else tutor.stranger(MODEL),
        shelved,
        leanings or {},
        Situation(now, seed, failures),
        PEOPLE,
        taste,
    )


def answer(
    mind: Mind, shelved: Shelf, key: str, outcome: Outcome, at: float, question: int = 0
) -> None:
    wording = shelved.notion(key).questions[question]
    tutor.learn(mind, shelved.item(key, wording), outcome, at, MODEL)
