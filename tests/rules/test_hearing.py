"""What people say of a notion, what comes of it, and where a notion stands."""

import pytest

from academy.daily.hearing import Heard, Verdict, Word, is_dropped, verdict, waits
from academy.daily.states import State, Went, state_of
from academy.mastery.mind import Trace

NEVER_MET = None


def memory(answers: int, right: int) -> Trace:
    return Trace(answers=answers, right=right)


def test_what_is_not_for_the_job_is_dropped_and_nothing_else_is() -> None:
    heard = {"first": Heard(Word.NOT_MINE), "second": Heard(Word.KNOWN)}

    assert [is_dropped(notion, heard) for notion in ("first", "second", "third")] == [
        True,
        False,
        False,
    ]


def test_what_somebody_says_they_know_waits_until_it_was_asked() -> None:
    heard = {"first": Heard(Word.KNOWN), "second": Heard(Word.NOT_MINE)}

    assert waits("first", NEVER_MET, heard)
    assert not waits("first", memory(1, 0), heard)
    assert not waits("second", NEVER_MET, heard)
    assert not waits("third", NEVER_MET, heard)


@pytest.mark.parametrize(
    ("said", "now", "found"),
    [
        (Heard(Word.KNOWN), NEVER_MET, Verdict.WAITING),
        (Heard(Word.KNOWN), memory(2, 2), Verdict.CONFIRMED),
        (Heard(Word.KNOWN), memory(2, 1), Verdict.CONFIRMED),
        (Heard(Word.KNOWN), memory(2, 0), Verdict.DENIED),
        (Heard(Word.KNOWN, 4, 4), memory(4, 4), Verdict.WAITING),
        (Heard(Word.KNOWN, 4, 4), memory(6, 4), Verdict.DENIED),
        (Heard(Word.KNOWN, 4, 0), memory(6, 2), Verdict.CONFIRMED),
    ],
)
def test_only_the_answers_since_confirm_a_claim(
    said: Heard, now: Trace | None, found: Verdict
) -> None:
    assert verdict(said, now) is found


@pytest.mark.parametrize(
    ("now", "later", "went", "confirmed", "state"),
    [
        (0.9, 0.8, Went.RIGHT, False, State.MASTERED),
        (0.9, 0.8, Went.MISSED, False, State.MET),
        (0.9, 0.7, Went.RIGHT, False, State.MET),
        (0.9, 0.7, Went.RIGHT, True, State.MASTERED),
        (0.74, 0.3, Went.RIGHT, True, State.FADING),
        (0.74, 0.3, Went.MISSED, False, State.FADING),
        (0.9, 0.9, Went.NEVER, False, State.MET),
        (0.1, 0.1, Went.NEVER, False, State.MET),
    ],
)
def test_where_a_notion_stands(
    now: float, later: float, went: Went, confirmed: bool, state: State
) -> None:
    assert state_of(now, later, went, confirmed) is state
