"""What simulated people meet in their minutes, with the shipped content and the shipped numbers.

`python -m bench.minute [--json]`: how often newcomers are asked the same, and whether what comes
again comes when it was told. Twelve people over 200 days are right 40, 60 or 80 times in 100,
whatever is asked.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from math import exp, log
from random import Random

from academy.catalog.pack import read_pack
from academy.mastery import choosing, shelves, tutor
from academy.mastery.numbers import SHIPPED
from academy.mastery.returning import Stakes, next_date
from academy.mastery.shelf import Shelf
from academy.mastery.taste import Chooser, Situation, Taste
from academy.mastery.tutor import Outcome
from academy.settings import ROOT

NEWCOMERS, PEOPLE, DAYS = 300, 12, 200
SHARP = (0.4, 0.6, 0.8)
START = 2253.4
"""A Monday morning, in days of the engine's."""
WEEK, WORKED = 7, 5
TASTE = Taste()
MODEL = SHIPPED.model


def main() -> None:
    catalog = read_pack(ROOT / "content")
    shelf = shelves.shelf_of(catalog, SHIPPED, (), catalog.lessons)
    told = sorted(log(true / said) for said, true in dates(shelf))
    figures = {
        "newcomers": NEWCOMERS,
        "asked the most frequent question of their first two": most_frequent(shelf),
        "dates told": len(told),
        "true over told, median": round(exp(told[len(told) // 2]), 2),
        "within a factor of two": round(sum(abs(each) <= log(2) for each in told) / len(told), 3),
    }
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:55} {figure}")


def most_frequent(shelf: Shelf) -> int:
    """Of all who come the same day, knowing nothing of one another."""
    asked: Counter[str] = Counter()
    for seed in range(NEWCOMERS):
        facts = Chooser(
            tutor.stranger(MODEL), shelf, {}, Situation(START, seed), MODEL.memory, TASTE
        )
        asked.update(key for choice in choosing.compose(facts) for key in choice.questions)
    return max(asked.values())


def dates(shelf: Shelf) -> Iterator[tuple[int, int]]:
    """In how many days an idea was to come again, and in how many it came."""
    for person in range(PEOPLE):
        yield from _life(shelf, Random(person), SHARP[person % len(SHARP)])


def _life(shelf: Shelf, dice: Random, sharp: float) -> Iterator[tuple[int, int]]:
    mind = tutor.stranger(MODEL)
    questions = {each.key: each for notion in shelf.notions for each in notion.questions}
    last: dict[str, tuple[int, int]] = {}
    for day in range(DAYS):
        if day % WEEK >= WORKED:
            continue
        now = START + day
        facts = Chooser(mind, shelf, {}, Situation(now, dice.randrange(2**31)), MODEL.memory, TASTE)
        for choice in choosing.compose(facts):
            if choice.notion in last:
                asked_on, said = last[choice.notion]
                yield said, day - asked_on
            for key in choice.questions:
                right = Outcome.RIGHT if dice.random() < sharp else Outcome.DONT_KNOW
                tutor.learn(mind, shelf.item(choice.notion, questions[key]), right, now, MODEL)
            trace = mind.traces[shelf.notion(choice.notion).tag]
            said = next_date(trace, Stakes(choice.rivals), now, MODEL.memory, TASTE)
            last[choice.notion] = day, said


if __name__ == "__main__":
    main()
