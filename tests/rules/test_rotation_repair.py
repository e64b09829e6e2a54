"""Live repair: whoever comes or goes, nobody meets the same person twice, and as much as can be is held."""

from collections import Counter
from itertools import combinations, product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from academy.mentoring.nonsense import Nonsense
from academy.mentoring.rotation.figures import longest_wait, meetings
from academy.mentoring.rotation.plan import fill_in, publish, replan
from academy.mentoring.rotation.ring import Company, Pair, Round
from academy.mentoring.rotation.situation import Situation, waits

MENTORS, MENTEES = range(1, 8), range(11, 18)
PAIRS = list(product(MENTORS, MENTEES))


@st.composite
def situations(draw: st.DrawFn, most: int = 7, rounds: int = 8) -> Situation:
    company = Company(
        tuple(draw(st.lists(st.sampled_from(MENTORS[:most]), unique=True))),
        tuple(draw(st.lists(st.sampled_from(MENTEES[:most]), unique=True))),
    )
    pairs = st.frozensets(st.sampled_from(PAIRS), max_size=12)
    return Situation(
        company,
        draw(st.integers(0, rounds)),
        met=draw(pairs),
        forbidden=draw(pairs),
        waited=draw(st.dictionaries(st.sampled_from([*MENTORS, *MENTEES]), st.integers(0, 3))),
        fit=draw(st.dictionaries(st.sampled_from(PAIRS), st.integers(0, 9))),
        published=draw(st.sampled_from([(), publish(Company((1, 2, 3), (11, 12))).rounds])),
        seed=draw(st.integers(0, 3)),
    )


def most_meetings(facts: Situation) -> int:
    """By another way: a maximum flow."""
    place = {person: at for at, person in enumerate(facts.company.everybody, 1)}
    sink = len(place) + 1
    network = np.zeros((sink + 1, sink + 1), dtype=np.int32)
    for mentor, mentee in facts.may_meet():
        network[place[mentor], place[mentee]] = 1
    for mentor in facts.company.mentors:
        network[0, place[mentor]] = facts.rounds_left
    for mentee in facts.company.mentees:
        network[place[mentee], sink] = facts.rounds_left
    return int(maximum_flow(csr_array(network), 0, sink).flow_value)


def aims(facts: Situation, held: list[Pair]) -> tuple[int, int, int]:
    """Meetings, fairness and fit, each better when larger."""
    totals = Counter(facts.meetings_had())
    totals.update(person for pair in held for person in pair)
    squares = sum(totals[person] ** 2 for person in facts.company.everybody)
    return len(held), -squares, sum(facts.fit.get(pair, 0) for pair in held)


def best(facts: Situation) -> tuple[int, int, int]:
    """By trying every set of meetings that fits into the rounds."""
    pairs = facts.may_meet()
    found = []
    for size in range(len(pairs) + 1):
        for held in combinations(pairs, size):
            degrees = Counter(person for pair in held for person in pair)
            if max(degrees.values(), default=0) <= facts.rounds_left:
                found.append(aims(facts, list(held)))
    return max(found)


def sound(facts: Situation, plan: tuple[Round, ...]) -> None:
    held = [pair for each in plan for pair in each]
    assert len(plan) == facts.rounds_left
    assert set(held) <= set(facts.may_meet())
    assert len(set(held)) == len(held)
    for each in plan:
        people = [person for pair in each for person in pair]
        assert len(set(people)) == len(people)


@given(situations())
def test_any_situation_gets_a_sound_plan_with_as_many_meetings_as_possible(
    facts: Situation,
) -> None:
    plan = replan(facts)

    sound(facts, plan)
    assert sum(map(len, plan)) == most_meetings(facts)
    assert plan == replan(facts)


@settings(max_examples=60)
@given(situations(most=3, rounds=3))
def test_meetings_then_fairness_then_fit_are_what_trying_everything_finds(facts: Situation) -> None:
    held = [pair for each in replan(facts) for pair in each]

    assert aims(facts, held) == best(facts)


