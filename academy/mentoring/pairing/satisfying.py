"""The most pairs of a large pool by OR-Tools, where it is installed: the academy does without it."""

import importlib
import importlib.util
import math
from typing import Any

import numpy as np

from academy.mentoring.pairing.table import Numbers, Side, Table

MODULE = "ortools.sat.python.cp_model"
NEARLY = 1e-6


def installed() -> bool:
    """OR-Tools is there."""
    return importlib.util.find_spec("ortools") is not None


def version() -> str:
    """Which OR-Tools."""
    return str(importlib.import_module("ortools").__version__)


def most(table: Table, hint: Numbers, seconds: float, seed: int) -> tuple[Numbers, int]:
    """Rows of the largest stable choice found from the hint, and how many pairs there can be at most.

    One worker that solves linear relaxations: two workers do not, and take a hundred times longer.
    """
    sat: Any = importlib.import_module(MODULE)
    model = sat.CpModel()
    made = [model.new_bool_var("") for _ in range(table.size)]
    clauses: list[list[Any]] = [[each] for each in made]
    for side in (table.mentors, table.mentees):
        _places(model, side, made, clauses)
    for clause in clauses:
        model.add_bool_or(clause)
    model.maximize(sum(made))
    hinted = set(hint.tolist())
    for row, each in enumerate(made):
        model.add_hint(each, row in hinted)
    solver = sat.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status not in (sat.OPTIMAL, sat.FEASIBLE):
        return hint, table.places
    rows = [row for row, each in enumerate(made) if solver.boolean_value(each)]
    return np.array(rows, dtype=np.int64), math.floor(solver.best_objective_bound + NEARLY)


def _places(model: Any, side: Side, made: list[Any], clauses: list[list[Any]]) -> None:
    """Nobody has more than their places; each pair's clause learns how this person can do without it."""
    for person, rows in enumerate(side.pairs_of()):
        ranked = sorted((int(side.rank[row]), row) for row in rows.tolist())
        places = int(side.places[person])
        if places == 1:
            model.add_at_most_one(made[row] for _, row in ranked)
        else:
            model.add(sum(made[row] for _, row in ranked) <= places)
        for rank in sorted({rank for rank, _ in ranked}):
            as_good = [row for each, row in ranked if each <= rank]
            own = [row for each, row in ranked if each == rank]
            full = _full(model, [made[row] for row in as_good], places)
            for row in own:
                clauses[row] += [each for each in full if each is not made[row]]


def _full(model: Any, as_good: list[Any], places: int) -> list[Any]:
    """Any of these true: all places are taken by people at least so good."""
    if places == 1:
        return as_good
    full = model.new_bool_var("")
    model.add(sum(as_good) >= places).only_enforce_if(full)
    return [full]
