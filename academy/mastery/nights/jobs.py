"""What the worker does at night: new numbers for the engine."""

import logging
from datetime import date, datetime

from flask import current_app

from academy import database
from academy.database import db
from academy.mastery import numbers
from academy.mastery.nights import services
from academy.mastery.nights.making import Night

log = logging.getLogger(__name__)


def fit_tonight(at: datetime, night: Night = services.NIGHT) -> None:
    """Once a night, whoever tries twice: whoever dies in the middle leaves nothing."""
    day = at.date()
    database.reading_only()
    if services.was_fitted(day):
        log.info("the engine's numbers were fitted on %s already", day)
        return
    fit(day, at, night)


def fit(day: date | None, at: datetime, night: Night = services.NIGHT) -> int | None:
    """Read, let go of the database for as long as the fit takes, write one line; gives its version."""
    database.reading_only()
    seed = at.toordinal()
    facts = services.gathered(seed, night)
    db.session.rollback()
    verdict = services.fitted(facts, seed, night)
    database.may_write()
    version = services.keep(verdict, facts.old, day, at)
    db.session.commit()
    log.info(
        "the engine's numbers, line %s: %s answers, %s held out; ability %s, minds kept %s, memory %s; %s",
        version,
        verdict.answers,
        verdict.held_out,
        verdict.ability,
        verdict.handed,
        verdict.memory,
        verdict.reason or "in force",
    )
    numbers.refresh(current_app)
    return version
