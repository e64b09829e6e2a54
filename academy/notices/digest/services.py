"""Writing to managers who asked for it."""

from datetime import datetime

from sqlalchemy import update

from academy import clock
from academy.database import db
from academy.notices import stopping
from academy.notices.digest import queries
from academy.notices.digest.calendar import next_digest, next_look, week_before
from academy.notices.digest.figures import FEWEST, told
from academy.notices.digest.queries import Manager
from academy.notices.models import TeamDigest
from academy.notices.stopping import What
from academy.people.workdays import queries as workdays
from academy.people.workdays.words import days
from academy.post import mail
from academy.post.composing import compose
from academy.post.mail import Reader


def send(manager: Manager, at: datetime) -> bool:
    """The week before, once, on a day they work; False when nothing was put."""
    if not queries.still_wanted(manager):
        return False
    today = clock.day_in(manager.zone, at)
    calendar = workdays.calendar_of(manager.person_id, today)
    working = calendar.is_working(today)
    next_at = (
        next_digest(manager.zone, today) if working else next_look(manager.zone, today, calendar)
    )
    db.session.execute(
        update(TeamDigest).where(TeamDigest.person_id == manager.person_id).values(next_at=next_at)
    )
    return working and write(manager, at)


def write(manager: Manager, at: datetime) -> bool:
    """Put the mail about the week before; False when it was put already."""
    today = clock.day_in(manager.zone, at)
    week = week_before(today)
    stop = stopping.link(manager.person_id, What.DIGEST, at)
    words = compose(
        "team_digest",
        manager.language,
        given_name=manager.given_name,
        figures=told(queries.counts(manager.person_id, today, week)),
        fewest=FEWEST,
        week=week,
        days=days,
        stop=stop,
    )
    to = Reader(manager.email, manager.given_name, manager.person_id)
    once = f"digest:{manager.person_id}:{week.first}"
    return mail.put(to, words, once, at, unsubscribe=stop)
