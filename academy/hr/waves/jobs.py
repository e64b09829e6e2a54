"""What the worker does for waves: let people in, have the others wait, tell, count."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from flask import Flask

from academy import database
from academy.database import db
from academy.hr.rollup.rounding import SMALLEST
from academy.hr.waves import admitting, counting, inviting, queries, services
from academy.hr.waves.rules import State
from academy.post import jobs


def init_app(app: Flask) -> None:
    """The outbox and the clock are there already."""
    jobs.every(app, look_after, minute="2-59/5")


def look_after(at: datetime) -> int:
    """Everybody is judged by the rules of the day; gives how many people were told.

    Killed in the middle, or run twice at once, it shuts nobody out, tells nobody twice and counts the same.
    """
    today, told = at.astimezone(UTC).date(), 0
    database.about_to_write()
    services.settle_threshold()
    db.session.commit()
    waves = queries.declared()
    db.session.rollback()
    if not waves:
        _kept(admitting.open_to_everybody())
        database.may_write()
        return told
    _kept(admitting.remember_those_inside(today))
    open_waves = queries.in_order(waves, State.OPEN)
    for each in open_waves:
        _kept(admitting.let_in(each, today))
    wanted = admitting.wanted(waves, today)
    _kept(admitting.keep_waiting(wanted))
    for each in open_waves:
        told += _kept(inviting.invite(each.wave, at))
    sizes = {wave: len(people) for wave, people in wanted.items()}
    _count(sizes, at)
    database.may_write()
    return told


def _count(sizes: Mapping[int, int], at: datetime) -> None:
    """Of planned waves how many they would take; of the others how far their people are."""
    database.reading_only()
    found = counting.counted(at.astimezone(UTC).date())
    states = {each.wave.id: each.state for each in queries.declared()}
    db.session.rollback()
    database.about_to_write()
    for number, state in states.items():
        if state is State.PLANNED and number in sizes:
            size = sizes[number]
            services.note_figures(number, size if size >= SMALLEST else None, {}, at)
        elif state is not State.PLANNED and found is not None:
            services.note_figures(number, *found.get(number, (None, {})), at)
    db.session.commit()


def _kept(batches: Iterator[int]) -> int:
    """Each batch is a transaction; gives how many people there were in all."""
    total = 0
    for each in batches:
        db.session.commit()
        total += each
    return total
