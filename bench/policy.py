"""How much the daily choice teaches: the product's engine among simulated learners, beside other policies.

`python -m bench.policy [--quick] [--json] [--learners N] [--worlds base,expert] [--notions 60,200]` drives
the engine through its public interface (mind, shelf, choosing, tutor). It sees answers and noisy difficulties
only; nature is the simulator's (`sim.py` of the folder given by --simulator, copied where it may write).
Learners, worlds and seeds are the simulator's own; the other policies run in it. Differences are paired by
learner; the yardstick is averaged over several draws of nature, so that its luck hides no difference.
"""

import argparse
import importlib
import json
import math
import random
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from academy.mastery import tutor
from academy.mastery.belief import Outcome
from academy.mastery.shelf import Shelf
from academy.mastery.taste import Chooser, Situation, Taste
from academy.mastery.tutor import Model
from bench import pilots
from bench.pupils import Form, Pupil

SIMULATOR = Path(__file__).resolve().parents[2] / "shared" / "data" / "policy_sim"
DAYS, PER_DAY, AFTER = 120, 2, 30
YARDSTICK = "10 engine: expected gain to end, median item"
CLAIRVOYANT = {"0", "11", "12", "13"}
SLOW = {"13"}
WORLDS = ("base", "fastforget", "novice", "expert", "noprereq")
NAMES = ("R120", "R150", "mastered120", "mastered150", "asked", "zone", "cover", "right", "wasted")


