"""Speed meetings: every published plan checked, and live repair beside a yardstick on the same people.

`python -m bench.rotation [--json] [--seeds N] [--largest N] [--yardstick FOLDER]`. The yardstick's
`rotate.py` simulates who comes late, not at all, or leaves; it needs OR-Tools. Without the folder, or
without OR-Tools, the product is measured alone and says so. Times are CPU milliseconds.
"""

import argparse
import importlib
import importlib.util
import json
import shutil
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from statistics import fmean, stdev
from tempfile import TemporaryDirectory
from typing import Any

from academy.mentoring.rotation.figures import breaks, longest_wait
from academy.mentoring.rotation.plan import publish, replan
from academy.mentoring.rotation.ring import Company, Pair, Round, ring
from academy.mentoring.rotation.situation import Situation, waits

YARDSTICK = Path(__file__).resolve().parents[2] / "shared" / "data" / "pairing_sim"
MENTEES_FROM = 1000


@dataclass(frozen=True)
class Setting:
    """How many people and rounds, and how unreliable they are."""

    mentors: int
    mentees: int
    rounds: int
    no_show: float
    leave: float
    late: float
    forbidden: int


SETTINGS = (
    Setting(10, 10, 10, 0.1, 0.02, 0.1, 2),
    Setting(10, 10, 10, 0.2, 0.03, 0.15, 3),
    Setting(12, 9, 10, 0.1, 0.02, 0.1, 2),
    Setting(10, 10, 7, 0.15, 0.02, 0.1, 0),
    Setting(20, 20, 12, 0.15, 0.02, 0.1, 5),
)


def main() -> None:
    options = _options()
    plans = published(options.largest)
    speed = speeds()
    if not options.json:
        print(
            f"published plans, every m and n up to {options.largest}, every number of rounds: {plans}"
        )
        print("live repair alone, CPU ms (median, worst):", json.dumps(speed))
    lives = beside_the_yardstick(options)
    if lives and not options.json:
        bound = sum(each["bound"] for each in lives)
        for name in ("greedy", "yardstick", "ours"):
            print(f"over all settings, {name}: {sum(each[name] for each in lives) / bound:.4f}")
    if options.json:
        print(json.dumps({"published": plans, "repair_ms": speed, "lives": lives}))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.rotation")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--largest", type=int, default=30)
    parser.add_argument("--yardstick", type=Path, default=YARDSTICK)
    return parser.parse_args()


