"""What a speed meeting under way allows: what counts as held, what is worth repairing, what is sent. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from academy.mentoring.rotation.clock import Phase, Reading, Timing, ahead
from academy.mentoring.rotation.ring import Pair

MOST_ROUNDS: Final = 60
USUAL_ROUNDS: Final = 12
ADDED_SECONDS: Final = 60
QUESTIONS_A_ROUND: Final = 3
LOOK_EVERY: Final = 5
"""Seconds between two looks of a phone at the academy."""
LOOK_RARELY: Final = 60
SOON: Final = timedelta(minutes=20)
BEST_FIT: Final = 100
DEAREST: Final = 3
"""The weight of what somebody named first; the second weighs one less."""


def begun(reading: Reading) -> int:
    """The last round people have begun to talk in: a change of seats belongs to the next."""
    return reading.round - (reading.phase is Phase.CHANGE)


def counts(reading: Reading, timing: Timing) -> bool:
    """Has the talk under way lasted long enough to be one, should somebody go now?"""
    if reading.phase is Phase.MEETING:
        return 2 * reading.left <= timedelta(seconds=timing.meeting)
    return reading.phase in (Phase.NOTE, Phase.AFTER)


def may_note(reading: Reading, round_: int) -> bool:
    """From the moment the two have begun to talk, and for good."""
    return round_ <= begun(reading)


def asks_note(reading: Reading, round_: int) -> bool:
    """Once they have talked, not while they do."""
    return may_note(reading, round_) and (
        round_ < reading.round or reading.phase in (Phase.NOTE, Phase.AFTER)
    )


def fit(offered: Sequence[str], wanted: Sequence[str]) -> int:
    """From 0 to 100: how well what one shows meets what the other would learn; the dearest weighs most."""
    ours, theirs = _dear(offered), _dear(wanted)
    most = sum(each**2 for each in range(1, DEAREST + 1))
    found = sum(weight * theirs.get(topic, 0) for topic, weight in ours.items())
    return min(BEST_FIT, BEST_FIT * found // most)


def _dear(topics: Sequence[str]) -> dict[str, int]:
    return {topic: max(DEAREST - at, 1) for at, topic in enumerate(topics)}


def usual_rounds(mentors: int, mentees: int) -> int:
    """As many as let everybody meet everybody, if that is bearable."""
    return min(max(mentors, mentees), USUAL_ROUNDS)


def drawn(questions: int, rounds: int, round_: int, seed: int) -> tuple[int, ...]:
    """Which ice-breakers a round has: the same for both who talk, none twice while there are enough."""
    order = list(range(questions))
    Random(seed).shuffle(order)  # noqa: S311  # a lot, no secret
    each = max(1, min(QUESTIONS_A_ROUND, questions // max(rounds, 1)))
    first = (round_ - 1) * each
    return tuple(order[at % questions] for at in range(first, first + each))


def key(phase: Phase, round_: int) -> str:
    """What is shown when: before, change-2, meeting-2, note-2, after."""
    return phase.value if phase in (Phase.BEFORE, Phase.AFTER) else f"{phase.value}-{round_}"


@dataclass(frozen=True, slots=True)
class Now:
    """What a screen needs to count on by itself; moments in milliseconds."""

    at: int
    phase: str
    round: int
    rounds: int
    paused: bool
    left: int
    whole: int
    ends_at: int | None
    version: int
    plan: int
    look: int
    ahead: tuple[tuple[str, int, int], ...]

    @property
    def key(self) -> str:
        return key(Phase(self.phase), self.round)


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers that grow: of the meeting, and of its rounds."""

    version: int
    plan: int


def told(timing: Timing, reading: Reading, marks: Marks, starts_at: datetime, at: datetime) -> Now:
    """The time of the meeting as it is sent to a screen."""
    return Now(
        at=_milliseconds(at),
        phase=reading.phase.value,
        round=reading.round,
        rounds=timing.rounds,
        paused=reading.paused,
        left=round(reading.left.total_seconds() * 1000),
        whole=_whole(timing, reading),
        ends_at=_milliseconds(reading.ends_at) if reading.ends_at else None,
        version=marks.version,
        plan=marks.plan,
        look=_look(reading, starts_at - at),
        ahead=tuple(
            (each.phase.value, each.round, round(each.lasts.total_seconds()))
            for each in ahead(timing, reading)
        ),
    )


def _look(reading: Reading, wait: timedelta) -> int:
    """How often to look, in seconds; 0: no more."""
    if reading.phase is Phase.AFTER:
        return 0
    return LOOK_RARELY if reading.phase is Phase.BEFORE and wait > SOON else LOOK_EVERY


def _whole(timing: Timing, reading: Reading) -> int:
    """How long the phase lasts; longer, if time was added."""
    planned = {
        Phase.CHANGE: timing.change,
        Phase.MEETING: timing.meeting,
        Phase.NOTE: timing.note,
    }
    left = round(reading.left.total_seconds() * 1000)
    return max(1000 * planned.get(reading.phase, 0), left, 1)


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def fits(
    offered: Mapping[int, Sequence[str]], wanted: Mapping[int, Sequence[str]]
) -> dict[Pair, int]:
    """The fit of every mentor with every mentee, where there is any."""
    return {
        (mentor, mentee): worth
        for mentor, shown in offered.items()
        for mentee, wish in wanted.items()
        if (worth := fit(shown, wish))
    }
