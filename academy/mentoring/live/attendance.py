"""Somebody comes, does not come, or goes: the rounds to come are planned anew at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, delete, or_

from academy.database import db
from academy.mentoring.live import queries, services
from academy.mentoring.live.queries import MENTOR, Floor, Guest
from academy.mentoring.live.rules import counts
from academy.mentoring.rotation.clock import Phase, Reading
from academy.mentoring.rotation.ring import Pair, Round
from academy.mentoring.speed.models import Presence, Seat, Stage, Talk
from academy.refusal import Refusal


class NoSuchSeat(Refusal):
    def __init__(self) -> None:
        super().__init__(_("This person has no seat in this speed meeting."), 404)


class MeetingOver(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The meeting is over: who was there stays as it was written down."), 409)


def mark(number: int, person_id: int, presence: Presence, at: datetime) -> bool:
    """Here, absent, or gone; says whether it changed anything. Raises NoSuchSeat, MeetingOver.

    Absent is who never came: talks they were down for did not take place. Who was seen has left.
    """
    found = services.locked(number)
    seat = queries.seat(number, person_id)
    if seat is None:
        raise NoSuchSeat
    floor = queries.floor(found)
    if found.state not in (Stage.ANNOUNCED, Stage.RUNNING) or services.close_if_over(floor, at):
        raise MeetingOver
    wanted = _sensible(Presence(seat.presence), presence, found.state == Stage.RUNNING)
    if wanted == seat.presence:
        return False
    found.version += 1
    if found.state == Stage.RUNNING:
        _while_running(floor, seat, wanted, at)
    else:
        seat.presence = wanted
    return True


def repair(number: int, at: datetime) -> bool:
    """Plan anew without those who have left the company meanwhile; says whether anything changed."""
    found = services.locked(number)
    floor = queries.floor(found)
    if found.state != Stage.RUNNING or services.close_if_over(floor, at):
        return False
    return _rewrite(floor, floor.reading(at))


def _sensible(now: Presence, wanted: Presence, running: bool) -> Presence:
    """Before the start nobody has left; whoever was seen here, or has left, is no no-show."""
    if not running:
        return Presence.ABSENT if wanted is Presence.LEFT else wanted
    if wanted is Presence.ABSENT and now in (Presence.PRESENT, Presence.LEFT):
        return Presence.LEFT
    return wanted


def _while_running(floor: Floor, seat: Seat, wanted: Presence, at: datetime) -> None:
    reading = floor.reading(at)
    before = next(guest for guest in floor.guests if guest.id == seat.person_id)
    after = replace(before, presence=wanted)
    seat.presence = wanted
    if after.counted and not before.counted:
        late = counts(reading, floor.timing)
        seat.arrived_in, seat.left_after = reading.round + late, None
        after = replace(after, arrived_in=seat.arrived_in)
    elif before.counted and not after.counted:
        seat.left_after = reading.round - (not counts(reading, floor.timing))
    known = _without_no_show(floor, after) if wanted is Presence.ABSENT else floor
    guests = tuple(after if each.id == after.id else each for each in known.guests)
    _rewrite(replace(known, guests=guests), reading)


def _without_no_show(floor: Floor, guest: Guest) -> Floor:
    """Nobody has talked to somebody who never came."""
    theirs = or_(Talk.mentor_id == guest.id, Talk.mentee_id == guest.id)
    db.session.execute(delete(Talk).where(Talk.meeting_id == floor.meeting.id, theirs))
    floor.meeting.plan += 1
    sittings = {
        number: tuple(each for each in sat if guest.id not in each.pair)
        for number, sat in floor.sittings.items()
    }
    return replace(floor, sittings=sittings)


@dataclass(frozen=True, slots=True)
class _Change:
    """The talks from the current round on, as they were and as they will be."""

    current: int
    before: Mapping[int, Round]
    after: Mapping[int, Round]

    @property
    def gone(self) -> set[Pair]:
        """Of the round under way."""
        return set(self.before.get(self.current, ())) - set(self.after.get(self.current, ()))

    @property
    def new(self) -> dict[int, tuple[Pair, ...]]:
        """Of the round under way, what is added; of those to come, all."""
        known = set(self.before.get(self.current, ()))
        return {
            number: tuple(each for each in pairs if number > self.current or each not in known)
            for number, pairs in self.after.items()
        }

    def __bool__(self) -> bool:
        numbers = {*self.before, *self.after}
        return any(
            set(self.before.get(number, ())) != set(self.after.get(number, ()))
            for number in numbers
            if number >= self.current
        )


def _rewrite(floor: Floor, reading: Reading) -> bool:
    """Plan anew, and write what differs: rounds that were held stay."""
    change = _change(floor, reading)
    if not change:
        return False
    found = floor.meeting
    for mentor, mentee in change.gone:
        pair = and_(Talk.mentor_id == mentor, Talk.mentee_id == mentee)
        db.session.execute(delete(Talk).where(Talk.meeting_id == found.id, pair))
    services.forget_talks(found.id, change.current)
    by_mentor = any(each.side == MENTOR and each.table for each in floor.guests)
    services.write_talks(found.id, change.new, _tables(floor, by_mentor), by_mentor)
    found.plan += 1
    return True


def _change(floor: Floor, reading: Reading) -> _Change:
    from academy.mentoring.live.repairing import (  # noqa: PLC0415  # numpy is slow to load
        Facts,
        repaired,
    )

    company, current = services.company_of(floor), reading.round
    late = counts(reading, floor.timing)
    here = set(company.everybody)
    rounds = dict(floor.rounds)
    if not late:
        now = rounds.get(current, ())
        rounds[current] = tuple(pair for pair in now if here.issuperset(pair))
    forbidden, fit = services.facts_of(floor.meeting, company)
    facts = Facts(
        company,
        rounds,
        last=floor.timing.rounds,
        current=current,
        fill=not late and reading.phase in (Phase.CHANGE, Phase.MEETING),
        arrived={each.id: each.arrived_in for each in floor.guests if each.arrived_in},
        forbidden=forbidden,
        fit=fit,
        seed=floor.meeting.seed,
    )
    return _Change(current, floor.rounds, repaired(facts))


def _tables(floor: Floor, by_mentor: bool) -> dict[int, int]:
    """The table of each of the side that stays; newcomers get the lowest numbers nobody has."""
    from academy.mentoring.rotation.plan import tables_for  # noqa: PLC0415  # numpy is slow to load

    staying = [each for each in floor.guests if (each.side == MENTOR) == by_mentor]
    known = {each.id: each.table for each in staying if each.table}
    newcomers = [each.id for each in staying if each.counted and not each.table]
    tables = tables_for(newcomers, known)
    services.seat_at(floor.meeting.id, {each: tables[each] for each in newcomers})
    return tables
