"""When people work: one's calendar in two statements, many at once in three; their leave; what is closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from academy.database import BigId, db
from academy.people import places
from academy.people.calendar import Calendar, Span
from academy.people.models import Entity, Posting
from academy.people.places import Place, true_on
from academy.people.public_holidays import public_holidays
from academy.people.workdays.models import Leave, SiteClosure, WorkingPattern
from academy.people.workdays.patterns import Dated, changes

MOST_CLOSURES = 20
PAGE = 50


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which an entity is closed, with the entity's name."""

    id: int
    entity_id: int
    entity: str
    starts_on: date
    ends_on: date
    reason: str


def calendar_of(person_id: int, around: date) -> Calendar:
    """The person's working days in the year of `around`, the one before and the one after.

    Public holidays are those of the site they work at on that day. Two statements.
    """
    return calendar_at(places.chain(person_id, around), person_id, around)


def calendar_at(chain: tuple[Place, ...], person_id: int, around: date) -> Calendar:
    """The same for somebody whose place in the organisation is known. One statement."""
    window = _window(around)
    return _made(chain, window, _days_off([person_id], [place.id for place in chain], window))


def calendars_of(person_ids: Collection[int], around: date) -> dict[int, Calendar]:
    """`calendar_of` for many people at once: three statements, however many they are."""
    window, chains = _window(around), places.chains(person_ids, around)
    entities = {place.id for chain in chains.values() for place in chain}
    closed: dict[int, list[Row[Any]]] = {}
    off: dict[int, list[Row[Any]]] = {}
    for row in _days_off(person_ids, entities, window):
        (closed if row.kind == "closure" else off).setdefault(row.whose, []).append(row)
    found = {}
    for person_id in person_ids:
        chain = chains.get(person_id, ())
        closures = (row for place in chain for row in closed.get(place.id, ()))
        found[person_id] = _made(chain, window, [*closures, *off.get(person_id, ())])
    return found


def people_at(entity_id: int, day: date) -> list[int]:
    """Who works in this entity, or below, on that day. Two statements."""
    there = [place.id for place in places.below([entity_id], day)]
    posted = select(Posting.person_id).where(Posting.entity_id.in_(there), true_on(Posting, day))
    return list(db.session.scalars(posted.distinct().order_by(Posting.person_id)))


def pattern_on(person_id: int, day: date) -> frozenset[int]:
    """The weekdays the person works at that time. One statement."""
    return Calendar(changes=changes(_dated(patterns_of(person_id)))).pattern_on(day)


def patterns_of(person_id: int) -> list[WorkingPattern]:
    """Every pattern set for this person, the oldest first."""
    mine = select(WorkingPattern).where(WorkingPattern.person_id == person_id)
    order = (WorkingPattern.starts_on, WorkingPattern.id)
    return list(db.session.scalars(mine.order_by(*order)))


def leave_since(person_id: int, day: date) -> list[Leave]:
    """The leave that ends on this day or later, the soonest first."""
    return list(
        db.session.scalars(
            select(Leave)
            .where(Leave.person_id == person_id, Leave.ends_on >= day)
            .order_by(Leave.starts_on)
        )
    )


def leave_numbered(number: int) -> Leave | None:
    return db.session.get(Leave, number)


def closures_ahead(chain: tuple[Place, ...], today: date) -> list[SiteClosure]:
    """The next closures of these places, with their reasons."""
    return list(
        db.session.scalars(
            select(SiteClosure)
            .where(
                SiteClosure.entity_id.in_([place.id for place in chain]),
                SiteClosure.ends_on >= today,
            )
            .order_by(SiteClosure.starts_on)
            .limit(MOST_CLOSURES)
        )
    )


