"""What is read to compose: volunteers still to be placed, planned meetings, earlier work."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from academy.database import db, fresh
from academy.mentoring.models import Kind, Progress, Work
from academy.mentoring.programmes.models import Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.speed.models import CHAIRS, Presence, Seat, SpeedMeeting, Stage
from academy.people.models import Person

COMPOSING = (Kind.COMPOSE, Kind.RECOMPOSE)
GIVEN_UP = timedelta(hours=1)
"""Work that nobody finished for so long keeps nobody from asking again."""


def served(number: int) -> Select[int]:
    """Who has a chair in an announced meeting, or had one and came."""
    to_come = SpeedMeeting.state.in_((Stage.ANNOUNCED, Stage.RUNNING))
    came = and_(SpeedMeeting.state == Stage.HELD, Seat.presence != Presence.ABSENT)
    return (
        select(Seat.person_id)
        .join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
        .where(SpeedMeeting.programme_id == number, Seat.reply.in_(CHAIRS), or_(to_come, came))
    )


def to_place(number: int) -> Select[int]:
    """The people to be placed: volunteers still here, without a chair in an announced meeting."""
    return (
        select(Volunteer.person_id)
        .join(Person, Person.id == Volunteer.person_id)
        .where(Volunteer.programme_id == number, Volunteer.side != OUT, Person.active)
        .where(Volunteer.person_id.not_in(served(number)))
    )


def planned(number: int) -> list[SpeedMeeting]:
    statement = select(SpeedMeeting).where(
        SpeedMeeting.programme_id == number, SpeedMeeting.state == Stage.PLANNED
    )
    return list(db.session.scalars(fresh(statement.order_by(SpeedMeeting.id))))


def versions(number: int) -> dict[int, int]:
    """Of the planned meetings."""
    return {each.id: each.version for each in planned(number)}


def seats_of(meetings: Iterable[int]) -> list[Any]:
    """Rows of meeting, person, side and lock, for those who take a chair."""
    columns = Seat.meeting_id, Seat.person_id, Seat.side, Seat.locked
    mine = select(*columns).where(Seat.meeting_id.in_(list(meetings)), Seat.reply.in_(CHAIRS))
    return list(db.session.execute(mine.order_by(Seat.id)).all())


def announced_at(number: int) -> dict[tuple[datetime, str], int]:
    """How many announced meetings there are at a time in a place."""
    columns = SpeedMeeting.starts_at, SpeedMeeting.place
    rows = db.session.execute(
        select(*columns, func.count())
        .where(SpeedMeeting.programme_id == number, SpeedMeeting.state == Stage.ANNOUNCED)
        .group_by(*columns)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def work(number: int, programme: int) -> Work | None:
    """This work, if it is of this programme and composes."""
    mine = Work.id == number, Work.programme_id == programme, Work.kind.in_(COMPOSING)
    return db.session.scalar(fresh(select(Work).where(*mine)))


def under_way(programme: int, at: datetime) -> int | None:
    """The work that composes for this programme now, or is about to."""
    going = Work.state.in_((Progress.WAITING, Progress.RUNNING)), Work.asked_at > at - GIVEN_UP
    mine = select(Work.id).where(Work.programme_id == programme, Work.kind.in_(COMPOSING))
    return db.session.scalar(mine.where(*going).order_by(Work.id.desc()).limit(1))


def latest(programme: int) -> Work | None:
    """The work whose meetings are planned."""
    mine = Work.programme_id == programme, Work.kind.in_(COMPOSING), Work.state == Progress.DONE
    return db.session.scalar(fresh(select(Work).where(*mine).order_by(Work.id.desc()).limit(1)))
