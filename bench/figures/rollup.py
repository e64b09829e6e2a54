"""Counting: everything anew from the log, a day, a night of knowledge, and a minute of a peak."""

from datetime import timedelta

from sqlalchemy import func, select

from academy import clock
from academy.database import db, table
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.hr.knowledge import counting as knowledge
from academy.hr.rollup import counting, services
from academy.hr.rollup.models import HrFigures
from bench import deeds
from bench.figures.telling import measured, tell
from bench.morning.place import Place

PEAK = 94
"""Answers a second; each counts as a round here."""
MINUTES = 3


def rebuilt(place: Place) -> None:
    """As `flask academy rebuild-figures`."""
    now = clock.now()
    with measured("everything anew", place.postmaster) as more:
        services.rebuild(now)
        more["deeds"] = db.session.scalar(select(func.count()).select_from(Deed)) or 0
        more["days"] = db.session.scalar(select(func.count(HrFigures.day.distinct()))) or 0
        more["rows"] = db.session.scalar(select(func.count()).select_from(table(HrFigures))) or 0
    db.session.remove()
    with measured("a night of knowledge", place.postmaster) as more:
        more["rows"] = knowledge.count(now, now.date())
        db.session.commit()
    tell("on disk", megabytes=place.size() / 2**20)


def counted(place: Place) -> None:
    with measured("a day counted that did not change", place.postmaster) as more:
        more["rows"] = counting.count(clock.now().date())


def peaks(place: Place, people: int) -> None:
    """What the worker does each minute, a minute after a minute of the peak."""
    each = min(PEAK * 60, people // MINUTES)
    for minute in range(MINUTES):
        now = clock.now()
        day = now.date()
        some = range(1 + minute * each, 1 + (minute + 1) * each)
        deeds.write([deeds.act(person, day, Verb.ROUND_DONE, "ai") for person in some])
        db.session.commit()
        with measured(f"minute {minute + 1} of a peak", place.postmaster) as more:
            assert services.advance(now + timedelta(minutes=minute))
            more["deeds"] = each
        db.session.remove()
