"""What was reported and waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import and_, select, text

from academy.community.models import REPORTED, Group, Membership, Message, Report
from academy.community.naming import Said
from academy.community.posts.queries import MessageSeen, messages_for, seen
from academy.community.ranks import Rank
from academy.community.rights import Viewer
from academy.database import db

CASES = 20
TOLD = 200


class Reason(StrEnum):
    RUDE = "rude"
    PRIVATE = "private"
    ADVERT = "advert"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says is wrong. Who said it stays with the academy."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """A message somebody reported, with where it stands and what was said of it."""

    message: MessageSeen
    group_id: int
    group_name: Said
    ink: str
    told: tuple[Told, ...]


def cases(person_id: int, admin: bool, after: int = 0) -> tuple[tuple[Case, ...], int | None]:
    """A page of what this person has to decide about, the oldest first, and the cursor of the next one.

    Animators see their groups, administrators every group. Two statements.
    """
    here = and_(Membership.group_id == Group.id, Membership.person_id == person_id)
    statement = (
        messages_for(person_id)
        .add_columns(Group.name_fr, Group.name_en, Group.ink, Membership.rank)
        .join(Group, Group.id == Message.group_id)
        .outerjoin(Membership, here)
        .where(text(f"message.{REPORTED}"), Message.id > after)
    )
    if not admin:
        statement = statement.where(Membership.rank == Rank.ANIMATOR)
    rows = db.session.execute(statement.order_by(Message.id).limit(CASES + 1)).all()
    told = _told([row[0].id for row in rows[:CASES]])
    found = tuple(
        Case(
            message=seen(row, Viewer(person_id, Rank(row.rank) if row.rank else None, admin)),
            group_id=row[0].group_id,
            group_name=Said(row.name_fr, row.name_en),
            ink=row.ink,
            told=tuple(told.get(row[0].id, ())),
        )
        for row in rows[:CASES]
    )
    return found, found[-1].message.id if len(rows) > CASES else None


def rank(person_id: int, group: int) -> Rank | None:
    """Where the person stands in the group, whether or not they may see it."""
    found = db.session.scalar(
        select(Membership.rank).where(
            Membership.person_id == person_id, Membership.group_id == group
        )
    )
    return Rank(found) if found else None


def _told(numbers: Sequence[int]) -> dict[int, list[Told]]:
    """What was said of these messages, the first to speak first; beyond two hundred it is clear enough."""
    if not numbers:
        return {}
    told: dict[int, list[Told]] = {}
    rows = db.session.execute(
        select(Report.message_id, Report.reason, Report.words)
        .where(Report.message_id.in_(numbers), Report.closed_at.is_(None))
        .order_by(Report.id)
        .limit(TOLD)
    )
    for row in rows:
        told.setdefault(row.message_id, []).append(Told(Reason(row.reason), row.words))
    return told
