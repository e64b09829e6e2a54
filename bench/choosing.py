"""What choosing costs in CPU, with 200 notions met and 650 questions: `python -m bench.choosing [--json]`.

`costs()` is for other benchmarks to print.
"""

import json
import sys
import time
from collections.abc import Callable
from random import Random

from academy.mastery import choosing, packing, tutor, valuing
from academy.mastery.mind import Mind
from academy.mastery.shelf import Notion, Question, Shelf, shelve
from academy.mastery.taste import Chooser, Situation, Taste
from academy.mastery.tutor import Model, Outcome

NOTIONS, CHAIN, DAYS = 200, 10, 400
START = 2000.0
TIMES, BEST_OF = 200, 7
MODEL = Model()


def costs() -> dict[str, float]:
    """Microseconds of CPU, the best of several runs; `per answer` is predict, learn and half a round."""
    shelf = content()
    person = lived(shelf)
    facts = Chooser(person, shelf, {}, Situation(START + DAYS, 5), MODEL.memory, Taste())
    new = facts._replace(mind=tutor.stranger(MODEL))
    item = shelf.item("n5", shelf.notions[5].questions[0])
    row = packing.pack(person)
    figures = {
        "values of all notions": _microseconds(lambda: valuing.look_over(*facts)),
        "round of two": _microseconds(lambda: choosing.compose(facts)),
        "round of two, new person": _microseconds(lambda: choosing.compose(new)),
        "predict": _microseconds(lambda: tutor.predict(person, item, START + DAYS, MODEL)),
        "unpack": _microseconds(lambda: packing.unpack(row)),
        "pack": _microseconds(lambda: packing.pack(person)),
    }
    figures["learn"] = _microseconds(
        lambda: tutor.learn(person, item, Outcome.RIGHT, START + DAYS, MODEL)
    )
    figures["per answer"] = figures["predict"] + figures["learn"] + figures["round of two"] / 2
    return figures


def content() -> Shelf:
    """Chains of ten notions, with three or four questions each."""
    notions = []
    for number in range(NOTIONS):
        wordings = tuple(
            Question(f"n{number}-{each}", each, (each - 1) * 0.4)
            for each in range(3 + (number % 4 == 0))
        )
        required = (f"n{number - 1}",) if number % CHAIN else ()
        notions.append(Notion(f"n{number}", number, number // CHAIN, 0.0, wordings, required))
    return shelve(notions)


def lived(shelf: Shelf) -> Mind:
    """Somebody who has met every notion and gone on for a year."""
    dice, person = Random(3), tutor.stranger(MODEL)
    for day in range(DAYS):
        notion = shelf.notions[day] if day < NOTIONS else dice.choice(shelf.notions)
        for question in notion.questions[:2]:
            right = Outcome(dice.random() < 0.6)
            tutor.learn(person, shelf.item(notion.key, question), right, START + day, MODEL)
    return person


def _microseconds(deed: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(BEST_OF):
        start = time.process_time()
        for _ in range(TIMES):
            deed()
        best = min(best, (time.process_time() - start) / TIMES)
    return 1e6 * best


def main() -> None:
    figures = costs()
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:<28}{figure:>8.1f} us")


if __name__ == "__main__":
    main()
