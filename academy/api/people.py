"""People as systems of human resources know them: a page of them, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, exists, or_, select

from academy.api.asked import Place
from academy.api.models import ApiPerson, ApiReader
from academy.api.sight import Sight
from academy.database import db
from academy.people import places
from academy.people.models import Entity, Person, Posting


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody; `number` and `entity_id` are ours alone."""

    number: int
    id: str
    staff_number: str | None
    given_name: str
    family_name: str
    open: bool
    trade: str | None
    entity: str | None
    entity_id: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is where the list goes on."""

    items: tuple[Told, ...]
    next: Place | None


def page(sight: Sight, place: Place, limit: int) -> Page:
    """Those after a place, by number. Two statements."""
    return _page(_after(sight, place.number, limit), sight, limit)


def changed(sight: Sight, place: Place, limit: int) -> Page:
    """Those whose data changed after a moment, in that order. Two statements."""
    return _page(_changed_after(sight, place, limit), sight, limit)


def keyed(key: str, sight: Sight) -> Told | None:
    """The person of this key, if within sight. One statement."""
    found = told(Person.directory_key == key, sight.today)
    seen = [each for each in found if _is_seen(each, sight)]
    return seen[0] if seen else None


def told(whom: ColumnElement[bool], today: date) -> tuple[Told, ...]:
    """These people, by number, each where they work today: the later written is right. One statement."""
    rows = db.session.execute(
        select(
            Person.id,
            Person.directory_key,
            Person.staff_number,
            Person.given_name,
            Person.family_name,
            Person.active,
            Posting.job_family,
            Entity.key,
            Posting.entity_id,
        )
        .outerjoin(Posting, and_(Posting.person_id == Person.id, places.true_on(Posting, today)))
        .outerjoin(Entity, Entity.id == Posting.entity_id)
        .where(whom, Person.directory_key.is_not(None))
        .order_by(Person.id, Posting.id)
    )
    found = {row.id: Told(*cast(tuple[Any, ...], row)) for row in rows}
    return tuple(found.values())


def keys(numbers: Iterable[int]) -> dict[int, str]:
    """The keys of these people. One statement."""
    rows = db.session.execute(
        select(Person.id, Person.directory_key).where(Person.id.in_(list(numbers)))
    )
    return {row.id: row.directory_key for row in rows}


def looked_at() -> ApiReader | None:
    return db.session.get(ApiReader, 1)


def _after(sight: Sight, number: int, limit: int) -> list[Place]:
    if sight.under is None:
        found = select(Person.id).where(Person.id > number).order_by(Person.id)
    else:
        found = (
            select(Posting.person_id)
            .where(_works_within(sight), Posting.person_id > number)
            .group_by(Posting.person_id)
            .order_by(Posting.person_id)
        )
    return [Place(each) for each in db.session.scalars(found.limit(limit + 1))]


def _changed_after(sight: Sight, place: Place, limit: int) -> list[Place]:
    moment = place.moment
    later = or_(
        ApiPerson.changed_at > moment,
        and_(ApiPerson.changed_at == moment, ApiPerson.person_id > place.number),
    )
    found = (
        select(ApiPerson.person_id, ApiPerson.changed_at)
        .where(ApiPerson.changed_at >= moment, later)
        .order_by(ApiPerson.changed_at, ApiPerson.person_id)
        .limit(limit + 1)
    )
    if sight.under is not None:
        found = found.where(
            exists().where(Posting.person_id == ApiPerson.person_id, _works_within(sight))
        )
    return [Place(row.person_id, row.changed_at) for row in db.session.execute(found)]


def _works_within(sight: Sight) -> ColumnElement[bool]:
    return and_(Posting.entity_id.in_(sight.under or ()), places.true_on(Posting, sight.today))


def _page(found: Sequence[Place], sight: Sight, limit: int) -> Page:
    """One more than is told says whether the list goes on. Who was placed twice that day may drop out."""
    here = found[:limit]
    known = {
        each.number: each
        for each in told(Person.id.in_([each.number for each in here]), sight.today)
    }
    items = (known[each.number] for each in here if each.number in known)
    following = here[-1] if len(found) > limit else None
    return Page(tuple(each for each in items if _is_seen(each, sight)), following)


def _is_seen(each: Told, sight: Sight) -> bool:
    return sight.under is None or each.entity_id in sight.under
