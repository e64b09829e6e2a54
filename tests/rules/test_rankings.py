"""What rankings may tell: never of fewer than five, not even by taking one figure from another."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from academy.rewards.rankings import rules
from academy.rewards.rankings.rules import FEWEST, Count, Span, Standing

trees = st.integers(1, 12).flatmap(
    lambda size: st.tuples(
        st.lists(
            st.tuples(st.integers(0, 9), st.integers(0, 9)).map(
                lambda both: Count(max(both), min(both))
            ),
            min_size=size,
            max_size=size,
        ),
        st.tuples(*(st.integers(-1, child - 1) for child in range(size))),
    )
)
"""The counts of entities 0 to n, and what each stands under: an earlier one, or none (-1)."""


def parents(above: tuple[int, ...]) -> dict[int, int]:
    return {child: parent for child, parent in enumerate(above) if parent >= 0}


def below(entity: int, parent: dict[int, int]) -> set[int]:
    """It, and all under it."""
    found = {entity}
    for child in sorted(parent):
        if parent[child] in found:
            found.add(child)
    return found


@given(trees)
def test_whatever_is_taken_from_whatever_leaves_nobody_or_five(
    tree: tuple[list[Count], tuple[int, ...]],
) -> None:
    direct, parent = dict(enumerate(tree[0])), parents(tree[1])

    told = rules.told_on(direct, parent)

    for entity, count in told.items():
        inside = below(entity, parent)
        assert count.expected == sum(direct[each].expected for each in inside) >= FEWEST
        assert count.done == sum(direct[each].done for each in inside)
        within = [below(each, parent) for each in told if each in inside and each != entity]
        left = inside.difference(*within)
        rest = sum(direct[each].expected for each in left)
        assert rest == 0 or rest >= FEWEST


def test_three_beside_a_team_of_six_keep_their_site_untold() -> None:
    site, six, three = 1, 2, 3
    parent = {six: site, three: site}

    told = rules.told_on({six: Count(6, 2), three: Count(3, 3)}, parent)

    assert told == {six: Count(6, 2)}


def test_two_small_teams_hide_in_their_site() -> None:
    told = rules.told_on({2: Count(3, 1), 3: Count(4, 4)}, {2: 1, 3: 1})

    assert told == {1: Count(7, 5)}


def test_entities_in_a_circle_are_left_out() -> None:
    assert rules.told_on({1: Count(9, 9), 2: Count(9, 9), 3: Count(9, 1)}, {1: 2, 2: 1}) == {
        3: Count(9, 1)
    }


def test_days_add_up() -> None:
    days = [{1: Count(6, 3)}, {1: Count(5, 5), 2: Count(8, 0)}]

    assert rules.added(days) == {1: Count(11, 8), 2: Count(8, 0)}


def test_the_upper_half_has_places_and_small_teams_can_win() -> None:
    counts = {1: Count(600, 300), 2: Count(6, 5), 3: Count(60, 20), 4: Count(50, 5)}

    assert rules.standings(counts) == [
        Standing(2, 83, 1),
        Standing(1, 50, 2),
        Standing(3, 33, None),
        Standing(4, 10, None),
    ]


def test_three_are_put_in_no_order() -> None:
    counts = {number: Count(10, number) for number in range(1, 4)}

    assert all(each.place is None for each in rules.standings(counts))


def test_who_is_level_with_the_unnamed_is_not_named() -> None:
    counts = {1: Count(10, 9), 2: Count(10, 5), 3: Count(10, 5), 4: Count(10, 5)}

    assert [each.place for each in rules.standings(counts)] == [1, None, None, None]


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), max_size=20))
def test_whoever_has_a_place_has_as_many_behind(found: list[tuple[int, int]]) -> None:
    counts = {
        number: Count(expected, min(expected, done))
        for number, (expected, done) in enumerate(found)
    }

    standings = rules.standings(counts)

    named = [each for each in standings if each.place]
    unnamed = [each for each in standings if not each.place]
    assert len(named) <= len(unnamed)
    assert all(one.per_cent > other.per_cent for one in named for other in unnamed)
    assert all(5 <= each.per_cent <= 95 for each in standings)


def test_the_last_two_are_shown_to_nobody() -> None:
    assert rules.behind("abcd") == "ab"
    assert rules.behind("abc") == "a"
    assert rules.behind("ab") == ""
    assert rules.behind("") == ""


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    thursday = date(2026, 3, 5)

    assert rules.begins(Span.WEEK, thursday) == date(2026, 3, 2)
    assert rules.begins(Span.MONTH, thursday) == date(2026, 3, 1)
