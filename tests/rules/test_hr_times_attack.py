"""An attack on who is slow: the medians of every entity, week after week, while people move.

The attacker knows who works where on every day, and that each person is always quick or always slow.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from academy.hr.rollup.cells import Crowd, Tree, groups
from academy.hr.rollup.cuts import ALL
from academy.hr.rollup.rounding import BASE
from academy.hr.rollup.spans import median
from academy.hr.rollup.times import DICE
from tests.pages.test_hr_attack import PARENTS, Fact, World, fits

NAMES = ("Aurore", *PARENTS)
QUICK, SLOW = "took-45", "took-120"
DAYS = 5
WEEKS = 12


def tree() -> Tree:
    parent = [NAMES.index(PARENTS[name]) if name in PARENTS else -1 for name in NAMES]
    detailed = np.zeros(len(NAMES), dtype=np.bool_)
    return Tree(np.arange(len(NAMES)), np.array(parent), detailed)


def told(world: World) -> Mapping[str, int | None]:
    """The median of each entity in a week in which nobody moves."""
    people = sorted(world.team)
    slow = np.array([each in world.holders for each in people])
    crowd = Crowd(
        ids=np.array(people),
        entity=np.array([NAMES.index(world.team[each]) for each in people]),
        cuts={},
        values={},
        marks={},
        whole={QUICK: ~slow, SLOW: slow},
        dice=DICE,
    )
    return {
        NAMES[group.entity_id]: median({name: DAYS * n for name, n in group.figures.items()})
        for group in groups(tree(), crowd, b"salt")
        if group.cut == ALL
    }


def near(count: int, most: int) -> list[int]:
    """What a count may be rounded to."""
    below = count // BASE * BASE
    above = below + BASE
    return [below] if count == below or above > most else [below, above]


def possible(seconds: int | None, people: int) -> list[int]:
    """How many of these people may be slow when that is told."""
    return [
        slow
        for slow in range(people + 1)
        if any(
            median({QUICK: DAYS * quick, SLOW: DAYS * others}) == seconds
            for quick in near(people - slow, people)
            for others in near(slow, people)
        )
    ]


def test_nobody_is_known_to_be_slow_from_all_medians_of_twelve_weeks() -> None:
    dice = np.random.default_rng(20261127)
    places = ("Ovens", "Vans", "Shop", "Brest", "Aurore")
    world = World({name: number for number, name in enumerate(NAMES)})
    for number in range(1, 41):
        world.team[number] = places[number % 5]
        if dice.random() < 0.45:
            world.holders.add(number)
    known: set[Fact] = set()
    day = date(2026, 3, 2)
    for week in range(WEEKS):
        if week:
            world.team[int(dice.integers(1, 41))] = str(dice.choice(places))
        day += timedelta(weeks=1)
        world.past[day] = dict(world.team)
        for name, seconds in told(world).items():
            who = world.within(name, day)
            if seconds is None or not who:
                continue
            counts = possible(seconds, len(who))
            known.add(Fact("h", who, counts[0], counts[-1]))

    assert len(known) > WEEKS
    assert all(fits(world, known, each, each in world.holders) for each in (1, 2, 3))
    found_out = [
        each for each in world.team if not fits(world, known, each, each not in world.holders)
    ]
    assert found_out == []
