"""The clock of a session: the right second on every screen, whatever was pressed and whatever crashed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.nonsense import Nonsense
from academy.mentoring.rotation.clock import (
    Event,
    Phase,
    Pressed,
    Reading,
    Timing,
    press,
    read,
)

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
TIMING = Timing(rounds=3, meeting=300, note=10, change=30)
STARTED = Event(Pressed.STARTED, START)
PHASES = [Phase.CHANGE, Phase.MEETING, Phase.NOTE]


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def at(seconds: float, *events: Event) -> Reading:
    return read(TIMING, (STARTED, *events), after(seconds))


def shown(reading: Reading) -> tuple[Phase, int, int]:
    return reading.phase, reading.round, reading.seconds_left


def how_far(reading: Reading) -> tuple[int, int]:
    """Something that only grows."""
    if reading.phase in PHASES:
        return reading.round, PHASES.index(reading.phase)
    return (0, 0) if reading.phase is Phase.BEFORE else (99, 0)


timings = st.builds(
    Timing,
    rounds=st.integers(1, 4),
    meeting=st.integers(1, 90),
    note=st.integers(0, 20),
    change=st.integers(0, 20),
)


@st.composite
def logs(draw: st.DrawFn, timing: Timing) -> list[Event]:
    """Anything the organiser might press; what makes no sense was refused and left no trace."""
    events: list[Event] = []
    moment = 0.0
    for pressed in [Pressed.STARTED, *draw(st.lists(st.sampled_from(Pressed), max_size=8))]:
        moment += draw(st.floats(0, 60, allow_nan=False))
        seconds = draw(st.integers(1, 60)) if pressed is Pressed.EXTENDED else 0
        try:
            events.append(press(timing, events, pressed, after(moment), seconds))
        except Nonsense:
            continue
    return events


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, (Phase.MEETING, 1, 300)),
        (0.4, (Phase.MEETING, 1, 300)),
        (299, (Phase.MEETING, 1, 1)),
        (300, (Phase.NOTE, 1, 10)),
        (310, (Phase.CHANGE, 2, 30)),
        (340, (Phase.MEETING, 2, 300)),
        (989, (Phase.NOTE, 3, 1)),
        (990, (Phase.AFTER, 3, 0)),
        (9999, (Phase.AFTER, 3, 0)),
    ],
)
def test_each_second_of_a_session(seconds: float, expected: tuple[Phase, int, int]) -> None:
    assert shown(at(seconds)) == expected


def test_before_the_start_nothing_runs() -> None:
    waiting = read(TIMING, (), START)

    assert shown(waiting) == (Phase.BEFORE, 0, 0)
    assert waiting.to_go == TIMING.whole == timedelta(seconds=990)
    assert waiting.ends_at is None
    assert shown(at(-1)) == (Phase.BEFORE, 0, 0)


def test_a_pause_stops_the_hands_and_resuming_goes_on_from_there() -> None:
    paused, resumed = Event(Pressed.PAUSED, after(100)), Event(Pressed.RESUMED, after(160))
    standing = at(150, paused)

    assert (standing.seconds_left, standing.paused, standing.ends_at) == (200, True, None)
    assert at(160, paused, resumed).ends_at == after(360)
    assert shown(at(359, paused, resumed)) == (Phase.MEETING, 1, 1)


def test_extending_adds_to_the_phase_under_way() -> None:
    longer = Event(Pressed.EXTENDED, after(290), 60)

    assert shown(at(290, longer)) == (Phase.MEETING, 1, 70)
    assert at(290, longer).to_go - at(290).to_go == timedelta(seconds=60)
    assert shown(at(305, Event(Pressed.EXTENDED, after(305), 5))) == (Phase.NOTE, 1, 10)


def test_moving_on_ends_the_phase_under_way() -> None:
    assert shown(at(100, Event(Pressed.MOVED_ON, after(100)))) == (Phase.NOTE, 1, 10)
    last = Event(Pressed.MOVED_ON, after(985))
    assert shown(at(985, last)) == (Phase.AFTER, 3, 0)


def test_ending_ends_even_a_paused_session() -> None:
    over = at(60, Event(Pressed.PAUSED, after(10)), Event(Pressed.ENDED, after(50)))

    assert shown(over) == (Phase.AFTER, 1, 0)
    assert (over.paused, over.ends_at, over.to_go) == (False, None, timedelta(0))


def test_after_a_crash_the_second_is_the_right_one() -> None:
    """What was in memory does not matter: the same log read by another server says the same."""
    log = (STARTED, Event(Pressed.PAUSED, after(20)), Event(Pressed.RESUMED, after(50)))

    assert read(TIMING, list(log), after(123)) == read(TIMING, log, after(123))
    assert shown(read(TIMING, log, after(123))) == (Phase.MEETING, 1, 207)


@given(timings.flatmap(lambda timing: st.tuples(st.just(timing), logs(timing))), st.data())
def test_time_never_runs_backwards(lived: tuple[Timing, list[Event]], data: st.DataObject) -> None:
    timing, events = lived
    moments = sorted(data.draw(st.lists(st.floats(-5, 900, allow_nan=False), min_size=2)))
    readings = [read(timing, events, after(moment)) for moment in moments]

    assert [how_far(each) for each in readings] == sorted(how_far(each) for each in readings)
    for reading in readings:
        assert reading.left >= timedelta(0)
        assert reading.to_go >= reading.left


@given(
    timings,
    st.integers(0, 300),
    st.integers(0, 5000),
    st.integers(0, 400),
)
def test_a_pause_adds_exactly_its_length(
    timing: Timing, when: int, length: int, later: int
) -> None:
    plain = (STARTED,)
    if read(timing, plain, after(when)).phase is Phase.AFTER:
        return
    paused = (
        *plain,
        Event(Pressed.PAUSED, after(when)),
        Event(Pressed.RESUMED, after(when + length)),
    )
    one = read(timing, plain, after(when + later))
    other = read(timing, paused, after(when + length + later))

    assert (one.phase, one.round, one.left, one.to_go) == (
        other.phase,
        other.round,
        other.left,
        other.to_go,
    )


@given(timings, st.floats(0, 500, allow_nan=False))
def test_the_phase_ends_when_it_says(timing: Timing, moment: float) -> None:
    reading = read(timing, (STARTED,), after(moment))
    if reading.ends_at is None:
        assert reading.phase is Phase.AFTER
        return

    just_before = read(timing, (STARTED,), reading.ends_at - timedelta(microseconds=1))
    assert (just_before.phase, just_before.round) == (reading.phase, reading.round)
    assert how_far(read(timing, (STARTED,), reading.ends_at)) > how_far(reading)


def test_a_server_that_is_a_blink_behind_does_not_turn_time_back() -> None:
    event = press(TIMING, [STARTED], Pressed.PAUSED, after(-0.2))

    assert event.at == START


@pytest.mark.parametrize(
    ("events", "pressed", "reason"),
    [
        ([], Pressed.PAUSED, "paused at 14:15:00: it has not started"),
        ([STARTED], Pressed.STARTED, "it has started already"),
        ([STARTED], Pressed.RESUMED, "it is not paused"),
        ([STARTED, Event(Pressed.PAUSED, after(5))], Pressed.PAUSED, "it is paused already"),
        ([STARTED, Event(Pressed.ENDED, after(5))], Pressed.ENDED, "it is over"),
        ([STARTED], Pressed.EXTENDED, "extended by 0 seconds"),
    ],
)
def test_what_makes_no_sense_is_refused(events: list[Event], pressed: Pressed, reason: str) -> None:
    with pytest.raises(Nonsense) as refused:
        press(TIMING, events, pressed, after(900))

    assert reason in str(refused.value)


def test_a_session_that_ran_out_cannot_be_extended() -> None:
    with pytest.raises(Nonsense, match="it is over"):
        press(TIMING, [STARTED], Pressed.EXTENDED, after(990), 60)


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda: Timing(0), "a session of 0 rounds is none"),
        (lambda: Timing(3, meeting=0), "a meeting of 0 seconds"),
        (lambda: Timing(3, note=-1), "a note of -1 seconds"),
        (lambda: Timing(3, change=99999), "a change of seats of 99999 seconds"),
        (lambda: Event(Pressed.PAUSED, START, 5), "paused by 5 seconds"),
        (lambda: Event(Pressed.STARTED, datetime(2026, 3, 2)), "needs its time zone"),  # noqa: DTZ001
        (lambda: read(TIMING, (), datetime(2026, 3, 2)), "needs its time zone"),  # noqa: DTZ001
        (
            lambda: read(TIMING, (STARTED, Event(Pressed.PAUSED, after(-1))), after(5)),
            "time ran back",
        ),
    ],
)
def test_nonsense_is_refused_with_a_reason(build: object, reason: str) -> None:
    with pytest.raises(Nonsense) as refused:
        build()  # type: ignore[operator]

    assert reason in str(refused.value)
