"""Sessions from pools of 2,000 + 2,000, beside a yardstick in the same run, planted pools and small ones.

`python -m bench.composition [--json] [--people N] [--seeds 1,2] [--yardstick FOLDER]`. The yardstick's
`compose.py` makes the pools and composes them with OR-Tools; without OR-Tools only the product composes,
on the same pools. Without the folder nothing but small pools is measured, and the run says so. Times are
CPU seconds.
"""

import argparse
import importlib
import importlib.util
import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np

from academy.mentoring.composition.compose import compose, recompose
from academy.mentoring.composition.pool import Candidate, Cell, Pool, Sizes
from academy.mentoring.composition.sessions import Composition

YARDSTICK = Path(__file__).resolve().parents[2] / "shared" / "data" / "pairing_sim"
MENTEES_FROM = 100_000
REMOTE = 6
LEAST, MOST, NOISE, COOLING = 8, 12, 10, 30


def main() -> None:
    options = _options()
    found: dict[str, Any] = {"small": small()}
    _show(options, "small pools", found["small"])
    if not (options.yardstick / "compose.py").exists():
        print(f"no yardstick in {options.yardstick}: no large pools", file=sys.stderr)
    else:
        found.update(large(options))
    if options.json:
        print(json.dumps(found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.composition")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument(
        "--seeds", type=lambda text: [int(each) for each in text.split(",")], default=[1, 2]
    )
    parser.add_argument("--yardstick", type=Path, default=YARDSTICK)
    return parser.parse_args()


def _show(options: argparse.Namespace, name: str, figures: Any) -> None:
    if not options.json:
        print(name, json.dumps(figures), flush=True)


def large(options: argparse.Namespace) -> dict[str, Any]:
    able = importlib.util.find_spec("ortools") is not None
    if not able:
        print(
            "OR-Tools is not here: the yardstick makes the pools, and composes none",
            file=sys.stderr,
        )
    found: dict[str, Any] = {"pools": [], "planted": []}
    with TemporaryDirectory() as place:
        yardstick = _load(options.yardstick, Path(place), able)
        for seed in options.seeds:
            world = yardstick.world(options.people, seed)
            row = {"seed": seed, "ours": ours(yardstick, world, seed)}
            if able:
                row["yardstick"] = theirs(yardstick, world, seed)
            found["pools"].append(row)
            _show(options, "pool", row)
        for seed in options.seeds:
            found["planted"].append(planted(options.people, seed))
            _show(options, "planted", found["planted"][-1])
    return found


def _load(folder: Path, place: Path, able: bool) -> Any:
    """The yardstick, in a scratch copy; its pools can be made without its solver."""
    shutil.copy(folder / "compose.py", place / "compose_yardstick.py")
    if not able:
        for name in ("ortools", "ortools.graph", "ortools.graph.python"):
            sys.modules[name] = ModuleType(name)
        sys.modules["ortools.graph.python"].min_cost_flow = None  # type: ignore[attr-defined]
    sys.path.insert(0, str(place))
    try:
        return importlib.import_module("compose_yardstick")
    finally:
        sys.path.remove(str(place))


def pool_of(world: dict[str, Any], cells: Sequence[tuple[int, int, int]], seed: int) -> Pool:
    """The yardstick's pool in the product's words."""
    pairs = np.argwhere(world["conf"])
    return Pool(
        _candidates(world["m"], 0),
        _candidates(world["e"], MENTEES_FROM),
        tuple(Cell(slot, str(place), str(language)) for slot, place, language in cells),
        frozenset((int(mentor), MENTEES_FROM + int(mentee)) for mentor, mentee in pairs),
        seed=seed,
    )


def _candidates(side: dict[str, Any], first: int) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            first + at,
            frozenset(int(slot) for slot in np.nonzero(side["av"][at])[0]),
            frozenset(_places(side, at)),
            frozenset(str(language) for language in np.nonzero(side["lang"][at])[0]),
            {str(topic): int(side["top"][at, topic]) for topic in np.nonzero(side["top"][at])[0]},
            int(side["dept"][at]),
        )
        for at in range(len(side["site"]))
    )


def _places(side: dict[str, Any], at: int) -> Iterator[str]:
    if side["rem"][at]:
        yield str(REMOTE)
    if side["inp"][at]:
        yield str(side["site"][at])


def ours(yardstick: Any, world: dict[str, Any], seed: int) -> dict[str, Any]:
    cells, _ = yardstick.cells(world)
    pool = pool_of(world, cells, seed)
    start, wall = time.process_time(), time.monotonic()
    found = compose(pool)
    cpu, wall = time.process_time() - start, time.monotonic() - wall
    figures = judged(yardstick, world, found) | {"cpu": round(cpu, 2), "wall": round(wall, 2)}
    figures["mended"] = mended(pool, found)
    figures["rss_mb"] = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    return figures


def mended(pool: Pool, found: Composition) -> dict[str, Any]:
    """Twenty of each side have withdrawn, and twenty who would have met must not: how many move."""
    gone = {each.number for side in (pool.mentors, pool.mentees) for each in side[:20]}
    apart = [
        (session.mentors[-1], session.mentees[-1])
        for session in found.sessions[:20]
        if not {session.mentors[-1], session.mentees[-1]} & gone
    ]
    changed = replace(
        pool,
        mentors=pool.mentors[20:],
        mentees=pool.mentees[20:],
        forbidden=pool.forbidden | frozenset(apart),
    )
    start = time.process_time()
    again = recompose(changed, found.sessions)
    cpu = time.process_time() - start
    before, after = found.session_of(), again.session_of()
    return {
        "new_vetoes": len(apart),
        "moved": sum(after.get(who) not in (None, key) for who, key in before.items()),
        "lost_a_seat": sum(who not in after for who in before.keys() - gone),
        "cpu": round(cpu, 2),
    }


