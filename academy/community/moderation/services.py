"""Reporting, and deciding. A message handed in here is locked: see `posts.queries.locked`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from academy.community import telling
from academy.community.groups import services as groups
from academy.community.groups.services import slowly
from academy.community.models import Message, Report
from academy.community.moderation.queries import Reason
from academy.community.posts import services as posts
from academy.community.posts.services import require
from academy.community.ranks import Act
from academy.community.rights import May, Viewer
from academy.database import db, insert
from academy.web.throttle import Limit

REPORTS = Limit("report-message", 20, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a message is hidden, in words for its author, and whether the author goes too."""

    reason: str
    remove_author: bool = False


def report(viewer: Viewer, message: Message, reason: Reason, words: str, at: datetime) -> None:
    """Ask the animators to look, once for each person. Raises NotAllowed, TooFast."""
    require(May.REPORT, viewer, message)
    slowly(REPORTS, viewer.person_id, at)
    statement = (
        insert(Report)
        .values(
            message_id=message.id, person_id=viewer.person_id, reason=reason, words=words, at=at
        )
        .on_conflict_do_nothing(index_elements=[Report.message_id, Report.person_id])
        .returning(Report.id)
    )
    for number in db.session.scalars(statement).all():
        message.report_count += 1
        telling.reported(message, number, viewer.person_id, at)


def keep(viewer: Viewer, message: Message, at: datetime) -> None:
    """Nothing wrong with it: what was reported is answered."""
    if not message.report_count:
        return
    require(May.HIDE, viewer, message)
    posts.close_reports(message, "kept", at)


def hide(viewer: Viewer, message: Message, verdict: Verdict, at: datetime) -> None:
    """Take a message out of sight; its author reads why. Hidden already, it keeps its first reason.

    Raises NotAllowed, and LastAnimator when its author is the only one who animates the group.
    """
    if message.hidden_at is not None:
        return
    require(May.HIDE, viewer, message)
    posts.hide(message, verdict.reason, at)
    posts.close_reports(message, "hidden", at)
    if verdict.remove_author and message.author_id is not None:
        groups.act(Act.REMOVE, message.author_id, message.group_id, at)


def show(viewer: Viewer, message: Message) -> None:
    """An animator thought again."""
    if message.hidden_at is None:
        return
    require(May.SHOW, viewer, message)
    posts.show(message)
