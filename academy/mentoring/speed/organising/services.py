"""What organisers do with meetings: lock, move, change, cancel, announce.

Each holds the programme's row until the commit, and refuses what was decided on an older page.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from academy.database import db
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.speed.inviting import queries, telling
from academy.mentoring.speed.inviting import services as inviting
from academy.mentoring.speed.inviting.queries import COMING, TO_COME
from academy.mentoring.speed.inviting.telling import Cause
from academy.mentoring.speed.models import CHAIRS, Reply, Seat, SpeedMeeting, Stage
from academy.refusal import Refusal


class MeetingChanged(Refusal):
    """Another organiser, another tab or a new composition changed the meeting after this page was read."""

    def __init__(self) -> None:
        super().__init__(
            _("This meeting changed while you had it open. Read it again, then decide."), 409
        )


class NoSuchMeeting(Refusal):
    """It was composed anew, or is another programme's."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no such meeting any more: the meetings have been composed again."), 404
        )


class Over(Refusal):
    """It has begun, was held, or is cancelled."""

    def __init__(self) -> None:
        super().__init__(
            _("This meeting has begun or is cancelled: nothing changes any more."), 409
        )


class NotPossible(Refusal):
    """A reporting line or a wish to avoid somebody: the reason is told to nobody."""

    def __init__(self) -> None:
        super().__init__(
            _("Not possible: somebody sits in that meeting whom they must not meet there."), 409
        )


