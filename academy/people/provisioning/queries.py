"""People as a directory finds them, and whose a name or an address is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, union_all

from academy.database import db, fresh
from academy.people.models import Person
from academy.people.provisioning.facts import Facts
from academy.people.provisioning.models import DirectoryGroup, DirectoryMember, DirectoryRecord

Pair = tuple[Person, DirectoryRecord | None]


def _everybody() -> Select[Person, DirectoryRecord]:
    return select(Person, DirectoryRecord).outerjoin(
        DirectoryRecord, DirectoryRecord.person_id == Person.id
    )


def known() -> ColumnElement[bool]:
    """Whom a directory sees: everybody but those it removed."""
    return and_(Person.directory_key.is_not(None), DirectoryRecord.removed_at.is_(None))


def called(name: str) -> ColumnElement[bool]:
    """Whom a directory calls so; of whom it said nothing yet, by their address. Two looks into indexes."""
    record = DirectoryRecord
    told = select(record.person_id).where(record.name_filed == name, record.removed_at.is_(None))
    unsaid = select(Person.id).where(
        Person.email == name, ~exists().where(record.person_id == Person.id)
    )
    return Person.id.in_(union_all(told, unsaid))


def numbered(external_id: str) -> ColumnElement[bool]:
    """Whom a directory knows by this number of its own."""
    record = DirectoryRecord
    return Person.id.in_(select(record.person_id).where(record.external_id == external_id))


def keyed(key: str, locked: bool = False) -> Pair | None:
    """The person of this key, theirs alone until the commit if asked for."""
    statement: Any = _everybody().where(Person.directory_key == key, known())
    if locked:
        statement = statement.with_for_update(of=Person)
    row = db.session.execute(fresh(statement)).one_or_none()
    return (row[0], row[1]) if row else None


def count(fitting: ColumnElement[bool]) -> int:
    """How many people fit."""
    statement = select(func.count(Person.id)).outerjoin(
        DirectoryRecord, DirectoryRecord.person_id == Person.id
    )
    return db.session.scalar(statement.where(known(), fitting)) or 0


def everybody() -> Select[Person, DirectoryRecord]:
    """Everybody whom a directory sees."""
    return _everybody().where(known())


def holders(said: Facts) -> Sequence[Pair]:
    """Who has this address, or is called so."""
    record = DirectoryRecord
    at = select(Person.id).where(Person.email.in_({said.email, said.name_filed}))
    so = select(record.person_id).where(record.name_filed == said.name_filed)
    statement = _everybody().where(Person.id.in_(union_all(at, so)))
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def holds(person: Person, record: DirectoryRecord | None, said: Facts) -> bool:
    """Does this account stand in the way of that name or that address?"""
    if person.email == said.email:
        return True
    if record is None:
        return person.email == said.name_filed
    return record.removed_at is None and record.name_filed == said.name_filed


def groups_of(numbers: Sequence[int]) -> dict[int, list[DirectoryGroup]]:
    """The groups of each of these people. One statement."""
    rows = db.session.execute(
        select(DirectoryMember.person_id, DirectoryGroup)
        .join(DirectoryGroup, DirectoryGroup.id == DirectoryMember.group_id)
        .where(DirectoryMember.person_id.in_(numbers))
        .order_by(DirectoryGroup.id)
    )
    found: dict[int, list[DirectoryGroup]] = {}
    for number, group in rows:
        found.setdefault(number, []).append(group)
    return found
