"""What asking a notion is worth, and what that makes come first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mastery import belief, choosing, remembering, tutor, valuing
from academy.mastery.belief import Belief, Outcome, Population
from academy.mastery.shelf import shelve
from academy.mastery.taste import Chooser, Leaning, Reason
from tests.rules.minds import (
    CERTAIN,
    MODEL,
    PEOPLE,
    TODAY,
    answer,
    asked_first,
    chooser,
    choosers,
    learnt,
    notion,
    shelf,
)


def worth(now: Belief, days: float, ahead: float, teaches: float, people: Population) -> float:
    """The gain of asking one notion after some days, judged `ahead` days later."""
    kept = belief.retention(days, now.stability, people)
    return valuing.gain(
        now.kappa * kept,
        now.kappa * belief.retention(days + ahead, now.stability, people),
        belief.retention(ahead, belief.grown(now.stability, kept, people), people),
        belief.retention(ahead, belief.relearnt(now.stability, people), people),
        teaches,
        people.rest,
    )


@given(choosers())
def test_the_arithmetic_written_out_is_that_of_beliefs(facts: Chooser) -> None:
    plain = facts._replace(taste=replace(facts.taste, curiosity=0.0))
    mind, now, survey = facts.mind, facts.situation.now, valuing.look_over(*plain)

    for place, each in enumerate(facts.shelf.notions):
        seen = remembering.sight(mind, each.subject, now, PEOPLE)
        needed = [facts.shelf.notions[need].subject for need in facts.shelf.needs[place]]
        teaches = belief.learning(remembering.ready(mind, needed, now, PEOPLE), PEOPLE)
        trace = mind.traces.get(each.tag)
        days = max(now - trace.last, 0.0) if trace else PEOPLE.before
        gain = worth(seen.belief, days, facts.taste.horizon, teaches, PEOPLE)
        assert survey.held[place] == pytest.approx(seen.held)
        assert survey.gain[place] == pytest.approx(gain, abs=1e-9)


@given(
    st.builds(Belief, st.floats(0.0, 1.0), st.floats(0.01, 36500.0)),
    st.floats(0.0, 400.0),
    st.floats(0.0, 1.0),
    st.floats(0.2, 3.0),
)
def test_so_is_that_of_the_days_to_come(
    now: Belief, days: float, teaches: float, weight: float
) -> None:
    gain = worth(now, days, CERTAIN.horizon, teaches, PEOPLE) * weight
    held = now.kappa * belief.retention(days, now.stability, PEOPLE)
    comfort = valuing.comfort(valuing.chance(held, PEOPLE), CERTAIN)

    found = valuing.Ahead(now, teaches, weight, PEOPLE, CERTAIN).worth(days)

    assert found == pytest.approx(gain + comfort, abs=1e-9)


@given(
    st.builds(Belief, st.floats(0.0, 1.0), st.floats(0.01, 36500.0)),
    st.lists(st.floats(0.0, 400.0), min_size=3, max_size=3).map(sorted),
    st.floats(0.0, 1.0),
    st.floats(0.2, 3.0),
)
def test_between_two_days_it_is_never_worth_more_than_was_said(
    now: Belief, days: list[float], teaches: float, weight: float
) -> None:
    ahead = valuing.Ahead(now, teaches, weight, PEOPLE, CERTAIN)

    assert ahead.worth(days[1]) <= ahead.at_most(days[0], days[2])


def test_what_is_shown_is_what_is_believed() -> None:
    """Curiosity weighs in the choice; it changes no figure."""
    shelved = shelf(3)
    subject = shelved.notion("n0").subject

    choice = asked_first(chooser(shelved, taste=replace(CERTAIN, curiosity=2.0)))

    mind = tutor.stranger(MODEL)
    assert choice.recall == remembering.sight(mind, subject, TODAY, PEOPLE).held


def test_what_was_never_asked_is_looked_at_early() -> None:
    shelved = shelf(2)
    mind = learnt(shelved, "n0", at=TODAY - 30)

    chances = [
        valuing.look_over(*chooser(shelved, mind, taste=replace(CERTAIN, curiosity=each))).total[1]
        for each in (0.0, 1.0)
    ]

    assert chances[0] < chances[1]


def test_what_is_fading_goes_before_what_is_fresh() -> None:
    shelved = shelf(2)
    mind = learnt(shelved, "n0", at=TODAY - 300)
    answer(mind, shelved, "n1", Outcome.RIGHT, TODAY - 1)

    choice = asked_first(chooser(shelved, mind))

    assert choice.notion == "n0"
    assert choice.reason is Reason.FADING
    assert choice.recall < 0.9


def test_a_miss_comes_back_before_a_success() -> None:
    shelved = shelf(2)
    mind = tutor.stranger(MODEL)
    answer(mind, shelved, "n0", Outcome.RIGHT, TODAY - 4)
    answer(mind, shelved, "n1", Outcome.DONT_KNOW, TODAY - 4)

    assert asked_first(chooser(shelved, mind)).notion == "n1"


def test_what_builds_on_nothing_known_waits_for_its_prerequisite() -> None:
    shelved = shelve([notion(0), notion(1, requires=("n0",)), notion(2, requires=("n1",))])

    assert asked_first(chooser(shelved)).notion == "n0"


def test_what_opens_more_goes_first() -> None:
    shelved = shelve([notion(0), notion(1), notion(2, requires=("n1",))])

    assert asked_first(chooser(shelved)).notion == "n1"


def test_season_and_track_weigh_in_and_are_named() -> None:
    shelved = shelf(3)

    season = asked_first(chooser(shelved, leanings={"n2": Leaning(season=3.0)}))
    track = asked_first(chooser(shelved, leanings={"n1": Leaning(track=3.0)}))

    assert (season.notion, season.reason) == ("n2", Reason.SEASON)
    assert (track.notion, track.reason) == ("n1", Reason.TRACK)


def test_a_lesson_read_is_asked_about_first() -> None:
    choice = asked_first(chooser(shelf(3), leanings={"n1": Leaning(read=True)}))

    assert (choice.notion, choice.reason) == ("n1", Reason.READ)


def test_what_is_said_to_be_known_is_asked_to_confirm_it() -> None:
    shelved = shelf(3)

    leanings = {"n0": Leaning(excluded=True), "n1": Leaning(excluded=True)}
    by_lot = replace(CERTAIN, look=1.0)
    for taste in (CERTAIN, by_lot):
        choice = asked_first(
            chooser(shelved, leanings={**leanings, "n2": Leaning(claimed=True)}, taste=taste)
        )

        assert (choice.notion, choice.reason) == ("n2", Reason.CONFIRM)


def test_after_failures_in_a_row_comes_something_likely_to_succeed() -> None:
    shelved = shelf(4)
    mind = learnt(shelved, "n0", at=TODAY - 20)

    mind.failures = 1
    calm = asked_first(chooser(shelved, mind))
    mind.failures = 4
    kind = asked_first(chooser(shelved, mind, taste=replace(CERTAIN, kindness=0.5)))

    assert kind.chance > calm.chance
    assert kind.terms[Reason.KIND] > 0 == calm.terms[Reason.KIND]


def test_sixty_days_away_build_no_wall() -> None:
    shelved = shelf(6)
    mind = learnt(shelved, *(f"n{each}" for each in range(6)), at=TODAY - 60)
    facts = chooser(shelved, mind)

    choices = choosing.compose(facts)

    totals = valuing.look_over(*facts).total.values()
    assert sum(len(choice.questions) for choice in choices) == 2
    assert [choice.score for choice in choices] == sorted(totals, reverse=True)[:2]


def test_a_notion_rests_after_it_was_asked() -> None:
    shelved = shelf(2)
    mind = learnt(shelved, "n0", at=TODAY - 0.2)

    assert asked_first(chooser(shelved, mind)).notion == "n1"
    assert 0 not in valuing.look_over(*chooser(shelved, mind)).total


def test_a_clock_put_back_is_harmless() -> None:
    shelved = shelf(1)
    mind = learnt(shelved, "n0", at=TODAY)

    early = asked_first(chooser(shelved, mind, now=TODAY - 500))

    assert early.recall == mind.traces[0].kappa
