"""Why these pairs, who competes for whom, and what would change."""

import pytest

from academy.mentoring.pairing import rivals, trying
from academy.mentoring.pairing.explaining import Made, Missed, Reading, Served, Temptation, Why
from academy.mentoring.pairing.figures import Level, Policy
from academy.mentoring.pairing.nonsense import Nonsense, Reason
from academy.mentoring.pairing.pool import Orders, Pool
from academy.mentoring.pairing.proposal import compare
from academy.mentoring.pairing.rivals import Contest, Seeking
from academy.mentoring.pairing.solver import propose
from bench.pairing import reference, small
from tests.rules.pools import pool

POPULAR = pool(
    {1: "11 12 13", 2: "11 12 13", 3: "11 !12 !13"},
    {11: "1 2 3", 12: "1 2 3", 13: "1 2 3"},
    fit={(1, 12): 4},
)


def reading(pool: Pool, orders: Orders = Orders()) -> Reading:  # noqa: B008  # frozen
    return Reading(pool, propose(pool, orders), orders)


def test_each_pair_shows_both_ranks_and_what_they_share() -> None:
    made = reading(POPULAR).made({(1, 12): ("spreadsheets",)})

    assert made[0] == Made((1, 12), 2, 1, 4, False, ("spreadsheets",))
    assert [each.pair for each in made] == [(1, 12), (2, 13), (3, 11)]


def test_two_who_are_tempted_show_what_both_would_gain() -> None:
    assert reading(POPULAR).temptations() == (
        Temptation((1, 11), (2, 1), (3, 1)),
        Temptation((2, 11), (3, 1), (3, 2)),
    )


def test_from_nobody_to_somebody_is_a_gain() -> None:
    pinned = Orders(pinned=frozenset({(1, 12)}))
    held = reading(pool({1: "11 12"}, {11: "1", 12: "1"}), pinned).temptations()

    assert held == (Temptation((1, 11), (2, 1), (None, 1)),)


def test_each_candidate_ranked_better_has_a_reason() -> None:
    assert reading(POPULAR).served(2) == Served(
        2,
        ((13, 3),),
        0,
        (
            Missed(11, Why.BOTH_WOULD, 1, 2, ((3, 3),)),
            Missed(12, Why.PREFERS, 2, 2, ((1, 1),)),
        ),
    )


def test_somebody_full_with_people_liked_as_well_has_no_place_left() -> None:
    liked = pool({1: "11", 2: "11"}, {11: "1=2", 12: "2"})
    served = reading(liked).served(2 if (1, 11) in propose(liked).pairs else 1)

    assert [(each.candidate, each.why) for each in served.missed] == [(11, Why.FULL)]


def test_a_pin_is_a_reason() -> None:
    orders = Orders(pinned=frozenset({(1, 12)}))
    found = reading(pool({1: "11 12", 2: "11 12"}, {11: "1 2", 12: "1 2"}), orders)

    assert found.served(1).missed == (Missed(11, Why.PINNED, 1, 1, ((2, 2),)),)


@pytest.mark.parametrize(
    "made",
    [
        pool({1: "11 12 13", 2: "12"}, {11: "!1 2", 12: "1", 13: "1"}),
        pool({1: "11 12 13", 2: "12"}, {11: "2", 12: "1", 13: "1"}, barred=frozenset({(1, 11)})),
    ],
)
def test_a_veto_and_a_reporting_line_look_the_same(made: Pool) -> None:
    assert reading(made).served(1).missed[0] == Missed(11, Why.NOT_POSSIBLE)


def test_who_has_a_place_left_sees_all_who_cannot_be_alike() -> None:
    """One's own veto, theirs and a reporting line."""
    shut = pool(
        {1: "!11 13"}, {11: "", 12: "!1", 13: "", 14: ""}, {1: 2}, barred=frozenset({(1, 13)})
    )
    served = reading(shut).served(1)

    assert served.partners == ((14, 2),)
    assert served.places_left == 1
    assert served.missed == tuple(Missed(each, Why.NOT_POSSIBLE) for each in (11, 12, 13))


def test_nobody_is_said_to_miss_somebody_never_met() -> None:
    met = frozenset({(1, 11), (2, 12), (2, 11)})
    served = reading(pool({1: "!11", 2: "12"}, {11: "", 12: ""}, met=met)).served(1)

    assert served.missed == (Missed(11, Why.NOT_POSSIBLE),)


def test_those_who_have_only_the_same_few_compete() -> None:
    few = pool(
        {1: "", 2: "!21 !22 !23", 3: "", 4: "!21 !22 !23", 5: ""},
        {21: "!3", 22: "!3", 23: "!3", 24: "", 25: ""},
        barred=frozenset({(5, 21), (5, 22), (5, 23)}),
    )

    assert rivals.contests(few) == (
        Contest(Seeking.MENTEES, (21, 22, 23), (1,), 1),
        Contest(Seeking.MENTORS, (2, 3, 4, 5), (24, 25), 2),
    )
    assert [contest.without for contest in rivals.contests(few)] == [2, 2]


