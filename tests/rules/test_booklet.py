"""Dealing visas and badges on the leaves of a booklet."""

from hypothesis import given
from hypothesis import strategies as st

from academy.passport.booklet.contents import Mark, dealt

MARKS = st.lists(st.builds(Mark, st.just(""), st.text(max_size=5), st.just(())), max_size=60)


@given(MARKS, st.integers(1, 20), st.integers(1, 3))
def test_everything_is_on_a_leaf_or_counted(marks: list[Mark], a_leaf: int, leaves: int) -> None:
    on_leaves, rest = dealt(marks, a_leaf, leaves)

    assert len(on_leaves) == leaves
    assert all(len(leaf) <= a_leaf for leaf in on_leaves)
    assert [mark for leaf in on_leaves for mark in leaf] == marks[: a_leaf * leaves]
    assert sum(map(len, on_leaves)) + rest == len(marks)
