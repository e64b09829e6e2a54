"""Audiences: who belongs, and the reasons that settle it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.audience import (
    All,
    AnyOf,
    Audience,
    Country,
    Everyone,
    Facts,
    Holds,
    Joined,
    Leaf,
    Manages,
    Not,
    Reason,
    Speaks,
    Within,
    Works,
    judge,
    reaches_nobody,
)

TODAY = date(2026, 3, 2)
ADA = Facts(
    today=TODAY,
    joined_on=TODAY - timedelta(days=45),
    language="fr",
    job="sales",
    entities={"ventes-nord": "Ventes Nord", "lille": "Lille", "aurore": "Papeteries Aurore"},
    country="FR",
    roles=frozenset({"mentor"}),
    manages=True,
)
NOBODY = Facts(TODAY, TODAY - timedelta(days=9999), "en")

leaves: st.SearchStrategy[Leaf] = st.one_of(
    st.just(Everyone()),
    st.just(Manages()),
    st.builds(Works, st.sampled_from(("sales", "it"))),
    st.builds(Within, st.sampled_from(("lille", "lyon"))),
    st.builds(Country, st.sampled_from(("FR", "BE"))),
    st.builds(Holds, st.sampled_from(("mentor", "hr"))),
    st.builds(Joined, st.sampled_from((44, 45, 10_000))),
    st.builds(Speaks, st.sampled_from(("fr", "en"))),
)
audiences: st.SearchStrategy[Audience] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: All(tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some))),
    ),
    max_leaves=8,
)
people = st.sampled_from(
    (ADA, NOBODY, replace(ADA, manages=False, country="BE"), replace(NOBODY, job="it"))
)


@pytest.mark.parametrize(
    ("rule", "ada", "nobody"),
    [
        (Everyone(), True, True),
        (Manages(), True, False),
        (Works("sales"), True, False),
        (Within("ventes-nord"), True, False),
        (Within("aurore"), True, False),
        (Within("lyon"), False, False),
        (Country("FR"), True, False),
        (Holds("mentor"), True, False),
        (Joined(45), True, False),
        (Joined(44), False, False),
        (Speaks("fr"), True, False),
        (Not(Manages()), False, True),
        (All((Manages(), Within("lille"))), True, False),
        (All((Manages(), Within("lyon"))), False, False),
        (AnyOf((Within("lyon"), Manages())), True, False),
    ],
)
def test_each_condition_says_who_belongs(rule: Audience, ada: bool, nobody: bool) -> None:
    assert judge(rule, ADA).belongs == ada
    assert judge(rule, NOBODY).belongs == nobody


def test_the_first_condition_that_suffices_is_the_reason() -> None:
    rule = AnyOf((Within("lyon"), Manages(), Everyone()))

    assert judge(rule, ADA).because == (Reason(Manages(), True),)
    assert judge(rule, NOBODY).because == (Reason(Everyone(), True),)


def test_all_conditions_are_the_reason_when_all_are_asked() -> None:
    rule = All((Manages(), Not(Works("it"))))

    assert judge(rule, ADA).because == (Reason(Manages(), True), Reason(Works("it"), False))
    assert judge(rule, NOBODY).because == (Reason(Manages(), False),)


@given(audiences, people)
def test_there_is_always_a_reason_and_it_is_true(rule: Audience, person: Facts) -> None:
    verdict = judge(rule, person)

    assert verdict.because
    for reason in verdict.because:
        assert judge(reason.leaf, person).belongs == reason.holds


@given(audiences, people)
def test_not_turns_the_answer_and_keeps_the_reasons(rule: Audience, person: Facts) -> None:
    there, back = judge(rule, person), judge(Not(rule), person)

    assert back.belongs is not there.belongs
    assert back.because == there.because


@given(st.lists(audiences, min_size=1, max_size=3), people)
def test_all_and_any_mean_what_they_say(parts: list[Audience], person: Facts) -> None:
    each = [judge(part, person).belongs for part in parts]

    assert judge(All(tuple(parts)), person).belongs == all(each)
    assert judge(AnyOf(tuple(parts)), person).belongs == any(each)


@given(audiences, people)
def test_nobody_belongs_to_what_reaches_nobody(rule: Audience, person: Facts) -> None:
    if reaches_nobody(rule):
        assert not judge(rule, person).belongs


def test_what_plainly_reaches_nobody_is_seen() -> None:
    assert reaches_nobody(Not(Everyone()))
    assert reaches_nobody(All((Manages(), Not(Everyone()))))
    assert reaches_nobody(AnyOf((Not(Everyone()), Not(AnyOf((Everyone(), Manages()))))))
    assert not reaches_nobody(Not(Manages()))
    assert not reaches_nobody(AnyOf((Not(Everyone()), Manages())))
