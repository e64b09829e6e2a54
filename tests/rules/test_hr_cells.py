"""Counting groups with columns: the same as counting them one by one."""

from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from academy.hr.rollup.cells import Crowd, Group, Tree, groups
from academy.hr.rollup.cuts import ALL, HERE
from academy.hr.rollup.rounding import SMALLEST, Cell, rounded

SALT = b"salt"
PARENTS = (-1, 0, 0, 1, 1, 2)
"""A company, two divisions, two teams in the first, one in the second."""
PEOPLE = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 2), st.booleans()), min_size=1, max_size=80
)
Person = tuple[int, int, bool]


def counted(people: list[Person]) -> dict[tuple[int, str, str], Group]:
    tree = Tree(
        np.arange(100, 106), np.array(PARENTS), np.array([True, True, True, False, False, False])
    )
    crowd = Crowd(
        ids=np.arange(1, len(people) + 1),
        entity=np.array([person[0] for person in people]),
        cuts={"job": np.array([person[1] for person in people])},
        values={"job": ["baker", "driver", "nurse"]},
        marks={"passport": np.array([person[2] for person in people])},
    )
    return {(each.entity_id, each.cut, each.value): each for each in groups(tree, crowd, SALT)}


def within(entity: int) -> Callable[[int], bool]:
    def inside(place: int) -> bool:
        while place not in (entity, -1):
            place = PARENTS[place]
        return place == entity

    return inside


def one_by_one(
    people: list[Person], chosen: Callable[[Person], bool], name: str
) -> tuple[int, int]:
    numbers = [number for number, person in enumerate(people, 1) if chosen(person)]
    holders = [number for number in numbers if people[number - 1][2]]
    group = Cell(len(numbers), sum(numbers))
    return group.count, rounded(Cell(len(holders), sum(holders)), group, name, SALT)


def member(cut: str, entity: int, job: int | None) -> Callable[[Person], bool]:
    inside = within(entity)
    members: dict[str, Callable[[Person], bool]] = {
        ALL: lambda person: inside(person[0]),
        HERE: lambda person: person[0] == entity,
        "job": lambda person: inside(person[0]) and person[1] == job,
    }
    return members[cut]


@given(PEOPLE)
def test_every_group_told_is_that_of_counting_one_by_one(people: list[Person]) -> None:
    for (entity, cut, value), group in counted(people).items():
        job = {"baker": 0, "driver": 1, "nurse": 2}.get(value)
        size, told = one_by_one(people, member(cut, entity - 100, job), "passport")
        assert size > 0
        if group.people is not None:
            assert (group.people, group.figures) == (size, {"passport": told})


@given(PEOPLE)
def test_small_groups_are_untold_and_cannot_be_had_by_subtracting(people: list[Person]) -> None:
    told = counted(people)
    for parent in range(6):
        parts = [
            told[100 + part, ALL, ALL]
            for part in range(6)
            if PARENTS[part] == parent and (100 + part, ALL, ALL) in told
        ]
        parts += [told[100 + parent, HERE, ALL]] if (100 + parent, HERE, ALL) in told else []
        whole = told.get((100 + parent, ALL, ALL))
        if whole is None or whole.people is None:
            assert all(part.people is None for part in parts if part.cut == ALL)
            continue
        missing = whole.people - sum(part.people or 0 for part in parts)
        assert missing == 0 or missing >= SMALLEST
    assert all(group.people is None or group.people >= SMALLEST for group in told.values())


@given(PEOPLE)
def test_teams_are_not_told_apart_by_trade(people: list[Person]) -> None:
    assert not [key for key in counted(people) if key[1] == "job" and key[0] > 102]
