"""Who is let in, and who waits for what.

Each step reads first, keeping nobody from writing, then writes what changed, few rows at a time: it yields
where the caller is to commit. Run twice, or by two workers at once, it writes the same. A day of entry is
never taken back; `Person.waits` follows from it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from academy import database
from academy.database import BigId, db
from academy.hr.campaigns import taking
from academy.hr.campaigns.rules import Population
from academy.hr.rollup.counting import in_parts
from academy.hr.rollup.models import HrStanding
from academy.hr.waves import queries
from academy.hr.waves.models import WaveMember
from academy.hr.waves.queries import Declared
from academy.hr.waves.rules import State
from academy.people.models import Person
from academy.people.signon.models import SignOn

_EXPECTED = exists().where(WaveMember.person_id == Person.id, WaveMember.entered_on.is_(None))
_ENTERED = exists().where(WaveMember.person_id == Person.id, WaveMember.entered_on.is_not(None))


def has_opened() -> ColumnElement[bool]:
    """Has the owner of the account ever been in it: by a password they chose, or the company's account?"""
    return or_(Person.password_hash.is_not(None), exists().where(SignOn.person_id == Person.id))


def open_to_everybody() -> Iterator[int]:
    """There is no wave: nobody waits, and nobody is expected any more: who comes was in before the next."""
    database.reading_only()
    found = select(Person.id).where(or_(Person.waits, _EXPECTED)).order_by(Person.id)
    waiting = db.session.scalars(found).all()
    db.session.rollback()
    for people in in_parts(waiting):
        database.about_to_write()
        theirs = WaveMember.person_id.in_(people), WaveMember.entered_on.is_(None)
        db.session.execute(delete(WaveMember).where(*theirs))
        _mark(people, waits=False)
        yield len(people)


def remember_those_inside(today: date) -> Iterator[int]:
    """Who was in before there were waves stays in; whoever got an account since was made to wait at once."""
    came = exists().where(HrStanding.person_id == Person.id)
    database.reading_only()
    inside = db.session.scalars(
        select(Person.id).where(
            ~Person.waits,
            or_(has_opened(), came),
            ~exists().where(WaveMember.person_id == Person.id),
        )
    ).all()
    db.session.rollback()
    for people in in_parts(inside):
        database.about_to_write()
        _enter(people, None, today, was_in=True)
        yield len(people)


def let_in(found: Declared, today: date) -> Iterator[int]:
    """Those whom an open wave takes. Who was in already counts with it from then on, if with none before."""
    new = (
        takes(found.whom, today)
        .outerjoin(WaveMember, WaveMember.person_id == Person.id)
        .where(
            or_(
                WaveMember.person_id.is_(None),
                WaveMember.entered_on.is_(None),
                and_(WaveMember.was_in, WaveMember.wave_id.is_(None)),
            )
        )
    )
    database.reading_only()
    people = db.session.scalars(new).all()
    db.session.rollback()
    for some in in_parts(people):
        database.about_to_write()
        _enter(some, found.wave.id, today)
        yield len(some)


def wanted(waves: Sequence[Declared], today: date) -> dict[int, Sequence[int]]:
    """By wave that is not open, in order: the people it takes."""
    database.reading_only()
    found = {
        each.wave.id: db.session.scalars(takes(each.whom, today)).all()
        for each in queries.in_order(waves, State.PLANNED, State.PAUSED)
    }
    db.session.rollback()
    return found


def keep_waiting(takes_by_wave: Mapping[int, Sequence[int]]) -> Iterator[int]:
    """Who has not entered waits, for the first of these waves that takes them; for none if none does."""
    wave_of: dict[int, int | None] = {}
    for wave, people in takes_by_wave.items():
        for person in people:
            wave_of.setdefault(person, wave)
    database.reading_only()
    rows = db.session.execute(
        select(Person.id, Person.waits, WaveMember.person_id.label("known"), WaveMember.wave_id)
        .outerjoin(WaveMember, WaveMember.person_id == Person.id)
        .where(WaveMember.entered_on.is_(None))
    ).all()
    db.session.rollback()
    changed = {
        row.id: wave_of.get(row.id)
        for row in rows
        if not row.waits or row.known is None or row.wave_id != wave_of.get(row.id)
    }
    for people in in_parts(sorted(changed)):
        database.about_to_write()
        _expect({each: changed[each] for each in people})
        yield len(people)


def at_the_door(person_id: int, today: date) -> Declared | None:
    """The open wave that takes somebody who waits, if they came before the worker saw it. Writes nothing."""
    for each in queries.in_order(queries.declared(), State.OPEN):
        theirs = takes(each.whom, today).where(Person.id == person_id)
        if db.session.scalar(theirs) is not None:
            return each
    return None


def welcome(person_id: int, found: Declared, today: date) -> None:
    """Let one person in. The caller commits."""
    _enter([person_id], found.wave.id, today)


def takes(whom: Population, today: date) -> Select[int]:
    """The numbers of everybody it takes; without any condition, also of those who work nowhere yet."""
    if whom == Population():
        return select(Person.id).where(Person.active)
    return taking.fitting(whom, today)


def _enter(people: Collection[int], wave: int | None, today: date, was_in: bool = False) -> None:
    """Those who are there still; a day of entry that is written stays."""
    theirs = database.table(WaveMember).c
    joined = None if wave is None else today
    source = select(
        Person.id,
        literal(wave, BigId),
        literal(today, theirs.entered_on.type),
        literal(joined, theirs.joined_on.type),
        literal(was_in),
    ).where(Person.id.in_(people))
    made = database.insert(database.table(WaveMember)).from_select(
        ["person_id", "wave_id", "entered_on", "joined_on", "was_in"], source
    )
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["person_id"],
            set_={
                "wave_id": made.excluded.wave_id,
                "entered_on": func.coalesce(theirs.entered_on, made.excluded.entered_on),
                "joined_on": made.excluded.joined_on,
            },
            where=or_(theirs.entered_on.is_(None), theirs.wave_id.is_(None)),
        )
    )
    _mark(people, waits=False)


def _expect(wave_of: Mapping[int, int | None]) -> None:
    by_wave: dict[int | None, list[int]] = {}
    for person, wave in wave_of.items():
        by_wave.setdefault(wave, []).append(person)
    for wave, people in by_wave.items():
        source = select(Person.id, literal(wave, BigId), literal(False)).where(
            Person.id.in_(people)
        )
        made = database.insert(database.table(WaveMember)).from_select(
            ["person_id", "wave_id", "was_in"], source
        )
        db.session.execute(
            made.on_conflict_do_update(
                index_elements=["person_id"],
                set_={"wave_id": made.excluded.wave_id},
                where=database.table(WaveMember).c.entered_on.is_(None),
            )
        )
    _mark(wave_of.keys(), waits=True)


def _mark(people: Collection[int], waits: bool) -> None:
    """Rows are taken in one order, so that nobody waits in a circle; who has entered never waits."""
    numbers = select(Person.id).where(Person.id.in_(people), Person.waits != waits)
    if waits:
        numbers = numbers.where(~_ENTERED)
    db.session.execute(
        update(Person)
        .where(Person.id.in_(numbers.order_by(Person.id).with_for_update(key_share=True)))
        .values(waits=waits)
        .execution_options(synchronize_session=False)
    )
