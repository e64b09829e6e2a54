"""What the worker does: compose the meetings somebody asked for, and tell how far it is."""

import logging
from collections.abc import Callable

from flask import Flask

from academy import clock, database
from academy.database import db
from academy.mentoring.models import Work
from academy.mentoring.nonsense import Nonsense
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.speed.composing import services
from academy.mentoring.speed.composing.asked import Asked, Composed
from academy.mentoring.speed.composing.services import LETTER, MovedMeanwhile
from academy.post import handlers
from academy.post.services import Leased

log = logging.getLogger(__name__)

STEP = 4
"""Progress is told every so many per cent."""


def init_app(app: Flask) -> None:
    handlers.register(app, LETTER, carry)


def carry(letter: Leased) -> None:
    """Compose, whatever comes of it is said on the work's page. Done twice it changes nothing more."""
    compose(letter.payload["work"])


def compose(number: int) -> None:
    """The same without a letter. It commits on the way; the last step is for the caller to commit."""
    work = services.begin(number)
    db.session.commit()
    if work is None:
        return
    programme = work.programme_id
    try:
        found = _composed(number, work)
        database.may_write()
        services.keep(number, programme, found, clock.now())
    except MovedMeanwhile:
        _failed(number, "changed")
    except Nonsense:
        _failed(number, "locks")
    except Exception:  # whatever it is, whoever waits is told, and trying again would not help
        log.exception("work %s: meetings could not be composed", number)
        _failed(number, "fault")


def _composed(number: int, work: Work) -> Composed:
    """Read, let go of the database for as long as it takes."""
    from academy.mentoring.speed.composing import solving  # noqa: PLC0415  # loads numpy and scipy

    database.reading_only()
    at = clock.now()
    programme = programmes.programme(work.programme_id)
    if programme is None:
        raise MovedMeanwhile
    today = clock.day_in(Asked.read(work.asked).zone, at)
    facts = solving.gathered(work, programme, today, at)
    db.session.rollback()
    return solving.composed(facts, _watch(number))


def _watch(number: int) -> Callable[[float], bool]:
    told = 0

    def watch(share: float) -> bool:
        nonlocal told
        done = int(share * services.ALL)
        if done < told + STEP:
            return True
        told = done
        database.may_write()
        wanted = services.progress(number, min(done, services.ALL))
        db.session.commit()
        return wanted

    return watch


def _failed(number: int, why: str) -> None:
    db.session.rollback()
    database.may_write()
    services.fail(number, why, clock.now())
