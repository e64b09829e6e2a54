"""Telling people, and what they do with it. The caller commits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, literal, select, update

from academy.database import BigId, Json, db, insert
from academy.notices import queries
from academy.notices.kinds import MAILABLE, Kind, wait
from academy.notices.models import Notice
from academy.people.models import Person
from academy.post import services as post

BY_MAIL = "notice"
FORGOTTEN_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell, in facts. `once` names the cause: nobody is told of it twice.

    What happens to one `topic` is gathered on one notice until it is read; then `number` says which
    happening this is, later ones having higher numbers.
    """

    kind: Kind
    once: str
    data: Mapping[str, Any] = field(default_factory=dict)
    actor_id: int | None = None
    topic: str = ""
    number: int = 0


def tell(readers: Collection[int], news: News, at: datetime) -> None:
    """Tell these people, but never the one who did it, in the transaction of what happened."""
    left = set(readers) - {news.actor_id}
    if news.topic:
        left -= _gathered(left, news, at)
    new = _written(left, news, at)
    missed = left - new.keys()
    if (
        news.topic and missed
    ):  # somebody else opened the same topic meanwhile, or this was told before
        _gathered(missed, news, at)
    if not new:
        return
    _count(new.keys(), 1)
    _mail(new, news.kind, at)


def read(person_id: int, at: datetime, number: int | None = None, until: int | None = None) -> int:
    """Mark one notice as read, or all `until` that number; gives how many were not yet."""
    mine = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    if number is not None:
        mine = mine.where(Notice.id == number)
    if until is not None:
        mine = mine.where(Notice.id <= until)
    marked = len(db.session.execute(_plainly(mine.values(read_at=at).returning(Notice.id))).all())
    if marked:
        _count([person_id], -marked)
    return marked


def forget(before: datetime) -> int:
    """Drop what was told long ago, a bounded number at a time; gives how many."""
    old = select(Notice.id).where(Notice.at < before).limit(FORGOTTEN_AT_ONCE)
    gone = db.session.execute(
        _plainly(
            delete(Notice).where(Notice.id.in_(old)).returning(Notice.person_id, Notice.read_at)
        )
    ).all()
    unread: dict[int, int] = {}
    for row in gone:
        if row.read_at is None:
            unread[row.person_id] = unread.get(row.person_id, 0) + 1
    for person_id in sorted(unread):
        _count([person_id], -unread[person_id])
    return len(gone)


def recount() -> int:
    """Set right every figure of unread notices that is wrong; gives how many were."""
    wrong = queries.miscounted()
    for person_id, unread in sorted(wrong.items()):
        db.session.execute(update(Person).where(Person.id == person_id).values(unread=unread))
    return len(wrong)


def _gathered(readers: Collection[int], news: News, at: datetime) -> set[int]:
    """Count it on the unread notices about the same topic; gives whose."""
    same = update(Notice).where(
        Notice.person_id.in_(readers),
        Notice.kind == news.kind,
        Notice.topic == news.topic,
        Notice.read_at.is_(None),
        Notice.number < news.number,
    )
    changed = same.values(
        count=Notice.count + 1,
        number=news.number,
        actor_id=news.actor_id,
        data=dict(news.data),
        at=at,
    ).returning(Notice.person_id)
    return set(db.session.scalars(_plainly(changed)))


def _written(readers: Collection[int], news: News, at: datetime) -> dict[int, int]:
    """Whom a new notice was written to, and its number."""
    known = exists().where(
        Notice.person_id == Person.id,
        Notice.kind == news.kind,
        Notice.topic == news.topic,
        Notice.number >= news.number,
    )
    source = select(
        Person.id,
        literal(str(news.kind)),
        literal(dict(news.data), Json),
        literal(news.actor_id, BigId),
        literal(news.topic),
        literal(news.number, BigId),
        literal(1),
        literal(news.once),
        literal(at, Notice.at.type),
    ).where(Person.id.in_(readers), Person.active)
    if news.topic:
        source = source.where(~known)
    columns = ["person_id", "kind", "data", "actor_id", "topic", "number", "count", "once", "at"]
    statement = (
        insert(Notice)
        .from_select(columns, source)
        .on_conflict_do_nothing()
        .returning(Notice.person_id, Notice.id)
    )
    return {row.person_id: row.id for row in db.session.execute(statement)}


def _count(people: Collection[int], more: int) -> None:
    """Keep the figure on each person; rows are taken in one order, so that nobody waits in a circle."""
    numbers = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    ordered = numbers.with_for_update(key_share=True) if len(people) > 1 else numbers
    db.session.execute(
        _plainly(update(Person).where(Person.id.in_(ordered)).values(unread=Person.unread + more))
    )


def put_letter(number: int, person_id: int, once: str, due_at: datetime) -> None:
    """A letter that mails this notice when it is due, if that is still wanted then: see `mailing`."""
    post.put(BY_MAIL, {"notice": number, "due": due_at.isoformat()}, once, due_at, about=person_id)


def _mail(new: Mapping[int, int], kind: Kind, at: datetime) -> None:
    """A letter for those who want mail."""
    if kind not in MAILABLE:
        return
    for person_id in sorted(queries.who_wants_mail(new.keys(), kind)):
        number = new[person_id]
        put_letter(number, person_id, f"notice:{number}", at + wait(kind))


def _plainly(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)
