"""Who goes from which rank to which, and how the seats are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.community.ranks import BELONG, Act, Rank, Seats, moved, seated

ranks = st.sampled_from([None, *Rank])
acts = st.sampled_from(list(Act))


@given(ranks, acts)
def test_an_act_done_twice_is_done_once(rank: Rank | None, act: Act) -> None:
    once = moved(rank, act)

    assert moved(once, act) == once


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (Act.JOIN, None, Rank.MEMBER),
        (Act.ASK, None, Rank.ASKED),
        (Act.ACCEPT, Rank.ASKED, Rank.MEMBER),
        (Act.REFUSE, Rank.ASKED, None),
        (Act.APPOINT, Rank.MEMBER, Rank.ANIMATOR),
        (Act.STEP_DOWN, Rank.ANIMATOR, Rank.MEMBER),
        (Act.REMOVE, Rank.MEMBER, Rank.REMOVED),
        (Act.REMOVE, Rank.ANIMATOR, Rank.REMOVED),
        (Act.LEAVE, Rank.MEMBER, None),
        (Act.LEAVE, Rank.ANIMATOR, None),
        (Act.LEAVE, Rank.ASKED, None),
        (Act.ADMIT, Rank.REMOVED, Rank.MEMBER),
        (Act.ADMIT, Rank.ASKED, Rank.MEMBER),
        (Act.ADMIT, Rank.ANIMATOR, Rank.ANIMATOR),
    ],
)
def test_each_act_leads_where_it_says(act: Act, before: Rank | None, after: Rank | None) -> None:
    assert moved(before, act) == after


@given(st.sampled_from([Act.JOIN, Act.ASK, Act.LEAVE, Act.ACCEPT, Act.APPOINT]))
def test_somebody_removed_comes_back_only_when_let_in(act: Act) -> None:
    assert moved(Rank.REMOVED, act) is Rank.REMOVED


@given(st.lists(st.tuples(st.integers(0, 4), acts), max_size=60))
def test_seats_are_those_of_the_people_however_they_moved(steps: list[tuple[int, Act]]) -> None:
    held: dict[int, Rank | None] = {0: Rank.ANIMATOR}
    seats = Seats(1, 1)

    for person, act in steps:
        before = held.get(person)
        held[person] = moved(before, act)
        seats = seated(seats, before, held[person])

    assert seats.members == sum(rank in BELONG for rank in held.values())
    assert seats.animators == sum(rank is Rank.ANIMATOR for rank in held.values())