def published(largest: int) -> dict[str, int]:
    """Every plan of every size: how many, and how many break a promise."""
    count = {"plans": 0, "repeats": 0, "unfair breaks": 0, "long waits": 0}
    for mentors, mentees in product(range(1, largest + 1), repeat=2):
        company = people(mentors, mentees)
        longest, few = max(mentors, mentees), min(mentors, mentees)
        whole = ring(company)
        for rounds in range(1, longest + 1):
            plan = whole[:rounds]
            count["plans"] += 1
            count["repeats"] += len({pair for each in plan for pair in each}) != rounds * few
            rests = breaks(plan, company.moving).values()
            count["unfair breaks"] += max(rests) - min(rests) > 1
            wait = max(longest_wait(plan, person) for person in company.moving)
            count["long waits"] += wait > -(-longest // few) - 1
    return count


def people(mentors: int, mentees: int) -> Company:
    return Company(tuple(range(1, mentors + 1)), tuple(range(MENTEES_FROM, MENTEES_FROM + mentees)))


def speeds() -> dict[str, list[float]]:
    """Milliseconds for one re-plan in the middle of a session: median and worst of twenty."""
    found = {}
    for size, rounds in ((10, 10), (20, 12), (20, 20), (30, 30)):
        times = []
        for seed in range(20):
            facts = middle(size, rounds, seed)
            start = time.process_time()
            replan(facts)
            times.append(1e3 * (time.process_time() - start))
        found[f"{size}x{size}, {rounds} rounds"] = [
            round(sorted(times)[len(times) // 2], 1),
            round(max(times), 1),
        ]
    return found


def middle(size: int, rounds: int, seed: int) -> Situation:
    """Two rounds have been held; some did not come."""
    dice, company = Random(seed), people(size, size)
    plan = publish(company, rounds).rounds
    here = Company(
        tuple(each for each in company.mentors if dice.random() < 0.9),
        tuple(each for each in company.mentees if dice.random() < 0.9),
    )
    pairs = list(product(company.mentors, company.mentees))
    return Situation(
        here,
        rounds - 2,
        met=frozenset(plan[0] + plan[1]),
        forbidden=frozenset(dice.sample(pairs, size // 4)),
        fit={pair: dice.randrange(8) for pair in pairs},
        published=plan[2:],
        waited={person: dice.randrange(2) for person in here.everybody},
        seed=seed,
    )


def beside_the_yardstick(options: argparse.Namespace) -> list[dict[str, Any]]:
    if not (options.yardstick / "rotate.py").exists():
        print(f"no yardstick in {options.yardstick}: nothing to compare with", file=sys.stderr)
        return []
    if importlib.util.find_spec("ortools") is None:
        print("the yardstick needs OR-Tools, which is not here", file=sys.stderr)
        return []
    with TemporaryDirectory() as place:
        yardstick = _load(options.yardstick, Path(place))
        return [compare(yardstick, each, options) for each in SETTINGS]


def _load(folder: Path, place: Path) -> Any:
    """The yardstick, in a scratch copy: it may write beside itself."""
    shutil.copy(folder / "rotate.py", place)
    sys.path.insert(0, str(place))
    try:
        return importlib.import_module("rotate")
    finally:
        sys.path.remove(str(place))


class Watched:
    """The yardstick with its ears on: who was present in each round, and the CPU of each re-plan."""

    def __init__(self, module: Any) -> None:
        self.module, self.times = module, list[float]()
        self._oracle, self._replan = module.oracle, module.replan
        module.oracle, module.replan = self.oracle, self.replan

    def oracle(self, present: Any, mentors: int, mentees: int, forbidden: Any) -> Any:
        self.present, self.forbidden = present, forbidden
        return self._oracle(present, mentors, mentees, forbidden)

    def replan(self, *facts: Any) -> Any:
        start = time.process_time()
        rounds = self._replan(*facts)
        self.times.append(1e3 * (time.process_time() - start))
        return rounds

    def restore(self) -> None:
        self.module.oracle, self.module.replan = self._oracle, self._replan


def compare(module: Any, setting: Setting, options: argparse.Namespace) -> dict[str, Any]:
    """The same lives, planned by the yardstick, by the product, and by somebody who knew."""
    watched, rows, own_times = Watched(module), list[dict[str, float]](), list[float]()
    for seed in range(options.seeds):
        theirs = module.simulate(
            setting.mentors,
            setting.mentees,
            setting.rounds,
            setting.no_show,
            setting.leave,
            setting.late,
            seed,
            setting.forbidden,
        )
        ours, times = live(setting, watched.present, watched.forbidden)
        own_times += times
        rows.append(
            {
                "bound": theirs["oracle"]["bound"],
                "greedy": theirs["greedy"]["meet"],
                "yardstick": theirs["replan"]["meet"],
                "yardstick_worst": theirs["replan"]["worst"],
                "yardstick_waits": theirs["replan"]["cons"],
                **ours,
            }
        )
    watched.restore()
    figures = {name: round(fmean(row[name] for row in rows), 3) for name in rows[0]}
    whole = figures["bound"]
    apart = [row["ours"] - row["yardstick"] for row in rows]
    found = {
        "setting": str(setting),
        **figures,
        "apart": [round(fmean(apart), 3), round(stdev(apart) / len(apart) ** 0.5, 3)],
        "share": round(figures["ours"] / whole, 4),
        "yardstick_share": round(figures["yardstick"] / whole, 4),
        "ms": [round(fmean(own_times), 1), round(max(own_times), 1)],
        "yardstick_ms": [round(fmean(watched.times), 1), round(max(watched.times), 1)],
    }
    if not options.json:
        print(json.dumps(found))
    return found


def live(
    setting: Setting,
    present: Sequence[tuple[Sequence[int], Sequence[int]]],
    forbidden: Collection[Pair],
) -> tuple[dict[str, float], list[float]]:
    """A session as it happens: a new plan whenever who is there changes."""
    barred = frozenset((mentor + 1, mentee + MENTEES_FROM) for mentor, mentee in forbidden)
    plan = publish(people(setting.mentors, setting.mentees), setting.rounds).rounds
    held, times, before = list[Round](), list[float](), None
    for number, company in enumerate(_companies(present)):
        if company != before:
            facts = Situation(
                company,
                setting.rounds - number,
                met=frozenset(pair for each in held for pair in each),
                forbidden=barred,
                waited=waits(held, arrivals(present[: number + 1], company)),
                published=plan[number:],
            )
            start = time.process_time()
            plan = (*held, *replan(facts))
            times.append(1e3 * (time.process_time() - start))
            before = company
        held.append(plan[number])
    return _figures(held, present), times


def _companies(present: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Iterator[Company]:
    for mentors, mentees in present:
        yield Company(
            tuple(each + 1 for each in mentors), tuple(each + MENTEES_FROM for each in mentees)
        )


def arrivals(
    present: Sequence[tuple[Sequence[int], Sequence[int]]], company: Company
) -> Mapping[int, int]:
    companies = [frozenset(each.everybody) for each in _companies(present)]
    return {
        person: next(at for at, each in enumerate(companies) if person in each)
        for person in company.everybody
    }


def _figures(
    held: Sequence[Round], present: Sequence[tuple[Sequence[int], Sequence[int]]]
) -> dict[str, float]:
    """Meetings; the fewest of somebody who stayed throughout; rounds waited after a round waited."""
    pairs = [pair for each in held for pair in each]
    assert len(set(pairs)) == len(pairs)
    stayed = frozenset.intersection(*(frozenset(each.everybody) for each in _companies(present)))
    rests = breaks(held, stayed)
    twice = sum(
        all(person not in {one for pair in each for one in pair} for each in held[at : at + 2])
        for person in stayed
        for at in range(len(held) - 1)
    )
    return {
        "ours": len(pairs),
        "worst": min((len(held) - each for each in rests.values()), default=0),
        "waits": twice,
    }


if __name__ == "__main__":
    main()
