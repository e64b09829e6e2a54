"""What examining and applying an import asks for, and what its pages show."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select

from academy.database import db, fresh
from academy.people import places
from academy.people.directory.desk import STAFF
from academy.people.directory.reach import Reach, reach
from academy.people.importing.deciding import Directory, Known, Spot, World
from academy.people.importing.models import (
    Import,
    ImportHeading,
    ImportPiece,
    ImportRow,
    Kind,
    Verdict,
)
from academy.people.models import Departure, Entity, Person, Posting, Role, RoleGrant

SHOWN = 100


def numbered(number: int, person_id: int) -> Import | None:
    """An import of mine."""
    mine = select(Import).where(Import.id == number, Import.uploaded_by == person_id)
    return db.session.scalar(fresh(mine))


def latest(person_id: int, limit: int = 20) -> list[Import]:
    mine = select(Import).where(Import.uploaded_by == person_id)
    return list(db.session.scalars(mine.order_by(Import.id.desc()).limit(limit)))


def remembered(kind: Kind) -> dict[str, str]:
    rows = db.session.execute(
        select(ImportHeading.heading, ImportHeading.field).where(ImportHeading.kind == kind)
    )
    return {row.heading: row.field for row in rows}


def piece(import_id: int, number: int) -> list[tuple[int, list[str]]] | None:
    """A part of the rows as they were read."""
    content = db.session.scalar(
        select(ImportPiece.content).where(
            ImportPiece.import_id == import_id,
            ImportPiece.raw.is_(False),
            ImportPiece.number == number,
        )
    )
    if content is None:
        return None
    return [(line, cells) for line, cells in json.loads(zlib.decompress(content))]


def raw_file(import_id: int) -> bytes:
    parts = db.session.scalars(
        select(ImportPiece.content)
        .where(ImportPiece.import_id == import_id, ImportPiece.raw)
        .order_by(ImportPiece.number)
    )
    return b"".join(zlib.decompress(part) for part in parts)


def world(work: Import, at: datetime) -> World:
    """How far its author's word goes by now, and every entity. Four statements at most."""
    today = max(work.day, at.date())
    roles = _roles_of(work.uploaded_by, today)
    entities = db.session.execute(
        select(Entity.id, Entity.key, Entity.name, Entity.closed_on, Entity.zone)
    ).all()
    return World(
        author_id=work.uploaded_by,
        day=work.day,
        spots={row.key: _spot(row, work.day) for row in entities},
        names={row.id: row.name for row in entities},
        reach=_reached(reach(roles, STAFF), today),
        administered=_reached(reach(roles, (Role.ADMIN,)), today),
        language=work.options.get("language", "fr"),
    )


def _spot(row: Any, day: date) -> Spot:
    return Spot(row.id, row.name, row.closed_on is not None and row.closed_on <= day, row.zone)


def _roles_of(person_id: int | None, day: date) -> set[tuple[str, int | None]]:
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.entity_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.person_id == person_id, Person.active, places.true_on(RoleGrant, day))
    )
    return {(row.role, row.entity_id) for row in rows}


def _reached(mine: Reach, day: date) -> frozenset[int] | None:
    if mine.everywhere:
        return None
    return frozenset(place.id for place in places.below(mine.entities, day))


def directory(numbers: Collection[str], emails: Collection[str]) -> Directory:
    """Those of these numbers or addresses. One statement."""
    found = _people(or_(Person.staff_number.in_(numbers), Person.email.in_(emails)))
    return Directory(
        {each.staff_number: each for each in found if each.staff_number},
        {each.email: each for each in found},
    )


def people(ids: Collection[int]) -> dict[int, Known]:
    return {each.id: each for each in _people(Person.id.in_(ids))}


def _people(whose: Any) -> list[Known]:
    keys = exists().where(RoleGrant.person_id == Person.id, RoleGrant.role == Role.ADMIN)
    rows = db.session.execute(
        select(
            Person.id,
            Person.email,
            Person.staff_number,
            Person.given_name,
            Person.family_name,
            Person.language,
            Person.zone,
            Person.joined_on,
            Person.active,
            Departure.last_on,
            keys.label("keeps_keys"),
            Posting.id.label("posting_id"),
            func.coalesce(Posting.entity_id, _last_entity()).label("entity_id"),
            func.coalesce(Posting.job_family, "").label("job_family"),
            func.coalesce(Posting.contract, "").label("contract"),
            func.coalesce(Posting.shift, "").label("shift"),
            Posting.manager_id,
            Posting.starts_on.label("posted_on"),
        )
        .outerjoin(Posting, and_(Posting.person_id == Person.id, Posting.ends_on.is_(None)))
        .outerjoin(Departure, Departure.person_id == Person.id)
        .where(whose)
    )
    return [Known(**row._mapping) for row in rows]


