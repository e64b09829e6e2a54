"""The engine's promises: what it believes of a memory, and what it asks next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from academy.mastery.engine import (
    FADING,
    Askable,
    Candidate,
    Memory,
    Reason,
    choose,
    days_until_fading,
    learn,
    recall,
)

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
LONGEST_INTERVAL = 36_500
QUESTIONS = (Askable("easy", 1), Askable("middle", 3), Askable("hard", 5))

lives = st.lists(st.tuples(st.booleans(), st.integers(0, 200)), min_size=1, max_size=5)
memories = lives.map(lambda life: lived(*life))
moments = st.integers(-500, 3000).map(lambda days: START + timedelta(days=days))


def lived(*life: tuple[bool, int]) -> Memory:
    """A memory after answers, each right or not, so many days after the one before."""
    memory, at = None, START
    for number, (right, wait) in enumerate(life):
        at += timedelta(days=wait)
        memory = learn(memory, QUESTIONS[number % 3].key, right, at, at.date())
    assert memory is not None
    return memory


@st.composite
def candidate_lists(draw: st.DrawFn) -> list[Candidate]:
    return [
        Candidate(
            notion=f"notion-{number}",
            questions=tuple(
                Askable(f"n{number}-q{place}", draw(st.integers(1, 5)))
                for place in range(draw(st.integers(0, 3)))
            ),
            memory=draw(st.none() | memories),
            read=draw(st.booleans()),
            ready=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 5)))
    ]


@given(memories, moments)
def test_recall_is_a_chance(memory: Memory, at: datetime) -> None:
    assert 0.0 <= recall(memory, at) <= 1.0


@given(memories, moments, moments)
def test_recall_never_grows_with_time(memory: Memory, one: datetime, other: datetime) -> None:
    sooner, later = sorted((one, other))

    assert recall(memory, later) <= recall(memory, sooner)


@given(memories, st.integers(1, 200))
def test_a_right_answer_lasts_at_least_as_long_as_a_wrong_one(memory: Memory, wait: int) -> None:
    at = memory.last_at + timedelta(days=wait)

    right, wrong = (learn(memory, "easy", is_right, at, at.date()) for is_right in (True, False))

    assert right.fades_at >= wrong.fades_at
    assert right.stability >= wrong.stability


@given(memories)
def test_recall_falls_below_fading_within_a_day_of_the_moment_foretold(memory: Memory) -> None:
    days = (memory.fades_at - memory.last_at).days
    assume(days < LONGEST_INTERVAL)

    assert recall(memory, memory.fades_at - timedelta(days=1)) >= FADING
    assert recall(memory, memory.fades_at + timedelta(days=1)) < FADING
    assert days_until_fading(memory, memory.last_at) == days


@given(memories, moments)
def test_a_notion_fades_tomorrow_at_the_soonest(memory: Memory, at: datetime) -> None:
    assert days_until_fading(memory, at) >= 1


def test_learning_counts_answers_and_remembers_when_each_question_was_asked() -> None:
    memory = lived((True, 0), (False, 3), (True, 4))

    assert (memory.answers, memory.right) == (3, 2)
    assert memory.asked == {
        "easy": date(2026, 3, 2),
        "middle": date(2026, 3, 5),
        "hard": date(2026, 3, 9),
    }


def test_learning_leaves_the_memory_before_as_it_was() -> None:
    memory = lived((True, 0))

    learn(memory, "hard", False, START + timedelta(days=9), date(2026, 3, 11))

    assert memory == lived((True, 0))


@given(memories, st.integers(0, 400), st.booleans())
def test_a_clock_that_goes_back_changes_no_past(memory: Memory, back: int, right: bool) -> None:
    before = memory.last_at - timedelta(days=back)

    after = learn(memory, "easy", right, before, before.date())

    assert recall(memory, before) == recall(memory, memory.last_at)
    assert after.last_at == memory.last_at
    assert after.answers == memory.answers + 1


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises((TypeError, ValueError)):
        learn(None, "easy", True, START.replace(tzinfo=None), START.date())


@given(candidate_lists(), moments, st.integers(0, 2**31))
def test_the_same_facts_and_seed_give_the_same_choice(
    candidates: list[Candidate], at: datetime, seed: int
) -> None:
    assert choose(candidates, 2, at, seed) == choose(list(candidates), 2, at, seed)


@given(candidate_lists(), moments, st.integers(1, 3))
def test_a_round_asks_different_questions_of_one_notion_easier_ones_first(
    candidates: list[Candidate], at: datetime, wanted: int
) -> None:
    choice = choose(candidates, wanted, at, 1)

    assume(choice is not None)
    assert choice is not None
    (chosen,) = (each for each in candidates if each.notion == choice.notion)
    difficulty = {question.key: question.difficulty for question in chosen.questions}
    assert len(set(choice.questions)) == len(choice.questions)
    assert len(choice.questions) == min(wanted, len(chosen.questions))
    assert [difficulty[key] for key in choice.questions] == sorted(
        difficulty[key] for key in choice.questions
    )


@given(candidate_lists(), moments)
def test_what_fades_goes_before_what_is_new_and_that_before_the_rest(
    candidates: list[Candidate], at: datetime
) -> None:
    def turn(candidate: Candidate) -> int:
        if candidate.memory is None:
            return 1
        return 0 if recall(candidate.memory, at) < FADING else 2

    choice = choose(candidates, 2, at, 1)

    assume(choice is not None)
    assert choice is not None
    (chosen,) = (each for each in candidates if each.notion == choice.notion)
    assert turn(chosen) == min(turn(each) for each in candidates if each.questions)


@given(candidate_lists(), moments)
def test_among_what_is_known_the_weakest_comes_first(
    candidates: list[Candidate], at: datetime
) -> None:
    known = [each for each in candidates if each.memory and each.questions]
    choice = choose(known, 2, at, 1)

    assume(choice is not None)
    assert choice is not None
    assert choice.recall == min(recall(each.memory, at) for each in known if each.memory)
    assert choice.reason is (Reason.FADING if choice.recall < FADING else Reason.WEAKEST)


@pytest.mark.parametrize(
    ("flags", "first"),
    [
        ([(False, True), (True, True)], 1),  # its lesson was read
        ([(False, False), (False, True)], 1),  # what it requires was met
        ([(True, False), (False, True)], 1),  # ready goes before read
        ([(False, True), (False, True)], 0),  # else the order of the path
    ],
)
def test_among_new_notions_what_was_read_and_is_ready_comes_first(
    flags: list[tuple[bool, bool]], first: int
) -> None:
    candidates = [
        Candidate(str(place), QUESTIONS, None, read, ready)
        for place, (read, ready) in enumerate(flags)
    ]

    choice = choose(candidates, 2, START, 1)

    assert choice is not None
    assert choice.notion == str(first)
    assert choice.recall is None
    assert choice.reason is (Reason.READ if flags[first][0] else Reason.NEW)


@given(memories, st.integers(1, 3), st.integers(0, 2**31))
def test_questions_never_asked_come_first_then_those_asked_longest_ago(
    memory: Memory, wanted: int, seed: int
) -> None:
    choice = choose([Candidate("one", QUESTIONS, memory)], wanted, START, seed)

    assert choice is not None
    last = {question.key: memory.asked.get(question.key, date.min) for question in QUESTIONS}
    left_out = set(last) - set(choice.questions)
    assert all(last[asked] <= last[other] for asked in choice.questions for other in left_out)


def test_a_first_meeting_asks_about_the_middle_difficulty() -> None:
    choice = choose([Candidate("new", QUESTIONS, None)], 1, START, 1)

    assert choice is not None
    assert choice.questions == ("middle",)


def test_chance_decides_only_between_equals() -> None:
    equals = tuple(Askable(key, 2) for key in "abcdef")

    chosen = {choose([Candidate("one", equals, None)], 1, START, seed) for seed in range(40)}

    assert len(chosen) == len(equals)


def test_a_notion_without_questions_is_never_asked() -> None:
    silent = Candidate("silent", (), lived((False, 0)))

    assert choose([silent], 2, START, 1) is None
    assert choose([], 2, START, 1) is None
