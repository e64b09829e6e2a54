"""The log read anew, some days at a time: every deed once, in order, and little of it twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.hr.rollup.blocks import Block, Span, spans, stretches

FIRST = date(2026, 3, 2)
LOGS = st.lists(st.integers(0, 40).map(lambda ahead: FIRST + timedelta(days=ahead)), max_size=120)
"""The days of deeds, in the order in which they were written down."""


def cut(log: list[date], size: int) -> list[Block]:
    parts = [log[start : start + size] for start in range(0, len(log), size)]
    return [Block(place, min(part), max(part), len(part)) for place, part in enumerate(parts)]


def read(log: list[date], size: int, found: list[Span]) -> Iterator[tuple[date, int]]:
    for span in found:
        there = [(day, number) for number, day in enumerate(log) if number // size in span.places]
        yield from sorted(each for each in there if span.first <= each[0] < span.until)


@given(LOGS, st.integers(1, 9), st.integers(1, 60), st.integers(1, 60))
def test_every_deed_is_read_once_and_in_order(
    log: list[date], size: int, enough: int, most: int
) -> None:
    found = list(spans(cut(log, size), enough, most))

    assert list(read(log, size, found)) == sorted((day, number) for number, day in enumerate(log))


@given(LOGS, st.integers(1, 9), st.integers(1, 60))
def test_no_reading_takes_more_than_enough_or_twice_what_a_day_needs(
    log: list[date], size: int, enough: int
) -> None:
    blocks = cut(log, size)
    for span in spans(blocks, enough, 10**9):
        taken = sum(blocks[place].many for place in span.places)
        a_day = sum(each.many for each in blocks if each.first <= span.first <= each.last)
        assert taken <= max(enough, 2 * a_day)


@given(LOGS, st.integers(1, 9))
def test_a_log_written_day_by_day_is_hardly_read_twice(log: list[date], size: int) -> None:
    blocks = cut(sorted(log), size)
    times = Counter(place for span in spans(blocks, 10 * size, 1_000) for place in span.places)

    assert sum(each.many * times[each.place] for each in blocks) <= 1.5 * len(log) + 10 * size


def test_a_log_all_mixed_up_is_read_as_a_whole() -> None:
    mixed = [Block(place, FIRST, FIRST + timedelta(days=400), 50) for place in range(30)]

    assert [span.places for span in spans(mixed, 10, 10_000)] == [tuple(range(30))]


def test_of_a_log_all_mixed_up_no_more_is_held_than_there_is_room_for() -> None:
    mixed = [Block(place, FIRST, FIRST + timedelta(days=399), 50) for place in range(40)]

    found = [(span.until - span.first).days for span in spans(mixed, 10, 500)]

    assert found == [100, 100, 100, 100]


def test_neighbours_are_asked_for_together() -> None:
    assert stretches((0, 1, 2, 5, 7, 8)) == [(0, 2), (5, 5), (7, 8)]
    assert stretches(()) == []
