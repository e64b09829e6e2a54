"""Difficulties settle: answers lived again, summed, moved, a few times. Pure; loops in `difficulty`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from academy.mastery.ability import Population
from academy.mastery.replay import PLACES, SIDES, SKILL_PLACES, Rows
from academy.mastery.sampling import Catalogue, Loops

PARTS = 8
"""Groups of people; each group's difficulties are made without it."""

SETTLING = 2
"""Rounds in which difficulties settle for given parameters."""


@dataclass(slots=True)
class Tables:
    """Difficulties in the making."""

    table: Any
    shares: Any
    spreads: Any
    notion_shares: Any
    slope: float = 1.0
    variance: float = 0.8
    notion_variance: float = 0.3
    part: Any = field(default_factory=list)


def blank(rows: Rows, catalogue: Catalogue, loops: Loops, dice: Random) -> Tables:
    questions = len(catalogue.notion_of)
    persons = list(range(len(rows.starts) - 1))
    dice.shuffle(persons)
    part = [0] * len(persons)
    for place, person in enumerate(persons):
        part[person] = place % PARTS
    tables = Tables(
        loops.floats((PARTS + 1) * questions),
        loops.floats((PARTS + 1) * questions),
        loops.floats((PARTS + 1) * questions),
        loops.floats((PARTS + 1) * catalogue.notions),
        part=loops.ints(part),
    )
    _put_together(tables, catalogue, loops)
    return tables


def _put_together(tables: Tables, catalogue: Catalogue, loops: Loops) -> None:
    loops.together(
        tables.table,
        tables.shares,
        tables.notion_shares,
        catalogue.levels,
        catalogue.notion_of,
        catalogue.notions,
        PARTS,
        tables.slope,
    )


def settle(
    tables: Tables, rows: Rows, catalogue: Catalogue, people: Population, loops: Loops
) -> None:
    """Difficulties for these parameters: live the answers again, sum, move, a few times."""
    questions = len(catalogue.notion_of)
    sides = loops.floats(SIDES * len(rows.question))
    for _ in range(SETTLING):
        live(tables, rows, tables.part, catalogue, people, loops, sides=sides)
        sums = loops.floats(2 * (PARTS + 1) * catalogue.notions)
        for _ in range(SETTLING):
            _tally(loops, people, rows, rows.notion, tables, sides, 0, catalogue.notions, sums)
            tables.notion_variance = loops.notion_shares(
                tables.notion_shares, sums, catalogue.notions, PARTS, tables.notion_variance
            )
            _put_together(tables, catalogue, loops)
        sums = loops.floats(2 * (PARTS + 1) * questions)
        for _ in range(SETTLING):
            _tally(loops, people, rows, rows.question, tables, sides, 2, questions, sums)
            _move_questions(tables, catalogue, loops, sums)
            _put_together(tables, catalogue, loops)


def _tally(
    loops: Loops,
    people: Population,
    rows: Rows,
    of: Sequence[int],
    tables: Tables,
    sides: Any,
    side: int,
    size: int,
    sums: Any,
) -> None:
    loops.tally(people, rows, of, tables.part, PARTS, sides, side, tables.table, size, sums)


def _move_questions(tables: Tables, catalogue: Catalogue, loops: Loops, sums: Any) -> None:
    slope = loops.level_slope(
        tables.shares,
        sums,
        catalogue.levels,
        catalogue.notion_of,
        catalogue.notions,
        PARTS,
        tables.slope,
        tables.variance,
    )
    turn, tables.slope = slope - tables.slope, slope
    tables.variance = loops.question_shares(
        tables.shares,
        tables.spreads,
        sums,
        catalogue.levels,
        catalogue.notion_of,
        catalogue.notions,
        PARTS,
        turn,
        tables.variance,
    )


def live(
    tables: Tables,
    rows: Rows,
    part: Sequence[int],
    catalogue: Catalogue,
    people: Population,
    loops: Loops,
    sides: Any = None,
    fields: Any = None,
) -> float:
    """Replay with difficulties made without the people of one's own part."""
    b, spread = own(tables, rows, part, catalogue, loops)
    return loops.replay(
        people,
        rows,
        b,
        spread,
        loops.floats(PLACES * catalogue.notions),
        loops.floats(SKILL_PLACES * (catalogue.skills + 1)),
        loops.floats(0) if sides is None else sides,
        loops.floats(0) if fields is None else fields,
    )


def own(
    tables: Tables, rows: Rows, part: Sequence[int], catalogue: Catalogue, loops: Loops
) -> tuple[Any, Any]:
    b, spread = loops.floats(len(rows.question)), loops.floats(len(rows.question))
    questions = len(catalogue.notion_of)
    for person in range(len(rows.starts) - 1):
        for row in range(rows.starts[person], rows.starts[person + 1]):
            k = part[person] * questions + rows.question[row]
            b[row], spread[row] = tables.table[k], tables.spreads[k]
    return b, spread
