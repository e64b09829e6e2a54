"""Sessions from a pool, and the same sessions mended with as little change as can be. Pure.

The same pool and seed give the same sessions.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import numpy as np
from scipy.sparse import csr_array

from academy.mentoring.composition.annealing import STEPS, Warm, anneal
from academy.mentoring.composition.board import NOWHERE
from academy.mentoring.composition.pool import Pool
from academy.mentoring.composition.sessions import Composition, Session, composed
from academy.mentoring.composition.settling import Seating, quality, settle, spread
from academy.mentoring.composition.table import Table, laid

Watch = Callable[[float], bool]
"""Told which share is done, says whether to go on."""
STARTS = 8
SMALL = 4_000
"""People by sessions up to which several starts are made: they cost little there."""


class Stopped(Exception):
    """Whoever asked did not want to wait; nothing has been composed."""


def _on(_share: float) -> bool:
    return True


def compose(
    pool: Pool,
    before: Sequence[Session] = (),
    locked: Collection[int] = (),
    watch: Watch = _on,
) -> Composition:
    """The sessions of a pool. The `locked` stay in the session they had `before`; all else is free."""
    kept = [each for each in before if set(locked) & {*each.mentors, *each.mentees}]
    table = laid(pool, kept, locked)
    _tell(watch, 0.05)
    return _composed(*_best(table, watch), watch)


def recompose(
    pool: Pool, before: Sequence[Session], locked: Collection[int] = (), watch: Watch = _on
) -> Composition:
    """The sessions there were, with the fewest moves that seat as many people as possible.

    People new to the pool take free seats; those who no longer suit their session, or must not meet somebody
    there, move. Sessions are added if those without a seat fill them, and closed when one side is empty.
    """
    table = laid(pool, before, locked)
    _tell(watch, 0.3)
    warm = Warm(*(spread(places, len(table.cells)) for places in table.before))
    return _composed(*_closed(table, warm, staying=True), watch)


def _best(table: Table, watch: Watch) -> tuple[Table, Seating]:
    """Of one start in a large pool, of several in a small one."""
    people = table.half(0).people + table.half(1).people
    starts = STARTS if people * len(table.cells) <= SMALL else 1
    if len(table.cells) <= 1:
        return _closed(table, table.empty(), staying=False)
    found = []
    for start in range(starts):
        tell = partial(_tell_part, watch, start, starts)
        found.append(_closed(table, _annealed(table, start, tell), staying=False))
    return max(found, key=lambda each: quality(each[0].board, each[1], len(each[0].cells)))


def _annealed(table: Table, start: int, tell: Callable[[float], None]) -> Warm:
    dice = np.random.default_rng((table.pool.seed, start))
    bounds, open_to = (table.bounds(0), table.bounds(1)), (table.open_to(0), table.open_to(1))
    found = table.empty()
    for step, warm in enumerate(anneal(table.board, open_to, bounds, dice), 1):
        tell(step / STEPS)
        found = warm
    return found


def _closed(table: Table, warm: Warm, staying: bool) -> tuple[Table, Seating]:
    """Settled, once more without the sessions in which one side would be alone."""
    while True:
        seating = settle(table.side(0, staying), table.side(1, staying), warm)
        alone = _alone(table, seating)
        if not alone:
            return table, seating
        rest = [at for at in range(len(table.cells)) if at not in alone]
        warm = Warm(*(csr_array(each[:, rest]) for each in warm))
        table = table.without(alone)


def _alone(table: Table, seating: Seating) -> set[int]:
    """Sessions with nobody on a side, unless somebody is held there."""
    loads = [set(places[places != NOWHERE].tolist()) for places in seating]
    held = {
        int(at) for here, flags in zip(table.before, table.held, strict=True) for at in here[flags]
    }
    return set(range(len(table.cells))) - (loads[0] & loads[1]) - held


def _composed(table: Table, seating: Seating, watch: Watch) -> Composition:
    _tell(watch, 0.95)
    found = composed(table.pool, table.board, table.cells, table.keys, seating)
    _tell(watch, 1.0)
    return found


def _tell_part(watch: Watch, start: int, starts: int, done: float) -> None:
    _tell(watch, 0.05 + 0.85 * (start + done) / starts)


def _tell(watch: Watch, share: float) -> None:
    if not watch(share):
        raise Stopped
