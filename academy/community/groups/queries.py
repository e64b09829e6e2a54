"""Groups as one person sees them. A hidden group does not exist for those who do not belong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, func, select, text, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from academy.community.models import SEEN, Group, Membership, Message
from academy.community.naming import Said
from academy.community.ranks import BELONG, Rank
from academy.database import db
from academy.people.models import Person
from academy.people.names import full_name, initials

PAGE = 12
PEOPLE = 40
SHOWN_ANIMATORS = 5


class Visibility(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """A group, and the rank of the person who looks."""

    id: int
    visibility: Visibility
    ink: str
    name: Said
    purpose: Said
    member_count: int
    rank: Rank | None
    posted_at: datetime | None = None

    @property
    def belongs(self) -> bool:
        return self.rank in BELONG

    @property
    def animates(self) -> bool:
        return self.rank is Rank.ANIMATOR

    @property
    def may_read(self) -> bool:
        return self.belongs or self.visibility is Visibility.OPEN


@dataclass(frozen=True, slots=True)
class Member:
    """`number` is the membership's, for paging."""

    number: int
    person_id: int
    name: str
    initials: str
    rank: Rank
    since: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Some groups, and the cursor of the next ones."""

    groups: tuple[GroupSeen, ...]
    older: int | None


def group_seen(person_id: int, number: int) -> GroupSeen | None:
    """The group, or None when there is none for this person. One statement."""
    row = db.session.execute(_groups(person_id).where(Group.id == number)).one_or_none()
    found = _seen(row) if row else None
    if found is None or (found.visibility is Visibility.HIDDEN and not found.belongs):
        return None
    return found


def without_animator() -> list[int]:
    """The groups whose animators' accounts are all closed, and where somebody could take over."""
    there = select(Membership.id).join(Person, Person.id == Membership.person_id)
    there = there.where(Membership.group_id == Group.id, Person.active).correlate(Group)
    statement = select(Group.id).where(
        ~there.where(Membership.rank == Rank.ANIMATOR).exists(),
        there.where(Membership.rank == Rank.MEMBER).exists(),
    )
    return list(db.session.scalars(statement.order_by(Group.id)))


def next_animator(number: int) -> int | None:
    """Who would animate if nobody else did: the member who has been there longest and can sign in."""
    return db.session.scalar(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.group_id == number, Membership.rank == Rank.MEMBER, Person.active)
        .order_by(Membership.since, Membership.id)
        .limit(1)
    )


def mine(person_id: int, before: int | None = None) -> Page:
    """The groups somebody belongs to or asked to join, the newest first, each with its last post's moment."""
    last = aliased(Message)
    posts = (
        select(func.max(last.id))
        .where(last.group_id == Group.id, last.post_id.is_(None))
        .correlate(Group)
        .scalar_subquery()
    )
    statement = (
        select(Group, Membership.rank, Message.created_at)
        .join(Membership, Membership.group_id == Group.id)
        .outerjoin(Message, Message.id == posts)
        .where(Membership.person_id == person_id, Membership.rank.in_((*BELONG, Rank.ASKED)))
    )
    return _page(statement, Membership.group_id, before)


def to_discover(person_id: int, before: int | None = None) -> Page:
    """The groups anybody may see and this person has nothing to do with yet, the newest first."""
    statement = _groups(person_id).where(text(SEEN), Membership.id.is_(None))
    return _page(statement, Group.id, before)


def locked(number: int) -> Group:
    """The group's row; nobody else changes who belongs to it until the commit."""
    return db.session.scalars(
        select(Group)
        .where(Group.id == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def membership(person_id: int, number: int) -> Membership | None:
    return db.session.scalar(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.group_id == number)
        .execution_options(populate_existing=True)
    )


def animators(number: int, limit: int = SHOWN_ANIMATORS) -> Sequence[Member]:
    return _members(number, (Rank.ANIMATOR,), None, limit)


def asking(number: int) -> Sequence[Member]:
    """Those who wait for an answer, at most a page of them."""
    return _members(number, (Rank.ASKED,), None, PEOPLE)


def members(number: int, before: int | None) -> tuple[Sequence[Member], int | None]:
    """Those who belong without animating, the latest first, and the cursor of the next ones."""
    found = _members(number, (Rank.MEMBER,), before, PEOPLE + 1)
    return found[:PEOPLE], found[PEOPLE - 1].number if len(found) > PEOPLE else None


def person_by_email(email: str) -> int | None:
    """An open account."""
    return db.session.scalar(
        select(Person.id).where(Person.email == email.strip().lower(), Person.active)
    )


def _groups(person_id: int) -> Select[*tuple[Any, ...]]:
    mine = and_(Membership.group_id == Group.id, Membership.person_id == person_id)
    return select(Group, Membership.rank).outerjoin(Membership, mine)


def _page(
    statement: Select[*tuple[Any, ...]], number: InstrumentedAttribute[int], before: int | None
) -> Page:
    """Groups in the order of `number`, the column whose index brings them in that order."""
    if before is not None:
        statement = statement.where(number < before)
    rows = db.session.execute(statement.order_by(number.desc()).limit(PAGE + 1)).all()
    found = tuple(_seen(row) for row in rows[:PAGE])
    return Page(found, found[-1].id if len(rows) > PAGE else None)


def _seen(row: Any) -> GroupSeen:
    group, rank, *posted_at = row
    return GroupSeen(
        id=group.id,
        visibility=Visibility(group.visibility),
        ink=group.ink,
        name=Said(group.name_fr, group.name_en),
        purpose=Said(group.purpose_fr, group.purpose_en),
        member_count=group.member_count,
        rank=Rank(rank) if rank else None,
        posted_at=posted_at[0] if posted_at else None,
    )


def _members(
    number: int, ranks: Sequence[Rank], before: int | None, limit: int
) -> Sequence[Member]:
    statement = (
        select(
            Membership.id,
            Membership.person_id,
            Person.given_name,
            Person.family_name,
            Membership.rank,
            Membership.since,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.group_id == number, Membership.rank.in_(ranks))
        .where(Membership.id < before if before is not None else true())
        .order_by(Membership.id.desc())
        .limit(limit)
    )
    return [
        Member(
            row.id,
            row.person_id,
            full_name(row.given_name, row.family_name),
            initials(row.given_name, row.family_name),
            Rank(row.rank),
            row.since,
        )
        for row in db.session.execute(statement)
    ]
