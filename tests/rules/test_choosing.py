"""What is asked next, why, and with which chance."""

import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from academy.mastery import choosing, valuing
from academy.mastery.shelf import shelve
from academy.mastery.taste import Chooser, Leaning, Reason, Taste
from tests.rules.minds import (
    CERTAIN,
    TODAY,
    asked_first,
    chooser,
    choosers,
    learnt,
    notion,
    shelf,
)

seeds = st.integers(0, 2**31)


def reseeded(facts: Chooser, seed: int) -> Chooser:
    return facts._replace(situation=replace(facts.situation, seed=seed))


@given(choosers())
def test_the_same_facts_and_seed_give_the_same_round(facts: Chooser) -> None:
    assert choosing.compose(facts) == choosing.compose(facts)


@given(choosers(), st.integers(1, 4))
def test_a_round_asks_at_most_what_was_wanted_and_nothing_twice(
    facts: Chooser, wanted: int
) -> None:
    asked = [key for choice in choosing.compose(facts, wanted) for key in choice.questions]

    assert len(asked) <= min(wanted, 2)
    assert len(set(asked)) == len(asked)


@given(choosers())
def test_excluded_notions_are_never_asked(facts: Chooser) -> None:
    excluded = {key for key, leaning in facts.leanings.items() if leaning.excluded}

    assert excluded.isdisjoint(choice.notion for choice in choosing.compose(facts))
    assert excluded.isdisjoint(
        facts.shelf.notions[place].key for place in valuing.look_over(*facts).total
    )


@given(choosers())
def test_the_reason_is_the_largest_term_and_the_terms_make_the_score(facts: Chooser) -> None:
    survey = valuing.look_over(*facts)
    for choice in choosing.compose(facts):
        near = choice.terms.get(Reason.NEAR, 0.0)
        total = survey.total[facts.shelf.place[choice.notion]]

        assert choice.score == pytest.approx(sum(choice.terms.values()))
        assert choice.score == pytest.approx(total + near)
        if choice.reason not in {Reason.LOOK, Reason.CONFIRM}:
            assert choice.terms[choice.reason] == max(choice.terms.values())


def test_what_waits_to_be_confirmed_says_so_on_the_path_and_in_the_minute() -> None:
    builders = [notion(number, requires=("n0",)) for number in range(1, 9)]
    shelved = shelve([notion(0), *builders])
    others = {each.key: Leaning(excluded=True) for each in builders}
    facts = chooser(shelved, leanings={"n0": Leaning(claimed=True), **others})

    asked, ahead = asked_first(facts), choosing.outlook(facts, 1)

    assert asked.terms[Reason.OPENS] == max(asked.terms.values()) > asked.terms[Reason.CONFIRM]
    assert asked.reason is Reason.CONFIRM
    assert ahead == [choosing.Ahead("n0", Reason.CONFIRM)]


@given(choosers())
def test_without_a_lot_the_best_wins(facts: Chooser) -> None:
    sober = facts._replace(taste=replace(facts.taste, look=0.0, spread=1e-9))
    choices = choosing.compose(sober)
    assume(choices)
    totals = valuing.look_over(*sober).total.values()

    assert choices[0].score == pytest.approx(max(totals))
    equals = sum(each > max(totals) - 1e-8 for each in totals)
    assert choices[0].propensity >= 1.0 / equals - 1e-9


@given(choosers(), st.floats(1e-4, 0.1))
def test_what_is_worth_more_is_never_less_likely(facts: Chooser, spread: float) -> None:
    totals = valuing.look_over(*facts).total
    assume(totals)
    taste = replace(facts.taste, spread=spread)

    pool = choosing._pool(totals, facts._replace(taste=taste))

    chances = {place: choosing._propensity(pool, place, taste) for place in totals}
    assert sum(chances.values()) == pytest.approx(1.0)
    ordered = sorted(totals, key=totals.__getitem__)
    assert all(chances[one] <= chances[other] + 1e-9 for one, other in itertools.pairwise(ordered))


def test_colleagues_share_no_first_minute() -> None:
    facts = chooser(shelf(12), taste=Taste())

    asked = Counter(asked_first(reseeded(facts, seed)).questions for seed in range(400))

    assert max(asked.values()) < 100


@given(choosers(), st.lists(seeds, max_size=20))
def test_whatever_the_lot_the_chances_told_make_no_more_than_one(
    facts: Chooser, drawn: list[int]
) -> None:
    rounds = [choosing.compose(reseeded(facts, seed)) for seed in drawn]

    chances = {choices[0].notion: choices[0].propensity for choices in rounds if choices}
    assert sum(chances.values()) <= 1.0 + 1e-9
    for choice in (each for choices in rounds for each in choices):
        assert 0 < choice.propensity <= 1
        assert all(0 < chance <= 1 for chance in choice.propensities)


def test_propensities_are_what_happens_over_many_seeds() -> None:
    shelved = shelf(4)
    mind = learnt(shelved, "n0", at=TODAY - 40)
    facts = chooser(shelved, mind, taste=Taste(look=0.5, temperature=0.05))
    draws = 4000

    choices = [asked_first(reseeded(facts, seed)) for seed in range(draws)]

    chances = {choice.notion: choice.propensity for choice in choices}
    assert len(chances) == 4
    assert sum(chances.values()) == pytest.approx(1.0)
    notions = Counter(choice.notion for choice in choices)
    for key, chance in chances.items():
        assert notions[key] / draws == pytest.approx(chance, abs=0.025)
    questions = Counter((choice.notion, choice.questions[0]) for choice in choices)
    for choice in {(each.notion, each.questions[0]): each for each in choices}.values():
        expected = choice.propensity * choice.propensities[0]
        assert questions[choice.notion, choice.questions[0]] / draws == pytest.approx(
            expected, abs=0.025
        )


def test_the_second_question_stays_in_the_subject() -> None:
    shelved = shelve([notion(0, skill=1), notion(1, skill=2), notion(2, skill=1)])

    first, second = choosing.compose(chooser(shelved, taste=replace(CERTAIN, near=0.02)))

    assert {first.notion, second.notion} == {"n0", "n2"}
    assert second.terms[Reason.NEAR] == 0.02


def test_a_round_may_be_asked_to_stay_on_one_notion() -> None:
    (choice,) = choosing.compose(chooser(shelf(3), taste=replace(CERTAIN, together=0.0)))

    assert len(choice.questions) == 2


def test_one_notion_alone_gives_two_of_its_questions() -> None:
    (choice,) = choosing.compose(chooser(shelf(1)))

    assert len(choice.questions) == 2


def test_a_lone_question_is_asked_once() -> None:
    (choice,) = choosing.compose(chooser(shelf(1, questions=1)))

    assert len(choice.questions) == 1


def test_nothing_to_ask_is_no_round() -> None:
    empty = chooser(shelve([]))
    excluded = chooser(shelf(1), leanings={"n0": Leaning(excluded=True)})

    assert choosing.compose(empty) == choosing.compose(excluded) == ()
    assert choosing.compose(chooser(shelf(1)), 0) == ()
