"""What is looked up and put in order: by these attributes of people, by those of groups."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from academy.people.models import Person
from academy.people.provisioning import queries
from academy.people.provisioning.models import DirectoryGroup, DirectoryMember, DirectoryRecord
from academy.people.scim import filters, reading
from academy.people.scim.filters import Condition, Reader
from academy.people.scim.order import Sorted, perhaps

WORK = "work"
OF_PEOPLE = ("username", "active", "emails", "emails.value", "emails.type")
OF_GROUPS = ("displayname", "members", "members.value")
"""What the others have not: they are never found by it."""


def people(at_root: bool = False) -> dict[str, Reader]:
    """How people are looked up; at the root, among groups."""
    record = DirectoryRecord
    address = filters.text(Person.email, lambda typed: typed.strip().lower())
    said = record.said["emails"][0]["type"].as_string()
    kind: ColumnElement[Any] = case((record.person_id.is_(None), WORK), else_=func.lower(said))
    return {
        "id": filters.text(Person.directory_key),
        "username": filters.found(lambda typed: queries.called(reading.filed(typed))),
        "externalid": filters.found(queries.numbered),
        "active": filters.flag(Person.active),
        "emails": address,
        "emails.value": address,
        "emails.type": filters.text(kind, str.lower),
        "meta.lastmodified": filters.moment(func.coalesce(record.changed_at, Person.created_at)),
        **(dict.fromkeys(OF_GROUPS, filters.nothing) if at_root else {}),
    }


def groups(at_root: bool = False) -> dict[str, Reader]:
    """How groups are looked up; at the root, among people."""
    return {
        "id": filters.text(DirectoryGroup.key),
        "displayname": filters.text(DirectoryGroup.name_filed, reading.filed),
        "externalid": filters.text(DirectoryGroup.external_id),
        "members": _has,
        "members.value": _has,
        "meta.lastmodified": filters.moment(DirectoryGroup.changed_at),
        **(dict.fromkeys(OF_PEOPLE, filters.nothing) if at_root else {}),
    }


def people_by() -> dict[str, Sorted]:
    """By what people are put in order."""
    record, address = DirectoryRecord, Sorted(Person.email)
    return {
        "id": Sorted(Person.directory_key),
        "username": Sorted(func.coalesce(record.name_filed, Person.email)),
        "externalid": perhaps(record.external_id),
        "active": Sorted(Person.active),
        "emails": address,
        "emails.value": address,
        "meta.created": Sorted(func.coalesce(record.made_at, Person.created_at)),
        "meta.lastmodified": Sorted(func.coalesce(record.changed_at, Person.created_at)),
    }


def groups_by() -> dict[str, Sorted]:
    """By what groups are put in order."""
    return {
        "id": Sorted(DirectoryGroup.key),
        "displayname": Sorted(DirectoryGroup.name_filed),
        "externalid": perhaps(DirectoryGroup.external_id),
        "meta.created": Sorted(DirectoryGroup.made_at),
        "meta.lastmodified": Sorted(DirectoryGroup.changed_at),
    }


def _has(operator: Any, value: Any) -> Condition:
    """The groups that somebody is in."""
    who = filters.text(Person.directory_key)(operator, value)
    return DirectoryGroup.id.in_(
        select(DirectoryMember.group_id)
        .join(Person, Person.id == DirectoryMember.person_id)
        .where(who)
    )
