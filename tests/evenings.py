"""Make-believe people who answer by laws we know, for the engine's nights."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import exp
from random import Random

from academy.catalog.guessing import chance
from academy.catalog.pack import read_pack
from academy.catalog.tree import Catalog
from academy.mastery import shelves
from academy.mastery.figures.editions import edition
from academy.mastery.fitting import Effort
from academy.mastery.lines import SHIPPED, Numbers
from academy.mastery.mind import moment
from academy.mastery.nights.laying import Given, History
from academy.mastery.nights.making import Facts, Night
from academy.mastery.nights.recalling import Care
from academy.mastery.tutor import Outcome
from academy.settings import ROOT
from tests.services.editions import without_questions

SHORT = Night(
    Effort(answers=600, searches=(18,), restraint=0.5, epochs=1, units=(1, 1)),
    Care(most=300, evaluations=12),
    answers=300,
    people=10,
)
"""A night of a second or less."""


SIX = ("changes", "data", "platforms", "inventions", "doors", "basics")


def asked_of_everybody() -> Catalog:
    """Six modules of the shipped pack: 162 questions, which a few hundred answers say something of."""
    catalog = read_pack(ROOT / "content")
    others = [each.key for each in catalog.questions.values() if each.module not in SIX]
    return without_questions(catalog, *others)


def upside_down(catalog: Catalog, far: float = 2.0) -> dict[str, float]:
    """Difficulties that no author would give: every second question hard, the others easy."""
    return {key: (far if place % 2 else -far) for place, key in enumerate(catalog.questions)}


def as_authors_say(catalog: Catalog) -> dict[str, float]:
    """What the numbers the academy ships with believe."""
    return {key: item.difficulty for key, item in shelves.itemised(catalog, SHIPPED).items()}


def histories(
    catalog: Catalog,
    hard: Mapping[str, float],
    people: int,
    each: int,
    seed: int,
    since: datetime,
    ease: float = 0.4,
) -> list[list[Given]]:
    """People who differ, two answers a day; of what they do not know they guess, or say so."""
    dice = Random(seed)  # noqa: S311  # a repeatable company
    keys = sorted(hard)
    return [_history(catalog, hard, keys, each, dice, since, ease) for _ in range(people)]


def _history(
    catalog: Catalog,
    hard: Mapping[str, float],
    keys: Sequence[str],
    each: int,
    dice: Random,
    since: datetime,
    ease: float,
) -> list[Given]:
    able, given = dice.gauss(ease, 1.0), []
    for number in range(each):
        question = catalog.questions[dice.choice(keys)]
        knows = dice.random() < 1 / (1 + exp(hard[question.key] - able))
        outcome = Outcome.RIGHT if knows else Outcome.DONT_KNOW
        if not knows and dice.random() < 0.7:
            lucky = dice.random() < chance(question)
            outcome = Outcome.RIGHT if lucky else Outcome.WRONG
        at = since + timedelta(days=number // 2, seconds=30 * number)
        given.append(Given(question.key, question.notion, True, outcome, moment(at)))
    return given


def facts(
    catalog: Catalog,
    lived: Sequence[History],
    old: Numbers = SHIPPED,
    seconds: Mapping[str, float] | None = None,
    trades: Sequence[str] = (),
) -> Facts:
    """What a night goes by, without a database."""
    return Facts(
        catalog,
        old,
        lived,
        trades or [""] * len(lived),
        seconds or {},
        {key: edition(question) for key, question in catalog.questions.items()},
        lambda by: shelves.itemised(catalog, by),
    )
