"""What an organiser does to a speed meeting on the day: open the doors, start, press on its clock, end it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import bindparam, delete, select, update

from academy.database import db, table
from academy.mentoring.live import queries
from academy.mentoring.live.queries import MENTEE, MENTOR, Floor
from academy.mentoring.live.rules import MOST_ROUNDS, begun, fits
from academy.mentoring.nonsense import Nonsense
from academy.mentoring.rotation import clock
from academy.mentoring.rotation.clock import Phase, Pressed
from academy.mentoring.rotation.ring import Company, Pair, Round
from academy.mentoring.speed.models import Presence, Press, Reply, Seat, SpeedMeeting, Stage, Talk
from academy.refusal import Refusal


class NoSuchMeeting(Refusal):
    def __init__(self) -> None:
        super().__init__(_("There is no such speed meeting."), 404)


class NotAnnounced(Refusal):
    """A meeting nobody was told of, or that was called off, is not held."""

    def __init__(self) -> None:
        super().__init__(
            _("Only a meeting that was announced can be held: invite people first."), 409
        )


class NobodyToMeet(Refusal):
    """One side is empty, or nobody of those here may sit together."""

    def __init__(self) -> None:
        super().__init__(
            _("There is nobody to talk to yet: somebody must be here on each side."), 409
        )


class Counted(StrEnum):
    """What came of a press. `AGAIN`: it had counted. `MEANWHILE`: another was faster, or it is over."""

    DONE = "done"
    AGAIN = "again"
    MEANWHILE = "meanwhile"


def open_doors(number: int) -> int:
    """Everybody who said yes is here; gives how many were marked. Before the start and during it."""
    found = locked(number)
    if found.state not in (Stage.ANNOUNCED, Stage.RUNNING):
        raise NotAnnounced
    marked = db.session.execute(
        update(Seat)
        .where(
            Seat.meeting_id == number,
            Seat.presence == Presence.EXPECTED,
            Seat.reply == Reply.CONFIRMED,
        )
        .values(presence=Presence.PRESENT)
        .returning(Seat.id)
    ).all()
    found.version += bool(marked)
    return len(marked)


def start(number: int, press: int, rounds: int | None, by: int, at: datetime) -> Counted:
    """Plan the rounds for all who count, and start the clock. Raises NotAnnounced, NobodyToMeet."""
    found = locked(number)
    if found.state in (Stage.RUNNING, Stage.HELD):
        return _stale(number, press, Pressed.STARTED)
    if found.state != Stage.ANNOUNCED:
        raise NotAnnounced
    planned, tables, company = _planned(found, rounds)
    found.rounds = len(planned)
    seat_at(number, tables)
    write_talks(found.id, dict(enumerate(planned, 1)), tables, company.mentors_stay)
    found.state = Stage.RUNNING
    found.plan += 1
    return _keep(queries.floor(found), Pressed.STARTED, 0, by, at)


def press(
    number: int, press: int, pressed: Pressed, by: int, at: datetime, seconds: int = 0
) -> Counted:
    """Pause, resume, add time, move on, end. The number is the one the button was drawn with."""
    found = locked(number)
    floor = queries.floor(found)
    if found.state != Stage.RUNNING or press != len(floor.events) + 1:
        return _stale(number, press, pressed)
    if close_if_over(floor, at):
        return Counted.MEANWHILE
    try:
        return _keep(floor, pressed, seconds, by, at)
    except Nonsense:
        return Counted.MEANWHILE


def close_if_over(floor: Floor, at: datetime) -> bool:
    """A meeting whose time has run out is held: all of its rounds were."""
    if floor.meeting.state != Stage.RUNNING or floor.reading(at).phase is not Phase.AFTER:
        return False
    floor.meeting.state = Stage.HELD
    floor.meeting.version += 1
    return True


def forget_talks(number: int, after: int) -> None:
    """Those of the rounds after this one."""
    db.session.execute(delete(Talk).where(Talk.meeting_id == number, Talk.round > after))


def write_talks(
    number: int, rounds: Mapping[int, Iterable[Pair]], tables: Mapping[int, int], by_mentor: bool
) -> None:
    """`by_mentor`: mentors keep their tables; else mentees do."""
    rows = [
        {
            "meeting_id": number,
            "round": round_,
            "table_number": tables[pair[0] if by_mentor else pair[1]],
            "mentor_id": pair[0],
            "mentee_id": pair[1],
        }
        for round_, pairs in rounds.items()
        for pair in pairs
    ]
    if rows:
        db.session.execute(table(Talk).insert(), rows)


def facts_of(found: SpeedMeeting, company: Company) -> tuple[frozenset[Pair], dict[Pair, int]]:
    """Who must not meet, or has met in another meeting; and how well the others fit."""
    sides = company.mentors, company.mentees
    apart = queries.forbidden_pairs(found, *sides)
    offered, wanted = queries.topics(found.programme_id, *sides)
    return apart | queries.met_elsewhere(found, *sides), fits(offered, wanted)


def company_of(floor: Floor) -> Company:
    """All who take part now."""
    here = [guest for guest in floor.guests if guest.counted]
    return Company(
        tuple(sorted(each.id for each in here if each.side == MENTOR)),
        tuple(sorted(each.id for each in here if each.side == MENTEE)),
    )


def locked(number: int) -> SpeedMeeting:
    found = queries.locked(number)
    if found is None:
        raise NoSuchMeeting
    return found


def _planned(
    found: SpeedMeeting, rounds: int | None
) -> tuple[tuple[Round, ...], Mapping[int, int], Company]:
    """The rounds, without empty ones at their end; the tables; and who takes part."""
    from academy.mentoring.rotation.plan import publish  # noqa: PLC0415  # numpy is slow to load

    company = company_of(queries.floor(found))
    if not company.mentors or not company.mentees:
        raise NobodyToMeet
    most = min(len(company.moving), MOST_ROUNDS)
    forbidden, fit = facts_of(found, company)
    wanted = most if rounds is None else min(max(rounds, 1), most)
    published = publish(company, wanted, fit, forbidden, found.seed)
    last = max((at for at, each in enumerate(published.rounds, 1) if each), default=0)
    if not last:
        raise NobodyToMeet
    return published.rounds[:last], published.tables, company


def seat_at(number: int, tables: Mapping[int, int]) -> None:
    """These keep these tables."""
    if not tables:
        return
    seats = table(Seat)
    whose = (seats.c.meeting_id == number) & (seats.c.person_id == bindparam("who"))
    rows = [{"who": person, "at_table": at} for person, at in tables.items()]
    db.session.execute(seats.update().where(whose).values(table_number=bindparam("at_table")), rows)


def _keep(floor: Floor, pressed: Pressed, seconds: int, by: int, at: datetime) -> Counted:
    """Write the press down, and what follows from it. Raises Nonsense when it makes no sense now."""
    found, before = floor.meeting, floor.reading(at)
    event = clock.press(floor.timing, floor.events, pressed, at, seconds)
    number = len(floor.events) + 1
    db.session.add(
        Press(
            meeting_id=found.id,
            number=number,
            pressed=event.pressed,
            seconds=event.seconds,
            at=event.at,
            by=by,
        )
    )
    found.version += 1
    if clock.read(floor.timing, (*floor.events, event), event.at).phase is Phase.AFTER:
        forget_talks(found.id, begun(before))
        found.state = Stage.HELD
        found.plan += 1
    return Counted.DONE


def _stale(number: int, press: int, pressed: Pressed) -> Counted:
    was = db.session.scalar(
        select(Press.pressed).where(Press.meeting_id == number, Press.number == press)
    )
    return Counted.AGAIN if was == pressed else Counted.MEANWHILE
