"""What time it is in a session: which round, which phase, how many seconds left. Pure.

Nothing ticks: the time is worked out from what was pressed and when, so it is the same on every screen and
after a crash. Each round is a change of seats (not before the first), a meeting and a note. Whoever shows
it counts down to `ends_at` alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from academy.mentoring.nonsense import refuse_unless

NOTHING = timedelta(0)
LONGEST = 4 * 3600


class Pressed(StrEnum):
    """What the organiser can press."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    MOVED_ON = "moved_on"
    ENDED = "ended"


class Phase(StrEnum):
    BEFORE = "before"
    CHANGE = "change"
    MEETING = "meeting"
    NOTE = "note"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Event:
    """Something pressed; `seconds` is what EXTENDED adds to the phase under way."""

    pressed: Pressed
    at: datetime
    seconds: int = 0

    def __post_init__(self) -> None:
        refuse_unless(self.at.tzinfo is not None, "a moment of a session needs its time zone")
        extends = self.pressed is Pressed.EXTENDED
        refuse_unless(
            0 < self.seconds <= LONGEST if extends else self.seconds == 0,
            f"{self.pressed} by {self.seconds} seconds",
        )


@dataclass(frozen=True, slots=True)
class Timing:
    """How many rounds, and the seconds of a meeting, of the note after it, of a change of seats."""

    rounds: int
    meeting: int = 300
    note: int = 10
    change: int = 30

    def __post_init__(self) -> None:
        refuse_unless(self.rounds >= 1, f"a session of {self.rounds} rounds is none")
        refuse_unless(0 < self.meeting <= LONGEST, f"a meeting of {self.meeting} seconds")
        refuse_unless(0 <= self.note <= LONGEST, f"a note of {self.note} seconds")
        refuse_unless(0 <= self.change <= LONGEST, f"a change of seats of {self.change} seconds")

    @property
    def whole(self) -> timedelta:
        """From start to end when nobody presses anything."""
        return sum((each.lasts for each in steps_of(self)), NOTHING)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a screen shows.

    `round` counts from 1, 0 before; a change of seats belongs to the round it leads to. `left` is of the
    phase, `to_go` of the session. `ends_at` is None while paused, before and after.
    """

    phase: Phase
    round: int
    left: timedelta
    to_go: timedelta
    ends_at: datetime | None
    paused: bool

    @property
    def seconds_left(self) -> int:
        """Whole seconds, as a countdown shows them: 0 only when it is over."""
        return ceil(self.left.total_seconds())


def read(timing: Timing, events: Sequence[Event], at: datetime) -> Reading:
    """The time of the session at a moment, from what had been pressed by then."""
    refuse_unless(at.tzinfo is not None, "a moment of a session needs its time zone")
    hands = _Hands(timing)
    for event in events:
        if event.at <= at:
            hands.press(event)
    hands.run_until(at)
    return hands.reading(at)


def press(
    timing: Timing, events: Sequence[Event], pressed: Pressed, at: datetime, seconds: int = 0
) -> Event:
    """The event to keep; refused when it makes no sense now.

    Never earlier than the last one: two servers may differ by a blink.
    """
    event = Event(pressed, max(at, events[-1].at) if events else at, seconds)
    hands = _Hands(timing)
    for each in (*events, event):
        hands.press(each)
    return event


def ahead(timing: Timing, reading: Reading) -> list["Step"]:
    """The phases after the one that was read, as they come if nobody presses anything."""
    if reading.phase is Phase.AFTER:
        return []
    steps = list(steps_of(timing))
    if reading.phase is Phase.BEFORE:
        return steps
    here = [(each.phase, each.round) for each in steps].index((reading.phase, reading.round))
    return steps[here + 1 :]


class Step(NamedTuple):
    phase: Phase
    round: int
    lasts: timedelta


def steps_of(timing: Timing) -> Iterator[Step]:
    """Every phase that lasts, in order."""
    phases = (
        (Phase.CHANGE, timing.change),
        (Phase.MEETING, timing.meeting),
        (Phase.NOTE, timing.note),
    )
    for number in range(1, timing.rounds + 1):
        for phase, seconds in phases[number == 1 :]:
            if seconds:
                yield Step(phase, number, timedelta(seconds=seconds))


class _Hands:
    """The hands of the clock while the events are gone through again."""

    def __init__(self, timing: Timing) -> None:
        self.ahead = list(steps_of(timing))[::-1]
        self.now = Step(Phase.BEFORE, 0, NOTHING)
        self.left = NOTHING
        self.since: datetime | None = None
        self.paused = False

    def press(self, event: Event) -> None:
        """Go on to the moment of the event, then do it."""
        self.run_until(event.at)
        refused = self._refused(event.pressed)
        refuse_unless(not refused, f"{event.pressed} at {event.at:%H:%M:%S}: {refused}")
        _DO[event.pressed](self, event)

    def _refused(self, pressed: Pressed) -> str:
        """Why it makes no sense now; empty when it does."""
        started = self.now.phase is not Phase.BEFORE
        if pressed is Pressed.STARTED:
            return "it has started already" if started else ""
        if not started:
            return "it has not started"
        if self.now.phase is Phase.AFTER:
            return "it is over"
        if pressed is Pressed.PAUSED and self.paused:
            return "it is paused already"
        if pressed is Pressed.RESUMED and not self.paused:
            return "it is not paused"
        return ""

    def start(self, event: Event) -> None:
        self.since = event.at
        self._next()

    def pause(self, _event: Event) -> None:
        self.paused = True

    def resume(self, event: Event) -> None:
        self.paused, self.since = False, event.at

    def extend(self, event: Event) -> None:
        self.left += timedelta(seconds=event.seconds)

    def move_on(self, _event: Event) -> None:
        self._next()

    def end(self, _event: Event) -> None:
        self.ahead.clear()
        self._next()

    def run_until(self, at: datetime) -> None:
        """Let the time pass that passes while nobody presses anything."""
        if self.since is None or self.paused:
            return
        refuse_unless(at >= self.since, f"time ran back to {at:%H:%M:%S} in the log of the session")
        passed, self.since = at - self.since, at
        while self.now.phase is not Phase.AFTER and passed >= self.left:
            passed -= self.left
            self._next()
        if self.now.phase is not Phase.AFTER:
            self.left -= passed

    def _next(self) -> None:
        """On to the next phase, or to the end."""
        if self.ahead:
            self.now = self.ahead.pop()
        else:
            self.now, self.paused = Step(Phase.AFTER, self.now.round, NOTHING), False
        self.left = self.now.lasts

    def reading(self, at: datetime) -> Reading:
        runs = self.since is not None and not self.paused and self.now.phase is not Phase.AFTER
        return Reading(
            phase=self.now.phase,
            round=self.now.round,
            left=self.left,
            to_go=sum((each.lasts for each in self.ahead), self.left),
            ends_at=at + self.left if runs else None,
            paused=self.paused,
        )


_DO = {
    Pressed.STARTED: _Hands.start,
    Pressed.PAUSED: _Hands.pause,
    Pressed.RESUMED: _Hands.resume,
    Pressed.EXTENDED: _Hands.extend,
    Pressed.MOVED_ON: _Hands.move_on,
    Pressed.ENDED: _Hands.end,
}
