"""Who is told what of a group: its authors and its animators, and nobody of what they did themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from academy.community.groups.queries import GroupSeen, group_seen
from academy.community.models import Group, Membership, Message
from academy.community.naming import Said
from academy.community.ranks import Rank
from academy.database import db
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News

ANIMATORS = 50


def commented(post: Message, comment: int, author_id: int, at: datetime) -> None:
    """Tell whoever wrote the post, if they may still read it. Comments not read yet are one notice."""
    if post.author_id is None or post.author_id == author_id:
        return
    group = group_seen(post.author_id, post.group_id)
    if group is None or not group.may_read:
        return
    kind = Kind.REPLY if post.question else Kind.COMMENT
    data = _place(group, post.id, comment)
    news = News(kind, f"comment:{comment}", data, author_id, f"post:{post.id}", comment)
    notices.tell([post.author_id], news, at)


def chosen(comment: Message, by: int, at: datetime) -> None:
    """Tell whoever wrote it that it was marked as the answer, once however often marks change."""
    if comment.author_id is None or comment.post_id is None:
        return
    group = group_seen(comment.author_id, comment.group_id)
    if group is None or not group.may_read:
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
    data = _group(group.id, Said(group.name_fr, group.name_en))
    topic = f"group:{group.id}"
    notices.tell(judges, News(Kind.REPORT, f"report:{report}", data, None, topic, report), at)


def _place(group: GroupSeen, post: int, message: int) -> dict[str, Any]:
    return {**_group(group.id, group.name), "post": post, "message": message}


def _group(number: int, name: Said) -> dict[str, Any]:
    return {"group": number, "group_name": {"fr": name.fr, "en": name.en}}
