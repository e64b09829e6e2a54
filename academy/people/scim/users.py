"""People as SCIM resources: found, opened, changed, removed."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from scim2_models import Meta, NotFoundException, PreconditionFailedException, SearchRequest
from scim2_server.storage import SearchPage

from academy.database import db
from academy.people.models import Person
from academy.people.provisioning import queries, services
from academy.people.provisioning.facts import Facts, Writer
from academy.people.provisioning.models import DirectoryGroup, DirectoryRecord
from academy.people.provisioning.queries import Pair
from academy.people.scim import attributes, filters, pages, reading
from academy.people.scim import order as orders
from academy.people.scim.attributes import WORK
from academy.people.scim.shape import PROVIDER, EnterpriseUser, Membership, Someone

NOT_SAID = {"id", "meta", "groups"}


def get(key: str) -> Any:
    """The person of this key, as a directory sees them. Two statements. Raises NotFoundException."""
    person, record = _found(key)
    return shown(person, record, queries.groups_of([person.id]).get(person.id, ()))


def search(asked: SearchRequest[Any], position: Any) -> SearchPage:
    """A page of people. Three statements, however many there are."""
    fitting = filters.asked_for(asked, attributes.people())
    order = orders.by(asked, attributes.people_by(), Person.id)
    everybody = queries.everybody().where(fitting)
    found = pages.page(asked, position, order, everybody, queries.count(fitting))
    resources = told([(row[0], row[1]) for row in found.rows])
    return SearchPage(found.total, resources, found.next, found.previous)


def told(people: Sequence[Pair]) -> list[Any]:
    """These people as resources. One statement, for their groups."""
    groups = queries.groups_of([person.id for person, _record in people]) if people else {}
    return [shown(person, record, groups.get(person.id, ())) for person, record in people]


def create(resource: Any, by: Writer) -> Any:
    said = _said(resource)
    if said.active is None:
        said.active = True
    person = services.enrol(reading.facts(said), _words(said), by)
    db.session.flush()
    return shown(person, db.session.get(DirectoryRecord, person.id), ())


def update(resource: Any, expected: str | None, by: Writer) -> Any:
    """Apply what is said otherwise than before. Raises NotFoundException, PreconditionFailedException."""
    person, record = _found(resource.id or "", locked=True)
    now = shown(person, record, ())
    _check(now, expected)
    said = _said(resource)
    after = reading.facts(said)
    before = reading.facts(now)
    if _words(said) != _words(_said(now)):
        services.change(person, record, before, after, _words(said), by)
        db.session.flush()
    groups = queries.groups_of([person.id]).get(person.id, ())
    return shown(person, db.session.get(DirectoryRecord, person.id), groups)


def delete(key: str, expected: str | None, by: Writer) -> None:
    """Close the account; the directory finds the person no more."""
    person, record = _found(key, locked=True)
    now = shown(person, record, ())
    _check(now, expected)
    services.remove(person, record, reading.facts(now), _words(_said(now)), by)


def shown(person: Person, record: DirectoryRecord | None, groups: Sequence[DirectoryGroup]) -> Any:
    """What the directory said; of whom it said nothing yet, name and address."""
    words = record.said if record else _unsaid(person)
    said = Someone.model_validate(words)
    if record is not None:
        _as_it_is(said, person)
    said.meta = _meta(person, record, version([words, person.active, person.email]))
    said.id = person.directory_key
    said.groups = [_membership(group) for group in groups] or None
    return said


def known_of(person: Person, record: DirectoryRecord) -> Facts:
    """What the directory said of this person, as facts."""
    with PROVIDER:
        return reading.facts(shown(person, record, ()))


def _as_it_is(said: Any, person: Person) -> None:
    """An account closed here, or an address changed here, is told as it is."""
    if said.active is not None:
        said.active = person.active
    kept = reading.the_address(said.emails or ())
    if kept is not None and (kept.value or "").strip().lower() != person.email:
        kept.value = person.email
    work = said[EnterpriseUser]
    if work is not None and work.manager is not None and work.manager.value:
        work.manager.ref = f"Users/{work.manager.value}"


def _unsaid(person: Person) -> dict[str, Any]:
    return {
        "userName": person.email,
        "name": {"givenName": person.given_name, "familyName": person.family_name or None},
        "active": person.active,
        "emails": [{"value": person.email, "type": WORK, "primary": True}],
    }


def _said(resource: Any) -> Any:
    """A copy of what a directory may say, with the one address that is kept."""
    said = Someone.model_validate(resource.model_dump())
    for name in NOT_SAID:
        setattr(said, name, None)
    kept = reading.the_address(said.emails or ())
    said.emails = [kept] if kept else None
    work = said[EnterpriseUser]
    if work is not None and work.manager is not None:
        work.manager.value, work.manager.ref = reading.manager(work) or None, None
        work.manager = work.manager if work.manager.value else None
    return said


def _words(said: Any) -> dict[str, Any]:
    words: dict[str, Any] = said.model_dump()
    return {name: value for name, value in words.items() if name not in {*NOT_SAID, "schemas"}}


def _found(key: str, locked: bool = False) -> Pair:
    found = queries.keyed(key, locked) if key.isalnum() and key.isascii() else None
    if found is None:
        raise NotFoundException(detail="No person has this id.")
    return found


def _check(now: Any, expected: str | None) -> None:
    if expected is not None and now.meta.version != expected:
        raise PreconditionFailedException(detail="The person was changed meanwhile: read it again.")


def _meta(person: Person, record: DirectoryRecord | None, edition: str) -> Meta:
    return Meta(
        resource_type="User",
        created=record.made_at if record else person.created_at,
        last_modified=record.changed_at if record else person.created_at,
        version=edition,
    )


def version(told: Sequence[Any]) -> str:
    """Another one for whatever is told otherwise."""
    print_of = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]
    return f'W/"{print_of}"'


def _membership(group: DirectoryGroup) -> Membership:
    return Membership.model_validate(
        {"value": group.key, "$ref": f"Groups/{group.key}", "display": group.name}
    )
