"""Groups of the directory as SCIM resources: they do nothing until an administrator ties one to a role."""

from collections.abc import Mapping, Sequence
from typing import Any

from scim2_models import (
    InvalidValueException,
    Meta,
    NotFoundException,
    PreconditionFailedException,
    ResponseParameters,
    SearchRequest,
)
from scim2_server.storage import SearchPage
from sqlalchemy import delete as deleting
from sqlalchemy import func, select

from academy.database import db, fresh
from academy.people.models import Person, new_key
from academy.people.provisioning import members
from academy.people.provisioning.facts import Writer
from academy.people.provisioning.models import DirectoryGroup, DirectoryMember
from academy.people.scim import attributes, filters, pages, reading
from academy.people.scim import order as orders
from academy.people.scim.filters import Condition
from academy.people.scim.shape import Group, Member
from academy.web.incoming import one_line

Within = Mapping[int, list[str]]
"""Of each group, the keys of everybody in it. Their names are not told: they are no news to a directory."""


def get(key: str, asked: ResponseParameters[Any] | None) -> Any:
    """The group of this key. One statement, and one for its members if they are asked for."""
    group = _found(key)
    return _shown(group, _members([group.id]) if _wants_members(asked) else {})


def search(asked: SearchRequest[Any], position: Any) -> SearchPage:
    """A page of groups. Three statements; two without members."""
    fitting = filters.asked_for(asked, attributes.groups())
    order = orders.by(asked, attributes.groups_by(), DirectoryGroup.id)
    found = pages.page(
        asked, position, order, select(DirectoryGroup).where(fitting), count(fitting)
    )
    resources = told([row[0] for row in found.rows], asked)
    return SearchPage(found.total, resources, found.next, found.previous)


def told(groups: Sequence[DirectoryGroup], asked: ResponseParameters[Any] | None) -> list[Any]:
    """These groups as resources. One statement, for their members, if these are asked for."""
    wanted = [group.id for group in groups]
    within = _members(wanted) if wanted and _wants_members(asked) else {}
    return [_shown(group, within) for group in groups]


def create(resource: Any, by: Writer) -> Any:
    reading.check(resource)
    group = DirectoryGroup(
        key=new_key(),
        name=_name(resource),
        name_filed=reading.filed(_name(resource)),
        external_id=resource.external_id,
        made_at=by.at,
        changed_at=by.at,
    )
    db.session.add(group)
    db.session.flush()  # members name it
    came, went = members.set_members(group, _numbers(resource), by)
    members.record_change(group, came, went, by)
    return _shown(group, _members([group.id]))


def update(resource: Any, expected: str | None, by: Writer) -> Any:
    """What is said now of the group. Raises NotFoundException, PreconditionFailedException."""
    reading.check(resource)
    group = _found(resource.id or "", locked=True)
    _check(group, expected)
    renamed = (group.name, group.external_id) != (_name(resource), resource.external_id)
    group.name, group.external_id = _name(resource), resource.external_id
    group.name_filed = reading.filed(group.name)
    came, went = members.set_members(group, _numbers(resource), by)
    if renamed or came or went:
        group.changed_at = by.at
        group.edition += 1
        members.record_change(group, came, went, by)
    db.session.flush()
    return _shown(group, _members([group.id]))


def delete(key: str, expected: str | None, by: Writer) -> None:
    """The group is gone, and the roles that came with it; nobody's account changes."""
    group = _found(key, locked=True)
    _check(group, expected)
    came, went = members.set_members(group, (), by)
    members.record_change(group, came, went, by)
    db.session.execute(deleting(DirectoryGroup).where(DirectoryGroup.id == group.id))


def _found(key: str, locked: bool = False) -> DirectoryGroup:
    statement = fresh(select(DirectoryGroup).where(DirectoryGroup.key == key))
    if not (key.isalnum() and key.isascii()):
        raise NotFoundException(detail="No group has this id.")
    group = db.session.scalar(statement.with_for_update() if locked else statement)
    if group is None:
        raise NotFoundException(detail="No group has this id.")
    return group


def _check(group: DirectoryGroup, expected: str | None) -> None:
    if expected is not None and _version(group) != expected:
        raise PreconditionFailedException(detail="The group was changed meanwhile: read it again.")


def _name(resource: Any) -> str:
    name = one_line(resource.display_name)
    if not name:
        raise InvalidValueException(detail="displayName: a group needs a name.")
    return name


def _numbers(resource: Any) -> set[int]:
    """Who is said to be in the group. Raises InvalidValueException for somebody who is not here."""
    keys = {key for key in map(_key, resource.members or ()) if key}
    found = members.numbered(keys)
    if missing := keys - found.keys():
        raise InvalidValueException(detail=f"members: no person has the id {min(missing)}.")
    return set(found.values())


def _key(member: Member) -> str:
    return (member.value or str(member.ref or "").rpartition("/")[2]).strip()


def _shown(group: DirectoryGroup, within: Within) -> Any:
    there = within.get(group.id, ())
    shown = Group.model_validate(
        {
            "displayName": group.name,
            "externalId": group.external_id,
            "members": [{"value": key, "$ref": f"Users/{key}"} for key in there] or None,
        }
    )
    shown.id = group.key
    shown.meta = Meta(
        resource_type="Group",
        created=group.made_at,
        last_modified=group.changed_at,
        version=_version(group),
    )
    return shown


def _version(group: DirectoryGroup) -> str:
    return f'W/"{group.edition}"'


def _members(groups: Sequence[int]) -> Within:
    """Everybody in these groups. One statement."""
    rows = db.session.execute(
        select(DirectoryMember.group_id, Person.directory_key)
        .join(Person, Person.id == DirectoryMember.person_id)
        .where(DirectoryMember.group_id.in_(groups))
        .order_by(DirectoryMember.group_id, Person.id)
    )
    found: dict[int, list[str]] = {}
    for group, key in rows:
        found.setdefault(group, []).append(str(key))
    return found


def _wants_members(asked: ResponseParameters[Any] | None) -> bool:
    """Not when the directory says that it does not want them."""
    excluded = (asked.excluded_attributes if asked else None) or ()
    return "members" not in {str(path).lower() for path in excluded}


def count(fitting: Condition) -> int:
    """How many groups fit."""
    return db.session.scalar(select(func.count(DirectoryGroup.id)).where(fitting)) or 0
