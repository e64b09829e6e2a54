"""What the worker does when award rules have changed: it walks past everybody, and grants what is owed."""

import logging
from datetime import datetime

from sqlalchemy import select

from academy import clock, database
from academy.database import db
from academy.passport import services as passports
from academy.people.models import Person
from academy.rewards import services as rewards
from academy.rewards.badges import AwardKind
from academy.rewards.publishing import services as publishing
from academy.rewards.publishing.services import Stage

log = logging.getLogger(__name__)

PEOPLE_AT_A_TIME = 5_000
"""How far one tick of the clock goes: some seconds of reading, and a short write for each who is owed."""


def grant_what_is_owed(at: datetime) -> None:
    """Begin a walk when the rules in force are others than last time, or go on with the one begun."""
    walk(at, PEOPLE_AT_A_TIME)


def walk(at: datetime, most: int) -> bool:
    """Go past so many people; True once everybody has been looked at.

    Whoever stops in the middle, or does it twice, takes nothing and gives nothing twice.
    """
    database.reading_only()
    known = publishing.latest_round()
    if not publishing.is_due(known):
        db.session.rollback()
        return True
    db.session.rollback()
    database.may_write()
    if known is None or known.awards != publishing.edition_in_force():
        publishing.begin_round(known.id if known else 0, at)
        db.session.commit()
    looked = 0
    while looked < most:
        step = _step(at)
        if step is None:
            return True
        looked += step
    return False


def _step(at: datetime) -> int | None:
    """Past a few people: read first, keeping nobody from writing; then a transaction for each who is owed."""
    database.reading_only()
    under_way = publishing.latest_round()
    if under_way is None or under_way.ended_at is not None:
        return None
    number, reached = under_way.id, under_way.reached
    stage = publishing.stage(reached)
    db.session.rollback()
    database.may_write()
    if stage is None:
        publishing.end(number, at)
        db.session.commit()
        log.info("everybody has been granted what the award rules in force owe them")
        return None
    publishing.advance(number, reached, stage, _granted(stage, at))
    db.session.commit()
    return stage.looked


def _granted(stage: Stage, at: datetime) -> int:
    granted = 0
    for person_id in stage.owed:
        zone = db.session.scalar(select(Person.zone).where(Person.id == person_id))
        if zone is not None:  # else erased meanwhile
            today = clock.day_in(zone, at)
            earned = rewards.catch_up(person_id, at, today)
            if any(award.kind is AwardKind.PASSPORT for award in earned.awards):
                passports.issue(person_id, at, today)
            granted += len(earned.awards)
        db.session.commit()
    return granted
