"""Who is in a directory's groups, and the roles that come and go with them."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select, update

from academy.database import db
from academy.people import audit
from academy.people.audit import Act
from academy.people.models import Person, Role
from academy.people.provisioning.facts import Writer
from academy.people.provisioning.models import DirectoryGroup, DirectoryMember
from academy.people.roles import queries as roles
from academy.people.roles import services as granting
from academy.people.roles.services import RoleRefused

AT_ONCE = 500


def numbered(keys: Collection[str]) -> dict[str, int]:
    """The people of these keys, a few hundred in a statement."""
    wanted, found = sorted(keys), dict[str, int]()
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = db.session.execute(
            select(Person.directory_key, Person.id).where(Person.directory_key.in_(some))
        )
        found.update({key: number for key, number in rows if key})
    return found


def set_members(group: DirectoryGroup, wanted: Iterable[int], by: Writer) -> tuple[int, int]:
    """From now on these and no others are in the group; gives how many came and went."""
    there = set(
        db.session.scalars(
            select(DirectoryMember.person_id).where(DirectoryMember.group_id == group.id)
        )
    )
    wanted = set(wanted)
    coming, going = sorted(wanted - there), sorted(there - wanted)
    db.session.add_all(DirectoryMember(group_id=group.id, person_id=number) for number in coming)
    db.session.flush()  # a role is tied to the row that brought it
    if group.role:
        give_role(group, coming, by)
    for number in going if group.role else ():
        _take_back(group, number, by)
    _forget(group.id, going)
    return len(coming), len(going)


def give_role(group: DirectoryGroup, numbers: Iterable[int], by: Writer) -> None:
    """Members hold the role of their group from today; whoever holds it otherwise keeps it as it is."""
    for number in numbers:
        person = db.session.get_one(Person, number)
        try:
            days = (by.today, None)
            given = granting.grant(person, Role(str(group.role)), None, days, None, by.at)
        except RoleRefused:
            continue  # they hold it already, by somebody's hand
        db.session.flush()  # its number is kept with the membership
        db.session.execute(
            update(DirectoryMember)
            .where(DirectoryMember.group_id == group.id, DirectoryMember.person_id == number)
            .values(grant_id=given.id)
        )


def take_role(group: DirectoryGroup, by: Writer) -> None:
    """Nobody holds the role through this group any more."""
    for number in db.session.scalars(
        select(DirectoryMember.person_id)
        .where(DirectoryMember.group_id == group.id, DirectoryMember.grant_id.is_not(None))
        .order_by(DirectoryMember.person_id)
    ).all():
        _take_back(group, number, by)


def leave_everything(person: Person, by: Writer) -> None:
    """Out of every group, and of the roles that came with them."""
    groups = db.session.scalars(
        select(DirectoryGroup)
        .join(DirectoryMember, DirectoryMember.group_id == DirectoryGroup.id)
        .where(DirectoryMember.person_id == person.id)
        .order_by(DirectoryGroup.id)
    ).all()
    for group in groups:
        set_aside(group, person.id, by)


def set_aside(group: DirectoryGroup, number: int, by: Writer) -> None:
    """One person leaves one group."""
    if group.role:
        _take_back(group, number, by)
    _forget(group.id, [number])
    group.edition += 1


def record_change(group: DirectoryGroup, came: int, went: int, by: Writer) -> None:
    details = {"through": by.name, "+": came, "-": went}
    audit.record(None, Act.DIRECTORY_GROUP_CHANGED, f"group:{group.name}"[:120], by.at, details)


def _take_back(group: DirectoryGroup, number: int, by: Writer) -> None:
    """The role that came with this membership ends, unless another group of theirs brings it too."""
    mine = db.session.get(DirectoryMember, (group.id, number))
    if mine is None or mine.grant_id is None:
        return
    grant_id, mine.grant_id = mine.grant_id, None
    other = db.session.scalar(
        select(DirectoryMember)
        .join(DirectoryGroup, DirectoryGroup.id == DirectoryMember.group_id)
        .where(
            DirectoryMember.person_id == number,
            DirectoryMember.group_id != group.id,
            DirectoryGroup.role == group.role,
        )
        .limit(1)
    )
    if other is not None:
        other.grant_id = grant_id
        return
    given = roles.grant_numbered(grant_id)
    if given is not None:
        granting.revoke(given, None, by.at)


def _forget(group_id: int, numbers: Collection[int]) -> None:
    gone = sorted(numbers)
    for start in range(0, len(gone), AT_ONCE):
        db.session.execute(
            delete(DirectoryMember).where(
                DirectoryMember.group_id == group_id,
                DirectoryMember.person_id.in_(gone[start : start + AT_ONCE]),
            )
        )
