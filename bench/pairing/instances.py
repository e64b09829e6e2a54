"""Instances in files: a list of groups of equals for each person; not listed means not acceptable."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from academy.mentoring.pairing import wide
from academy.mentoring.pairing.nonsense import Nonsense
from academy.mentoring.pairing.pool import Participant, Pool, Unlisted, Wishes
from academy.mentoring.pairing.solver import propose
from bench.pairing import reference, stated
from bench.pairing.reference import Choice, Facts

Lists = list[list[list[int]]]
SOUGHT = ("pairs", "blocking", "worst", "total")
MOST_CHOICES = 6 * 6
MOST_PEOPLE = 10
MOST_STABLE = 2000


def pool_of(file: dict[str, Any]) -> Pool:
    """The pool of a file."""
    return pool_of_lists(file["A"], file["B"], file.get("capA"), file.get("capB"))


def pool_of_lists(
    first: Lists, second: Lists, places: list[int] | None = None, back: list[int] | None = None
) -> Pool:
    """Side A are the mentors, numbered from 0; side B the mentees, after them."""
    return Pool(
        _side(first, 0, len(first), places),
        _side(second, len(first), 0, back),
        unlisted=Unlisted.REFUSED,
    )


def _side(lists: Lists, own: int, other: int, places: list[int] | None) -> tuple[Participant, ...]:
    return tuple(
        Participant(
            own + number,
            Wishes(tuple(tuple(other + each for each in group) for group in groups if group)),
            places[number] if places else 1,
        )
        for number, groups in enumerate(lists)
    )


def measured(folder: Path) -> list[dict[str, Any]]:
    """Every file of a folder, by its name."""
    return [_measured(path) for path in sorted(folder.glob("*.json"))]


def _measured(path: Path) -> dict[str, Any]:
    name = {"instance": path.stem}
    try:
        file = json.loads(path.read_text())
        pool = pool_of(file)
        started = time.process_time()
        found = propose(pool)
        seconds = time.process_time() - started
    except (Nonsense, ValueError, KeyError, TypeError, IndexError) as wrong:
        return name | {"error": f"{type(wrong).__name__}: {wrong}"}
    first = len(file["A"])
    figures = {key: figure for key, figure in asdict(found.figures).items() if key in SOUGHT}
    return {
        **name,
        "pairs": [[one, other - first] for one, other in sorted(found.pairs)],
        "size": found.figures.pairs,
        **{key: figures[key] for key in SOUGHT[1:]},
        "proven": found.optimal,
        "cpu": round(seconds, 5),
        **_checked(file, pool, tuple(figures[key] for key in SOUGHT)),
    }


def _checked(file: dict[str, Any], pool: Pool, mine: tuple[int, ...]) -> dict[str, Any]:
    """Where the instance is small: the best there is, the largest stable, and what the source states."""
    known = reference.facts(pool)
    if max(len(file["A"]), len(file["B"])) > MOST_PEOPLE or file.get("capA"):
        return {}
    stable = reference.stable(known, MOST_STABLE)
    if len(stable) == MOST_STABLE:
        return {}
    largest = max(map(len, stable))
    got = wide.widest(pool)
    best = _best(known, stable)
    right = stated.answers(file, known, stable)
    expected = file.get("expected", {})
    return {
        "agrees": None if best is None else mine == best,
        "stable": got.figures.pairs,
        "stable_agrees": got.figures.pairs == largest and got.optimal,
        "stated": {key: _same(right[key], expected[key]) for key in right},
    }


def _best(known: Facts, stable: list[Choice]) -> tuple[int, ...] | None:
    """By every choice; where those are too many, by the stable ones if they pair all they can."""
    count = sum(map(len, known.mentors.values()))
    most = min(
        sum(known.places[one] for one, liked in side.items() if liked)
        for side in (known.mentors, known.mentees)
    )
    choices = stable
    if max(map(len, stable)) < most:
        if count > MOST_CHOICES:
            return None
        choices = list(reference.choices(known))
    vectors = (reference.vector(SOUGHT, reference.figures(known, choice)) for choice in choices)
    best = min(vectors)
    return (-best[0], *best[1:])


def _same(one: Any, other: Any) -> bool:
    """Sets of choices in any order; a profile may leave its last zeros out."""
    if not isinstance(one, list) or not isinstance(other, list):
        return bool(one == other)
    if one and isinstance(one[0], list):
        return sorted(one) == sorted(other)
    longest = max(len(one), len(other))
    return _padded(one, longest) == _padded(other, longest)


def _padded(profile: list[int], size: int) -> list[int]:
    return profile + [0] * (size - len(profile))
