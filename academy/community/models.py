"""Groups, their members, and what was written in them. Every figure kept on a row can be counted again."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.community.ranks import Rank
from academy.database import ID, Base

LONGEST_NAME = 80
LONGEST_PURPOSE = 300
LONGEST_REASON = 300
LONGEST_ONCE = 32
# Conditions of partial indexes, written out: a query that binds a value instead does not use them.
SEEN = "visibility <> 'hidden'"
REPORTED = "report_count > 0"
ANSWERS = "answer"


def _where(condition: str) -> dict[str, Any]:
    """A partial index: over these rows only."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Group(Base):
    """A circle of colleagues. `owner_feature` and `owner_subject` mark the private room of a feature."""

    __tablename__ = "community_group"
    __table_args__ = (
        UniqueConstraint("founder_id", "once"),
        UniqueConstraint("owner_feature", "owner_subject"),
        CheckConstraint("visibility IN ('open', 'closed', 'hidden')", name="visibility_is_known"),
        CheckConstraint("name_fr <> '' OR name_en <> ''", name="has_a_name"),
        CheckConstraint("animator_count > 0", name="an_animator_stays"),
        CheckConstraint("animator_count <= member_count", name="animators_are_members"),
        CheckConstraint(
            "(owner_feature IS NULL) = (owner_subject IS NULL)", name="a_room_has_a_subject"
        ),
        CheckConstraint("owner_feature IS NULL OR visibility = 'hidden'", name="rooms_are_hidden"),
        Index("ix_community_group_seen", "id", **_where(SEEN)),
    )

    id: Mapped[ID]
    founder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    once: Mapped[str | None] = mapped_column(String(LONGEST_ONCE))
    visibility: Mapped[str] = mapped_column(String(10))
    ink: Mapped[str] = mapped_column(String(20))
    name_fr: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_en: Mapped[str] = mapped_column(String(LONGEST_NAME))
    purpose_fr: Mapped[str] = mapped_column(String(LONGEST_PURPOSE))
    purpose_en: Mapped[str] = mapped_column(String(LONGEST_PURPOSE))
    created_at: Mapped[datetime]
    owner_feature: Mapped[str | None] = mapped_column(String(30))
    owner_subject: Mapped[str | None] = mapped_column(String(80))

    # counted as memberships change, under a lock on this row
    member_count: Mapped[int]
    animator_count: Mapped[int]


class Membership(Base):
    """Where somebody stands in a group: asking, member, animator, or removed and not let back in."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "group_id"),
        CheckConstraint("rank IN ('asked', 'member', 'animator', 'removed')", name="rank_is_known"),
        Index("ix_membership_group", "group_id", "rank", "id"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("community_group.id", ondelete="CASCADE"))
    rank: Mapped[str] = mapped_column(String(10), default=Rank.MEMBER)
    since: Mapped[datetime]


class Message(Base):
    """A post, or a comment under one (`post_id`). Deleted, its words are gone; hidden, they wait."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("author_id", "once"),
        CheckConstraint("post_id IS NULL OR NOT question", name="only_posts_ask"),
        CheckConstraint("post_id IS NOT NULL OR NOT answer", name="only_comments_answer"),
        CheckConstraint("deleted_at IS NULL OR source = ''", name="deleted_words_are_gone"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name="hidden_for_a_reason"),
        CheckConstraint(
            "comment_count >= 0 AND like_count >= 0 AND report_count >= 0", name="counts_are_counts"
        ),
        Index("ix_message_posts", "group_id", "id", **_where("post_id IS NULL")),
        Index("ix_message_comments", "post_id", "id"),
        Index("uq_message_answer", "post_id", unique=True, **_where(ANSWERS)),
        Index("ix_message_reported", "group_id", "id", **_where(REPORTED)),
        Index("ix_message_reported_anywhere", "id", **_where(REPORTED)),
    )

    id: Mapped[ID]
    group_id: Mapped[int] = mapped_column(ForeignKey("community_group.id", ondelete="CASCADE"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    question: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    # what an animator decided
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    # counted as things happen, under a lock on the post: comments and reports that still stand, likes
    comment_count: Mapped[int] = mapped_column(default=0)
    like_count: Mapped[int] = mapped_column(default=0)
    report_count: Mapped[int] = mapped_column(default=0)


class Like(Base):
    """Somebody liked a post or a comment, once."""

    __tablename__ = "message_like"

    message_id: Mapped[int] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Report(Base):
    """Somebody says that a message should not stand, once; open until it is `closed_at`."""

    __tablename__ = "message_report"
    __table_args__ = (UniqueConstraint("message_id", "person_id"),)

    id: Mapped[ID]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(10), default="")
