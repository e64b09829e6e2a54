"""Founding groups, and who comes and goes. Whoever changes who belongs holds the lock on the group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from academy.community.groups import queries
from academy.community.groups.queries import GroupSeen, Visibility
from academy.community.models import Group, Membership
from academy.community.naming import Said
from academy.community.ranks import BELONG, Act, Rank, Seats, moved, seated
from academy.database import db, insert
from academy.refusal import Refusal
from academy.web import throttle
from academy.web.throttle import Limit

FOUNDATIONS = Limit("found-group", 10, timedelta(days=1))
ADDITIONS = Limit("add-member", 60, timedelta(hours=1))
REQUESTS = Limit("ask-group", 20, timedelta(days=1))


class LastAnimator(Refusal):
    """A group keeps at least one animator."""

    def __init__(self) -> None:
        super().__init__(
            _("A group needs somebody to animate it. Name another animator first."), 409
        )


class Removed(Refusal):
    """Removed from the group: only an animator lets them back in."""

    def __init__(self) -> None:
        super().__init__(
            _("An animator removed you from this group. Only an animator can let you back in."),
            403,
        )


class TooFast(Refusal):
    """So many in so short a time are not written by hand."""

    def __init__(self) -> None:
        super().__init__(
            _("That is a lot in a short time. Nothing was sent: try again in a few minutes."), 429
        )


@dataclass(frozen=True, slots=True)
class Charter:
    """What a group is for."""

    visibility: Visibility
    ink: str
    name: Said
    purpose: Said


@dataclass(frozen=True, slots=True)
class Room:
    """The private room of a feature: ("mentoring", "programme:7:mentors")."""

    feature: str
    subject: str


def found(founder_id: int, charter: Charter, once: str, at: datetime) -> int:
    """Open a group with its founder as animator, and give its number; the same for the same form.

    Raises TooFast.
    """
    known = db.session.scalar(
        select(Group.id).where(Group.founder_id == founder_id, Group.once == once)
    )
    if known is not None:
        return known
    slowly(FOUNDATIONS, founder_id, at)
    return _open(charter, (founder_id,), at, {"founder_id": founder_id, "once": once})


def open_room(room: Room, charter: Charter, animators: Sequence[int], at: datetime) -> int:
    """The hidden group that a feature owns, opened the first time it is asked for; gives its number.

    `animators` is not empty; others come in through `admit` and go through `act`.
    """
    known = db.session.scalar(
        select(Group.id).where(
            Group.owner_feature == room.feature, Group.owner_subject == room.subject
        )
    )
    if known is not None:
        return known
    owner = {"owner_feature": room.feature, "owner_subject": room.subject}
    return _open(charter, animators, at, {**owner, "visibility": Visibility.HIDDEN})


def amend(number: int, charter: Charter) -> None:
    """New words and another ink. Who may see the group never changes: people wrote in it trusting that."""
    group = queries.locked(number)
    group.ink = charter.ink
    group.name_fr, group.name_en = charter.name.fr, charter.name.en
    group.purpose_fr, group.purpose_en = charter.purpose.fr, charter.purpose.en


def join(person_id: int, group: GroupSeen, at: datetime) -> Rank | None:
    """Come in, or ask to where the door is closed; gives the rank reached. Raises Removed, TooFast."""
    if group.rank is Rank.REMOVED:
        raise Removed
    if group.rank is None:
        slowly(REQUESTS, person_id, at)
    return act(
        Act.JOIN if group.visibility is Visibility.OPEN else Act.ASK, person_id, group.id, at
    )


def add(animator_id: int, email: str, number: int, at: datetime) -> bool:
    """An animator brings a colleague in; False when nobody has this address. Raises TooFast.

    The caller commits in both cases: a wrong address counts too.
    """
    slowly(ADDITIONS, animator_id, at)
    person_id = queries.person_by_email(email)
    if person_id is not None:
        admit(person_id, number, at)
    return person_id is not None


def admit(person_id: int, number: int, at: datetime) -> None:
    """Make somebody a member, whatever they were before; an animator stays one."""
    act(Act.ADMIT, person_id, number, at)


def act(what: Act, person_id: int, number: int, at: datetime) -> Rank | None:
    """Move somebody from rank to rank and give the rank they have now. Raises LastAnimator."""
    group = queries.locked(number)
    row = queries.membership(person_id, number)
    before = Rank(row.rank) if row else None
    after = moved(before, what)
    if after is before:
        return after
    seats = seated(Seats(group.member_count, group.animator_count), before, after)
    if not seats.animators:
        raise LastAnimator
    group.member_count, group.animator_count = seats.members, seats.animators
    _stand(person_id, number, row, after, at)
    db.session.flush()  # pages count and list what was just changed
    return after


def slowly(limit: Limit, person_id: int, at: datetime) -> None:
    """Count one more; raises TooFast beyond the limit."""
    if not throttle.allow(limit, f"person {person_id}", at):
        raise TooFast


def _stand(
    person_id: int, number: int, row: Membership | None, rank: Rank | None, at: datetime
) -> None:
    if rank is None:
        db.session.delete(row)
    elif row is None:
        db.session.add(Membership(person_id=person_id, group_id=number, rank=rank, since=at))
    else:
        if rank is Rank.MEMBER and row.rank not in BELONG:
            row.since = at
        row.rank = rank


def _open(charter: Charter, animators: Sequence[int], at: datetime, more: dict[str, object]) -> int:
    """Write the group with its animators; when two came at once, the second finds the first one's."""
    values: dict[str, object] = {
        "visibility": charter.visibility,
        "ink": charter.ink,
        "name_fr": charter.name.fr,
        "name_en": charter.name.en,
        "purpose_fr": charter.purpose.fr,
        "purpose_en": charter.purpose.en,
        "created_at": at,
        "member_count": len(animators),
        "animator_count": len(animators),
        **more,
    }
    statement = insert(Group).values(values).on_conflict_do_nothing().returning(Group.id)
    number = db.session.execute(statement).scalar_one_or_none()
    if number is None:
        keys = {name: value for name, value in more.items() if name != "visibility"}
        return db.session.scalars(select(Group.id).filter_by(**keys)).one()
    db.session.add_all(
        Membership(person_id=each, group_id=number, rank=Rank.ANIMATOR, since=at)
        for each in animators
    )
    db.session.flush()  # what follows looks the memberships up
    return number
