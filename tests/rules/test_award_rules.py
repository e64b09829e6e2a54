"""Award rules: when they are met, how far one is, and that the order of deeds does not matter."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.rewards.rules import (
    Count,
    Distinct,
    Facts,
    Held,
    Leaf,
    Rule,
    Some,
    Sum,
    Walked,
    check_of,
    evaluate,
    leaves,
    measures,
)
from academy.rewards.watching import plan


def newly_met(shelf: Sequence[tuple[str, Rule]], known: Facts) -> tuple[str, ...]:
    return plan(shelf).met_by(known)


VERBS = ("lesson", "quiz", "round")
THEMES = ("ai", "culture", "security")
AWARDS = ("first", "second", "third", "fourth")

Deed = tuple[str, str | None, dict[str, int]]

some_awards = st.sampled_from(AWARDS)
least = st.integers(1, 4)
leaf_rules: st.SearchStrategy[Leaf] = st.one_of(
    st.builds(Count, st.sampled_from(VERBS), least, st.none() | st.sampled_from(THEMES)),
    st.builds(Distinct, st.sampled_from(VERBS), st.integers(1, 3)),
    st.builds(Sum, st.sampled_from(VERBS), st.just("right"), least),
    st.builds(Held, some_awards),
    st.builds(Walked, st.sampled_from(("short", "long", "unknown"))),
)


def _branch(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    parts = st.lists(rules, min_size=1, max_size=3)
    return parts.flatmap(
        lambda some: st.builds(Some, st.just(tuple(some)), st.integers(1, len(some)))
    )


rules: st.SearchStrategy[Rule] = st.recursive(leaf_rules, _branch, max_leaves=6)
shelves = st.lists(rules, min_size=4, max_size=4).map(
    lambda four: list(zip(AWARDS, four, strict=True))
)
deeds: st.SearchStrategy[Deed] = st.tuples(
    st.sampled_from(VERBS),
    st.none() | st.sampled_from(THEMES),
    st.fixed_dictionaries({"right": st.integers(0, 2)}),
)
histories = st.lists(deeds, max_size=10)
TRACKS = {"short": frozenset({"lesson:a"}), "long": frozenset({"lesson:a", "quiz_passed:m"})}
facts = st.builds(
    lambda history, held, done: Facts(tallied(history), frozenset(held), TRACKS, done),
    histories,
    st.sets(some_awards),
    st.frozensets(st.sampled_from(("lesson:a", "quiz_passed:m", "lesson:other"))),
)


def tallied(history: Sequence[Deed]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for verb, theme, result in history:
        for measure, amount in measures(verb, theme, result).items():
            totals[measure] = totals.get(measure, 0) + amount
    return totals


def held_after(shelf: Sequence[tuple[str, Rule]], history: Sequence[Deed]) -> frozenset[str]:
    """The awards held once the deeds came in one by one."""
    held: frozenset[str] = frozenset()
    for done in range(1, len(history) + 1):
        held |= set(newly_met(shelf, Facts(tallied(history[:done]), held)))
    return held


@given(shelves, histories.filter(bool), st.randoms(use_true_random=False))
def test_the_order_of_deeds_does_not_matter(
    shelf: list[tuple[str, Rule]], history: list[Deed], chance: Random
) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)

    assert held_after(shelf, shuffled) == held_after(shelf, history)


@given(shelves, facts)
def test_nothing_is_left_to_grant_after_granting(
    shelf: list[tuple[str, Rule]], known: Facts
) -> None:
    found = newly_met(shelf, known)

    assert len(set(found)) == len(found)
    assert known.held.isdisjoint(found)
    assert newly_met(shelf, replace(known, held=known.held.union(found))) == ()


@given(rules, histories, deeds)
def test_another_deed_never_takes_anything_away(
    rule: Rule, history: list[Deed], another: Deed
) -> None:
    before = evaluate(rule, Facts(tallied(history)))
    after = evaluate(rule, Facts(tallied([*history, another])))

    assert after.met or not before.met
    assert all(now.have >= then.have for then, now in zip(before.steps, after.steps, strict=True))


@given(rules, facts)
def test_a_rule_is_met_when_nothing_is_missing(rule: Rule, known: Facts) -> None:
    progress = evaluate(rule, known)

    assert 0 <= progress.have <= progress.need
    assert progress.met == (progress.have == progress.need)
    assert [step.rule for step in progress.steps] == list(leaves(rule))


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        (Count("lesson", 2), True),
        (Count("lesson", 3), False),
        (Count("lesson", 1, "ai"), True),
        (Count("lesson", 2, "ai"), False),
        (Distinct("lesson", 2), True),
        (Distinct("lesson", 3), False),
        (Sum("round", "right", 3), True),
        (Sum("round", "right", 4), False),
        (Held("first"), True),
        (Held("second"), False),
        (Some((Count("lesson", 2), Held("second")), 1), True),
        (Some((Count("lesson", 2), Held("second")), 2), False),
        (Some((), 1), False),
    ],
)
def test_rules_read_the_tallies(rule: Rule, met: bool) -> None:
    history: list[Deed] = [
        ("lesson", "ai", {}),
        ("lesson", "culture", {}),
        ("round", "ai", {"right": 2}),
        ("round", None, {"right": 1}),
    ]

    assert evaluate(rule, Facts(tallied(history), frozenset({"first"}))).met is met


def test_a_deed_adds_one_to_its_verb_and_theme_and_its_figures() -> None:
    added = measures("round", "ai", {"right": 2, "dont_know": 0})

    assert added == {"round": 1, "round/ai": 1, "round.right": 2}


def test_progress_counts_only_the_nearest_of_several_ways() -> None:
    near, far = Count("lesson", 2), Count("quiz", 10)

    progress = evaluate(Some((far, near), 1), Facts({"lesson": 1, "quiz": 1}))

    assert (progress.have, progress.need) == (1, 2)


def test_an_award_may_complete_another_at_once() -> None:
    shelf: list[tuple[str, Rule]] = [
        ("third", Held("second")),
        ("second", Held("first")),
        ("first", Count("lesson", 1)),
    ]

    assert newly_met(shelf, Facts({"lesson": 1})) == ("first", "second", "third")


@given(rules, facts)
def test_met_in_short_is_met_in_full(rule: Rule, known: Facts) -> None:
    assert check_of(rule)(known) == evaluate(rule, known).met


@given(st.frozensets(st.sampled_from(sorted(TRACKS["long"] | {"lesson:other"}))))
def test_a_track_is_walked_when_every_step_is_done(done: frozenset[str]) -> None:
    progress = evaluate(Walked("long"), Facts({}, frozenset(), TRACKS, done))

    assert progress.met == (done >= TRACKS["long"])
    assert (progress.have, progress.need) == (len(done & TRACKS["long"]), 2)


def test_a_track_that_does_not_exist_is_never_walked() -> None:
    assert not evaluate(Walked("nowhere"), Facts({}, frozenset(), {}, frozenset({"a"}))).met
    assert not evaluate(Walked("empty"), Facts({}, frozenset(), {"empty": frozenset()})).met
