"""The engine's belief of one person, in one row of bytes: exact, small, bounded, and honest when damaged."""

from datetime import UTC, datetime, timedelta
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mastery.forgetting import MOST_NOTIONS, MOST_SKILLS, ROOM, note
from academy.mastery.mind import (
    EPOCH,
    Asked,
    Mind,
    Trace,
    moment,
    question_tag,
    tag,
)
from academy.mastery.packing import (
    MOST_FAILURES,
    MOST_QUESTIONS,
    VERSION,
    UnreadableMind,
    pack,
    settle,
    settled_pair,
    size,
    unpack,
)

reals = st.floats(-1e6, 1e6)
shares = st.floats(0, 1)
counts = st.integers(0, 5000)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    answers = draw(counts)
    trace = Trace(
        draw(reals),
        draw(reals),
        draw(reals),
        kappa=draw(shares),
        stability=draw(st.floats(0, 1e6)),
        last=draw(st.floats(-10, 60_000)),
        answers=answers,
        right=draw(st.integers(0, answers)),
        ewma=draw(shares),
        last_right=draw(st.booleans()),
    )
    settle(trace)
    return trace


@st.composite
def minds(draw: st.DrawFn) -> Mind:
    mind = Mind(draw(reals), draw(reals), fast=draw(shares), slow=draw(shares))
    mind.last = moment(EPOCH + timedelta(seconds=draw(st.integers(0, 2**31))))
    mind.answers, mind.right = draw(counts), draw(counts)
    mind.failures = draw(st.integers(0, MOST_FAILURES))
    for key in draw(st.sets(st.integers(0, 2**32 - 1), max_size=4)):
        mind.skills[key] = settled_pair(draw(reals), draw(reals))
    for key in draw(st.sets(st.integers(0, 2**32 - 1), max_size=6)):
        mind.traces[key] = draw(traces())
        for question in draw(st.lists(st.integers(0, 2**16 - 1), max_size=8)):
            day, right = draw(st.integers(-5, 70_000)), draw(st.booleans())
            note(mind, mind.traces[key], question, day, right)
    return mind


def full(notions: int, questions: int, skills: int = 0) -> Mind:
    """A mind that met so many notions, one a day, each with so many questions."""
    mind = Mind()
    for number in range(skills):
        mind.skills[tag(f"skill-{number}")] = settled_pair(0.1, 0.5)
    for number in range(notions):
        trace = mind.traces[tag(f"notion-{number}")] = Trace(last=float(number))
        for question in range(questions):
            note(mind, trace, question_tag(f"{number}-{question}"), number, True)
    return mind


@given(minds())
def test_a_mind_comes_back_from_its_row_as_it_was(mind: Mind) -> None:
    assert unpack(pack(mind)) == mind
    assert pack(unpack(pack(mind))) == pack(mind)
    assert len(pack(mind)) == size(mind)


def test_two_hundred_notions_and_six_hundred_and_fifty_questions_fit_under_8_kb() -> None:
    mind = full(200, 3, skills=30)
    for trace in list(mind.traces.values())[:50]:
        note(mind, trace, 0, 0, False)

    assert mind.details == 650
    assert len(pack(mind)) < ROOM
    assert unpack(pack(mind)) == mind


def test_ten_times_the_notions_forget_the_oldest_questions_and_keep_the_notions() -> None:
    mind = full(2000, 3)

    row = pack(mind)

    assert unpack(row) == mind
    assert len(mind.traces) == 2000
    assert mind.traces[tag("notion-1999")].asked[question_tag("1999-2")] == Asked(1999, 1, True)
    assert mind.traces[tag("notion-0")].asked == {}
    assert len(row) < 50_000


def test_above_two_thousand_notions_those_met_longest_ago_go() -> None:
    mind = full(MOST_NOTIONS + 5, 1)

    assert len(mind.traces) == MOST_NOTIONS
    assert tag("notion-4") not in mind.traces
    assert tag("notion-5") in mind.traces
    assert mind.details == sum(len(trace.asked) for trace in mind.traces.values())


def test_a_notion_of_hundreds_of_questions_keeps_the_latest() -> None:
    mind = full(1, 0)
    trace = mind.traces[tag("notion-0")]
    for day in range(300):
        note(mind, trace, day, day, right=True)

    assert set(trace.asked) == set(range(300 - MOST_QUESTIONS, 300))
    assert unpack(pack(mind)) == mind


def test_skills_are_bounded_and_the_least_known_goes() -> None:
    mind = full(1, 0)
    mind.skills = dict.fromkeys(range(MOST_SKILLS), (0.0, 1.0)) | {7777: (0.0, 2.0)}
    note(mind, mind.traces[tag("notion-0")], 1, 1, right=True)

    assert len(mind.skills) == MOST_SKILLS
    assert 7777 not in mind.skills


def test_asking_again_counts_the_times_and_keeps_the_last_outcome() -> None:
    mind = full(1, 0)
    trace = mind.traces[tag("notion-0")]
    for _ in range(200):
        note(mind, trace, 5, 10, right=True)
    note(mind, trace, 5, 12, right=False)

    assert trace.asked == {5: Asked(12, 127, False)}
    assert mind.details == 1


def test_thousands_of_answers_to_one_notion_keep_their_share() -> None:
    trace = Trace(answers=4096, right=1024)

    settle(trace)

    assert (trace.answers, trace.right) == (2048, 512)


@given(minds(), st.data())
def test_a_damaged_row_is_refused_by_name(mind: Mind, data: st.DataObject) -> None:
    row = bytearray(pack(mind))
    row[data.draw(st.integers(0, len(row) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(UnreadableMind):
        unpack(bytes(row))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_name(row: bytes) -> None:
    with pytest.raises(UnreadableMind):
        unpack(row)


def test_a_row_cut_short_is_refused() -> None:
    row = pack(full(3, 2))

    for end in (0, 1, 30, len(row) - 1):
        with pytest.raises(UnreadableMind):
            unpack(row[:end])


def test_a_row_whose_length_is_not_what_it_tells_is_refused() -> None:
    row = pack(full(1, 1))
    longer = row[5:] + b"\x00"
    sealed = row[:1] + crc32(longer).to_bytes(4, "little") + longer

    with pytest.raises(UnreadableMind, match="length"):
        unpack(sealed)


def test_a_row_of_another_version_is_refused_with_both_versions_named() -> None:
    row = pack(Mind())

    with pytest.raises(UnreadableMind, match=f"version 9, where {VERSION} is known"):
        unpack(b"\x09" + row[1:])


def test_tags_stay_the_same_for_ever() -> None:
    assert tag("cloud") == 0xBE72A32F
    assert question_tag("cloud-1") == 0x320D


def test_moments_are_days_since_the_epoch() -> None:
    assert moment(datetime(2020, 1, 2, 12, tzinfo=UTC)) == 1.5
    assert moment(datetime(1999, 1, 1, tzinfo=UTC)) == 0.0