@settings(max_examples=40)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 10**6))
def test_a_whole_session_with_people_coming_and_going(
    mentors: int, mentees: int, seed: int
) -> None:
    dice = Random(seed)  # noqa: S311  # make-believe people
    invited = Company(tuple(range(1, mentors + 1)), tuple(range(11, 11 + mentees)))
    plan, held = publish(invited).rounds, list[Round]()
    arrived: dict[int, int] = {}
    for number in range(len(plan)):
        here = {person for person in invited.everybody if dice.random() < 0.8}
        arrived = {each: arrived.get(each, number) for each in here}
        facts = Situation(
            Company(
                tuple(each for each in invited.mentors if each in here),
                tuple(each for each in invited.mentees if each in here),
            ),
            len(plan) - number,
            met=frozenset(pair for each in held for pair in each),
            waited=waits(held, arrived),
            published=plan[number:],
        )
        again = replan(facts)
        sound(facts, again)
        plan = (*held, *again)
        held.append(plan[number])

    everything = [pair for each in held for pair in each]
    assert len(set(everything)) == len(everything)


def test_nothing_changes_when_everybody_came() -> None:
    company = Company(tuple(MENTORS), tuple(MENTEES))
    plan = publish(company).rounds

    assert (
        replan(Situation(company, 5, met=frozenset(plan[0] + plan[1]), published=plan[2:]))
        == (plan[2:])
    )


def test_one_no_show_on_each_side_costs_nobody_else_a_meeting() -> None:
    invited = Company(tuple(range(1, 11)), tuple(range(11, 21)))
    plan = publish(invited, 7).rounds
    here = Company(invited.mentors[:-1], invited.mentees[1:])

    again = replan(Situation(here, 7, published=plan))

    assert set(meetings(again, here.everybody).values()) == {7}


def test_a_late_arrival_is_in_the_next_round_and_in_all_that_follow() -> None:
    plan = publish(Company((1, 2, 3), (11, 12, 13, 14))).rounds
    held = tuple(tuple(pair for pair in each if 14 not in pair) for each in plan[:2])
    facts = Situation(
        Company((1, 2, 3), (11, 12, 13, 14)),
        2,
        met=frozenset(held[0] + held[1]),
        published=plan[2:],
    )

    assert meetings(replan(facts), [14]) == {14: 2}


def test_whoever_has_just_waited_does_not_wait_again() -> None:
    company = Company((1, 2), (11, 12, 13))
    for waiting in company.mentees:
        plan = replan(Situation(company, 2, waited={waiting: 1}))

        assert meetings(plan[:1], [waiting]) == {waiting: 1}
        assert all(longest_wait(plan, each) <= 1 for each in company.everybody)


def test_those_left_alone_are_put_together_while_the_others_go_on() -> None:
    company = Company((1, 2, 3), (11, 12, 13))
    facts = Situation(company, 3, met=frozenset({(3, 12)}))

    assert fill_in(facts, [(1, 11)]) in (((2, 12), (3, 13)), ((2, 13),))
    assert len(fill_in(facts, [(1, 11)])) == 2
    assert fill_in(facts, [(1, 11), (2, 13)]) == ()


def test_an_empty_room_has_empty_rounds() -> None:
    assert replan(Situation(Company((), ()), 3)) == ((), (), ())
    assert replan(Situation(Company((1,), ()), 1)) == ((),)
    assert replan(Situation(Company((1,), (11,)), 0)) == ()


def test_waits_count_from_the_round_somebody_arrived_in() -> None:
    held: tuple[Round, ...] = (((1, 11),), ((1, 12),), ((2, 12),))

    assert waits(held, {1: 0, 2: 0, 11: 0, 12: 0, 13: 0, 14: 2}) == {
        1: 1,
        2: 0,
        11: 2,
        12: 0,
        13: 3,
        14: 1,
    }


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"rounds_left": -1}, "-1 rounds cannot be left"),
        ({"rounds_left": 201}, "201 rounds cannot be left"),
        ({"met": frozenset({(11, 1)})}, "met: (11, 1) is not a mentor and a mentee"),
        ({"forbidden": frozenset({(5, 5)})}, "forbidden: (5, 5) is not"),
        ({"fit": {(11, 1): 3}}, "fit: (11, 1) is not"),
        ({"fit": {(1, 11): 101}}, "topic fit goes from 0 to 100"),
        ({"waited": {1: -1}}, "nobody waits less than 0 rounds"),
    ],
)
def test_nonsense_is_refused_with_a_reason(facts: dict[str, object], reason: str) -> None:
    whole: dict[str, object] = {"company": Company((1, 2), (11, 12)), "rounds_left": 2, **facts}

    with pytest.raises(Nonsense) as refused:
        Situation(**whole)  # type: ignore[arg-type]

    assert reason in str(refused.value)


def test_nobody_talks_to_two_people() -> None:
    with pytest.raises(Nonsense, match="two people at once"):
        fill_in(Situation(Company((1, 2), (11, 12)), 1), [(1, 11), (1, 12)])
