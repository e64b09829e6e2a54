"""Who could be in one more pair of a programme."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from academy.database import db
from academy.mentoring.pairs.models import Health, MentoringPair
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.rules import LEARN, TEACH, Side
from academy.people.models import Person

MOST_LISTED = 300
UNDER_WAY = (Health.NEW, Health.LIVE)


class Free(NamedTuple):
    """A volunteer with room for one more pair on that side."""

    number: int
    name: str


def free(
    programme: Programme, among: Collection[int] | None = None
) -> tuple[list[Free], list[Free]]:
    """Mentors who would take one more mentee, and mentees who have no mentor, by name. Two statements.

    Of everybody, up to `MOST_LISTED` a side, or `among` some.
    """
    room = func.least if db.engine.dialect.name == "postgresql" else func.min
    taken = _pairs_of(programme.id, MentoringPair.mentor_id)
    mentors = _volunteers(programme.id, TEACH).where(
        taken < room(Volunteer.capacity, programme.capacity)
    )
    mentees = _volunteers(programme.id, LEARN).where(
        _pairs_of(programme.id, MentoringPair.mentee_id) == 0
    )
    if among is not None:
        mentors, mentees = (
            each.where(Volunteer.person_id.in_(among)) for each in (mentors, mentees)
        )
    return _listed(mentors), _listed(mentees)


def pair_of(programme: int, mentor: int, mentee: int) -> MentoringPair | None:
    mine = {"programme_id": programme, "mentor_id": mentor, "mentee_id": mentee}
    return db.session.scalar(select(MentoringPair).filter_by(**mine))


def _volunteers(programme: int, sides: tuple[Side, ...]) -> Select[*tuple[Any, ...]]:
    return (
        select(Volunteer.person_id, Person.given_name, Person.family_name)
        .join(Person, Person.id == Volunteer.person_id)
        .where(Volunteer.programme_id == programme, Volunteer.side.in_(sides), Person.active)
        .order_by(Person.by_family, Person.id)
        .limit(MOST_LISTED)
    )


def _pairs_of(programme: int, side: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """How many pairs under way a volunteer has on that side."""
    return (
        select(func.count())
        .select_from(MentoringPair)
        .where(
            MentoringPair.programme_id == programme,
            MentoringPair.state.in_(UNDER_WAY),
            side == Volunteer.person_id,
        )
        .scalar_subquery()
    )


def _listed(statement: Select[*tuple[Any, ...]]) -> list[Free]:
    return [Free(row[0], f"{row[1]} {row[2]}") for row in db.session.execute(statement)]