def _last_entity() -> Any:
    """Where somebody without a place at work had their last one."""
    last = select(Posting.entity_id).where(Posting.id == Departure.posting_id)
    return last.correlate(Departure).scalar_subquery()


def lines_of(import_id: int, lines: Sequence[int]) -> dict[int, ImportRow]:
    rows = db.session.scalars(
        fresh(
            select(ImportRow).where(
                ImportRow.import_id == import_id,
                ImportRow.line >= lines[0],
                ImportRow.line <= lines[-1],
            )
        )
    )
    return {row.line: row for row in rows if row.line is not None}


def already_said(
    import_id: int, keys: Collection[str], addresses: Collection[str]
) -> tuple[set[str], set[str]]:
    """Which of these numbers and addresses rows above have."""
    mine = ImportRow.import_id == import_id
    by_key = db.session.scalars(select(ImportRow.key).where(mine, ImportRow.key.in_(keys)))
    by_address = db.session.scalars(
        select(ImportRow.address).where(mine, ImportRow.address.in_(addresses))
    )
    return {each for each in by_key if each}, {each for each in by_address if each}


def referred(references: Collection[str]) -> dict[str, int]:
    """The number of each person referred to by staff number or address, of those with an open account."""
    rows = db.session.execute(
        select(Person.id, Person.email, Person.staff_number).where(
            Person.active, or_(Person.email.in_(references), Person.staff_number.in_(references))
        )
    )
    found: dict[str, int] = {}
    for row in rows:
        found[row.email] = row.id
        if row.staff_number:
            found[row.staff_number] = row.id
    return found


def said_of(import_id: int, references: Collection[str]) -> dict[str, int | None]:
    """Those referred to who are in the file, by a row that is right; newcomers have no number yet."""
    rows = db.session.execute(
        select(ImportRow.key, ImportRow.address, ImportRow.person_id).where(
            ImportRow.import_id == import_id,
            ImportRow.verdict != Verdict.WRONG,
            or_(ImportRow.person_id.is_not(None), ImportRow.verdict == Verdict.NEW),
            or_(ImportRow.key.in_(references), ImportRow.address.in_(references)),
        )
    )
    return {name: row.person_id for row in rows for name in (row.key, row.address) if name}


def in_reach(where: World) -> Select[Any]:
    """The numbers of everybody with an open account within reach."""
    found = select(Person.id).where(Person.active)
    if where.reach is not None:
        found = found.join(
            Posting, and_(Posting.person_id == Person.id, Posting.ends_on.is_(None))
        ).where(Posting.entity_id.in_(where.reach))
    return found


def absent(import_id: int, where: World, after: int, limit: int) -> list[int]:
    """Of those within reach, who is in no row of the file; the author is never absent."""
    said = exists().where(ImportRow.import_id == import_id, ImportRow.person_id == Person.id)
    found = in_reach(where).where(~said, Person.id > after, Person.id != (where.author_id or 0))
    return list(db.session.scalars(found.order_by(Person.id).limit(limit)))


def count_in_reach(where: World) -> int:
    return db.session.scalar(select(func.count()).select_from(in_reach(where).subquery())) or 0


def count_verdicts(import_id: int) -> dict[str, int]:
    rows = db.session.execute(
        select(ImportRow.verdict, func.count())
        .where(ImportRow.import_id == import_id)
        .group_by(ImportRow.verdict)
    )
    return {row[0]: row[1] for row in rows}


def some_rows(import_id: int, verdict: Verdict, limit: int = SHOWN) -> list[tuple[ImportRow, str]]:
    """The first rows of a verdict, each with the name of whom it means, if they have an account."""
    rows = db.session.execute(
        select(ImportRow, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.id == ImportRow.person_id)
        .where(ImportRow.import_id == import_id, ImportRow.verdict == verdict)
        .order_by(ImportRow.id)
        .limit(limit)
    )
    return [(row[0], " ".join(filter(None, row[1:]))) for row in rows]


def report(import_id: int, after: int = 0, at_once: int = 1_000) -> Iterator[Any]:
    """Every row that says something else than that nothing changes, a thousand at a time."""
    while True:
        rows = db.session.execute(
            select(ImportRow, Person.given_name, Person.family_name, Person.email)
            .outerjoin(Person, Person.id == ImportRow.person_id)
            .where(
                ImportRow.import_id == import_id,
                ImportRow.verdict != Verdict.SAME,
                ImportRow.id > after,
            )
            .order_by(ImportRow.id)
            .limit(at_once)
        ).all()
        if not rows:
            return
        after = rows[-1][0].id
        yield from rows


def unique(said: Iterable[str | None]) -> set[str]:
    return {each for each in said if each}
