"""A row opened in part: the very bytes and the very chance that unpacking all of it would have given."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from academy.mastery import tutor
from academy.mastery.belief import Outcome
from academy.mastery.forgetting import MOST_NOTIONS, MOST_SKILLS, ROOM
from academy.mastery.mind import Asked, Mind, Trace
from academy.mastery.opening import Lesson, learnt
from academy.mastery.packing import (
    MOST_QUESTIONS,
    MOST_TIMES,
    UnreadableMind,
    pack,
    size,
    unpack,
)
from academy.mastery.remembering import Subject
from academy.mastery.tutor import Item, Model

MODEL = Model()
START = 500.0
TAGS = (0, 1, 7, 8, 9, 1000, 2**31, 2**32 - 1)
QUESTIONS = (0, 1, 2, 500, 2**16 - 1)
SKILLS = (None, 0, 5, 6, 2**32 - 1)

subjects = st.builds(Subject, st.sampled_from(TAGS), st.sampled_from(SKILLS), st.floats(-2, 2))
items = st.builds(
    Item,
    st.sampled_from(QUESTIONS),
    st.sampled_from(TAGS),
    st.sampled_from(SKILLS),
    st.floats(-3, 3),
    level=st.floats(-1, 1),
    requires=st.lists(subjects, max_size=3).map(tuple),
)
answers = st.tuples(
    items,
    st.sampled_from(Outcome),
    st.floats(-2, 60),
)


def crowded(notions: int, questions: int, skills: int) -> Mind:
    """Somebody who met so many notions, one a day, with so many questions of each; none of TAGS but 1000."""
    mind = Mind(last=float(notions), answers=notions)
    for number in range(notions):
        asked = {
            each: Asked(number, MOST_TIMES, number % 2 > 0) for each in range(3, 3 + questions)
        }
        mind.traces[1000 + number] = Trace(last=float(number), answers=questions, asked=asked)
        mind.details += questions
    for number in range(skills):
        mind.skills[100 + number] = 0.5, 0.25
    return mind


def with_row_of(bytes_: int, notions: int) -> Mind:
    """So many notions, and questions until the row has so many bytes, or hardly fewer."""
    mind = crowded(notions, 0, 5)
    traces = list(mind.traces.values())
    for number in range((bytes_ - size(mind)) // 5):
        trace = traces[number % notions]
        trace.asked[10 + number // notions] = Asked(number % 300, 1, last_right=True)
        mind.details += 1
    return mind


crowds = st.one_of(
    st.just(tutor.stranger(MODEL)),
    st.builds(crowded, st.integers(1, 40), st.integers(0, 4), st.integers(0, 9)),
    st.builds(
        with_row_of, st.integers(ROOM - 80, ROOM), st.sampled_from([20, 200, 300, 346])
    ),  # 346: fewer details than are kept however full the row is
    st.builds(crowded, st.just(1), st.sampled_from([126, 127]), st.just(0)),
    st.builds(crowded, st.just(20), st.just(1), st.integers(MOST_SKILLS - 2, MOST_SKILLS + 1)),
)
"""Nobody, somebody, and somebody at the edge of each bound."""


def the_long_way(
    row: bytes, item: Item, outcome: Outcome, at: float
) -> tuple[bytes, tutor.Prediction]:
    mind = unpack(row)
    predicted = tutor.predict(mind, item, at, MODEL)
    tutor.learn(mind, item, outcome, at, MODEL)
    return pack(mind), predicted


def both_ways(
    mind: Mind, given_answers: list[tuple[Item, Outcome, float]]
) -> Iterator[tuple[Lesson, tuple[bytes, tutor.Prediction]]]:
    """Each answer learnt from the row that the one before left."""
    row, at = pack(mind), START
    for item, outcome, later in given_answers:
        at += later
        lesson = learnt(row, item, outcome, at, MODEL)
        yield lesson, the_long_way(row, item, outcome, at)
        row = lesson.row


@given(crowds, st.lists(answers, max_size=12))
@settings(max_examples=300)
def test_a_row_opened_in_part_learns_to_the_byte_what_a_whole_mind_learns(
    mind: Mind, some: list[tuple[Item, Outcome, float]]
) -> None:
    for lesson, (row, predicted) in both_ways(mind, some):
        assert lesson.row == row
        assert lesson.predicted == predicted


@given(st.lists(answers, min_size=1, max_size=4), st.integers(MOST_NOTIONS - 2, MOST_NOTIONS))
@example([(Item(1, 7, 5), Outcome.WRONG, 1.0)], MOST_NOTIONS)
@settings(max_examples=10)
def test_so_does_a_row_of_as_many_notions_as_are_kept(
    some: list[tuple[Item, Outcome, float]], notions: int
) -> None:
    for lesson, (row, _predicted) in both_ways(crowded(notions, 0, 0), some):
        assert lesson.row == row


@given(crowds, answers)
def test_the_mind_that_is_handed_back_knows_what_the_answer_touched(
    mind: Mind, one: tuple[Item, Outcome, float]
) -> None:
    item = one[0]
    ((lesson, (row, _predicted)),) = both_ways(mind, [one])
    whole = unpack(row)

    for tag in (item.notion, *(each.notion for each in item.requires)):
        assert lesson.mind.traces.get(tag) == whole.traces.get(tag)
    for skill in (item.skill, *(each.skill for each in item.requires)):
        if skill is not None:
            assert lesson.mind.skills.get(skill) == whole.skills.get(skill)
    assert (lesson.mind.theta, lesson.mind.answers) == (whole.theta, whole.answers)


def test_a_full_row_is_opened_whole_only_when_something_must_be_forgotten() -> None:
    mind = with_row_of(ROOM, 200)
    row = pack(mind)
    known = Item(10, 1000)

    in_part = learnt(row, known, Outcome.RIGHT, START, MODEL)
    forgetting = learnt(row, Item(9, 1000), Outcome.RIGHT, START, MODEL)

    assert in_part.mind.traces.keys() == {1000}
    assert len(in_part.row) == len(row)
    assert len(forgetting.mind.traces) == 200
    assert len(forgetting.row) < len(row)


def test_a_notion_keeps_its_latest_questions_without_opening_the_others() -> None:
    row = pack(crowded(1, MOST_QUESTIONS, 0))

    lesson = learnt(row, Item(500, 1000), Outcome.RIGHT, START, MODEL)

    assert len(lesson.mind.traces[1000].asked) == MOST_QUESTIONS
    assert 500 in unpack(lesson.row).traces[1000].asked


@given(crowds, st.data())
def test_a_damaged_row_is_refused_by_name(mind: Mind, data: st.DataObject) -> None:
    row = bytearray(pack(mind))
    row[data.draw(st.integers(0, len(row) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(UnreadableMind):
        learnt(bytes(row), Item(1, 1), Outcome.RIGHT, START, MODEL)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(row: bytes) -> None:
    with pytest.raises(UnreadableMind):
        learnt(row, Item(1, 1), Outcome.RIGHT, START, MODEL)
