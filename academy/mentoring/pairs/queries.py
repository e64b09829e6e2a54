"""Pairs as their two people see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased

from academy.database import db, fresh
from academy.mentoring.pairs.models import Appointment, Entry, Health, MentoringPair, Pulse, Settled
from academy.mentoring.pairs.rules import Course
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import Side
from academy.people import places
from academy.people.models import Person, Role, RoleGrant
from academy.people.names import full_name, initials

PAGE = 12
MOST_SLOTS = 12
BEGUN = (Health.NEW, Health.LIVE)


@dataclass(frozen=True, slots=True)
class Peer:
    """One of the two."""

    id: int
    name: str
    initials: str
    language: str
    zone: str
    needs: tuple[str, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A pair as one of its two people sees it. `state` is parted as soon as the other has left."""

    pair: MentoringPair
    programme: Programme
    side: Side
    me: Peer
    other: Peer
    state: Health

    @property
    def course(self) -> Course | None:
        return course_of(self.pair)

    @property
    def mentee(self) -> Peer:
        return self.other if self.side is Side.MENTOR else self.me

    @property
    def signed(self) -> bool:
        return self.pair.mentor_signed_at is not None if self.mentors else self._mentee_signed

    @property
    def other_signed(self) -> bool:
        return self._mentee_signed if self.mentors else self.pair.mentor_signed_at is not None

    @property
    def mentors(self) -> bool:
        return self.side is Side.MENTOR

    @property
    def thanks(self) -> str:
        """My word to the other."""
        return self.pair.mentor_thanks if self.mentors else self.pair.mentee_thanks

    @property
    def thanked(self) -> str:
        """Theirs to me."""
        return self.pair.mentee_thanks if self.mentors else self.pair.mentor_thanks

    @property
    def _mentee_signed(self) -> bool:
        return self.pair.mentee_signed_at is not None


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting without its words."""

    on: date
    minutes: int


def seen(number: int, person_id: int) -> Seen | None:
    """The pair, if this person is one of the two. One statement."""
    found = db.session.execute(_seen(person_id).where(MentoringPair.id == number)).one_or_none()
    return _as_seen(found, person_id) if found else None


def mine(person_id: int) -> list[Seen]:
    """Somebody's pairs, the present ones first. One statement; nobody has many."""
    begun = case((MentoringPair.state.in_(BEGUN), 0), else_=1)
    ordered = _seen(person_id).order_by(begun, MentoringPair.id.desc())
    return [_as_seen(row, person_id) for row in db.session.execute(ordered)]


def locked(number: int) -> MentoringPair:
    """The pair's row, nobody else's until the commit."""
    return db.session.scalars(
        fresh(select(MentoringPair).where(MentoringPair.id == number).with_for_update())
    ).one()


def course_of(pair: MentoringPair) -> Course | None:
    return Course(pair.began_on, pair.months) if pair.began_on else None


def meetings(number: int) -> list[Held]:
    """All that was held, without words: at most one a day. One statement."""
    rows = db.session.execute(
        select(Entry.held_on, Entry.minutes).where(Entry.pair_id == number).order_by(Entry.held_on)
    )
    return [Held(*row) for row in rows]


def log(number: int, before: date | None) -> tuple[list[Entry], date | None]:
    """A page of the log, the latest meeting first, and the cursor of the next. One statement."""
    statement = select(Entry).where(Entry.pair_id == number)
    if before is not None:
        statement = statement.where(Entry.held_on < before)
    ordered = statement.order_by(Entry.held_on.desc()).limit(PAGE + 1)
    rows = list(db.session.scalars(fresh(ordered)))
    return rows[:PAGE], rows[PAGE - 1].held_on if len(rows) > PAGE else None


def held_on(number: int, day: date) -> Entry | None:
    return db.session.scalar(select(Entry).where(Entry.pair_id == number, Entry.held_on == day))


