"""Who is told what of a group: its authors and its animators, and nobody of what they did themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from academy.community.groups.queries import Visibility
from academy.community.models import Group, Membership, Message
from academy.community.ranks import BELONG, Rank
from academy.database import db
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News

ANIMATORS = 50


def commented(post: Message, comment: int, author_id: int, at: datetime) -> None:
    """Tell whoever wrote the post, if they may still read it. Comments not read yet are one notice."""
    group = _group_of(post.author_id, post.group_id) if post.author_id != author_id else None
    if group is None or post.author_id is None:
        return
    kind = Kind.REPLY if post.question else Kind.COMMENT
    data = _place(group, post.id, comment)
    news = News(kind, f"comment:{comment}", data, author_id, f"post:{post.id}", comment)
    notices.tell([post.author_id], news, at)


def chosen(comment: Message, by: int, at: datetime) -> None:
    """Tell whoever wrote it that it was marked as the answer, once however often marks change."""
    group = _group_of(comment.author_id, comment.group_id)
    if group is None or comment.author_id is None or comment.post_id is None:
        return
    data = _place(group, comment.post_id, comment.id)
    notices.tell([comment.author_id], News(Kind.CHOSEN, f"chosen:{comment.id}", data, by), at)


def reported(message: Message, report: int, reporter_id: int, at: datetime) -> None:
    """Tell those who animate the group, but neither who reported it nor who wrote it; nobody learns who."""
    animators = db.session.scalars(
        select(Membership.person_id)
        .where(Membership.group_id == message.group_id, Membership.rank == Rank.ANIMATOR)
        .order_by(Membership.id)
        .limit(ANIMATORS)
    )
    judges = set(animators) - {reporter_id, message.author_id}
    group = db.session.get_one(Group, message.group_id)
    data = {"group": group.id, "group_name": _both(group)}
    topic = f"group:{group.id}"
    notices.tell(judges, News(Kind.REPORT, f"report:{report}", data, None, topic, report), at)


def _group_of(person_id: int | None, number: int) -> Group | None:
    """The group, when this person may read it."""
    mine = and_(Membership.group_id == Group.id, Membership.person_id == person_id)
    readable = or_(Group.visibility == Visibility.OPEN, Membership.rank.in_(BELONG))
    statement = select(Group).outerjoin(Membership, mine).where(Group.id == number, readable)
    return db.session.scalar(statement) if person_id is not None else None


def _place(group: Group, post: int, message: int) -> dict[str, Any]:
    return {"group": group.id, "group_name": _both(group), "post": post, "message": message}


def _both(group: Group) -> dict[str, str]:
    return {"fr": group.name_fr, "en": group.name_en}