def closures_of(where: Collection[int] | None, today: date) -> tuple[tuple[Closure, ...], bool]:
    """The closures of these places (of all, for None) that are not over, and whether there are more."""
    statement = (
        select(SiteClosure, Entity.name)
        .join(Entity, Entity.id == SiteClosure.entity_id)
        .where(SiteClosure.ends_on >= today)
        .order_by(SiteClosure.starts_on, Entity.name, SiteClosure.id)
        .limit(PAGE + 1)
    )
    if where is not None:
        statement = statement.where(SiteClosure.entity_id.in_(where))
    found = [
        Closure(row.id, row.entity_id, name, row.starts_on, row.ends_on, row.reason)
        for row, name in db.session.execute(statement)
    ]
    return tuple(found[:PAGE]), len(found) > PAGE


def closure_numbered(number: int) -> tuple[SiteClosure, Entity] | None:
    """A closure and the entity that is closed."""
    row = db.session.execute(
        select(SiteClosure, Entity)
        .join(Entity, Entity.id == SiteClosure.entity_id)
        .where(SiteClosure.id == number)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def _dated(patterns: Iterable[WorkingPattern]) -> list[Dated]:
    return [Dated(each.starts_on, each.ends_on, each.weekdays) for each in patterns]


def _window(around: date) -> Span:
    first, last = max(around.year - 1, date.min.year), min(around.year + 1, date.max.year)
    return Span(date(first, 1, 1), date(last, 12, 31))


def _country(chain: tuple[Place, ...]) -> tuple[str | None, str | None]:
    """The country, and its region, of the nearest place that has one."""
    found = ((place.country, place.region) for place in chain if place.country)
    return next(found, (None, None))


def _made(chain: tuple[Place, ...], window: Span, days_off: Iterable[Row[Any]]) -> Calendar:
    """The calendar of somebody who works there and has these days off."""
    country, region = _country(chain)
    rows: dict[str, list[Row[Any]]] = {"closure": [], "leave": [], "pattern": []}
    for row in days_off:
        rows[row.kind].append(row)
    patterns = [Dated(row.starts_on, row.ends_on, row.weekdays) for row in rows["pattern"]]
    return Calendar(
        country=country,
        holidays=public_holidays(country, region, *range(window.first.year, window.last.year + 1)),
        closures=tuple(Span(row.starts_on, row.ends_on) for row in rows["closure"]),
        leave=tuple(Span(row.starts_on, row.ends_on) for row in rows["leave"]),
        changes=changes(patterns),
    )


def _days_off(
    person_ids: Collection[int], place_ids: Collection[int], window: Span
) -> Iterable[Row[Any]]:
    """Closures, leave and patterns that touch the window, in one statement."""
    facts = {"whose": list(person_ids), "places": list(place_ids), **window._asdict()}
    return db.session.execute(_DAYS_OFF, facts)


def _touching(
    kind: str, table: type[SiteClosure] | type[Leave] | type[WorkingPattern]
) -> Select[*tuple[Any, ...]]:
    whose = table.entity_id if issubclass(table, SiteClosure) else table.person_id
    weekdays = table.weekdays if table is WorkingPattern else cast(null(), Integer)
    return select(
        literal(kind, String).label("kind"),
        whose.label("whose"),
        table.id,
        table.starts_on,
        table.ends_on,
        weekdays.label("weekdays"),
    ).where(table.starts_on <= _LAST, or_(table.ends_on.is_(None), table.ends_on >= _FIRST))


# Written once: putting such a statement together takes longer than running it.
_FIRST, _LAST = bindparam("first", type_=Date()), bindparam("last", type_=Date())
_WHOSE = bindparam("whose", type_=BigId, expanding=True)
_PLACES = bindparam("places", type_=BigId, expanding=True)
_ALL = union_all(
    _touching("closure", SiteClosure).where(SiteClosure.entity_id.in_(_PLACES)),
    _touching("leave", Leave).where(Leave.person_id.in_(_WHOSE)),
    _touching("pattern", WorkingPattern).where(WorkingPattern.person_id.in_(_WHOSE)),
).subquery()
_DAYS_OFF = select(_ALL).order_by(_ALL.c.starts_on, _ALL.c.id)
