"""What the three screens of a speed meeting show, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from academy.mentoring.live import guests, queries, rules, words
from academy.mentoring.live.guests import Invited, Meeter
from academy.mentoring.live.ice_breakers import QUESTIONS
from academy.mentoring.live.queries import MENTEE, MENTOR, Floor, Guest, Sitting
from academy.mentoring.live.rules import Marks, Now
from academy.mentoring.programmes.models import Programme
from academy.mentoring.rotation import clock
from academy.mentoring.rotation.clock import Event, Phase, Reading, Timing
from academy.mentoring.speed.models import Presence, Seat, SpeedMeeting
from academy.web.words import language


@dataclass(frozen=True, slots=True)
class Screen:
    """The time of the meeting: as it is drawn, and as the page counts on."""

    reading: Reading
    now: Now
    until: str | None

    @property
    def key(self) -> str:
        return self.now.key

    def shows(self, when: str) -> bool:
        """Is something of these moments to be seen now?"""
        return bool({self.key, self.now.phase} & set(when.split()))


@dataclass(frozen=True, slots=True)
class Row:
    """A table of a round."""

    table: str
    number: int
    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True)
class RoundPage:
    number: int
    rows: tuple[Row, ...]
    out: tuple[str, ...]
    """Who sits it out."""


@dataclass(frozen=True, slots=True)
class Length:
    rounds: int
    lasts: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The cockpit, and the room. `press`: the number of the next button pressed."""

    meeting: SpeedMeeting
    programme: Programme
    screen: Screen
    press: int
    mentors: tuple[Guest, ...]
    mentees: tuple[Guest, ...]
    rounds: tuple[RoundPage, ...]
    lengths: tuple[Length, ...]
    usual: int
    gone: tuple[str, ...]
    """Who has left the company, and is still down for a round to come."""

    @property
    def size(self) -> str:
        """Fewer tables are written larger."""
        most = max((len(each.rows) for each in self.rounds), default=0)
        few, some = 6, 12
        return "few" if most <= few else "some" if most <= some else "many"


@dataclass(frozen=True, slots=True)
class Turn:
    """A round of mine: with whom, or a break."""

    number: int
    meeter: Meeter | None
    table: str
    learns: tuple[str, ...]
    shows: tuple[str, ...]
    questions: tuple[str, ...]
    after: "Turn | None"


@dataclass(frozen=True, slots=True)
class Mine:
    meeting: SpeedMeeting
    programme: Programme
    screen: Screen
    away: bool
    turns: tuple[Turn, ...]
    met: tuple[Meeter, ...]
    """The last first; those to come too, hidden until then."""

    def noted(self, meeter: Meeter) -> bool:
        return rules.asks_note(self.screen.reading, meeter.round)


def screen(meeting: SpeedMeeting, events: Sequence[Event], zone: str, at: datetime) -> Screen:
    timing = queries.timing(meeting)
    reading = clock.read(timing, events, at)
    now = rules.told(timing, reading, Marks(meeting.version, meeting.plan), meeting.starts_at, at)
    until = words.to_the_second(reading.ends_at, zone) if reading.ends_at else None
    return Screen(reading, now, until)


def desk(floor: Floor, programme: Programme, zone: str, at: datetime) -> Desk:
    shown = screen(floor.meeting, floor.events, zone, at)
    names = {guest.id: guest.name for guest in floor.guests}
    here = [guest for guest in floor.guests if guest.counted]
    counted = [sum(each.side == side for each in here) for side in (MENTOR, MENTEE)]
    first = max(shown.reading.round, 1)
    to_come = range(first, floor.timing.rounds + 1) if floor.meeting.rounds else ()
    return Desk(
        meeting=floor.meeting,
        programme=programme,
        screen=shown,
        press=len(floor.events) + 1,
        mentors=floor.side(MENTOR),
        mentees=floor.side(MENTEE),
        rounds=tuple(_round(floor, number, names, here) for number in to_come),
        lengths=_lengths(floor, counted) if all(counted) else (),
        usual=rules.usual_rounds(*counted),
        gone=_gone(floor, shown.reading),
    )


def _round(floor: Floor, number: int, names: Mapping[int, str], here: Sequence[Guest]) -> RoundPage:
    sittings = floor.sittings.get(number, ())
    busy = {person for each in sittings for person in each.pair}
    return RoundPage(
        number,
        tuple(_row(floor.meeting, each, names) for each in sittings),
        tuple(guest.name for guest in here if guest.id not in busy),
    )


def _row(meeting: SpeedMeeting, sitting: Sitting, names: Mapping[int, str]) -> Row:
    return Row(
        words.table_name(meeting, sitting.table),
        sitting.table,
        names.get(sitting.mentor_id, ""),
        names.get(sitting.mentee_id, ""),
    )


def _lengths(floor: Floor, counted: Sequence[int]) -> tuple[Length, ...]:
    meeting = floor.meeting
    most = min(max(counted), rules.MOST_ROUNDS)
    seconds = meeting.talk_seconds, meeting.note_seconds, meeting.change_seconds
    return tuple(
        Length(rounds, words.lasts(Timing(rounds, *seconds).whole.total_seconds()))
        for rounds in range(1, most + 1)
    )


def _gone(floor: Floor, reading: Reading) -> tuple[str, ...]:
    if reading.phase is Phase.AFTER:
        return ()
    planned = {
        person
        for number, sittings in floor.sittings.items()
        for each in sittings
        for person in each.pair
        if number > reading.round
    }
    return tuple(each.name for each in floor.guests if each.id in planned and not each.active)


def mine(invited: Invited, zone: str, at: datetime) -> Mine:
    """Mine alone: two statements."""
    meeting = invited.meeting
    shown = screen(meeting, queries.presses(meeting.id), zone, at)
    talks = guests.my_talks(meeting, invited.seat.person_id)
    return Mine(
        meeting,
        invited.programme,
        shown,
        _away(invited.seat),
        _turns(invited, shown.reading, talks),
        tuple(reversed(talks)),
    )


def _away(seat: Seat) -> bool:
    return seat.presence in (Presence.ABSENT, Presence.LEFT)


def _turns(invited: Invited, reading: Reading, talks: Sequence[Meeter]) -> tuple[Turn, ...]:
    """The rounds left, each with the one after it."""
    if not invited.meeting.rounds or reading.phase is Phase.AFTER:
        return ()
    by_round = {each.round: each for each in talks if each.active}
    turns: list[Turn] = []
    for number in range(invited.meeting.rounds, max(reading.round, 1) - 1, -1):
        turns.insert(0, _turn(invited, number, by_round.get(number), turns[0] if turns else None))
    return tuple(turns)


def _turn(invited: Invited, number: int, meeter: Meeter | None, after: Turn | None) -> Turn:
    meeting, names = invited.meeting, invited.programme.topic_names
    drawn = rules.drawn(len(QUESTIONS), meeting.rounds or 1, number, meeting.seed)

    def said(offered: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            names[each].said(language()) for each in offered if each in wanted and each in names
        )

    return Turn(
        number,
        meeter,
        words.table_name(meeting, meeter.table) if meeter else "",
        said(meeter.offered, invited.wanted) if meeter else (),
        said(invited.offered, meeter.wanted) if meeter else (),
        tuple(QUESTIONS[at].said(language()) for at in drawn) if meeter else (),
        after,
    )
