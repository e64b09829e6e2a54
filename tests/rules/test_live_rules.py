"""What a speed meeting under way allows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.live import rules
from academy.mentoring.live.ice_breakers import QUESTIONS
from academy.mentoring.live.repairing import Facts, repaired
from academy.mentoring.live.rules import Marks
from academy.mentoring.rotation import clock
from academy.mentoring.rotation.clock import Event, Phase, Pressed, Reading, Timing
from academy.mentoring.rotation.plan import publish
from academy.mentoring.rotation.ring import Company

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
STARTED = (Event(Pressed.STARTED, START),)
THREE = Timing(3)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def reading(seconds: float, timing: Timing = THREE) -> Reading:
    return clock.read(timing, STARTED, after(seconds))


@pytest.mark.parametrize(
    ("seconds", "round_", "long_enough"),
    [
        (0, 1, False),
        (149, 1, False),
        (150, 1, True),
        (305, 1, True),
        (320, 1, False),
        (345, 2, False),
    ],
)
def test_a_talk_counts_from_its_half_on(seconds: float, round_: int, long_enough: bool) -> None:
    assert rules.begun(reading(seconds)) == round_
    assert rules.counts(reading(seconds), THREE) is long_enough


def test_a_word_may_be_noted_from_the_first_minute_of_the_talk_on_and_for_good() -> None:
    assert not rules.may_note(reading(320), 2)
    assert rules.may_note(reading(341), 2)
    assert rules.may_note(reading(99_999), 2)
    assert not rules.may_note(clock.read(THREE, (), START), 1)


@pytest.mark.parametrize(
    ("seconds", "asked"), [(299, False), (301, True), (311, True), (9_999, True)]
)
def test_a_word_is_asked_for_once_they_have_talked(seconds: float, asked: bool) -> None:
    assert rules.asks_note(reading(seconds), 1) is asked


def test_the_dearest_topics_fit_best() -> None:
    assert rules.fit(["a", "b", "c"], ["a", "b", "c"]) == 100
    assert rules.fit(["a"], ["a"]) > rules.fit(["b", "a"], ["a"]) > rules.fit(["b"], ["a"]) == 0
    assert rules.fits({1: ["a"], 2: []}, {7: ["a"]}) == {(1, 7): 64}


@given(
    st.lists(st.sampled_from("abcdefghij"), unique=True),
    st.lists(st.sampled_from("abcdefghij"), unique=True),
)
def test_a_fit_is_between_none_and_all_and_the_same_both_ways(
    one: list[str], two: list[str]
) -> None:
    assert 0 <= rules.fit(one, two) == rules.fit(two, one) <= 100


@given(st.integers(1, 24), st.integers(0, 2**31))
def test_no_question_comes_twice_while_there_are_enough(rounds: int, seed: int) -> None:
    drawn = [
        at for n in range(1, rounds + 1) for at in rules.drawn(len(QUESTIONS), rounds, n, seed)
    ]

    assert len(drawn) == len(set(drawn)) >= rounds


def test_beyond_the_questions_there_are_they_come_again() -> None:
    assert rules.drawn(24, 60, 25, 3) == rules.drawn(24, 60, 1, 3)


def test_as_many_rounds_as_people_if_that_is_bearable() -> None:
    assert rules.usual_rounds(3, 5) == 5
    assert rules.usual_rounds(30, 5) == 12


def test_a_screen_is_told_all_that_it_needs_to_count_on() -> None:
    now = rules.told(THREE, reading(310), Marks(4, 2), START, after(310))

    assert (now.key, now.left, now.ends_at) == ("change-2", 30_000, now.at + 30_000)
    assert now.ahead == (
        ("meeting", 2, 300),
        ("note", 2, 10),
        ("change", 3, 30),
        ("meeting", 3, 300),
        ("note", 3, 10),
    )
    assert (now.version, now.plan, now.look, now.rounds) == (4, 2, 5, 3)


def test_long_before_it_starts_a_screen_looks_rarely_and_once_it_is_over_no_more() -> None:
    early = clock.read(THREE, (), START)
    tomorrow = rules.told(THREE, early, Marks(1, 0), START + timedelta(days=1), START)
    soon = rules.told(THREE, early, Marks(1, 0), after(60), START)
    over = rules.told(THREE, reading(9_999), Marks(1, 0), START, after(9_999))

    assert (tomorrow.look, soon.look, over.look) == (60, 5, 0)
    assert (soon.key, over.key, over.ahead) == ("before", "after", ())
    assert len(soon.ahead) == 8


@given(
    rounds=st.integers(1, 5),
    note=st.integers(0, 20),
    change=st.integers(0, 40),
    at=st.integers(0, 2_000),
)
def test_what_is_ahead_is_what_comes(rounds: int, note: int, change: int, at: int) -> None:
    timing = Timing(rounds, 100, note, change)
    now = reading(at, timing)
    moment = after(at) + now.left

    for step in clock.ahead(timing, now):
        then = clock.read(timing, STARTED, moment)
        assert (then.phase, then.round) == (step.phase, step.round)
        moment += step.lasts
    assert clock.read(timing, STARTED, moment).phase is Phase.AFTER


@given(
    mentors=st.integers(1, 7),
    mentees=st.integers(1, 7),
    gone=st.sets(st.integers(0, 13), max_size=4),
    current=st.integers(1, 7),
    fill=st.booleans(),
    seed=st.integers(0, 9),
)
def test_however_many_go_nobody_meets_twice_and_what_was_held_stays(
    mentors: int, mentees: int, gone: set[int], current: int, fill: bool, seed: int
) -> None:
    teach, learn = tuple(range(mentors)), tuple(range(100, 100 + mentees))
    plan = publish(Company(teach, learn), seed=seed).rounds
    current = min(current, len(plan))
    away = {(teach + learn)[each] for each in gone if each < mentors + mentees}
    here = Company(
        tuple(each for each in teach if each not in away),
        tuple(each for each in learn if each not in away),
    )
    rounds = dict(enumerate(plan, 1))
    rounds[current] = tuple(pair for pair in plan[current - 1] if not away.intersection(pair))
    found = repaired(Facts(here, rounds, len(plan), current, fill, {}, seed=seed))

    everything = {**rounds, **found}
    pairs = [pair for number in sorted(everything) for pair in everything[number]]
    assert len(pairs) == len(set(pairs))
    assert set(found[current]) >= set(rounds[current])
    assert fill or found[current] == rounds[current]
    for number, talks in found.items():
        people = [person for pair in talks for person in pair]
        assert len(people) == len(set(people))
        assert number < current or not away.intersection(people)