class NoChair(Refusal):
    """The meeting has all the people it may have on that side."""

    def __init__(self) -> None:
        super().__init__(
            _("That meeting is full on this side: move somebody out of it first."), 409
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """When, where, and for how many of each side."""

    starts_at: datetime
    zone: str
    place: str
    room: str
    chairs: int


def lock(
    programme: int, number: int, version: int, person_id: int, locked: bool, at: datetime
) -> None:
    """Composing again leaves this person where they are, or may move them again. Raises MeetingChanged."""
    meeting = _held(programme, number)
    seat = _seat(meeting, person_id)
    if seat.locked == locked:
        return
    _as_read(meeting, version, at)
    seat.locked = locked
    meeting.version += 1


def move(
    programme: int, number: int, version: int, person_id: int, to: int, today: date, at: datetime
) -> None:
    """Another meeting for somebody. Raises MeetingChanged, Over, NoChair, NotPossible."""
    meeting, target = _held(programme, number), _held(programme, to)
    already = queries.seat(target.id, person_id)
    if already is not None and already.reply in CHAIRS:
        return
    seat = _seat(meeting, person_id)
    _as_read(meeting, version, at)
    _require_room(meeting, target, seat, today, at)
    if already is not None:
        db.session.delete(already)
        db.session.flush()  # the chair is theirs in place of what they had there
    seat.meeting_id = target.id
    _told_of_move(target, seat, at)
    for each in (meeting, target):
        each.version += 1
    db.session.flush()  # whoever waits sees who sits where
    inviting.fill(meeting, today, at)


def _require_room(
    meeting: SpeedMeeting, target: SpeedMeeting, seat: Seat, today: date, at: datetime
) -> None:
    announced = target.state == Stage.ANNOUNCED or meeting.state == Stage.PLANNED
    if target.state not in TO_COME or target.starts_at <= at or not announced:
        raise Over
    if queries.chairs([target.id])[target.id].taken(seat.side) >= target.chairs:
        raise NoChair
    if not inviting.possible(target.programme_id, target.id, seat.person_id, seat.side, today):
        raise NotPossible


def _told_of_move(target: SpeedMeeting, seat: Seat, at: datetime) -> None:
    """Once meetings are announced: the entry in their calendar moves too."""
    if target.state != Stage.ANNOUNCED:
        return
    cause = Cause.CHANGED if seat.reply in COMING else Cause.INVITED
    seat.reply, seat.invited_at, seat.reminded_at = Reply.INVITED, at, None
    seat.sequence += 1
    telling.put(target, cause, at, seat.id)


def change(programme: int, number: int, version: int, terms: Terms, at: datetime) -> None:
    """Another time, place or room; whoever was invited is told, and asked again if the time changed.

    Raises MeetingChanged, Over.
    """
    meeting = _held(programme, number)
    now = Terms(meeting.starts_at, meeting.zone, meeting.place, meeting.room, meeting.chairs)
    if now == terms:
        return
    _as_read(meeting, version, at)
    where = (now.place, now.room) != (terms.place, terms.room)
    when = now.starts_at != terms.starts_at
    meeting.starts_at, meeting.zone, meeting.chairs = terms.starts_at, terms.zone, terms.chairs
    meeting.place, meeting.room = terms.place, terms.room
    meeting.version += 1
    if meeting.state == Stage.ANNOUNCED and (when or where):
        db.session.flush()  # the letter names the new version
        _told_again(meeting, Cause.CHANGED, at, asked_again=when)


def cancel(programme: int, number: int, version: int, at: datetime) -> None:
    """It will not be held; whoever was invited is told. Twice is once. Raises MeetingChanged, Over."""
    meeting = _held(programme, number)
    if meeting.state == Stage.CANCELLED:
        return
    _as_read(meeting, version, at)
    announced = meeting.state == Stage.ANNOUNCED
    meeting.state = Stage.CANCELLED
    meeting.version += 1
    db.session.flush()  # the letter names the new version
    if announced:
        _told_again(meeting, Cause.CANCELLED, at, asked_again=False)


def announce(programme: int, number: int, version: int, at: datetime) -> None:
    """Invite those who sit there. Pressed twice it is done once. Raises MeetingChanged, Over."""
    meeting = _held(programme, number)
    if meeting.state == Stage.ANNOUNCED:
        return
    _as_read(meeting, version, at)
    _announce([number], at)


def announce_all(programme: int, at: datetime) -> int:
    """Invite everybody of the planned meetings that are still to come; gives how many meetings."""
    programmes.locked(programme)
    planned = SpeedMeeting.programme_id == programme, SpeedMeeting.state == Stage.PLANNED
    numbers = db.session.scalars(
        select(SpeedMeeting.id).where(*planned, SpeedMeeting.starts_at > at)
    ).all()
    _announce(numbers, at)
    return len(numbers)


def _announce(numbers: Collection[int], at: datetime) -> None:
    """Four statements, however many there are: mails are written by the worker."""
    these = SpeedMeeting.id.in_(numbers)
    _run(
        update(SpeedMeeting)
        .where(these)
        .values(state=Stage.ANNOUNCED, version=SpeedMeeting.version + 1)
    )
    placed = Seat.meeting_id.in_(numbers), Seat.reply == Reply.PLACED
    invited = {"reply": Reply.INVITED, "invited_at": at, "sequence": Seat.sequence + 1}
    _run(update(Seat).where(*placed).values(invited))
    found = select(SpeedMeeting).where(these).execution_options(populate_existing=True)
    telling.put_all(db.session.scalars(found), Cause.INVITED, at)


def _told_again(meeting: SpeedMeeting, cause: Cause, at: datetime, *, asked_again: bool) -> None:
    values: dict[str, Any] = {"sequence": Seat.sequence + 1, "reminded_at": None}
    if asked_again:
        values["reply"] = Reply.INVITED
    _run(update(Seat).where(Seat.meeting_id == meeting.id, Seat.reply.in_(COMING)).values(values))
    telling.put(meeting, cause, at)


def _held(programme: int, number: int) -> SpeedMeeting:
    """The meeting, nobody else's until the commit."""
    programmes.locked(programme)
    found = queries.locked(number, programme)
    if found is None:
        raise NoSuchMeeting
    return found


def _as_read(meeting: SpeedMeeting, version: int, at: datetime) -> None:
    if meeting.state not in TO_COME or meeting.starts_at <= at:
        raise Over
    if meeting.version != version:
        raise MeetingChanged


def _seat(meeting: SpeedMeeting, person_id: int) -> Seat:
    found = queries.seat(meeting.id, person_id)
    if found is None or found.reply not in CHAIRS:
        raise MeetingChanged
    return found


def _run(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
