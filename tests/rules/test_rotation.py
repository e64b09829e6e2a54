"""The plan published before a session: nobody twice, breaks shared, waits as short as can be."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.nonsense import Nonsense
from academy.mentoring.rotation.figures import breaks, longest_wait, meetings
from academy.mentoring.rotation.plan import publish, tables_for
from academy.mentoring.rotation.ring import Company, ring

SAMPLE = sorted({*product(range(1, 9), repeat=2), (10, 12), (30, 30), (30, 29), (7, 30), (45, 31)})
"""Sizes walked here; `python -m bench.rotation` walks every one up to 30."""

sizes = st.integers(1, 14)


def company(mentors: int, mentees: int) -> Company:
    return Company(tuple(range(1, mentors + 1)), tuple(range(101, 101 + mentees)))


def topics(people: Company, seed: int) -> dict[tuple[int, int], int]:
    dice = Random(seed)  # noqa: S311  # make-believe topics
    return {pair: dice.randrange(8) for pair in product(people.mentors, people.mentees)}


@pytest.mark.parametrize(("mentors", "mentees"), SAMPLE)
def test_every_plan_keeps_its_promises_after_every_number_of_rounds(
    mentors: int, mentees: int
) -> None:
    people = company(mentors, mentees)
    larger, smaller = max(mentors, mentees), min(mentors, mentees)
    whole = ring(people)

    assert len(whole) == larger
    for rounds in range(1, larger + 1):
        plan = whole[:rounds]
        assert len({pair for each in plan for pair in each}) == rounds * smaller
        rests = breaks(plan, people.moving).values()
        assert max(rests) - min(rests) <= 1
        assert max(longest_wait(plan, each) for each in people.moving) <= -(-larger // smaller) - 1
        assert not any(breaks(plan, people.staying).values())


def test_ten_and_ten_all_meet_in_ten_rounds() -> None:
    plan = publish(company(10, 10))

    assert {pair for each in plan.rounds for pair in each} == set(
        product(range(1, 11), range(101, 111))
    )
    assert len(plan.rounds) == 10
    assert plan.tables == {mentor: mentor for mentor in range(1, 11)}


def test_ten_and_twelve_rest_twice_each_and_never_twice_in_a_row() -> None:
    plan = publish(company(10, 12)).rounds
    mentees = range(101, 113)

    assert len(plan) == 12
    assert set(breaks(plan, mentees).values()) == {2}
    assert {longest_wait(plan, each) for each in mentees} == {1}


def test_the_smaller_side_keeps_its_tables() -> None:
    assert publish(company(9, 12)).tables == {mentor: mentor for mentor in range(1, 10)}
    assert publish(company(12, 9)).tables == {100 + table: table for table in range(1, 10)}


def test_newcomers_get_the_lowest_free_tables() -> None:
    assert tables_for([7, 8, 5], {5: 1, 6: 3}) == {5: 1, 6: 3, 7: 2, 8: 4}


def test_one_person_meets_the_others_in_turn() -> None:
    plan = publish(Company((1,), (11, 12, 13))).rounds

    assert sorted(plan) == [((1, 11),), ((1, 12),), ((1, 13),)]


@given(sizes, sizes, st.data())
def test_fewer_rounds_hold_at_least_the_fit_of_the_order_given(
    mentors: int, mentees: int, data: st.DataObject
) -> None:
    people = company(mentors, mentees)
    rounds = data.draw(st.integers(1, max(mentors, mentees)))
    fit = topics(people, rounds)

    plan = publish(people, rounds, fit, seed=3).rounds

    def worth(each: tuple[tuple[tuple[int, int], ...], ...]) -> int:
        return sum(fit[pair] for held in each for pair in held)

    assert worth(plan) >= worth(ring(people, rounds))
    rests = breaks(plan, people.moving).values()
    assert max(rests) - min(rests) <= 1
    assert plan == publish(people, rounds, fit, seed=3).rounds


@given(sizes, sizes, st.data())
def test_a_forbidden_pair_never_meets(mentors: int, mentees: int, data: st.DataObject) -> None:
    people = company(mentors, mentees)
    pairs = list(product(people.mentors, people.mentees))
    forbidden = frozenset(data.draw(st.lists(st.sampled_from(pairs), max_size=4)))
    rounds = data.draw(st.integers(1, max(mentors, mentees)))

    plan = publish(people, rounds, forbidden=forbidden).rounds

    held = [pair for each in plan for pair in each]
    assert len(plan) == rounds
    assert not forbidden & set(held)
    assert len(set(held)) == len(held)


def test_one_who_may_not_meet_two_does_not_rest_twice_in_a_row() -> None:
    people = company(6, 6)
    forbidden = frozenset({(1, 101), (1, 102)})

    plan = publish(people, forbidden=forbidden).rounds

    assert sum(meetings(plan, people.mentors).values()) == 34
    assert max(longest_wait(plan, each) for each in people.everybody) == 1


@pytest.mark.parametrize(
    ("mentors", "mentees", "rounds", "reason"),
    [
        ((1, 1), (5,), None, "the same person is there twice among the mentors"),
        ((1,), (5, 5), None, "the same person is there twice among the mentees"),
        ((1, 2), (2, 3), None, "[2] would be mentors and mentees"),
        ((), (5,), None, "nobody can meet when one side is empty"),
        ((1, 2), (5, 6), 0, "a session of 0 rounds is none"),
        ((1, 2), (5, 6), 3, "after 2 rounds everybody has met everybody"),
    ],
)
def test_nonsense_is_refused_with_a_reason(
    mentors: tuple[int, ...], mentees: tuple[int, ...], rounds: int | None, reason: str
) -> None:
    with pytest.raises(Nonsense) as refused:
        publish(Company(mentors, mentees), rounds)

    assert reason in str(refused.value)
