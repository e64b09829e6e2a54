"""Whose a track is, and the state of its steps."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.audience import Audience, Facts, Manages, Reason
from academy.catalog.said import Words
from academy.catalog.tracks import Step, StepKind, Track
from academy.tracks.rules import Claim, State, Whose, claim, states

W = Words("mots", "words")
STEPS = tuple(Step(StepKind.LESSON, key) for key in "abcd")
PLAIN = Facts(date(2026, 3, 2), date(2020, 1, 1), "en")
BOSS = Facts(date(2026, 3, 2), date(2020, 1, 1), "en", manages=True)

some = st.sets(st.sampled_from(STEPS))


def track(audience: Audience | None = None, is_open: bool = False) -> Track:
    return Track("t", 1, W, W, audience, is_open, STEPS, "visa-track-t")


def test_a_track_meant_for_somebody_is_theirs_and_says_why() -> None:
    assert claim(track(Manages()), BOSS, ()) == Claim(Whose.MEANT, (Reason(Manages(), True),))
    assert claim(track(Manages()), PLAIN, ()) is None


def test_an_open_track_is_offered_until_it_is_chosen() -> None:
    offered, chosen = claim(track(is_open=True), PLAIN, ()), claim(track(is_open=True), PLAIN, "t")

    assert offered == Claim(Whose.OFFERED)
    assert not offered.mine
    assert chosen == Claim(Whose.CHOSEN)
    assert chosen.mine


def test_being_meant_for_it_comes_before_having_chosen_it() -> None:
    found = claim(track(Manages(), is_open=True), BOSS, {"t"})

    assert found is not None
    assert found.whose is Whose.MEANT


def test_a_track_chosen_stays_when_it_is_closed_to_others_and_one_walked_too() -> None:
    assert claim(track(), PLAIN, {"t"}) == Claim(Whose.CHOSEN)
    assert claim(track(Manages()), PLAIN, (), has_visa=True) == Claim(Whose.WALKED)


def test_the_first_step_that_is_there_and_not_done_is_next() -> None:
    found = states(STEPS, done={STEPS[0]}, there=set(STEPS) - {STEPS[1]})

    assert found == (State.DONE, State.ANNOUNCED, State.NEXT, State.LATER)


def test_a_step_that_is_early_is_never_next() -> None:
    found = states(STEPS, done=set(STEPS[:2]), there=set(STEPS), early={STEPS[2]})

    assert found == (State.DONE, State.DONE, State.LATER, State.NEXT)


@given(some, some, some)
def test_every_step_has_one_state_and_at_most_one_is_next(
    done: set[Step], there: set[Step], early: set[Step]
) -> None:
    found = dict(zip(STEPS, states(STEPS, done, there, early), strict=True))

    assert sum(state is State.NEXT for state in found.values()) <= 1
    assert {step for step in STEPS if found[step] is State.DONE} == done
    assert all(
        (found[step] is State.ANNOUNCED) == (step not in there) for step in set(STEPS) - done
    )
    assert (State.NEXT in found.values()) == bool(there - done - early)
