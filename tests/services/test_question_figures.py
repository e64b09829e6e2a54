"""Counting answers for those who write questions: each once, by edition, in chunks."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from academy.catalog import releases
from academy.catalog.releases import Worker
from academy.database import db
from academy.mastery.figures import jobs, queries, services
from academy.mastery.figures.models import QuestionTally
from academy.mastery.models import Answer
from tests.conftest import MONDAY
from tests.services.packs import fresh_worker, publish, reworded_question, shipped

pytestmark = pytest.mark.usefixtures("context")

LONG_AGO = MONDAY - timedelta(days=2)
_contexts = count(1)


@pytest.fixture(autouse=True)
def worker(app: Flask, context: None) -> Iterator[Worker]:
    with fresh_worker(app) as fresh:
        yield fresh


def single() -> str:
    """A question with options, of which one is right."""
    return next(
        key for key, question in releases.current().questions.items() if question.type == "single"
    )


def answered(question: str, times: int = 1, **facts: Any) -> None:
    """So many answers by nobody in particular."""
    known = releases.current()
    row = {
        "person_id": None,
        "context": "round",
        "slot": 1,
        "question": question,
        "notion": known.questions[question].notion,
        "release": known.release,
        "given": {"choice": ["a"]},
        "right": True,
        "score": 1.0,
        "dont_know": False,
        "at": LONG_AGO,
        "predicted": 0.7,
        "seconds": 10.0,
    }
    db.session.add_all(
        Answer(**{**row, "context_id": next(_contexts), **facts}) for _ in range(times)
    )
    db.session.commit()


def tallied() -> dict[tuple[str, bool], int]:
    rows = db.session.scalars(select(QuestionTally).execution_options(populate_existing=True))
    return {(row.answered, row.right): row.times for row in rows}


def test_each_answer_is_counted_once_however_often_one_counts() -> None:
    key = single()
    answered(key, 3)
    answered(key, 2, given={"choice": ["b"]}, right=False)
    answered(key, 1, given={"dont_know": True}, right=False, dont_know=True)

    for _night in range(3):
        jobs.count_answers(MONDAY)
    answered(key, 1)
    jobs.count_answers(MONDAY)

    assert tallied() == {("a", True): 4, ("b", False): 2, ("dont_know", False): 1}


def test_chunks_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    key = single()
    answered(key, 25)
    monkeypatch.setattr(services, "CHUNK", 4)

    jobs.count_answers(MONDAY)

    assert tallied() == {("a", True): 25}


def test_what_was_counted_anew_equals_what_was_kept() -> None:
    key = single()
    answered(key, 4, seconds=None)
    jobs.count_answers(MONDAY)
    answered(key, 5, right=False, given={"choice": ["c", "d"]}, predicted=None)
    jobs.count_answers(MONDAY)
    kept = tallied()

    services.forget()
    jobs.count_answers(MONDAY)

    assert tallied() == kept == {("a", True): 4, ("c+d", False): 5}


def test_an_answer_of_this_hour_waits_for_the_next_night() -> None:
    key = single()
    answered(key, at=MONDAY - timedelta(minutes=59))

    jobs.count_answers(MONDAY)
    assert tallied() == {}

    jobs.count_answers(MONDAY + timedelta(minutes=1))
    assert tallied() == {("a", True): 1}


def test_nothing_is_counted_when_the_worker_dies_before_its_commit() -> None:
    answered(single(), 3)

    services.count_next(MONDAY)
    db.session.rollback()
    assert tallied() == {}

    jobs.count_answers(MONDAY)
    assert tallied() == {("a", True): 3}


def test_what_the_engine_expected_is_summed_where_it_was_logged() -> None:
    key = single()
    answered(key, 16, predicted=0.5)
    answered(key, 6, predicted=None)
    answered(key, 4, predicted=0.9, right=False, given={"choice": ["b"]})

    jobs.count_answers(MONDAY)

    known = queries.of_question(releases.current().questions[key])
    assert known is not None
    assert known.answers == 26
    assert known.expected == pytest.approx((16 * 0.5 + 4 * 0.9) / 20)
    wrong = next(use for use in known.options if use.answered == "b")
    assert wrong.able == pytest.approx(0.9)


def test_times_are_counted_in_steps_of_three_seconds() -> None:
    key = single()
    for seconds in (0.0, 2.9, 3.0, 5.9, 6.0, 119.0, 4000.0):
        answered(key, seconds=seconds)

    jobs.count_answers(MONDAY)

    buckets = db.session.execute(text("SELECT bucket, times FROM question_pace ORDER BY bucket"))
    assert [tuple(row) for row in buckets] == [(0, 2), (1, 2), (2, 1), (39, 1), (40, 1)]


def test_the_median_time_is_known_by_question() -> None:
    key = single()
    answered(key, 9, seconds=7.0)

    jobs.count_answers(MONDAY)

    assert queries.median_times(releases.current()) == {key: pytest.approx(7.5)}


def test_answers_to_another_wording_say_nothing_of_this_one(app: Flask) -> None:
    publish(app, shipped())
    key = single()
    answered(key, 12)
    jobs.count_answers(MONDAY)
    assert queries.all_figures(releases.current())[key].answers == 12
    db.session.commit()

    publish(app, reworded_question(shipped(), key))
    answered(key, 11, right=False, given={"choice": ["b"]})
    jobs.count_answers(MONDAY)

    known = queries.all_figures(releases.current())[key]
    assert known.answers == 11
    assert known.right.share == 0


def test_an_answer_of_a_release_that_is_gone_is_counted_apart() -> None:
    key = single()
    answered(key, 12, release="gone-forever")

    jobs.count_answers(MONDAY)

    assert tallied() == {("a", True): 12}
    assert queries.all_figures(releases.current()) == {}