def judged(yardstick: Any, world: dict[str, Any], found: Composition) -> dict[str, Any]:
    """By the yardstick's own measure."""
    places = {
        who: at for at, each in enumerate(found.sessions) for who in (*each.mentors, *each.mentees)
    }
    mentors = np.array([places.get(at, -1) for at in range(world["n"])])
    mentees = np.array([places.get(MENTEES_FROM + at, -1) for at in range(world["n"])])
    return _rounded(yardstick.evaluate(world, mentors, mentees, len(found.sessions))) | {
        "sessions": len(found.sessions)
    }


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(each, 3) if isinstance(each, float) else each for name, each in figures.items()
    }


def theirs(yardstick: Any, world: dict[str, Any], seed: int) -> dict[str, Any]:
    """Annealed, from either start; the better of the two, and the CPU of that one."""
    cells, suits = yardstick.cells(world)
    start = time.process_time()
    size = 10
    opened, _ = yardstick.open_sessions(
        world,
        cells,
        suits,
        size,
        np.random.default_rng(seed + 99),
        int(np.ceil(world["n"] / size * 1.04)),
    )
    opening = time.process_time() - start
    mentors, mentees = suits["m"][:, opened], suits["e"][:, opened]
    most, least = np.full(len(opened), MOST), np.full(len(opened), LEAST)
    runs = []
    for themes in (False, True):
        dice = np.random.default_rng(seed)
        start = time.process_time()
        begin = (
            yardstick.seed_themes(world, mentors, most, least, dice)
            if themes
            else yardstick.seed_pp(world, mentors, mentees, most, least, dice)
        )
        seats = yardstick.alternate(
            world, mentors, mentees, most, least, begin,
            iters=COOLING + 25, t0=start, noise=NOISE, cool=COOLING, rng=dice,
        )  # fmt: skip
        cpu = opening + time.process_time() - start
        figures = _rounded(yardstick.evaluate(world, *seats, len(opened)))
        runs.append(figures | {"sessions": len(opened), "cpu": round(cpu, 2)})
    return max(runs, key=lambda each: float(each["fit_per_meeting"]))


def planted(people: int, seed: int) -> dict[str, Any]:
    """A pool made by scattering perfect sessions: the share of their fit that is found again."""
    dice, size, topics = np.random.default_rng(seed), 10, 60
    sessions = people // size
    themes = dice.choice(list(combinations(range(topics), 3)), sessions, replace=False)
    sides = []
    for first, chance in ((0, 0.15), (MENTEES_FROM, 0.10)):
        home = dice.permutation(np.repeat(np.arange(sessions), size))
        free = dice.random((people, sessions)) < chance
        free[np.arange(people), home] = True
        weights = [3, 2, 1] if first else [1, 1, 1]
        sides.append(
            tuple(
                Candidate(
                    first + at,
                    frozenset(int(slot) for slot in np.nonzero(free[at])[0]),
                    frozenset("x"),
                    frozenset("x"),
                    dict(zip(map(str, dice.permutation(themes[home[at]])), weights, strict=True)),
                )
                for at in range(people)
            )
        )
    cells = tuple(Cell(slot, "x", "x", most=1) for slot in range(sessions))
    pool = Pool(sides[0], sides[1], cells, sizes=Sizes(size, size, size), seed=seed)
    start = time.process_time()
    found = compose(pool)
    return {
        "seed": seed,
        "share": round(found.fit * found.meetings / (6 * size * people), 5),
        "seated": len(found.session_of()),
        "cpu": round(time.process_time() - start, 2),
    }


def small() -> list[dict[str, Any]]:
    """Companies of one or a few sessions."""
    found = []
    for mentors, mentees in (
        (1, 1),
        (1, 3),
        (6, 6),
        (10, 9),
        (13, 13),
        (30, 12),
        (40, 38),
        (100, 90),
    ):
        pool = company(mentors, mentees, seed=mentors)
        start = time.process_time()
        made = compose(pool)
        found.append(
            {
                "pool": f"{mentors} + {mentees}",
                "sessions": [
                    f"{len(each.mentors)} x {len(each.mentees)}" for each in made.sessions
                ],
                "left_out": len(made.left_out),
                "fit": round(made.fit, 2),
                "cpu": round(time.process_time() - start, 3),
            }
        )
    return found


def company(mentors: int, mentees: int, seed: int) -> Pool:
    """One site or remote, one language, four slots of which each has two or more."""
    dice = np.random.default_rng(seed)

    def people(first: int, count: int, weights: Sequence[int]) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                first + at,
                frozenset(int(each) for each in dice.permutation(4)[: dice.integers(2, 5)]),
                frozenset({"site", "remote"} if dice.random() < 0.7 else {"remote"}),
                frozenset({"fr"}),
                {str(t): w for t, w in zip(dice.permutation(8), weights, strict=False)},
                int(dice.integers(4)),
            )
            for at in range(count)
        )

    cells = tuple(Cell(slot, place, "fr") for slot, place in product(range(4), ("site", "remote")))
    return Pool(people(1, mentors, (1, 1, 1)), people(1001, mentees, (3, 2, 1)), cells, seed=seed)


if __name__ == "__main__":
    main()
