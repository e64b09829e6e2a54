"""Large pools: stable at once, then the largest."""

import importlib
from random import Random

import numpy as np
import pytest

from academy.mentoring.pairing import satisfying, seats, wide
from academy.mentoring.pairing.figures import Level, blocking, measure
from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.pool import Orders, Participant, Pool, Unlisted, Wishes
from academy.mentoring.pairing.table import tabulate
from academy.mentoring.pairing.trimming import trim
from bench.pairing import reference
from tests.rules.pools import strict
from tests.rules.test_pairing_solver import ticking

ENGINES = [
    wide.Engine.HIGHS,
    pytest.param(
        wide.Engine.ORTOOLS,
        marks=pytest.mark.skipif(not satisfying.installed(), reason="OR-Tools is optional"),
    ),
]
TIES_CHANGE_THE_SIZE = strict(
    {1: "13=15 11=14", 2: "12 13=14=15", 3: "11=12=14", 4: "12 11=14=15", 5: "12=14"},
    {11: "2 1=3=5", 12: "1=2", 13: "1=2=3=5", 14: "4 1=3=5", 15: "4=5 1=3"},
)


def crowd(size: int, seed: int, places: tuple[int, ...] = (1,)) -> Pool:
    """Each met ten, liked them by charm, with ties and a veto now and then."""
    dice = Random(seed)  # noqa: S311  # make-believe people
    charm = [dice.gauss(0, 1) for _ in range(2 * size)]
    met = {(one, size + (one + step) % size) for one in range(size) for step in range(10)}

    def person(key: int) -> Participant:
        others = [other for pair in met for other in pair if key in pair and other != key]
        liked = sorted(others, key=lambda other: charm[other] + dice.gauss(0, 1))
        vetoed = frozenset(liked[: dice.choice((0, 1, 1, 2))])
        groups: list[tuple[int, ...]] = []
        for each in (each for each in liked if each not in vetoed):
            tied = groups and dice.random() < 0.4
            groups[-1:] = [(*groups[-1], each)] if tied else [*groups[-1:], (each,)]
        return Participant(key, Wishes(tuple(groups), vetoed), dice.choice(places))

    people = [person(key) for key in range(2 * size)]
    return Pool(tuple(people[:size]), tuple(people[size:]), frozenset(met))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_largest_stable_choice_is_found_and_proven(engine: wide.Engine) -> None:
    known = reference.facts(TIES_CHANGE_THE_SIZE)
    sizes = {len(choice) for choice in reference.stable(known)}
    found = wide.widest(TIES_CHANGE_THE_SIZE, engine=engine)

    assert len(sizes) > 1
    assert found.figures.pairs == max(sizes)
    assert found.figures.blocking == 0
    assert found.optimal


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("places", [(1,), (1, 2, 3)])
def test_the_largest_is_no_smaller_than_what_came_at_once(
    engine: wide.Engine, places: tuple[int, ...]
) -> None:
    pool = crowd(60, 2, places)
    once, most = wide.at_once(pool), wide.widest(pool, engine=engine)

    assert once.figures.blocking == most.figures.blocking == 0
    assert 2 * most.figures.pairs <= 3 * once.figures.pairs
    assert once.figures.pairs <= most.figures.pairs
    assert most.optimal
    assert once.bound is None or once.bound >= most.figures.pairs


def test_nobody_vetoed_is_ever_paired() -> None:
    pool = crowd(200, 7)
    vetoes = {person.key: person.wishes.vetoed for person in (*pool.mentors, *pool.mentees)}
    pairs = wide.at_once(pool).pairs

    assert len(pairs) > 180
    assert all(other not in vetoes[one] and one not in vetoes[other] for one, other in pairs)


def test_several_places_on_both_sides_are_stable_too() -> None:
    pool = crowd(40, 3, (1, 2, 3))
    both = Pool(
        pool.mentors,
        tuple(Participant(each.key, each.wishes, 1 + each.key % 3) for each in pool.mentees),
        pool.met,
    )
    once, most = wide.at_once(both), wide.widest(both, engine=wide.Engine.HIGHS)

    assert once.figures.blocking == most.figures.blocking == 0
    assert most.optimal


def test_pins_are_kept_and_the_rest_is_stable() -> None:
    pool = crowd(30, 4)
    pins = frozenset(sorted(tabulate(pool).rows)[:1])
    orders = Orders(pinned=pins)
    found = wide.widest(pool, orders, engine=wide.Engine.HIGHS)
    table = tabulate(pool, orders)
    tempted = table.pairs(np.flatnonzero(blocking(table, table.chosen(found.pairs))))
    pinned = {person for pair in pins for person in pair}

    assert pins <= found.pairs
    assert all(pinned & set(pair) for pair in tempted)
    assert found.proven == () if tempted else found.proven[0] is Level.BLOCKING


@pytest.mark.parametrize("calls", range(4))
def test_when_time_is_up_the_best_known_is_given_with_a_bound(calls: int) -> None:
    pool = crowd(120, 5)
    best = wide.widest(pool, engine=wide.Engine.HIGHS)
    limit = Limit(stopwatch=ticking(calls))
    found = wide.widest(pool, limit=limit, engine=wide.Engine.HIGHS)

    assert found.figures.blocking == 0
    assert found.figures.pairs <= best.figures.pairs
    assert best.figures.pairs <= (found.bound or found.figures.pairs)


def test_an_empty_pool_has_no_pairs() -> None:
    empty = Pool((), (), unlisted=Unlisted.REFUSED)

    assert wide.at_once(empty).optimal
    assert wide.widest(empty).optimal


@pytest.mark.parametrize("seed", range(5))
def test_what_is_trimmed_matters_to_no_stable_choice(seed: int) -> None:
    table = tabulate(crowd(30, seed, (1, 2)))
    small, rows = trim(table)

    for leaning in (np.zeros(table.size), np.arange(table.size, dtype=float)):
        chosen = seats.accepted(table, leaning)
        assert set(chosen) <= set(rows)
        assert np.array_equal(rows[seats.accepted(small, leaning[rows])], chosen)
        assert measure(table, chosen).blocking == 0
    assert small.size < table.size


def test_the_engine_is_the_one_that_is_there() -> None:
    there = importlib.util.find_spec("ortools") is not None

    assert (wide.best_engine() is wide.Engine.ORTOOLS) == there
