"""How many people and where: small groups are told by nobody, not even by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from academy.rewards.publishing.places import FEWEST, Told, told

counts = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2), st.integers(1, 12), max_size=9
)


@given(counts)
def test_every_group_told_is_large_enough_and_all_add_up(found: dict[str, int]) -> None:
    said = told(found)

    total = sum(found.values())
    if 0 < total < FEWEST:
        assert said == Told(None)
        return
    assert said.people == total == sum(count for _name, count in said.places) + said.elsewhere
    assert all(found[name] == count >= FEWEST for name, count in said.places)
    assert said.elsewhere == 0 or said.elsewhere >= FEWEST


def test_a_small_rest_takes_the_smallest_group_with_it() -> None:
    assert told({"Lyon": 9, "Lille": 6, "Brest": 2}) == Told(17, (("Lyon", 9),), 8)
    assert told({"Lyon": 9}) == Told(9, (("Lyon", 9),))
    assert told({}) == Told(0)
