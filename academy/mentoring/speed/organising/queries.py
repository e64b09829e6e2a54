"""Meetings as organisers see them: how full, who sits there, who is in none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from academy.database import db, fresh
from academy.mentoring.composition.pool import Candidate
from academy.mentoring.composition.telling import in_common
from academy.mentoring.models import Progress, Work
from academy.mentoring.programmes.models import Volunteer
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.composing.queries import COMPOSING, to_place
from academy.mentoring.speed.inviting.queries import TO_COME
from academy.mentoring.speed.models import CHAIRS, Reply, Seat, SpeedMeeting, Stage
from academy.mentoring.speed.rules import weighted
from academy.people.models import Entity, Person, Posting
from academy.people.names import full_name, initials

PAGE = 40
MOST_TARGETS = 200
MOST_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in the list: how many sit on each side, and how they answered."""

    meeting: SpeedMeeting
    mentors: int
    mentees: int
    coming: int
    declined: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody of a meeting. `shared`: the topics they have in common, and with how many across."""

    person_id: int
    name: str
    initials: str
    entity: str | None
    seat: Seat
    shared: dict[str, int]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A volunteer in no meeting."""

    id: int
    name: str
    initials: str
    entity: str | None
    side: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a programme: meetings planned and announced, people without a chair."""

    planned: int
    announced: int
    left_out: int


def lines(programme: int, page: int) -> tuple[list[Line], bool]:
    """A page of the meetings, the soonest first, and whether there are more. Two statements."""
    found = db.session.scalars(
        fresh(
            select(SpeedMeeting)
            .where(SpeedMeeting.programme_id == programme)
            .order_by(SpeedMeeting.starts_at, SpeedMeeting.place, SpeedMeeting.id)
            .limit(PAGE + 1)
            .offset((page - 1) * PAGE)
        )
    ).all()
    meetings = found[:PAGE]
    counts = _counts([each.id for each in meetings]) if meetings else {}
    nobody = (0, 0, 0, 0, 0)
    return [Line(each, *counts.get(each.id, nobody)) for each in meetings], len(found) > PAGE


def _counts(meetings: Sequence[int]) -> dict[int, tuple[int, ...]]:
    def where(*conditions: Any) -> Any:
        return func.count(case((and_(*conditions), 1)))

    chair = Seat.reply.in_(CHAIRS)
    rows = db.session.execute(
        select(
            Seat.meeting_id,
            where(chair, Seat.side == Side.MENTOR),
            where(chair, Seat.side == Side.MENTEE),
            where(Seat.reply == Reply.CONFIRMED),
            where(Seat.reply == Reply.DECLINED),
            where(Seat.reply == Reply.WAITING),
        )
        .where(Seat.meeting_id.in_(meetings))
        .group_by(Seat.meeting_id)
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def sitters(meeting: int) -> list[Sitter]:
    """Everybody of a meeting, mentors first; those who wait or declined last. One statement."""
    rows = db.session.execute(
        fresh(
            _with_name(select(Seat, Person, Entity.name, Volunteer), Seat.person_id)
            .join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
            .outerjoin(
                Volunteer,
                and_(
                    Volunteer.person_id == Seat.person_id,
                    Volunteer.programme_id == SpeedMeeting.programme_id,
                ),
            )
            .where(Seat.meeting_id == meeting)
            .order_by(Seat.side.desc(), Person.by_family, Seat.id)
        )
    ).all()
    whole = {row.Seat.id: row for row in rows}
    people = {number: _candidate(row) for number, row in whole.items()}
    chairs = [row.Seat for row in whole.values() if row.Seat.reply in CHAIRS]
    return [
        Sitter(
            row.Person.id,
            _name(row.Person),
            _initials(row.Person),
            row.name,
            row.Seat,
            dict(
                in_common(
                    people[number],
                    [people[each.id] for each in chairs if each.side != row.Seat.side],
                )
            ),
        )
        for number, row in whole.items()
    ]


def left_out(programme: int, after: int) -> tuple[list[LeftOut], int | None]:
    """A page of volunteers with no chair, planned or announced, and the next cursor. One statement."""
    rows = db.session.execute(
        _with_name(select(Volunteer, Person, Entity.name), Volunteer.person_id)
        .where(*_without_chair(programme), Volunteer.id > after)
        .order_by(Volunteer.id)
        .limit(PAGE + 1)
    ).all()
    found = [
        LeftOut(
            row.Volunteer.id,
            _name(row.Person),
            _initials(row.Person),
            row.name,
            row.Volunteer.side,
        )
        for row in rows[:PAGE]
    ]
    return found, found[-1].id if len(rows) > PAGE else None


def tally(programme: int) -> Tally:
    """Two statements."""
    planned, announced = db.session.execute(
        select(
            func.count(case((SpeedMeeting.state == Stage.PLANNED, 1))),
            func.count(case((SpeedMeeting.state == Stage.ANNOUNCED, 1))),
        ).where(SpeedMeeting.programme_id == programme)
    ).one()
    out = select(func.count()).select_from(Volunteer).where(*_without_chair(programme))
    return Tally(planned, announced, db.session.scalar(out) or 0)


def reasons(programme: int) -> dict[str, list[Any]]:
    """Why people were left out when meetings were composed last, by the number of the volunteer."""
    mine = Work.programme_id == programme, Work.kind.in_(COMPOSING), Work.state == Progress.DONE
    said = db.session.scalar(select(Work.said).where(*mine).order_by(Work.id.desc()).limit(1))
    found: dict[str, list[Any]] = (said or {}).get("left_out", {})
    return found


def targets(meeting: SpeedMeeting, at: datetime) -> list[SpeedMeeting]:
    """The meetings somebody may be moved to: to come, and announced if this one is. One statement."""
    stages = (Stage.ANNOUNCED,) if meeting.state == Stage.ANNOUNCED else TO_COME
    others = SpeedMeeting.programme_id == meeting.programme_id, SpeedMeeting.id != meeting.id
    statement = select(SpeedMeeting).where(*others, SpeedMeeting.state.in_(stages))
    return list(
        db.session.scalars(
            fresh(
                statement.where(SpeedMeeting.starts_at > at)
                .order_by(SpeedMeeting.starts_at, SpeedMeeting.place, SpeedMeeting.id)
                .limit(MOST_TARGETS)
            )
        )
    )


def _without_chair(programme: int) -> tuple[Any, ...]:
    planned = (
        select(Seat.person_id)
        .join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
        .where(SpeedMeeting.programme_id == programme, SpeedMeeting.state == Stage.PLANNED)
    )
    return (
        Volunteer.programme_id == programme,
        Volunteer.person_id.in_(to_place(programme)),
        Volunteer.person_id.not_in(planned),
    )


def _with_name(statement: Select[*tuple[Any, ...]], whose: Any) -> Select[*tuple[Any, ...]]:
    at_work = and_(Posting.person_id == Person.id, Posting.ends_on.is_(None))
    return (
        statement.join(Person, Person.id == whose)
        .outerjoin(Posting, at_work)
        .outerjoin(Entity, Entity.id == Posting.entity_id)
    )


def _candidate(row: Any) -> Candidate:
    said: Volunteer | None = row.Volunteer
    topics: list[str] = []
    if said is not None:
        topics = said.offered if row.Seat.side == Side.MENTOR else said.wanted
    nothing: frozenset[Any] = frozenset()
    return Candidate(row.Person.id, nothing, nothing, nothing, weighted(topics))


def _name(person: Person) -> str:
    return full_name(person.given_name, person.family_name)


def _initials(person: Person) -> str:
    return initials(person.given_name, person.family_name)
