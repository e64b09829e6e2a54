"""What knowing somebody's trade is worth to the engine in their first answers.

`python -m bench.starting [--json]`: simulated companies of ten trades and the shipped content. Where each
trade begins is found from 1,000 people and used for 1,000 others; log losses of the chance shown in their
first 5, 10 and 20 answers, beginning there and as strangers, with the standard error of the difference.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from math import exp, log, sqrt
from random import Random

from academy.catalog.guessing import chance
from academy.catalog.pack import read_pack
from academy.mastery import shelves
from academy.mastery.lines import SHIPPED
from academy.mastery.nights.laying import Given, History
from academy.mastery.nights.living import Engine, Told, lived, turned
from academy.mastery.starting import starts
from academy.mastery.tutor import Outcome
from academy.settings import ROOT

APART = (0.0, 0.25, 0.5)
"""Standard deviations between trades, in logits; people of one trade differ by 1."""
TRADES, PEOPLE, ANSWERS = 10, 1_000, 40
FIRST = (5, 10, 20)
BEGAN = 2253.4
"""A Monday morning, in days of the engine's."""

CATALOG = read_pack(ROOT / "content")
ENGINE = Engine(SHIPPED.model, shelves.itemised(CATALOG, SHIPPED))
KEYS = sorted(CATALOG.questions)


def main() -> None:
    found = [row for apart in APART for row in measured(apart)]
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    print("trades apart  first answers  stranger  by trade  difference")
    for row in found:
        gain, noise = row["gain"], row["noise"]
        print(
            f"{row['apart']:12.2f}  {row['first']:13}  {row['stranger']:8.4f}  {row['by_trade']:8.4f}"
            f"  {gain:+.4f} ± {noise:.4f}"
        )


def measured(apart: float) -> Iterator[dict[str, float]]:
    dice = Random(f"company {apart}")
    levels = [dice.gauss(0.0, apart) for _ in range(TRADES)]
    known, told = company(levels, dice), company(levels, dice)
    trades = [str(place % TRADES) for place in range(PEOPLE)]
    begin = starts(turned(known, trades, ENGINE), ENGINE.model.population.ability_variance)
    for first in FIRST:
        cut = [history[:first] for history in told]
        plain = lived(cut, ENGINE)
        by_trade = lived(cut, ENGINE, starts=[begin.get(trade, 0.0) for trade in trades])
        yield {"apart": apart, "first": first, **compared(plain, by_trade)}


def company(levels: Sequence[float], dice: Random) -> list[History]:
    return [history(levels[place % TRADES], dice) for place in range(PEOPLE)]


def history(level: float, dice: Random) -> History:
    """One person: two answers a day, a guess or an honest "I don't know" for what they do not know."""
    able, given = dice.gauss(level, 1.0), []
    for number in range(ANSWERS):
        question = CATALOG.questions[dice.choice(KEYS)]
        signal = SHIPPED.model.population.bias + able - ENGINE.items[question.key].difficulty
        outcome = Outcome.RIGHT
        if dice.random() > 1.0 / (1.0 + exp(-signal)):
            guessed = dice.random() < 0.7
            lucky = guessed and dice.random() < chance(question)
            outcome = Outcome.RIGHT if lucky else Outcome.WRONG if guessed else Outcome.DONT_KNOW
        given.append(Given(question.key, question.notion, True, outcome, BEGAN + number // 2))
    return given


def compared(plain: Told, by_trade: Told) -> dict[str, float]:
    losses = [
        (_loss(before, right), _loss(after, right))
        for before, after, right in zip(plain.chance, by_trade.chance, plain.right, strict=True)
    ]
    count = len(losses)
    before, after = (sum(each) / count for each in zip(*losses, strict=True))
    spread = sum((one - two - before + after) ** 2 for one, two in losses) / (count - 1)
    return {
        "stranger": before,
        "by_trade": after,
        "gain": before - after,
        "noise": sqrt(spread / count),
    }


def _loss(chance_of_right: float, right: bool) -> float:
    return -log(chance_of_right if right else 1.0 - chance_of_right)


if __name__ == "__main__":
    main()
