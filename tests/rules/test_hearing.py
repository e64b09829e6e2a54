"""What people say of a notion, and whose turn it is then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.daily import hearing
from academy.daily.hearing import Heard, Verdict, Word, verdict
from academy.daily.states import HOLDS, State, state_of
from academy.mastery import engine
from academy.mastery.engine import Askable, Candidate, Choice, Memory, Reason

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
NEVER_MET = None


def memory(answers: int, right: int) -> Memory:
    return Memory(5.0, 5.0, NOW, NOW + timedelta(days=9), answers, right)


def candidate(notion: str, known: Memory | None = None) -> Candidate:
    return Candidate(notion, (Askable(f"{notion}-1", 2),), known)


PATH = [candidate(notion) for notion in ("first", "second", "third")]


def turn(heard: dict[str, Heard], path: list[Candidate] = PATH) -> list[str]:
    return [each.notion for each in hearing.turn(path, heard)]


def test_what_is_not_for_the_job_has_no_turn() -> None:
    assert turn({"second": Heard(Word.NOT_MINE)}) == ["first", "third"]


def test_what_somebody_says_they_know_is_asked_before_anything_else() -> None:
    assert turn({"third": Heard(Word.KNOWN)}) == ["third"]


def test_it_is_asked_once_and_then_takes_its_turn_like_the_others() -> None:
    path = [*PATH, candidate("asked", memory(2, 2))]

    assert turn({"asked": Heard(Word.KNOWN)}, path) == ["first", "second", "third", "asked"]


def test_a_claim_nobody_may_be_asked_about_stops_nothing() -> None:
    path = [*PATH, replace(candidate("unfair"), questions=())]

    assert turn({"unfair": Heard(Word.KNOWN)}, path) == ["first", "second", "third", "unfair"]


def test_the_reason_told_is_the_true_one() -> None:
    choice = Choice("third", ("third-1",), Reason.NEW, None)

    assert hearing.told(choice, {}, {"third": Heard(Word.KNOWN)}) == replace(
        choice, reason=Reason.CLAIMED
    )
    assert hearing.told(choice, {}, {"third": Heard(Word.NOT_MINE)}) == choice
    assert hearing.told(choice, {"third": memory(1, 1)}, {"third": Heard(Word.KNOWN)}) == choice
    assert hearing.told(None, {}, {}) is None


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
    said: Heard, now: Memory | None, found: Verdict
) -> None:
    assert verdict(said, now) is found


words = st.dictionaries(
    st.sampled_from(["first", "second", "third", "elsewhere"]),
    st.builds(Heard, st.sampled_from(Word)),
)


@given(words)
def test_whatever_is_said_nothing_is_invented_and_the_order_of_the_path_stays(
    heard: dict[str, Heard],
) -> None:
    found = hearing.turn(PATH, heard)

    assert found == [each for each in PATH if each in found]
    assert all(heard.get(each.notion) != Heard(Word.NOT_MINE) for each in found)


def test_states_and_engine_agree_on_what_is_fading() -> None:
    assert HOLDS == engine.FADING


@pytest.mark.parametrize(
    ("now", "later", "right", "confirmed", "state"),
    [
        (0.9, 0.8, True, False, State.MASTERED),
        (0.9, 0.5, True, False, State.MET),
        (0.9, 0.5, True, True, State.MASTERED),
        (0.59, 0.3, True, True, State.FADING),
        (0.9, 0.9, False, False, State.MET),
        (0.1, 0.1, False, False, State.MET),
    ],
)
def test_where_a_notion_stands(
    now: float, later: float, right: bool, confirmed: bool, state: State
) -> None:
    assert state_of(now, later, right, confirmed) is state