def main() -> None:
    options = _options()
    if not (options.simulator / "sim.py").exists():
        print(f"No simulator in {options.simulator}: nothing measured. See --simulator.")
        return
    with TemporaryDirectory() as place:
        sim = _load(options.simulator, Path(place))
        results = [
            measure(sim, world, notions, options)
            for notions in options.notions
            for world in options.worlds
        ]
    if options.json:
        print(json.dumps({"settings": results}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.policy")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="100 learners, the base world")
    parser.add_argument("--learners", type=int)
    parser.add_argument("--worlds", type=lambda text: text.split(","))
    parser.add_argument("--notions", type=lambda text: [int(each) for each in text.split(",")])
    parser.add_argument("--forms", type=lambda text: text.split(","))
    parser.add_argument("--guess", type=float, default=0.22)
    parser.add_argument("--draws", type=int, default=4, help="runs of each yardstick")
    parser.add_argument("--yardsticks", type=lambda text: text.split(","))
    parser.add_argument("--taste", default="{}", help="other weights, as JSON")
    parser.add_argument("--simulator", type=Path, default=SIMULATOR)
    options = parser.parse_args()
    options.learners = options.learners or (100 if options.quick else 2000)
    options.worlds = options.worlds or (["base"] if options.quick else list(WORLDS))
    options.notions = options.notions or ([60] if options.quick else [60, 200])
    options.forms = options.forms or [Form.END.value, Form.AHEAD.value]
    return options


def _load(folder: Path, place: Path) -> Any:
    """The simulator, in a scratch copy: it compiles beside itself."""
    for each in folder.glob("*.py"):
        shutil.copy(each, place)
    sys.path.insert(0, str(place))
    try:
        return importlib.import_module("sim")
    finally:
        sys.path.remove(str(place))


def measure(sim: Any, world: str, notions: int, options: argparse.Namespace) -> dict[str, Any]:
    """Every policy on the same learners of one world."""
    sim.NN, sim.NS = notions, notions // sim.CH
    fitted, _before, _after = sim.fit(world, DAYS, PER_DAY, AFTER)
    truth = sim.world(options.learners, world)
    truth["guess"] = options.guess
    rows = {}
    yard = None
    for name, (policy, target) in sim.POL.items():
        number = name.split()[0]
        if number in SLOW or (options.yardsticks and number not in options.yardsticks):
            continue
        draws = options.draws if number == "10" else 1
        row, people = _yardstick(sim, truth, fitted, policy, target, draws)
        rows[name] = row
        yard = people if number == "10" else yard
    taste = replace(Taste(), **json.loads(options.taste))
    model = pilots.fit(sim, world, options.guess, fitted)
    for form in options.forms:
        rows[f"product: {form}"] = _product(sim, truth, model, Form(form), taste, yard)
    setting = {
        "world": world,
        "notions": notions,
        "learners": options.learners,
        "guess": options.guess,
        "policies": rows,
    }
    if not options.json:
        _table(setting)
    return setting


def _yardstick(
    sim: Any, truth: Any, fitted: Any, policy: int, target: float, draws: int
) -> tuple[dict[str, float], list[tuple[float, float]]]:
    runs = [
        sim.call(policy, target, truth, fitted, DAYS, PER_DAY, AFTER, seed=1 + 100_000 * draw)
        for draw in range(draws)
    ]
    people = sum(out for out, _bins in runs) / draws
    bins = sum(bins for _out, bins in runs).sum(0)
    row = _figures(people.tolist())
    row["ece"] = float(abs(bins[:, 1] - bins[:, 2]).sum() / max(bins[:, 0].sum(), 1))
    return row, [(each[0], each[1]) for each in people.tolist()]


def _figures(people: list[list[float]]) -> dict[str, float]:
    """Means over learners; zone, right and wasted are shares of the questions asked."""
    asked = max(sum(each[4] for each in people), 1)
    sums = [sum(each[at] for each in people) for at in range(9)]
    row = {name: sums[at] / len(people) for at, name in enumerate(NAMES)}
    for name, at in (("zone", 5), ("right", 7), ("wasted", 8)):
        row[name] = sums[at] / asked
    spread = fmean((each[0] - row["R120"]) ** 2 for each in people)
    row["se"] = math.sqrt(spread / len(people))
    return row


def _product(
    sim: Any,
    truth: Any,
    model: Model,
    form: Form,
    taste: Taste,
    yard: list[tuple[float, float]] | None,
) -> dict[str, float]:
    shelf = pilots.content(truth)
    bins = [[0, 0.0, 0] for _ in range(20)]
    people, start = [], time.process_time()
    for learner in range(len(truth["S"])):
        people.append(_live(sim, truth, learner, shelf, model, form, taste, bins))
    row = _figures(people)
    row["ece"] = sum(abs(p - y) for _n, p, y in bins) / max(sum(n for n, _p, _y in bins), 1)
    row["us_per_answer"] = 1e6 * (time.process_time() - start) / sum(each[4] for each in people)
    if yard is not None:
        for at, name in ((0, "R120"), (1, "R150")):
            differences = [mine[at] - theirs[at] for mine, theirs in zip(people, yard, strict=True)]
            mean = fmean(differences)
            row[f"{name} against yardstick"] = mean
            row[f"{name} se of it"] = math.sqrt(
                fmean((each - mean) ** 2 for each in differences) / len(differences)
            )
    return row


def _live(
    sim: Any,
    truth: Any,
    learner: int,
    shelf: Shelf,
    model: Model,
    form: Form,
    taste: Taste,
    bins: list[list[Any]],
) -> list[float]:
    """One learner's 120 days: nature's draws are this learner's own, whatever is asked."""
    pupil = Pupil(sim, truth, learner)
    mind = tutor.stranger(model)
    for day in range(DAYS):
        if not pupil.comes(day):
            continue
        situation = Situation(
            day,
            random.Random(f"{learner}:{day}").getrandbits(32),
            form.horizon(day, DAYS, AFTER),
        )
        chooser = Chooser(mind, shelf, {}, situation, model.memory, taste)
        for place, question in form.round(chooser, PER_DAY):
            notion = shelf.notions[place]
            wording = notion.questions[question]
            p = pilots.expected(mind, notion, wording, day, model.memory)
            right = pupil.answers(place, question, day)
            box = bins[min(int(p * 20), 19)]
            box[0] += 1
            box[1] += p
            box[2] += right
            tutor.learn(mind, shelf.item(notion.key, wording), Outcome(right), day, model)
    return pupil.figures(DAYS, AFTER)


COLUMNS = {
    "R120": "R120",
    "R150": "R150",
    "mastered": "mastered120",
    "zone": "zone",
    "cover": "cover",
    "wasted": "wasted",
    "ece": "ece",
    "us": "us_per_answer",
    "d120": "R120 against yardstick",
    "se": "R120 se of it",
    "d150": "R150 against yardstick",
}


def _table(setting: dict[str, Any]) -> None:
    print("\n{world}, {notions} notions, {learners} learners, guess {guess}".format_map(setting))
    print(f"{'':<54}" + "".join(f"{name:>10}" for name in COLUMNS))
    for name, row in setting["policies"].items():
        figures = [row.get(each, math.nan) for each in COLUMNS.values()]
        print(f"{name:<54}" + "".join(f"{each:>10.4g}" for each in figures), flush=True)


if __name__ == "__main__":
    main()
