"""Who is told that orders wait: who may decide there, never on their own, and again only with reason."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.people.role_kinds import Role
from academy.rewards.shop.waiting import Approver, Waiting, words

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
COMPANY, LYON, TEAM, LILLE = 1, 2, 3, 4
HERE, THERE = (TEAM, LYON, COMPANY), (LILLE, COMPANY)

orders = st.lists(
    st.builds(
        Waiting,
        st.integers(1, 50),
        st.none() | st.integers(1, 5),
        st.sampled_from((HERE, THERE, ())),
        st.integers(0, 30).map(lambda days: NOW - timedelta(days)),
    ),
    max_size=6,
    unique_by=lambda order: order.number,
)
approvers = st.lists(
    st.builds(
        Approver,
        st.integers(1, 5),
        st.sampled_from((Role.HR.value, Role.ADMIN.value)),
        st.sampled_from((None, COMPANY, LYON, TEAM, LILLE)),
    ),
    max_size=5,
)


def waiting(number: int, way: tuple[int, ...] = HERE, days: int = 0, who: int = 9) -> Waiting:
    return Waiting(number, who, way, NOW - timedelta(days))


def counts(found: list[Waiting], *deciding: Approver) -> dict[int, int]:
    return {person: word.orders for person, word in words(found, deciding, NOW).items()}


@given(orders, approvers)
def test_whoever_is_told_may_decide_on_so_many_that_are_not_theirs(
    found: list[Waiting], deciding: list[Approver]
) -> None:
    for person, word in words(found, deciding, NOW).items():
        places = {each.entity_id for each in deciding if each.person_id == person}
        within = [each for each in found if places & {None, *each.way} and each.person_id != person]
        assert 0 < word.orders <= len(within)


@given(orders, approvers)
def test_every_order_that_somebody_else_may_decide_is_told_to_somebody(
    found: list[Waiting], deciding: list[Approver]
) -> None:
    for order in found:
        able = [
            each
            for each in deciding
            if each.entity_id in (None, *order.way) and each.person_id != order.person_id
        ]
        assert bool(words([order], deciding, NOW)) == bool(able)


def test_human_resources_hear_of_their_places_and_administrators_of_the_rest() -> None:
    found = [waiting(1), waiting(2, THERE), waiting(3, ())]
    hr, admin = Approver(1, Role.HR, LYON), Approver(2, Role.ADMIN, None)

    assert counts(found, hr, admin) == {1: 1, 2: 2}
    assert counts(found, admin) == {2: 3}


def test_my_own_order_is_told_to_somebody_else() -> None:
    found = [waiting(1, who=1)]
    hr, admin = Approver(1, Role.HR, LYON), Approver(2, Role.ADMIN, None)

    assert counts(found, hr) == {}
    assert counts(found, hr, admin) == {2: 1}


def test_the_turn_grows_with_a_new_order_and_with_each_week_that_passes() -> None:
    hr = [Approver(1, Role.HR, None)]

    def turn(*found: Waiting) -> int:
        return words(found, hr, NOW)[1].turn

    today, days_later, week_later = (
        turn(waiting(5)),
        turn(waiting(5, days=6)),
        turn(waiting(5, days=7)),
    )
    assert today == days_later < week_later < turn(waiting(5, days=7), waiting(6))
    assert turn(waiting(5, days=7)) > turn(waiting(4, days=400))
