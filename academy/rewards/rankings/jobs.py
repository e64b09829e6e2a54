"""What the worker counts at night: the points of those who asked for rankings, then everybody's entities."""

from datetime import date, datetime

from sqlalchemy import select

from academy import database
from academy.database import db
from academy.rewards.rankings import counting, services
from academy.rewards.rankings.counting import Tally
from academy.rewards.rankings.models import Entrant
from academy.rewards.rankings.services import last_day

THE_COUNT = -2  # the lock of the count; no person has this number
AT_ONCE = 500


def count_once_a_day(at: datetime) -> None:
    """Asked every hour, so that a night without a worker is made up for; a look, once it is done."""
    database.reading_only()
    done = counting.is_counted(last_day(at))
    db.session.rollback()
    database.may_write()
    if not done:
        count(at)


def count(at: datetime) -> None:
    """Whoever is killed in the middle has written nothing wrong. Twice is as good as once."""
    last = last_day(at)
    _count_entrants(last)
    found = _tallied(last)
    database.one_at_a_time(THE_COUNT)
    counting.keep(found, last)
    db.session.commit()


def _count_entrants(last: date) -> None:
    reached = 0
    while True:
        more = select(Entrant.person_id).where(Entrant.person_id > reached)
        people = list(db.session.scalars(more.order_by(Entrant.person_id).limit(AT_ONCE)))
        if not people:
            break
        services.count_entrants(people, last)
        db.session.commit()
        reached = people[-1]
    db.session.rollback()


def _tallied(last: date) -> Tally:
    """Past everybody, keeping nobody from writing."""
    database.reading_only()
    found, reached = Tally(counting.days_to_count(last)), 0
    while people := counting.people_after(reached):
        counting.tally(people, found)
        reached = people[-1]
        db.session.rollback()  # a snapshot held for minutes keeps the database from tidying
    db.session.rollback()
    database.may_write()
    return found
