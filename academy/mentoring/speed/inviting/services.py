"""Answers to invitations, waiting lists that promote by themselves, and seats that come free.

Whatever changes seats holds the programme's row until the commit: nobody gets two chairs.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select, update

from academy.database import db, insert, table
from academy.mentoring.apart import apart
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.composing.queries import to_place
from academy.mentoring.speed.inviting import queries, telling
from academy.mentoring.speed.inviting.queries import COMING, Chairs
from academy.mentoring.speed.inviting.telling import Cause
from academy.mentoring.speed.models import CHAIRS, Reply, Seat, SpeedMeeting, Stage
from academy.mentoring.speed.rules import half_day
from academy.mentoring.wishes.models import Avoidance
from academy.people.models import Person
from academy.post import mail
from academy.post import services as post
from academy.refusal import Refusal

Apart = frozenset[tuple[int, int]]


class TooLate(Refusal):
    """The meeting has begun, or is not to be held."""

    def __init__(self) -> None:
        super().__init__(
            _("This meeting has begun or is cancelled: nothing changes any more."), 409
        )


class NotInvited(Refusal):
    """Their chair is somebody else's by now, or was never theirs."""

    def __init__(self) -> None:
        super().__init__(
            _("You have no chair in this meeting. You may still join its waiting list."), 409
        )


class DoesNotSuit(Refusal):
    """It is not among the meetings offered to them."""

    def __init__(self) -> None:
        super().__init__(_("This meeting is not among those that suit you."), 409)


def confirm(programme: int, meeting: int, person_id: int, at: datetime) -> None:
    """They will come; said twice it is said once. Raises TooLate, NotInvited."""
    found = _to_come(programme, meeting, at)
    seat = queries.seat(found.id, person_id)
    if seat is None or seat.reply not in COMING:
        raise NotInvited
    if seat.reply == Reply.INVITED:
        seat.reply, seat.replied_at = Reply.CONFIRMED, at


def decline(programme: int, meeting: int, person_id: int, today: date, at: datetime) -> None:
    """They cannot come, or wait no longer: the first who waits moves up. Raises TooLate, NotInvited."""
    found = _to_come(programme, meeting, at)
    seat = queries.seat(found.id, person_id)
    if seat is None:
        raise NotInvited
    if seat.reply == Reply.WAITING:
        db.session.delete(seat)
    elif seat.reply in COMING:
        seat.reply, seat.replied_at, seat.locked = Reply.DECLINED, at, False
        fill(found, today, at)


def wait(programme: int, meeting: int, person_id: int, today: date, at: datetime) -> bool:
    """They would like to come; True when a chair was free for them. Raises TooLate, DoesNotSuit."""
    found = _to_come(programme, meeting, at)
    seat = queries.seat(found.id, person_id)
    if seat is not None and seat.reply in COMING:
        return True
    if seat is not None and seat.reply == Reply.WAITING:
        return False
    suiting = {each.id: side for each, side in suitable(programme, person_id, today, at)}
    if found.id not in suiting:
        raise DoesNotSuit
    _join(found.id, person_id, suiting[found.id], at)
    fill(found, today, at)
    after = queries.seat(found.id, person_id)
    return after is not None and after.reply in COMING


def _join(meeting: int, person_id: int, side: Side, at: datetime) -> None:
    said = {"side": side, "reply": Reply.WAITING, "replied_at": at}
    whose = {"meeting_id": meeting, "person_id": person_id}
    statement = insert(table(Seat)).values(said | whose)
    db.session.execute(statement.on_conflict_do_update(index_elements=[*whose], set_=said))


def suitable(
    programme: int, person_id: int, today: date, at: datetime
) -> list[tuple[SpeedMeeting, Side]]:
    """The meetings they could join, and on which side; none once they have a chair."""
    said = queries.volunteer(person_id, programme)
    free = db.session.scalar(to_place(programme).where(Volunteer.person_id == person_id))
    person = db.session.get(Person, person_id)
    if said is None or free is None or person is None:
        return []
    near = [
        each for each in queries.open_meetings(programme, at) if _suits(each, said, person.zone)
    ]
    if not near:
        return []
    sitting = _sitting([each.id for each in near])
    others = {row.person_id: row.side for row in sitting}
    never = _never(programme, {**others, person_id: said.side}, today)
    return [
        (each, side)
        for each in near
        for here in [[row for row in sitting if row.meeting_id == each.id]]
        for side in [_side(said, here)]
        if not _clashes(person_id, side, here, never)
    ]


def _suits(meeting: SpeedMeeting, said: Volunteer, zone: str) -> bool:
    return (
        meeting.place in said.places
        and meeting.language in said.languages
        and half_day(meeting.starts_at, zone) in said.slots
    )


def _side(said: Volunteer, here: Collection[Any]) -> Side:
    """Whoever is both joins the side that is short."""
    if said.side != Side.BOTH:
        return Side(said.side)
    mentors = sum(row.side == Side.MENTOR for row in here)
    return Side.MENTOR if mentors <= len(here) - mentors else Side.MENTEE


def _sitting(meetings: Collection[int]) -> list[Any]:
    columns = Seat.meeting_id, Seat.person_id, Seat.side
    here = select(*columns).where(Seat.meeting_id.in_(meetings), Seat.reply.in_(CHAIRS))
    return list(db.session.execute(here).all())


def _never(programme: int, sides: dict[int, str], today: date) -> Apart:
    """The pairs of these people that must not meet; whoever is both, or looks for a side, on either."""
    mentors = {person for person, side in sides.items() if side in (Side.MENTOR, Side.BOTH)}
    mentees = {person for person, side in sides.items() if side in (Side.MENTEE, Side.BOTH)}
    found = db.session.get_one(Programme, programme)
    whom = select(Person.id).where(Person.id.in_(list(sides)))
    return apart(found, mentors, mentees, whom, today)


