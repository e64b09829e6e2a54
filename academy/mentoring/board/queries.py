"""A programme in figures, and its pairs without a word of what they say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, distinct, func, or_, select, union
from sqlalchemy.orm import aliased

from academy.database import db
from academy.mentoring.pairs.models import Entry, Health, MentoringPair, Pulse
from academy.mentoring.pairs.rules import ENOUGH, Course, Life
from academy.mentoring.programmes.models import Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.speed.models import Presence, Seat, SpeedMeeting, Stage, Talk
from academy.mentoring.wishes.models import Ballot
from academy.people.models import Person
from academy.people.names import full_name

CAME = (Presence.PRESENT, Presence.LEFT)


@dataclass(frozen=True, slots=True)
class Way:
    """How many people came how far; each is counted once at each step."""

    volunteers: int
    invited: int
    came: int
    wished: int
    paired: int
    live: int


@dataclass(frozen=True, slots=True)
class Gatherings:
    """Speed meetings announced, and those that were held."""

    announced: int
    held: int


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as its organisers see it: names, days and numbers."""

    id: int
    mentor: str
    mentee: str
    published_at: datetime
    life: Life
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """`mean` is None while fewer than five people have answered."""

    people: int
    mean: float | None


def way(number: int) -> Way:
    """One statement."""
    seats = select(_people(Seat.person_id)).join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
    seats = seats.where(SpeedMeeting.programme_id == number)
    volunteers = select(_people(Volunteer.person_id)).where(
        Volunteer.programme_id == number, Volunteer.side != OUT
    )
    wished = select(_people(Ballot.person_id)).where(
        Ballot.programme_id == number, Ballot.handed_in_at.is_not(None)
    )
    talked = and_(SpeedMeeting.state == Stage.HELD, _talk_of_a_seat().exists())
    steps = (
        volunteers.scalar_subquery(),
        seats.where(Seat.invited_at.is_not(None)).scalar_subquery(),
        seats.where(or_(Seat.presence.in_(CAME), talked)).scalar_subquery(),
        wished.scalar_subquery(),
        _in_pairs(number, *Health),
        _in_pairs(number, Health.LIVE),
    )
    return Way(*db.session.execute(select(*steps)).one())


def _talk_of_a_seat() -> Select[int]:
    """Who talked came, whether or not the organiser marked them as here."""
    either = or_(Talk.mentor_id == Seat.person_id, Talk.mentee_id == Seat.person_id)
    return select(Talk.id).where(Talk.meeting_id == Seat.meeting_id, either)


def gatherings(number: int) -> Gatherings:
    """One statement."""
    rows = db.session.execute(
        select(SpeedMeeting.state, func.count())
        .where(SpeedMeeting.programme_id == number)
        .group_by(SpeedMeeting.state)
    )
    counted = {row[0]: row[1] for row in rows}
    held = counted.get(Stage.HELD, 0)
    ahead = counted.get(Stage.ANNOUNCED, 0) + counted.get(Stage.RUNNING, 0)
    return Gatherings(held + ahead, held)


def lines(number: int, organiser_id: int) -> list[Line]:
    """Every pair of the programme. One statement, however many there are.

    An organiser who is in a pair does not learn here that it asks for another: who asked would be plain.
    """
    log = (
        select(
            Entry.pair_id,
            func.count().label("held"),
            func.min(Entry.held_on).label("first_on"),
            func.max(Entry.held_on).label("last_on"),
            func.max(Entry.written_at).label("wrote_at"),
        )
        .join(MentoringPair, MentoringPair.id == Entry.pair_id)
        .where(MentoringPair.programme_id == number)
        .group_by(Entry.pair_id)
        .subquery()
    )
    mentor, mentee = aliased(Person), aliased(Person)
    statement: Select[*tuple[Any, ...]] = (
        select(MentoringPair, mentor, mentee, log)
        .join(mentor, mentor.id == MentoringPair.mentor_id)
        .join(mentee, mentee.id == MentoringPair.mentee_id)
        .outerjoin(log, log.c.pair_id == MentoringPair.id)
        .where(MentoringPair.programme_id == number)
        .order_by(MentoringPair.id)
    )
    return [_line(row, organiser_id) for row in db.session.execute(statement)]


def satisfaction(number: int) -> Satisfaction:
    """The mean of what was answered, from five people on. One statement."""
    people, mean = db.session.execute(
        select(_people(Pulse.person_id), func.avg(Pulse.mood))
        .join(MentoringPair, MentoringPair.id == Pulse.pair_id)
        .where(MentoringPair.programme_id == number)
    ).one()
    return Satisfaction(people, float(mean) if people >= ENOUGH else None)


def pair_of(number: int, programme: int) -> MentoringPair | None:
    return db.session.scalar(
        select(MentoringPair).where(
            MentoringPair.id == number, MentoringPair.programme_id == programme
        )
    )


def _line(row: Any, organiser_id: int) -> Line:
    pair, mentor, mentee = row[:3]
    course = Course(pair.began_on, pair.months) if pair.began_on else None
    own = organiser_id in (pair.mentor_id, pair.mentee_id)
    left = pair.state in (Health.NEW, Health.LIVE) and not (mentor.active and mentee.active)
    state = Health.PARTED if left else Health(pair.state)
    asks = pair.other_wanted_at is not None and not own
    return Line(
        pair.id,
        full_name(mentor.given_name, mentor.family_name),
        full_name(mentee.given_name, mentee.family_name),
        pair.published_at,
        Life(state, asks, course, row.held or 0, row.wrote_at),
        row.first_on,
        row.last_on,
    )


def _in_pairs(number: int, *states: Health) -> ScalarSelect[int]:
    """How many people are in such pairs, on either side."""
    sides = (
        select(column).where(MentoringPair.programme_id == number, MentoringPair.state.in_(states))
        for column in (MentoringPair.mentor_id, MentoringPair.mentee_id)
    )
    return select(func.count()).select_from(union(*sides).subquery()).scalar_subquery()


def _people(column: Any) -> Any:
    return func.count(distinct(column))
