"""What people were told, and how they want to be told."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from academy.database import db
from academy.notices.kinds import Kind, by_mail
from academy.notices.models import Notice, Reminder, TeamDigest, Wishes
from academy.notices.quiet import UNCHOSEN, Quiet
from academy.notices.reminders.rhythm import HOUR
from academy.people.models import Person
from academy.people.names import full_name

PAGE = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One notice in facts; `actor` is the name of who did it, when they are still here."""

    id: int
    kind: str
    data: dict[str, Any]
    actor: str | None
    count: int
    at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class Post:
    """Whom a notice is to be mailed to, and how they want it."""

    told: Told
    person_id: int
    email: str
    given_name: str
    language: str
    zone: str
    wanted: bool
    quiet: Quiet


@dataclass(frozen=True, slots=True)
class Preferences:
    """How somebody wants to be told: `mail` has what they decided about, kind by kind."""

    mail: dict[str, bool] = field(default_factory=dict)
    quiet: Quiet = UNCHOSEN
    reminded: bool = True
    hour: time = HOUR
    digest: bool = False


def page(person_id: int, before: int | None = None) -> tuple[tuple[Told, ...], int | None]:
    """A page of notices, the latest first, and the cursor of the next one. One statement."""
    statement = _told().where(Notice.person_id == person_id)
    if before is not None:
        last = aliased(Notice)
        mark = select(last.at).where(last.id == before, last.person_id == person_id)
        at = mark.scalar_subquery()
        statement = statement.where(or_(Notice.at < at, and_(Notice.at == at, Notice.id < before)))
    ordered = statement.order_by(Notice.at.desc(), Notice.id.desc()).limit(PAGE + 1)
    rows = db.session.execute(ordered).all()
    found = tuple(_as_told(row) for row in rows[:PAGE])
    return found, found[-1].id if len(rows) > PAGE else None


def one(person_id: int, number: int) -> Told | None:
    """The notice of that number, when it is this person's."""
    mine = _told().where(Notice.id == number, Notice.person_id == person_id)
    row = db.session.execute(mine).one_or_none()
    return _as_told(row) if row else None


def to_mail(number: int) -> Post | None:
    """What is needed to write a notice by mail; None when it is gone, or its reader's account closed."""
    reader = aliased(Person)
    row = db.session.execute(
        _told()
        .add_columns(
            reader.id.label("reader_id"),
            reader.email,
            reader.given_name.label("reader_name"),
            reader.language,
            reader.zone,
            Wishes.mail,
            Wishes.quiet_from,
            Wishes.quiet_to,
        )
        .join(reader, reader.id == Notice.person_id)
        .outerjoin(Wishes, Wishes.person_id == reader.id)
        .where(Notice.id == number, reader.active)
    ).one_or_none()
    if row is None:
        return None
    return Post(
        told=_as_told(row),
        person_id=row.reader_id,
        email=row.email,
        given_name=row.reader_name,
        language=row.language,
        zone=row.zone,
        wanted=by_mail(Kind(row.kind), row.mail or {}),
        quiet=_quiet(row),
    )


def who_wants_mail(person_ids: Collection[int], kind: Kind) -> set[int]:
    """Those of them who want notices of this kind by mail too. One statement."""
    rows = db.session.execute(
        select(Wishes.person_id, Wishes.mail).where(Wishes.person_id.in_(person_ids))
    )
    chosen = {row.person_id: row.mail for row in rows}
    return {number for number in person_ids if by_mail(kind, chosen.get(number, {}))}


def preferences(person_id: int) -> Preferences:
    """How this person wants to be told; what they never decided is as it comes. One statement."""
    row = db.session.execute(
        select(
            Wishes.mail,
            Wishes.quiet_from,
            Wishes.quiet_to,
            Reminder.wanted,
            Reminder.hour,
            TeamDigest.next_at.is_not(None).label("digest"),
        )
        .select_from(Person)
        .outerjoin(Wishes, Wishes.person_id == Person.id)
        .outerjoin(Reminder, Reminder.person_id == Person.id)
        .outerjoin(TeamDigest, TeamDigest.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    return Preferences(
        mail=dict(row.mail or {}),
        quiet=_quiet(row),
        reminded=row.wanted is not False,
        hour=row.hour or HOUR,
        digest=bool(row.digest),
    )


def miscounted() -> dict[int, int]:
    """People whose figure of unread notices is wrong, and the right one. For operators and tests."""
    counted = (
        select(func.count(Notice.id))
        .where(Notice.person_id == Person.id, Notice.read_at.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Person.id, counted.label("unread")).where(Person.unread != counted)
    )
    return {row.id: row.unread for row in rows}


def _quiet(row: Any) -> Quiet:
    return UNCHOSEN if row.quiet_from is None else Quiet(row.quiet_from, row.quiet_to)


def _told() -> Select[*tuple[Any, ...]]:
    actor = aliased(Person)
    return select(
        Notice.id,
        Notice.kind,
        Notice.data,
        Notice.count,
        Notice.at,
        Notice.read_at,
        actor.given_name,
        actor.family_name,
    ).outerjoin(actor, actor.id == Notice.actor_id)


def _as_told(row: Any) -> Told:
    return Told(
        id=row.id,
        kind=row.kind,
        data=row.data,
        actor=full_name(row.given_name, row.family_name) if row.given_name is not None else None,
        count=row.count,
        at=row.at,
        unread=row.read_at is None,
    )