def _clashes(person_id: int, side: str, here: Collection[Any], never: Apart) -> bool:
    """Does somebody sit across whom they must not meet?"""
    across = [row.person_id for row in here if row.side != side]
    if side == Side.MENTOR:
        return any((person_id, other) in never for other in across)
    return any((other, person_id) in never for other in across)


def possible(programme: int, meeting: int, person_id: int, side: str, today: date) -> bool:
    """May this person be put on that side of a meeting? Three statements."""
    here = _sitting([meeting])
    sides = {row.person_id: row.side for row in here}
    return not _clashes(person_id, side, here, _never(programme, {**sides, person_id: side}, today))


def fill(meeting: SpeedMeeting, today: date, at: datetime) -> None:
    """Give free chairs to those who wait, the first first, but never beside somebody they must not meet."""
    if meeting.state != Stage.ANNOUNCED or meeting.starts_at <= at:
        return
    seats = queries.sitting(meeting.id)
    waiting = [seat for seat in seats if seat.reply == Reply.WAITING]
    here = [seat for seat in seats if seat.reply in CHAIRS]
    if not waiting:
        return
    programme = meeting.programme_id
    free = set(
        db.session.scalars(
            to_place(programme).where(Volunteer.person_id.in_([seat.person_id for seat in waiting]))
        )
    )
    never = _never(programme, {seat.person_id: seat.side for seat in seats}, today)
    for seat in waiting:
        taken = sum(other.side == seat.side for other in here)
        fits = not _clashes(seat.person_id, seat.side, here, never)
        if seat.person_id in free and taken < meeting.chairs and fits:
            _promote(meeting, seat, at)
            here.append(seat)


def _promote(meeting: SpeedMeeting, seat: Seat, at: datetime) -> None:
    """A chair for somebody who waited; they wait nowhere else any more."""
    seat.reply, seat.invited_at, seat.sequence = Reply.INVITED, at, seat.sequence + 1
    seat.reminded_at = None
    db.session.flush()  # what follows looks at other seats of theirs
    others = select(SpeedMeeting.id).where(
        SpeedMeeting.programme_id == meeting.programme_id, SpeedMeeting.id != meeting.id
    )
    mine = Seat.person_id == seat.person_id, Seat.meeting_id.in_(others)
    unseated = Seat.reply == Reply.WAITING
    _run(delete(Seat).where(*mine, unseated))
    planned = select(SpeedMeeting.id).where(
        SpeedMeeting.programme_id == meeting.programme_id, SpeedMeeting.state == Stage.PLANNED
    )
    _run(delete(Seat).where(Seat.person_id == seat.person_id, Seat.meeting_id.in_(planned)))
    telling.put(meeting, Cause.PROMOTED, at, seat.id)


def leave(programme: int, person_id: int, today: date, at: datetime) -> None:
    """They left the company or the programme: their seats to come go, and whoever waits moves up.

    Whom they would rather not meet is forgotten too.
    """
    named = Avoidance.person_id == person_id, Avoidance.programme_id == programme
    _run(delete(Avoidance).where(*named))
    seats = queries.of_person(person_id, programme)
    if not seats:
        return
    programmes.locked(programme)
    for seat, meeting in queries.of_person(person_id, programme):
        if meeting.starts_at <= at:
            continue
        if meeting.state == Stage.ANNOUNCED and seat.reply in COMING:
            _call_off(meeting, seat, at)
        db.session.delete(seat)
        db.session.flush()  # the chair is free for whoever waits
        fill(meeting, today, at)


def _call_off(meeting: SpeedMeeting, seat: Seat, at: datetime) -> None:
    """The mail is written now: once the seat is gone, nobody knows where it was."""
    seat.sequence += 1
    db.session.flush()  # the mail says the new sequence
    letters = [
        telling.written(each, Cause.CANCELLED, at) for each in queries.invited(meeting.id, seat.id)
    ]
    post.put_all(mail.KIND, letters)


def refill(programme: int, meeting: int, today: date, at: datetime) -> None:
    """Give what chairs are free to those who wait: a seat may have come free without a word."""
    programmes.locked(programme)
    found = queries.locked(meeting, programme)
    if found is not None:
        fill(found, today, at)


def claim(seats: Collection[int], at: datetime) -> set[int]:
    """Of these seats, those nobody else reminds: now reminded."""
    statement = update(Seat).where(Seat.id.in_(seats), Seat.reminded_at.is_(None))
    return set(db.session.scalars(_plainly(statement.values(reminded_at=at).returning(Seat.id))))


def remind(seats: Collection[int], at: datetime) -> int:
    """Write to those whose seats these are, once; gives how many."""
    found = queries.numbered(claim(seats, at))
    post.put_all(mail.KIND, [telling.written(each, Cause.REMINDED, at) for each in found])
    for each in found:
        start = each.meeting.starts_at.isoformat()
        telling.announce([each], Cause.REMINDED, f"speed-reminder:{each.seat.id}:{start}", at)
    return len(found)


def free_chairs(meeting: SpeedMeeting, taken: Chairs, side: str) -> int:
    return max(meeting.chairs - taken.taken(side), 0)


def _to_come(programme: int, meeting: int, at: datetime) -> SpeedMeeting:
    """The announced meeting, held until the commit. Raises TooLate."""
    programmes.locked(programme)
    found = queries.locked(meeting, programme)
    if found is None or found.state != Stage.ANNOUNCED or found.starts_at <= at:
        raise TooLate
    return found


def _run(statement: Any) -> None:
    db.session.execute(_plainly(statement))


def _plainly(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)
