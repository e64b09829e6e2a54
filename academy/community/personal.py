"""What somebody wrote and did in groups. Erased, their words go and the places where they stood stay."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select, update

from academy.community.groups import queries, services
from academy.community.groups.services import LastAnimator
from academy.community.models import Like, Membership, Message, Report
from academy.community.ranks import Act
from academy.database import db
from academy.personal import FOR_GOOD, WHILE_HERE, Fate, Kept, Leaver

READERS = _("Those who may read the group.")

KEPT = (
    Kept(
        "message",
        "author_id",
        _("Your posts and comments"),
        _("To be read by your colleagues."),
        _("Until you delete them, or as long as your account."),
        READERS,
        Fate.DETACHED,
        _("An empty place in the conversation. What others wrote about you is theirs, and stays."),
        withheld=frozenset({"once", "html"}),
    ),
    Kept(
        "membership",
        "person_id",
        _("The groups you belong to, or asked to join"),
        _("To let you read and write there."),
        WHILE_HERE,
        READERS,
        Fate.DELETED,
    ),
    Kept(
        "message_like",
        "person_id",
        _("What you liked"),
        _("To count it once."),
        WHILE_HERE,
        _("You; the others see a number."),
        Fate.DELETED,
    ),
    Kept(
        "message_report",
        "person_id",
        _("What you reported, and your reason"),
        _("So that an animator can decide."),
        WHILE_HERE,
        _("Those who animate the group."),
        Fate.DELETED,
    ),
    Kept(
        "community_group",
        "founder_id",
        _("The groups you founded"),
        _("To open each of them once."),
        FOR_GOOD,
        _("Nobody."),
        Fate.DETACHED,
        _("The group, which belongs to its members."),
        withheld=frozenset({"once"}),
    ),
)


def prepare(leaver: Leaver, at: datetime) -> None:
    """Leave every group, take back likes, reports and words; all that is counted stays right."""
    joined = select(Membership.group_id).where(Membership.person_id == leaver.id)
    for group in db.session.scalars(joined.order_by(Membership.group_id)).all():
        _leave(leaver.id, group, at)
    _take_back(leaver.id)
    _silence(leaver.id, at)


def _leave(person_id: int, group: int, at: datetime) -> None:
    """Where nobody else animates, who has been there longest does; alone, they leave an empty group."""
    try:
        services.act(Act.LEAVE, person_id, group, at)
    except LastAnimator:
        next_one = queries.next_animator(group)
        if next_one is not None:
            services.act(Act.APPOINT, next_one, group, at)
            services.act(Act.LEAVE, person_id, group, at)


def _take_back(person_id: int) -> None:
    """What they liked and reported counts no more."""
    liked = select(Like.message_id).where(Like.person_id == person_id)
    reported = select(Report.message_id).where(
        Report.person_id == person_id, Report.closed_at.is_(None)
    )
    for which, column in ((liked, Message.like_count), (reported, Message.report_count)):
        db.session.execute(
            update(Message)
            .where(Message.id.in_(which))
            .values({column: column - 1})
            .execution_options(synchronize_session=False)
        )


def _silence(person_id: int, at: datetime) -> None:
    """Delete their words, with the likes they had and what reports said of them."""
    mine = select(Message.id).where(Message.author_id == person_id)
    posts = select(Message.post_id).where(
        Message.author_id == person_id, Message.deleted_at.is_(None), Message.hidden_at.is_(None)
    )
    under = posts.where(Message.post_id.is_not(None)).group_by(Message.post_id)
    counted = db.session.execute(under.add_columns(func.count())).all()
    for post, comments in counted:
        db.session.execute(
            update(Message)
            .where(Message.id == post)
            .values(comment_count=Message.comment_count - comments)
            .execution_options(synchronize_session=False)
        )
    db.session.execute(delete(Like).where(Like.message_id.in_(mine)))
    open_ones = Report.message_id.in_(mine), Report.closed_at.is_(None)
    db.session.execute(
        update(Report)
        .where(*open_ones)
        .values(closed_at=at, outcome="deleted")
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Report)
        .where(Report.message_id.in_(mine))
        .values(words="")
        .execution_options(synchronize_session=False)
    )
    gone = {"source": "", "html": "", "hidden_reason": "", "hidden_at": None, "answer": False}
    db.session.execute(
        update(Message)
        .where(Message.author_id == person_id)
        .values(
            **gone,
            like_count=0,
            report_count=0,
            deleted_at=func.coalesce(Message.deleted_at, at),
        )
        .execution_options(synchronize_session=False)
    )