def slots(number: int, after: datetime) -> list[Appointment]:
    """What is proposed or agreed for later, the nearest first. One statement."""
    return list(
        db.session.scalars(
            fresh(
                select(Appointment)
                .where(
                    Appointment.pair_id == number,
                    Appointment.state != Settled.CANCELLED,
                    Appointment.starts_at > after,
                )
                .order_by(Appointment.starts_at, Appointment.id)
                .limit(MOST_SLOTS)
            )
        )
    )


def slot(number: int, pair: int) -> Appointment | None:
    """A slot of this pair."""
    return db.session.scalar(
        fresh(select(Appointment).where(Appointment.id == number, Appointment.pair_id == pair))
    )


def proposed(number: int) -> list[Appointment]:
    """What waits for an answer in this pair."""
    waiting = (Appointment.pair_id == number, Appointment.state == Settled.PROPOSED)
    return list(db.session.scalars(fresh(select(Appointment).where(*waiting))))


def mood(number: int, person_id: int, month: int) -> int | None:
    """What this person said of this month; of nobody else's is anything shown."""
    return db.session.scalar(
        select(Pulse.mood).where(
            Pulse.pair_id == number, Pulse.person_id == person_id, Pulse.month == month
        )
    )


def zones(person_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Person.id, Person.zone).where(Person.id.in_(person_ids)))
    return {row.id: row.zone for row in rows}


def gone(person_ids: Collection[int]) -> set[int]:
    """Those of them whose account is closed."""
    closed = select(Person.id).where(Person.id.in_(person_ids), Person.active.is_(False))
    return set(db.session.scalars(closed))


def programme_of(pair: MentoringPair) -> Programme:
    return db.session.get_one(Programme, pair.programme_id)


def organisers(programme: Programme, today: date) -> set[int]:
    """Who organises where the programme is held. Two statements for an entity, one for the company."""
    near: list[int] = []
    if programme.entity_id is not None:
        near = [place.id for place in places.above(programme.entity_id, today)]
    within = or_(RoleGrant.entity_id.is_(None), RoleGrant.entity_id.in_(near))
    found = (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.ORGANISER,
            Person.active,
            places.true_on(RoleGrant, today),
            within,
        )
    )
    return set(db.session.scalars(found))


def begun_of(person_id: int) -> list[int]:
    """The numbers of somebody's pairs that are not over."""
    theirs = or_(MentoringPair.mentor_id == person_id, MentoringPair.mentee_id == person_id)
    return list(
        db.session.scalars(
            select(MentoringPair.id)
            .where(theirs, MentoringPair.state.in_(BEGUN))
            .order_by(MentoringPair.id)
        )
    )


def last_written(number: int) -> datetime | None:
    return db.session.scalar(select(func.max(Entry.written_at)).where(Entry.pair_id == number))


def _seen(person_id: int) -> Select[*tuple[Any, ...]]:
    mentor, mentee = aliased(Person), aliased(Person)
    statement: Select[*tuple[Any, ...]] = (
        select(MentoringPair, Programme, mentor, mentee)
        .join(Programme, Programme.id == MentoringPair.programme_id)
        .join(mentor, mentor.id == MentoringPair.mentor_id)
        .join(mentee, mentee.id == MentoringPair.mentee_id)
        .where(or_(MentoringPair.mentor_id == person_id, MentoringPair.mentee_id == person_id))
    )
    return fresh(statement)


def _as_seen(row: Any, person_id: int) -> Seen:
    pair, programme, *two = row
    mentor, mentee = map(_peer, two)
    mentors = pair.mentor_id == person_id
    me, other = (mentor, mentee) if mentors else (mentee, mentor)
    gone = pair.state in BEGUN and not other.here
    state = Health.PARTED if gone else Health(pair.state)
    return Seen(pair, programme, Side.MENTOR if mentors else Side.MENTEE, me, other, state)


def _peer(person: Person) -> Peer:
    return Peer(
        person.id,
        full_name(person.given_name, person.family_name),
        initials(person.given_name, person.family_name),
        person.language,
        person.zone,
        tuple(person.needs or ()),
        person.active,
    )
