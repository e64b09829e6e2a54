"""Groups of directories, as administrators see them: tied to a role, or to none."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from academy.database import db
from academy.people import audit
from academy.people.audit import Act
from academy.people.models import Role
from academy.people.provisioning import members
from academy.people.provisioning.facts import Writer
from academy.people.provisioning.models import DirectoryGroup, DirectoryMember
from academy.refusal import Refusal

LISTED = 100
MOST = 500


class GroupTooLarge(Refusal):
    """A role is for a few; a group of many is no role."""

    def __init__(self) -> None:
        super().__init__(
            _("More than 500 people are in this group: that is too many for a role."), 409
        )


@dataclass(frozen=True, slots=True)
class Listed:
    id: int
    name: str
    role: str
    people: int


def listed() -> tuple[Listed, ...]:
    """The groups, and how many people are in each. One statement."""
    rows = db.session.execute(
        select(DirectoryGroup, func.count(DirectoryMember.person_id))
        .outerjoin(DirectoryMember, DirectoryMember.group_id == DirectoryGroup.id)
        .group_by(DirectoryGroup.id)
        .order_by(DirectoryGroup.name_filed, DirectoryGroup.id)
        .limit(LISTED)
    )
    return tuple(Listed(group.id, group.name, group.role or "", count) for group, count in rows)


def numbered(number: int) -> DirectoryGroup | None:
    """Locked until the commit."""
    return db.session.scalar(
        select(DirectoryGroup).where(DirectoryGroup.id == number).with_for_update()
    )


def tie(group: DirectoryGroup, role: Role | None, actor_id: int, at: datetime) -> None:
    """From now on members hold this role, and not the one of before. Raises GroupTooLarge."""
    if group.role == role:
        return
    by = Writer("", at)
    within = db.session.scalars(
        select(DirectoryMember.person_id)
        .where(DirectoryMember.group_id == group.id)
        .order_by(DirectoryMember.person_id)
        .limit(MOST + 1)
    ).all()
    if role is not None and len(within) > MOST:
        raise GroupTooLarge
    if group.role is not None:
        members.take_role(group, by)
    group.role = role
    if role is not None:
        members.give_role(group, within, by)
    details = {"role": role} if role else {}
    subject = f"group:{group.name}"[:120]
    audit.record(actor_id, Act.DIRECTORY_GROUP_TIED, subject, at, details)
