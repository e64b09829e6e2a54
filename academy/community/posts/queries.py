"""Posts and comments as one person sees them, with what that person may do to each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, select, text
from sqlalchemy.orm import aliased

from academy.community.models import ANSWERS, REPORTED, Like, Membership, Message, Report
from academy.community.ranks import Rank
from academy.community.rights import Facts, May, Viewer, may, may_read_hidden
from academy.database import db
from academy.people.models import Person
from academy.people.names import full_name, initials

POSTS = 15
COMMENTS = 30
MANY = 100


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A post or a comment. `html` is empty where there is nothing to read, and `state` says why.

    `state` is shown, deleted or hidden; the reason is told to its author and to those who moderate.
    """

    id: int
    post_id: int | None
    author: str | None
    initials: str
    mine: bool
    question: bool
    answer: bool
    answered: bool
    language: str
    html: str
    state: str
    reason: str
    created_at: datetime
    edited: bool
    comment_count: int
    like_count: int
    liked: bool
    reported: bool
    may: frozenset[May]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the animators of a group; more than a hundred is a hundred."""

    requests: int
    reports: int


def posts(
    viewer: Viewer, group: int, before: int | None = None
) -> tuple[tuple[MessageSeen, ...], int | None]:
    """A page of posts, the newest first, and the cursor of the next one. One statement."""
    statement = messages_for(viewer.person_id).where(
        Message.group_id == group, Message.post_id.is_(None)
    )
    if before is not None:
        statement = statement.where(Message.id < before)
    rows = db.session.execute(statement.order_by(Message.id.desc()).limit(POSTS + 1)).all()
    found = tuple(seen(row, viewer) for row in rows[:POSTS])
    return found, found[-1].id if len(rows) > POSTS else None


def post(viewer: Viewer, group: int, number: int) -> MessageSeen | None:
    """The post of that number in this group."""
    row = db.session.execute(
        messages_for(viewer.person_id).where(
            Message.id == number, Message.group_id == group, Message.post_id.is_(None)
        )
    ).one_or_none()
    return seen(row, viewer) if row else None


def one(viewer: Viewer, number: int) -> MessageSeen | None:
    """A post or a comment by itself."""
    row = db.session.execute(
        messages_for(viewer.person_id).where(Message.id == number)
    ).one_or_none()
    return seen(row, viewer) if row else None


def comments(
    viewer: Viewer, number: int, after: int = 0
) -> tuple[tuple[MessageSeen, ...], int | None]:
    """A page of comments under a post, the oldest first, and the cursor of the next one."""
    statement = messages_for(viewer.person_id).where(Message.post_id == number, Message.id > after)
    rows = db.session.execute(statement.order_by(Message.id).limit(COMMENTS + 1)).all()
    found = tuple(seen(row, viewer) for row in rows[:COMMENTS])
    return found, found[-1].id if len(rows) > COMMENTS else None


def answer(viewer: Viewer, number: int) -> MessageSeen | None:
    """The comment marked as the answer to a question."""
    row = db.session.execute(
        messages_for(viewer.person_id).where(Message.post_id == number, text(f"message.{ANSWERS}"))
    ).one_or_none()
    return seen(row, viewer) if row else None


def waiting(group: int) -> Waiting:
    """What the animators of this group have to look at. One statement."""
    asked = select(Membership.id).where(Membership.group_id == group, Membership.rank == Rank.ASKED)
    reported = select(Message.id).where(Message.group_id == group, text(REPORTED))
    row = db.session.execute(select(_at_most_many(asked), _at_most_many(reported))).one()
    return Waiting(*row)


def message(number: int) -> Message | None:
    return db.session.get(Message, number)


def locked(number: int) -> Message | None:
    """The message, fresh; until the commit nobody else changes its post or what stands under it."""
    root = (
        select(func.coalesce(Message.post_id, Message.id))
        .where(Message.id == number)
        .scalar_subquery()
    )
    db.session.execute(select(Message.id).where(Message.id == root).with_for_update())
    return db.session.scalar(
        select(Message).where(Message.id == number).execution_options(populate_existing=True)
    )


def post_of(message: Message) -> Message:
    """The post a comment stands under, or the post itself."""
    if message.post_id is None:
        return message
    return db.session.scalars(
        select(Message)
        .where(Message.id == message.post_id)
        .execution_options(populate_existing=True)
    ).one()


def facts(message: Message, post: Message) -> Facts:
    """What rights depend on."""
    return Facts(
        author_id=message.author_id,
        is_post=message.post_id is None,
        asks=post.question and post.deleted_at is None and post.hidden_at is None,
        asker_id=post.author_id,
        deleted=message.deleted_at is not None,
        hidden=message.hidden_at is not None,
    )


def messages_for(person_id: int) -> Select[*tuple[Any, ...]]:
    """Messages with their author, the post they stand under, and what this person did to them."""
    parent, solved = aliased(Message), aliased(Message, name="solved")
    like = exists().where(Like.message_id == Message.id, Like.person_id == person_id)
    report = exists().where(Report.message_id == Message.id, Report.person_id == person_id)
    return (
        select(
            Message,
            Person.given_name,
            Person.family_name,
            and_(parent.question, parent.deleted_at.is_(None), parent.hidden_at.is_(None)).label(
                "asks"
            ),
            parent.author_id.label("asker_id"),
            solved.id.label("solved_by"),
            like.label("liked"),
            report.label("reported"),
        )
        .outerjoin(Person, Person.id == Message.author_id)
        .outerjoin(parent, parent.id == Message.post_id)
        .outerjoin(solved, and_(solved.post_id == Message.id, text(f"solved.{ANSWERS}")))
    )


def seen(row: Any, viewer: Viewer) -> MessageSeen:
    """A row of `messages_for`, as this viewer may see it."""
    message: Message = row[0]
    facts = Facts(
        author_id=message.author_id,
        is_post=message.post_id is None,
        asks=bool(row.asks),
        asker_id=row.asker_id,
        deleted=message.deleted_at is not None,
        hidden=message.hidden_at is not None,
    )
    reads = not facts.hidden or may_read_hidden(facts, viewer)
    named = row.given_name is not None
    return MessageSeen(
        id=message.id,
        post_id=message.post_id,
        author=full_name(row.given_name, row.family_name) if named else None,
        initials=initials(row.given_name, row.family_name) if named else "",
        mine=message.author_id == viewer.person_id,
        question=message.question,
        answer=message.answer,
        answered=row.solved_by is not None,
        language=message.language,
        html=message.html if reads else "",
        state=_state(message),
        reason=message.hidden_reason if reads else "",
        created_at=message.created_at,
        edited=message.edited_at is not None,
        comment_count=message.comment_count,
        like_count=message.like_count,
        liked=row.liked,
        reported=row.reported,
        may=may(facts, viewer),
    )


def _state(message: Message) -> str:
    if message.deleted_at is not None:
        return "deleted"
    return "hidden" if message.hidden_at is not None else "shown"


def _at_most_many(found: Select[*tuple[Any, ...]]) -> Any:
    return select(func.count()).select_from(found.limit(MANY).subquery()).scalar_subquery()
