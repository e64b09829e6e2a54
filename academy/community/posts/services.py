"""Writing, changing, liking, answering. A message handed in here is locked: see `queries.locked`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete as delete_rows
from sqlalchemy import select, text, update

from academy import clock
from academy.community import once, rights, telling
from academy.community.groups.services import slowly
from academy.community.models import ANSWERS, Like, Message, Report
from academy.community.posts import queries
from academy.community.rights import May, Viewer
from academy.community.writing import post_html
from academy.database import db, insert
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.learning import services as study
from academy.people.models import Person
from academy.refusal import Refusal
from academy.rewards import services as rewards
from academy.rewards.services import NOTHING, Earned
from academy.web.throttle import Limit

POSTS = Limit("write-post", 12, timedelta(minutes=10))
COMMENTS = Limit("write-comment", 40, timedelta(minutes=10))
LIKES = Limit("like-message", 120, timedelta(minutes=10))


class NotAllowed(Refusal):
    """The message is somebody else's, or is closed to this."""

    def __init__(self) -> None:
        super().__init__(
            _("This message cannot be changed that way, or not by you. Nothing was changed."), 403
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed; `token` names the form it was typed in."""

    text: str
    language: str
    token: str
    question: bool = False


def write(viewer: Viewer, group: int, draft: Draft, at: datetime) -> int:
    """Publish a post in a group, by its number; gives the post's, the same for the same form.

    `viewer` is who they are in that group. Raises NotAllowed, TooFast.
    """
    if not viewer.belongs:
        raise NotAllowed
    number, new = _publish(viewer.person_id, group, None, draft, at)
    if new:
        slowly(POSTS, viewer.person_id, at)
    return number


def comment(viewer: Viewer, post: Message, draft: Draft, at: datetime) -> int:
    """Publish a comment under a post, counted on the post. Raises NotAllowed, TooFast."""
    require(May.COMMENT, viewer, post)
    number, new = _publish(viewer.person_id, post.group_id, post.id, draft, at)
    if new:
        slowly(COMMENTS, viewer.person_id, at)
        post.comment_count += 1
        telling.commented(post, number, viewer.person_id, at)
    return number


def edit(viewer: Viewer, message: Message, words: str, at: datetime) -> None:
    require(May.EDIT, viewer, message)
    if message.source == words:
        return
    message.source, message.html, message.edited_at = words, post_html(words), at


def delete(viewer: Viewer, message: Message, at: datetime) -> None:
    """Take one's words back: they are gone, with their likes and open reports; their place stays."""
    if message.deleted_at is not None:
        return
    require(May.DELETE, viewer, message)
    if message.hidden_at is None:
        _stands(message, -1)
    message.source = message.html = message.hidden_reason = ""
    message.deleted_at, message.hidden_at, message.answer = at, None, False
    message.like_count = 0
    db.session.execute(delete_rows(Like).where(Like.message_id == message.id))
    close_reports(message, "deleted", at)


def like(viewer: Viewer, message: Message, wanted: bool, at: datetime) -> None:
    """Like it, or no longer. Asking for what is so already changes nothing. Raises NotAllowed, TooFast."""
    require(May.LIKE, viewer, message)
    slowly(LIKES, viewer.person_id, at)
    if wanted:
        statement = insert(Like).values(message_id=message.id, person_id=viewer.person_id)
        statement = statement.on_conflict_do_nothing().returning(Like.message_id)
        message.like_count += len(db.session.execute(statement).all())
    else:
        gone = delete_rows(Like).where(
            Like.message_id == message.id, Like.person_id == viewer.person_id
        )
        message.like_count -= len(db.session.execute(gone.returning(Like.message_id)).all())


def mark(viewer: Viewer, comment: Message, wanted: bool, at: datetime) -> Earned:
    """Say that this comment answers the question, in place of any other, or no longer.

    Whoever helped somebody else is paid, once for each question, however often marks change.
    """
    require(May.MARK, viewer, comment)
    if comment.answer == wanted:
        return NOTHING
    db.session.execute(
        update(Message)
        .where(Message.post_id == comment.post_id, text(ANSWERS))
        .values(answer=False)
    )
    comment.answer = wanted
    db.session.flush()  # one answer at a time: the other one went first
    if not wanted:
        return NOTHING
    telling.chosen(comment, viewer.person_id, at)
    return _thank(comment, at)


def require(what: May, viewer: Viewer, message: Message) -> None:
    facts = queries.facts(message, queries.post_of(message))
    if what not in rights.may(facts, viewer):
        raise NotAllowed


def close_reports(message: Message, outcome: str, at: datetime) -> None:
    """Every open report on the message gets this outcome."""
    db.session.execute(
        update(Report)
        .where(Report.message_id == message.id, Report.closed_at.is_(None))
        .values(closed_at=at, outcome=outcome)
    )
    message.report_count = 0


def hide(message: Message, reason: str, at: datetime) -> None:
    """Keep its words from the others, and say why to its author; a hidden answer answers no more."""
    message.hidden_at, message.hidden_reason, message.answer = at, reason, False
    _stands(message, -1)


def show(message: Message) -> None:
    """Undo `hide`."""
    message.hidden_at, message.hidden_reason = None, ""
    _stands(message, 1)


def _stands(message: Message, more: int) -> None:
    """A post counts the comments that can be read."""
    if message.post_id is not None:
        queries.post_of(message).comment_count += more


def _publish(
    author_id: int, group: int, post: int | None, draft: Draft, at: datetime
) -> tuple[int, bool]:
    """The number of the message, and whether it was just written."""
    mark = once.mark(draft.token, str(group), str(post), draft.text)
    statement = (
        insert(Message)
        .values(
            group_id=group,
            post_id=post,
            author_id=author_id,
            once=mark,
            question=draft.question,
            language=draft.language,
            source=draft.text,
            html=post_html(draft.text),
            created_at=at,
        )
        .on_conflict_do_nothing(index_elements=[Message.author_id, Message.once])
        .returning(Message.id)
    )
    new: int | None = db.session.execute(statement).scalar_one_or_none()
    if new is not None:
        return new, True
    known = select(Message.id).where(Message.author_id == author_id, Message.once == mark)
    return db.session.scalars(known).one(), False


def _thank(comment: Message, at: datetime) -> Earned:
    """The deed of having helped; nobody helps themselves."""
    if comment.author_id is None or comment.author_id == queries.post_of(comment).author_id:
        return NOTHING
    today = clock.day_in(db.session.get_one(Person, comment.author_id).zone, at)
    act = Act(
        comment.author_id,
        Verb.ANSWER_HELPED,
        str(comment.id),
        at,
        today,
        f"answer:{comment.post_id}",
    )
    return study.celebrate(rewards.record(act), comment.author_id, at, today)
