"""Whom somebody met, and what they said of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select

from academy.database import db, fresh
from academy.mentoring.pairs.models import Proposal, Status
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.programmes.rules import LIVE
from academy.mentoring.speed.models import SpeedMeeting, Stage, Talk
from academy.mentoring.wishes.models import Ballot, Liking, Wish
from academy.mentoring.wishes.rules import FINE, Choice
from academy.people.models import Person
from academy.people.names import full_name, initials


@dataclass(frozen=True, slots=True)
class Standing:
    """A programme as somebody who takes part in it stands to its wishes; `published`: its pairs are made."""

    programme: Programme
    ballot: Ballot | None
    published: bool

    @property
    def version(self) -> int:
        """How often the wishes were saved."""
        return self.ballot.version if self.ballot else 0

    @property
    def saved_at(self) -> datetime | None:
        return self.ballot.saved_at if self.ballot and self.ballot.version else None

    @property
    def handed_in_at(self) -> datetime | None:
        return self.ballot.handed_in_at if self.ballot else None


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody I met, with what I noted. `side` is mine. `here`: they still take part."""

    id: int
    name: str
    initials: str
    side: str
    hopes: str
    topics: tuple[str, ...]
    here: bool
    liking: Liking | None
    note: str
    kept: Choice

    @property
    def first(self) -> Choice:
        """What the ten-second ballot proposes, as long as nothing was saved."""
        proposed = {Liking.GLADLY: Choice(1), Liking.RATHER_NOT: Choice(veto=True)}
        return proposed.get(self.liking, FINE) if self.liking else FINE


def standing(person_id: int, number: int) -> Standing | None:
    """None when the programme is not live or this person takes no part in it. One statement."""
    mine = and_(Ballot.programme_id == Programme.id, Ballot.person_id == person_id)
    statement: Select[*tuple[Any, ...]] = (
        select(Programme, Ballot, is_published())
        .join(Volunteer, Volunteer.programme_id == Programme.id)
        .outerjoin(Ballot, mine)
        .where(
            Programme.id == number,
            Programme.state.in_(LIVE),
            Volunteer.person_id == person_id,
            Volunteer.side != OUT,
        )
    )
    row = db.session.execute(fresh(statement)).one_or_none()
    return Standing(row[0], row[1], row[2]) if row else None


def is_published() -> ColumnElement[bool]:
    """The pairs of this programme are made."""
    return exists().where(Proposal.programme_id == Programme.id, Proposal.state == Status.PUBLISHED)


def met(person_id: int, number: int) -> tuple[Met, ...]:
    """Everybody this person met in meetings that were held, once each, in order. One statement.

    A meeting under way counts once it is over.
    """
    found: dict[int, Met] = {}
    for row in db.session.execute(_met(person_id, number)):
        found.setdefault(row.id, _as_met(row))
    return tuple(found.values())


def _met(person_id: int, number: int) -> Select[*tuple[Any, ...]]:
    mentors = Talk.mentor_id == person_id
    other = case((mentors, Talk.mentee_id), else_=Talk.mentor_id)
    columns = (Person.id, Person.given_name, Person.family_name, Person.active)
    theirs = (Volunteer.side.label("theirs"), Volunteer.hopes, Volunteer.offered, Volunteer.wanted)
    mine = (Wish.liking, Wish.note, Wish.rank, Wish.veto)
    return (
        select(*columns, *theirs, *mine, case((mentors, "mentor"), else_="mentee").label("side"))
        .select_from(Talk)
        .join(SpeedMeeting, SpeedMeeting.id == Talk.meeting_id)
        .join(Person, Person.id == other)
        .outerjoin(
            Volunteer, and_(Volunteer.programme_id == number, Volunteer.person_id == Person.id)
        )
        .outerjoin(
            Wish,
            and_(
                Wish.programme_id == number,
                Wish.person_id == person_id,
                Wish.other_id == Person.id,
            ),
        )
        .where(
            SpeedMeeting.programme_id == number,
            SpeedMeeting.state == Stage.HELD,
            or_(mentors, Talk.mentee_id == person_id),
        )
        .order_by(SpeedMeeting.starts_at, Talk.round, Talk.id)
    )


def _as_met(row: Any) -> Met:
    theirs = row.wanted if row.side == "mentor" else row.offered
    return Met(
        id=row.id,
        name=full_name(row.given_name, row.family_name),
        initials=initials(row.given_name, row.family_name),
        side=row.side,
        hopes=row.hopes or "",
        topics=tuple(theirs or ()),
        here=bool(row.active and row.theirs not in (None, OUT)),
        liking=Liking(row.liking) if row.liking else None,
        note=row.note or "",
        kept=Choice(row.rank, bool(row.veto)),
    )
