"""Speed meetings of the demonstration's programme: composed as the worker does it, and one announced."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from academy.database import db
from academy.mentoring.models import Kind
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.speed.composing import jobs, services
from academy.mentoring.speed.composing.asked import Asked
from academy.mentoring.speed.models import Seat, SpeedMeeting
from academy.mentoring.speed.organising import services as organising
from academy.notices.quiet import strikes

ZONE = "Europe/Paris"
HOURS = time(10), time(14)
FIRST_IN, WORKING_WEEK = 8, 5


def compose_meetings(now: datetime) -> None:
    """The first volunteer's meeting is announced; its invitations leave with the outbox."""
    programme = db.session.scalars(select(Programme).order_by(Programme.id).limit(1)).one()
    asked = Asked(
        _moments(now), ZONE, ("remote",), None, wanted=6, fewest=2, most=8, talk_seconds=300
    )
    organiser = programme.changed_by or 0
    number = services.ask(programme.id, Kind.COMPOSE, asked, "5eed5eed", organiser, now)
    db.session.commit()
    jobs.compose(number)
    db.session.commit()
    first = _meeting_of_the_first_volunteer(programme.id)
    if first is not None:
        organising.announce(programme.id, first.id, first.version, now)


def _meeting_of_the_first_volunteer(programme: int) -> SpeedMeeting | None:
    return db.session.scalars(
        select(SpeedMeeting)
        .join(Seat, Seat.meeting_id == SpeedMeeting.id)
        .join(Volunteer, Volunteer.person_id == Seat.person_id)
        .where(SpeedMeeting.programme_id == programme, Volunteer.programme_id == programme)
        .order_by(Volunteer.id)
        .limit(1)
    ).one_or_none()


def _moments(now: datetime) -> tuple[datetime, ...]:
    """Two half-days of each working day of the week after next."""
    days = [now.date() + timedelta(days=FIRST_IN + later) for later in range(7)]
    return tuple(
        strikes(day, hour, ZONE) for day in days if day.weekday() < WORKING_WEEK for hour in HOURS
    )
