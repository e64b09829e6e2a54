"""Wishes counted, proposals, orders, works: what the organiser's pages need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from academy.database import db, fresh
from academy.mentoring.models import Kind, Progress, Work
from academy.mentoring.pairs.models import Order, Proposal, Status
from academy.mentoring.programmes.models import Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.speed.models import SpeedMeeting, Stage, Talk
from academy.mentoring.wishes.models import Ballot
from academy.people.models import Person

SHOWN = 12
"""Of earlier proposals, so many are listed."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """Of those still in: how many met somebody, how many of these handed in; when wishes last changed."""

    met: int
    handed_in: int
    last_saved_at: datetime | None

    @property
    def everybody(self) -> bool:
        return 0 < self.met == self.handed_in


@dataclass(frozen=True, slots=True)
class Sketch:
    """A proposal without the long columns."""

    number: int
    state: str
    policy: str
    objective: dict[str, Any]
    pairs: list[list[int]]
    made_at: datetime

    @property
    def run(self) -> int | None:
        """The search that found it, and others beside it."""
        number: int | None = self.objective.get("run")
        return number


@dataclass(frozen=True, slots=True)
class Bonded:
    """An order of an organiser."""

    id: int
    mentor_id: int
    mentee_id: int
    bond: str


def turnout(number: int) -> Turnout:
    """One statement."""
    held = (
        select(Talk.mentor_id, Talk.mentee_id)
        .join(SpeedMeeting, SpeedMeeting.id == Talk.meeting_id)
        .where(SpeedMeeting.programme_id == number, SpeedMeeting.state == Stage.HELD)
        .subquery()
    )
    met = or_(
        Person.id.in_(select(held.c.mentor_id)),
        Person.id.in_(select(held.c.mentee_id)),
    )
    row = db.session.execute(
        select(
            func.count(case((met, Person.id))),
            func.count(case((and_(met, Ballot.handed_in_at.is_not(None)), Person.id))),
            func.max(case((Ballot.version > 0, Ballot.saved_at))),
        )
        .select_from(Volunteer)
        .join(Person, Person.id == Volunteer.person_id)
        .outerjoin(Ballot, and_(Ballot.programme_id == number, Ballot.person_id == Person.id))
        .where(Volunteer.programme_id == number, Volunteer.side != OUT, Person.active)
    ).one()
    return Turnout(row[0], row[1], row[2])


def zones(number: int) -> list[str]:
    """The time zones of those who are still in."""
    return list(
        db.session.scalars(
            select(Person.zone)
            .distinct()
            .join(Volunteer, Volunteer.person_id == Person.id)
            .where(Volunteer.programme_id == number, Volunteer.side != OUT, Person.active)
        )
    )


def sketches(number: int) -> list[Sketch]:
    """The latest proposals, the newest first. One statement."""
    columns = (Proposal.number, Proposal.state, Proposal.policy, Proposal.objective, Proposal.pairs)
    statement: Select[*tuple[Any, ...]] = (
        select(*columns, Proposal.made_at)
        .where(Proposal.programme_id == number)
        .order_by(Proposal.number.desc())
        .limit(SHOWN)
    )
    return [Sketch(*row) for row in db.session.execute(statement)]


def proposal(programme: int, number: int) -> Proposal | None:
    wanted = select(Proposal).where(Proposal.programme_id == programme, Proposal.number == number)
    return db.session.scalar(fresh(wanted))


def published(programme: int) -> int | None:
    """The number of the proposal that was published."""
    return db.session.scalar(
        select(Proposal.number).where(
            Proposal.programme_id == programme, Proposal.state == Status.PUBLISHED
        )
    )


def orders(number: int) -> list[Bonded]:
    rows = db.session.execute(
        select(Order.id, Order.mentor_id, Order.mentee_id, Order.bond)
        .where(Order.programme_id == number)
        .order_by(Order.bond.desc(), Order.id)
    )
    return [Bonded(*row) for row in rows]


def work(programme: int, number: int) -> Work | None:
    wanted = select(Work).where(
        Work.id == number, Work.programme_id == programme, Work.kind == Kind.PROPOSE
    )
    return db.session.scalar(fresh(wanted))


def under_way(programme: int, since: datetime) -> int | None:
    """The number of a search that is waiting or running; one asked for long ago is not waited for."""
    return db.session.scalar(
        select(Work.id)
        .where(
            Work.programme_id == programme,
            Work.kind == Kind.PROPOSE,
            Work.state.in_((Progress.WAITING, Progress.RUNNING)),
            Work.asked_at > since,
        )
        .order_by(Work.id.desc())
        .limit(1)
    )


def still_in(programme: int, people: Sequence[int]) -> dict[int, Volunteer]:
    """Those of these people who still take part, with what they said."""
    rows = db.session.scalars(
        fresh(
            select(Volunteer)
            .join(Person, Person.id == Volunteer.person_id)
            .where(
                Volunteer.programme_id == programme,
                Volunteer.person_id.in_(people),
                Volunteer.side != OUT,
                Person.active,
            )
        )
    )
    return {row.person_id: row for row in rows}


def by_order(number: int) -> Bonded | None:
    """The order of this number, if it still stands."""
    row = db.session.execute(
        select(Order.id, Order.mentor_id, Order.mentee_id, Order.bond).where(Order.id == number)
    ).one_or_none()
    return Bonded(*row) if row else None


def order_of(programme: int, mentor: int, mentee: int) -> int | None:
    return db.session.scalar(
        select(Order.id).where(
            Order.programme_id == programme,
            Order.mentor_id == mentor,
            Order.mentee_id == mentee,
        )
    )