def test_contests_apart_are_told_apart() -> None:
    apart = pool(
        {1: "!23 !24 !25", 2: "!21 !22 !25"},
        {21: "", 22: "", 23: "", 24: "", 25: ""},
    )

    assert [each for each in rivals.contests(apart) if each.seeking is Seeking.MENTEES] == [
        Contest(Seeking.MENTEES, (21, 22), (1,), 1),
        Contest(Seeking.MENTEES, (23, 24), (2,), 1),
        Contest(Seeking.MENTEES, (25,), (), 0),
    ]


def test_where_all_can_be_paired_nobody_competes() -> None:
    assert rivals.contests(POPULAR) == ()
    assert rivals.contests(pool({1: ""}, {11: "", 12: ""}, {1: 2})) == ()


def test_a_pin_takes_its_places_out_of_the_contest() -> None:
    both = pool({1: "", 2: "!12"}, {11: "", 12: ""})

    assert rivals.contests(both, Orders(pinned=frozenset({(1, 11)}))) == (
        Contest(Seeking.MENTEES, (12,), (), 0),
        Contest(Seeking.MENTORS, (2,), (), 0),
    )


def test_to_break_a_pair_shows_who_changes_and_what_it_costs() -> None:
    before = propose(POPULAR)
    trial = trying.forbid(POPULAR, before, (3, 11))

    assert trial.proposal.pairs == {(1, 11), (2, 12)}
    assert trial.comparison.ended == {(1, 12), (2, 13), (3, 11)}
    assert [each.person for each in trial.comparison.changes] == [1, 2, 3, 11, 12, 13]
    assert trial.comparison.changes[2].after == ()
    assert trial.comparison.delta[Level.PAIRS] == -1
    assert trial.comparison.delta[Level.BLOCKING] == -2


def test_to_force_a_pair_moves_as_few_as_can_be() -> None:
    equal = pool(dict.fromkeys(range(1, 6), ""), dict.fromkeys(range(11, 16), ""))
    before = propose(equal)
    wanted = next((1, other) for other in range(11, 16) if (1, other) not in before.pairs)
    trial = trying.force(equal, before, wanted)

    assert wanted in trial.proposal.pairs
    assert len(trial.comparison.ended) == len(trial.comparison.begun) == 2
    assert set(trial.comparison.delta.values()) == {0}


def test_what_cannot_be_is_not_forced() -> None:
    with pytest.raises(Nonsense) as found:
        trying.force(POPULAR, propose(POPULAR), (3, 12))

    assert found.value.reason is Reason.NOT_POSSIBLE


def test_every_pair_can_be_broken_in_turn() -> None:
    before = propose(POPULAR)

    broken = dict(trying.break_each(POPULAR, before))

    assert broken.keys() == before.pairs
    assert all(pair not in trial.proposal.pairs for pair, trial in broken.items())


def test_policies_stand_side_by_side_and_are_compared() -> None:
    found = trying.side_by_side(POPULAR)
    same = compare(found[Policy.STABLE_FOR_ALL], found[Policy.STABLE_FOR_ALL])

    assert list(found) == list(trying.SESSIONS)
    assert same.changes == ()
    assert set(same.delta.values()) == {0}


@pytest.mark.parametrize("seed", range(60))
def test_reasons_say_what_a_count_of_everything_says(seed: int) -> None:
    this = small.case(seed)
    found = propose(this.pool, this.orders)
    known = reference.facts(this.pool, this.orders)
    tempted = reference.tempted(known, found.pairs)
    told = Reading(this.pool, found, this.orders)
    people = (*this.pool.mentors, *this.pool.mentees)
    missed = [(one.key, each) for one in people for each in told.served(one.key).missed]
    pairs = {(min(one, each.candidate), max(one, each.candidate)): each.why for one, each in missed}
    possible = {(one, other) for one, liked in known.mentors.items() for other in liked}

    assert {each.pair for each in told.temptations()} == tempted
    assert {pair for pair, why in pairs.items() if why in (Why.BOTH_WOULD, Why.PINNED)} == tempted
    assert not {pair for pair, why in pairs.items() if why is Why.NOT_POSSIBLE} & possible
    assert all(each.rank is None for _, each in missed if each.why is Why.NOT_POSSIBLE)


@pytest.mark.parametrize("seed", range(60))
def test_contests_leave_out_as_few_as_trying_everything(seed: int) -> None:
    this = small.case(seed)
    known = reference.facts(this.pool, this.orders)
    choices = list(reference.choices(known, this.orders.pinned))
    found = rivals.contests(this.pool, this.orders)

    for place, seeking in enumerate((Seeking.MENTORS, Seeking.MENTEES)):
        side = (this.pool.mentors, this.pool.mentees)[place]
        served = max(len({pair[place] for pair in choice}) for choice in choices)
        contests = [contest for contest in found if contest.seeking is seeking]
        assert sum(contest.without for contest in contests) == len(side) - served
        assert all(contest.without > 0 for contest in contests)
