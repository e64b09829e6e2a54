"""Teams and their week. A name never leaves the database here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Select, and_, distinct, func, select

from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.notices.digest.figures import Counts
from academy.notices.models import TeamDigest
from academy.people.calendar import A_DAY, Span
from academy.people.models import Person, Posting
from academy.people.places import true_on


@dataclass(frozen=True, slots=True)
class Manager:
    """Somebody whose digest is due."""

    person_id: int
    seen: datetime
    email: str
    given_name: str
    language: str
    zone: str


def due(at: datetime, limit: int) -> list[Manager]:
    """Those whose digest is due, the longest waiting first."""
    rows = db.session.execute(
        select(
            TeamDigest.person_id,
            TeamDigest.next_at,
            Person.email,
            Person.given_name,
            Person.language,
            Person.zone,
        )
        .join(Person, Person.id == TeamDigest.person_id)
        .where(TeamDigest.next_at <= at, Person.active, ~Person.waits)
        .order_by(TeamDigest.next_at, TeamDigest.person_id)
        .limit(limit)
    )
    return [
        Manager(row.person_id, row.next_at, row.email, row.given_name, row.language, row.zone)
        for row in rows
    ]


def still_wanted(manager: Manager) -> bool:
    """Is it still due, untouched? Until the commit nobody else changes it."""
    mine = select(TeamDigest.next_at).where(TeamDigest.person_id == manager.person_id)
    return bool(db.session.scalar(mine.with_for_update()) == manager.seen)


def team_size(manager_id: int, today: date) -> int:
    """How many people they manage today. One statement."""
    return db.session.scalar(_team(manager_id, today).with_only_columns(func.count())) or 0


def counts(manager_id: int, today: date, week: Span) -> Counts:
    """What their team of today did in that week. Two statements."""
    members = _team(manager_id, today).with_only_columns(Person.id)
    begins = datetime.combine(week.first - A_DAY, time(), UTC)  # a day begins earlier in the east
    row = db.session.execute(
        select(
            func.count(distinct(Deed.person_id)),
            func.count().filter(Deed.verb == Verb.ROUND_DONE),
            func.count().filter(Deed.verb == Verb.LESSON_DONE),
            func.count().filter(Deed.verb == Verb.AWARD_EARNED),
        ).where(
            Deed.person_id.in_(members),
            Deed.at >= begins,
            Deed.day.between(week.first, week.last),
        )
    ).one()
    return Counts(team_size(manager_id, today), *row)


def _team(manager_id: int, today: date) -> Select[Person]:
    return (
        select(Person)
        .join(Posting, and_(Posting.person_id == Person.id, true_on(Posting, today)))
        .where(Posting.manager_id == manager_id, Person.active)
    )
