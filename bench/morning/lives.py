"""A few people who really live: their minutes, lessons and quizzes go through the services, day after day."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert, select

from academy.database import db, table
from academy.deeds import queries as log
from academy.deeds.verbs import Verb
from academy.hr.rollup import standing
from academy.hr.rollup.models import HrStanding
from academy.hr.rollup.standing import Seen
from academy.passport import services as passport
from academy.passport.services import NotEarned
from academy.people.models import Person
from academy.seed.company import Habits
from academy.seed.lives import live

FAITHFUL, STUDIOUS = 0.97, 0.1


def live_all(count: int, days: int, now: datetime) -> None:
    """The first people of the company live so many days, up to yesterday; who earned a passport has one."""
    dice = Random(5)
    for number in range(1, count + 1):
        sharp = 0.5 + 0.45 * dice.random()
        habits = Habits(FAITHFUL, STUDIOUS, sharp, timedelta(days=days))
        live(db.session.get_one(Person, number), habits, now, Random(f"life {number}"))
        db.session.execute(insert(table(HrStanding)), [_standing(number)])
        _certify(number, now)
        db.session.commit()
        db.session.expunge_all()


def _standing(number: int) -> dict[str, object]:
    """What human resources would have noted of the person by now."""
    seen = [
        Seen(deed.day, deed.verb == Verb.ROUND_DONE)
        for deed in log.all_of([number])
        if deed.verb != Verb.AWARD_EARNED
    ]
    found = standing.after(None, seen)
    assert found is not None, "a life without a single deed"
    return {
        "person_id": number,
        "first_on": found.first_on,
        "last_on": found.last_on,
        "before_on": found.before_on,
        "round_on": found.round_on,
    }


def _certify(number: int, now: datetime) -> None:
    try:
        passport.issue(number, now, now.date())
    except NotEarned:
        return


def certified() -> bool:
    """Did anybody earn a passport?"""
    from academy.passport.models import Certificate  # noqa: PLC0415  # one look

    return db.session.scalar(select(Certificate.id).limit(1)) is not None
