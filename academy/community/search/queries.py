"""What was said in the groups of one person, found by words, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true, union_all
from sqlalchemy.orm import aliased

from academy.community.groups.queries import GroupSeen
from academy.community.models import Group, Membership, Message
from academy.community.naming import Said
from academy.community.ranks import BELONG
from academy.community.search.words import Piece, excerpt, spellings
from academy.database import db
from academy.people.models import Person
from academy.people.names import full_name, initials

PAGE = 15
REACH = 3_000
"""So many posts are looked through, the latest, with what was replied to each."""


@dataclass(frozen=True, slots=True)
class Found:
    """A post, or a reply (`post_id`), with the part of it that has the words."""

    id: int
    group_id: int
    group: Said
    ink: str
    post_id: int | None
    question: bool
    author: str | None
    initials: str
    mine: bool
    language: str
    created_at: datetime
    excerpt: tuple[Piece, ...]


def search(
    person_id: int, words: tuple[str, ...], group: GroupSeen | None, before: int | None = None
) -> tuple[Sequence[Found], int | None]:
    """A page of what has all these words, and the cursor of the next one. One statement.

    In the groups this person belongs to, or in one group that they may read.
    """
    hits = _hits(_where(person_id, group), words).subquery()
    rows = db.session.execute(
        select(Message, Person.given_name, Person.family_name, Group)
        .join(hits, hits.c.id == Message.id)
        .join(Group, Group.id == Message.group_id)
        .outerjoin(Person, Person.id == Message.author_id)
        .where(Message.id < before if before is not None else true())
        .order_by(Message.id.desc())
        .limit(PAGE + 1)
    ).all()
    found = [_found(row, person_id, words) for row in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else None


def _where(person_id: int, group: GroupSeen | None) -> ColumnElement[bool]:
    if group is not None:
        return Message.group_id == group.id
    mine = select(Membership.group_id).where(
        Membership.person_id == person_id, Membership.rank.in_(BELONG)
    )
    return Message.group_id.in_(mine)


def _hits(where: ColumnElement[bool], words: tuple[str, ...]) -> Any:
    """The numbers of the posts and of the replies that have the words."""
    latest = select(Message.id).where(where, Message.post_id.is_(None))
    posts = latest.order_by(Message.id.desc()).limit(REACH).cte("latest")
    post, reply = aliased(Message), aliased(Message)
    return union_all(
        _said(post, words).join(posts, posts.c.id == post.id),
        _said(reply, words).join(posts, posts.c.id == reply.post_id),
    )


def _said(message: Any, words: tuple[str, ...]) -> Select[tuple[int]]:
    """Those with every word. What was deleted or hidden is not found."""
    return select(message.id).where(
        message.deleted_at.is_(None),
        message.hidden_at.is_(None),
        and_(
            *(
                or_(*(message.source.icontains(each, autoescape=True) for each in spellings(word)))
                for word in words
            )
        ),
    )


def _found(row: Any, person_id: int, words: tuple[str, ...]) -> Found:
    message, given, family, group = row
    return Found(
        id=message.id,
        group_id=group.id,
        group=Said(group.name_fr, group.name_en),
        ink=group.ink,
        post_id=message.post_id,
        question=message.question,
        author=full_name(given, family) if given is not None else None,
        initials=initials(given, family) if given is not None else "",
        mine=message.author_id == person_id,
        language=message.language,
        created_at=message.created_at,
        excerpt=excerpt(message.html, words),
    )
