"""The log of releases, as pages and operators read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from academy.catalog import comparing
from academy.catalog.comparing import Comparison, Kind
from academy.catalog.models import Action, Origin, Release, ReleaseInForce
from academy.database import db
from academy.people.models import Person
from academy.people.names import full_name

PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log. `added`, `changed` and `withdrawn` are None when there was nothing to compare."""

    id: int
    key: str
    at: datetime
    action: str
    origin: str
    notes: str
    by: str
    counts: Mapping[str, int]
    size: int
    added: int | None
    changed: int | None
    withdrawn: int | None


_LINES = (
    select(
        ReleaseInForce.id,
        ReleaseInForce.release_key,
        ReleaseInForce.at,
        ReleaseInForce.action,
        ReleaseInForce.origin,
        ReleaseInForce.notes,
        Person.given_name,
        Person.family_name,
        Release.counts,
        Release.size,
        ReleaseInForce.added,
        ReleaseInForce.changed,
        ReleaseInForce.withdrawn,
    )
    .join(Release, Release.key == ReleaseInForce.release_key)
    .outerjoin(Person, Person.id == ReleaseInForce.person_id)
    .order_by(ReleaseInForce.id.desc())
)


def log(before: int | None = None) -> tuple[list[Line], bool]:
    """A page of the log, newest first, and whether there is an older page. One statement."""
    statement = _LINES if before is None else _LINES.where(ReleaseInForce.id < before)
    rows = db.session.execute(statement.limit(PAGE + 1)).all()
    return [_line(row) for row in rows[:PAGE]], len(rows) > PAGE


def line(number: int) -> tuple[Line, Comparison | None] | None:
    """One line, and what it changed from the line before; None when there is no such line."""
    statement = _LINES.add_columns(ReleaseInForce.changes).where(ReleaseInForce.id == number)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        return None
    return _line(row), comparing.read(row.changes) if row.changes else None


def newest() -> ReleaseInForce | None:
    """The line that says what is in force."""
    return db.session.scalar(select(ReleaseInForce).order_by(ReleaseInForce.id.desc()).limit(1))


def newest_shipped() -> ReleaseInForce | None:
    """The last time the release that comes with the software was published."""
    return db.session.scalar(
        select(ReleaseInForce)
        .where(ReleaseInForce.origin == Origin.SHIPPED, ReleaseInForce.action == Action.PUBLISH)
        .order_by(ReleaseInForce.id.desc())
        .limit(1)
    )


def newest_of(key: str) -> ReleaseInForce | None:
    """The last line that put this release in force."""
    return db.session.scalar(
        select(ReleaseInForce)
        .where(ReleaseInForce.release_key == key)
        .order_by(ReleaseInForce.id.desc())
        .limit(1)
    )


def before_publication_of(key: str) -> ReleaseInForce | None:
    """What was in force when this release was last published: where a roll-back leads."""
    published, earlier = aliased(ReleaseInForce), aliased(ReleaseInForce)
    last = (
        select(published.id)
        .where(published.release_key == key, published.action == Action.PUBLISH)
        .order_by(published.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.scalar(
        select(earlier).where(earlier.id < last).order_by(earlier.id.desc()).limit(1)
    )


def _line(row: Row[Any]) -> Line:
    return Line(
        id=row.id,
        key=row.release_key,
        at=row.at,
        action=row.action,
        origin=row.origin,
        notes=row.notes,
        by=full_name(row.given_name, row.family_name) if row.given_name else "",
        counts={kind.value: row.counts.get(kind, 0) for kind in Kind},
        size=row.size,
        added=row.added,
        changed=row.changed,
        withdrawn=row.withdrawn,
    )
