"""A drain carries what is due; what it is told by those who carry decides what becomes of a letter."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from academy import clock, create_app
from academy.database import db
from academy.post import handlers, jobs, queries, services
from academy.post.handlers import NotNow, Undeliverable
from academy.post.models import Letter, PostedMail
from academy.post.services import Leased
from academy.privacy.jobs import forget_what_is_over
from tests.conftest import MONDAY, Counting
from tests.services.crowd import all_at_once
from tests.services.packs import quick

MINUTE = timedelta(minutes=1)


def put(*onces: str, kind: str = "note") -> None:
    for once in onces:
        services.put(kind, {}, once, MONDAY)
    db.session.commit()


def stored(once: str) -> Letter:
    found = queries.fate(once)
    assert found is not None
    return found


@pytest.fixture
def carried(app: Flask) -> Iterator[list[str]]:
    """What letters of the kind "note" said, in the order in which they were carried."""
    seen: list[str] = []
    handlers.register(app, "note", lambda letter: seen.append(letter.once))
    yield seen
    app.extensions[handlers.EXTENSION].pop("note")


def carry(app: Flask, kind: str, act: Callable[[Leased], None]) -> None:
    handlers.register(app, kind, act)


def test_everything_due_is_carried_once_and_in_order(context: Flask, carried: list[str]) -> None:
    onces = [f"letter:{number:02}" for number in range(45)]  # more than two batches
    put(*onces)

    assert jobs.drain() == 45
    assert jobs.drain() == 0
    assert carried == onces


def test_of_twenty_drains_at_once_each_letter_is_carried_by_one(
    app: Flask, carried: list[str]
) -> None:
    with app.app_context():
        put(*(f"letter:{number}" for number in range(200)))

    left = all_at_once(app, lambda _number: jobs.drain())

    assert sum(left) == 200
    assert set(Counter(carried).values()) == {1}


def test_what_a_handler_writes_happens_with_the_mark_or_not_at_all(context: Flask) -> None:
    def write_then_break(letter: Leased) -> None:
        fields = {"once": letter.once, "address": "", "language": "en", "subject": "", "text": ""}
        db.session.add(PostedMail(**fields, html="", posted_at=MONDAY))
        db.session.flush()  # it is written, though not for good
        if letter.tries == 0:
            raise RuntimeError("halfway")

    carry(context, "note", write_then_break)
    put("letter")

    jobs.drain()
    assert db.session.scalars(select(PostedMail.once)).all() == []
    assert stored("letter").failure == "RuntimeError: halfway"

    stored("letter").due_at = MONDAY
    db.session.commit()
    assert jobs.drain() == 1
    assert db.session.scalars(select(PostedMail.once)).all() == ["letter"]


def test_one_letter_that_fails_does_not_hold_the_others_up(
    context: Flask, carried: list[str]
) -> None:
    def stumble(letter: Leased) -> None:
        raise ValueError(f"not today: {letter.once}")

    carry(context, "brittle", stumble)
    put("a", kind="brittle")
    put("b")

    assert jobs.drain() == 1

    assert carried == ["b"]
    assert stored("a").failure == "ValueError: not today: a"
    assert stored("a").due_at == MONDAY + MINUTE


def test_when_the_way_is_closed_all_letters_of_the_kind_wait_and_others_go(
    context: Flask, carried: list[str]
) -> None:
    asked: list[str] = []

    def closed(letter: Leased) -> None:
        asked.append(letter.once)
        raise NotNow("the server is away")

    carry(context, "far", closed)
    put(*(f"far:{number}" for number in range(30)), kind="far")
    put("near")

    assert jobs.drain() == 1

    assert asked == ["far:0"]  # one knock at the door, not thirty
    assert carried == ["near"]
    waiting = [stored(f"far:{number}") for number in range(30)]
    assert {(each.tries, each.lease, each.due_at) for each in waiting} == {(0, None, MONDAY)}


def test_what_can_never_arrive_is_given_up_at_once(context: Flask) -> None:
    def refuse(_letter: Leased) -> None:
        raise Undeliverable("550 no such person")

    carry(context, "note", refuse)
    put("letter")

    assert jobs.drain() == 0

    assert (stored("letter").dead_at, stored("letter").failure) == (MONDAY, "550 no such person")


def test_a_letter_nobody_carries_is_kept_for_a_worker_that_does(context: Flask) -> None:
    put("letter", kind="news of tomorrow")

    assert jobs.drain() == 0

    assert stored("letter").failure.startswith("LookupError: nobody carries")
    assert stored("letter").due_at == MONDAY + MINUTE


def test_a_drain_told_to_stop_ends_after_the_letter_in_hand(context: Flask) -> None:
    seen: list[str] = []
    desk = jobs.desk()

    def last(letter: Leased) -> None:
        seen.append(letter.once)
        desk.stopping.set()

    carry(context, "note", last)
    put("a", "b")
    try:
        assert jobs.drain() == 1
    finally:
        desk.stopping.clear()

    assert seen == ["a"]
    assert stored("a").done_at == MONDAY
    assert (stored("b").lease, stored("b").tries) == (None, 0)


def test_a_wake_during_a_drain_makes_it_look_again(context: Flask) -> None:
    seen: list[str] = []

    def answer(letter: Leased) -> None:
        seen.append(letter.once)
        assert (
            jobs.drain_once_more() == 0
        )  # a second drain in the same process leaves it to the first

    carry(context, "note", answer)
    put("a", "b")

    assert jobs.drain_once_more() == 2
    assert seen == ["a", "b"]


def test_a_letter_costs_three_statements_and_one_commit(
    context: Flask, carried: list[str], count_statements: Counting
) -> None:
    """Per batch: look, lease, release; per letter: done, begin. Then a last look."""
    put(*(f"letter:{number}" for number in range(20)))

    with count_statements() as statements:
        jobs.drain()

    assert len(statements) == 3 + 2 * 20 + 1


def test_the_worker_is_woken_by_the_commit_and_not_before(context: Flask) -> None:
    queue = jobs.desk().queue
    queue.flush()

    services.put("note", {}, "letter", MONDAY)
    assert queue.pending_count() == 0
    db.session.commit()
    assert queue.pending_count() == 1

    services.put("note", {}, "letter", MONDAY)  # nothing new: nobody is woken
    db.session.commit()
    services.put("note", {}, "another", MONDAY)
    db.session.rollback()
    db.session.commit()
    assert queue.pending_count() == 1
    queue.flush()


def test_a_wake_is_run_as_a_drain(context: Flask, carried: list[str]) -> None:
    queue = jobs.desk().queue
    queue.flush()
    put("letter")

    queue.execute(queue.dequeue())

    assert carried == ["letter"]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_bell_may_hang_in_postgresql(app: Flask, postgresql_url: str) -> None:
    other = create_app(quick(replace(app.config["SETTINGS"], queue_url=postgresql_url)))
    seen: list[str] = []
    handlers.register(other, "note", lambda letter: seen.append(letter.once))

    with other.app_context():
        queue = jobs.desk().queue
        put("letter")
        queue.execute(queue.dequeue())
        for table in ("task", "schedule", "kv", "counter"):
            queue.storage.sql(f"drop table huey_{table}", commit=True)
        queue.storage.close()
        db.session.remove()
        db.engine.dispose()

    assert seen == ["letter"]


def test_a_queue_that_is_broken_never_fails_the_commit(app: Flask, tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path / 'missing' / 'queue.sqlite'}"
    other = create_app(quick(replace(app.config["SETTINGS"], queue_url=nowhere)))

    with other.app_context():
        put("letter")
        assert stored("letter").done_at is None
        db.session.remove()
        db.engine.dispose()


def test_every_job_has_its_times_and_old_letters_are_forgotten_at_night(context: Flask) -> None:
    put("old")
    stored("old").done_at = MONDAY - timedelta(days=31)
    put("young")
    stored("young").done_at = MONDAY - timedelta(days=29)
    db.session.commit()

    (nightly,) = [each for each in jobs.desk().periodic if each.job is forget_what_is_over]
    nightly.job(MONDAY)

    assert nightly.times == {"minute": "17", "hour": "3"}
    assert db.session.scalars(select(Letter.once)).all() == ["young"]


def test_moments_are_asked_letter_by_letter(
    context: Flask, now: Callable[[datetime], None]
) -> None:
    """A lease is made anew when a letter is begun, however long those before it took."""
    leases: list[datetime | None] = []

    def slowly(letter: Leased) -> None:
        leases.append(stored(letter.once).leased_until)
        db.session.rollback()
        now(clock.now() + MINUTE)

    carry(context, "note", slowly)
    put("a", "b")
    jobs.drain()

    lease = context.config["SETTINGS"].lease
    assert leases == [MONDAY + lease, MONDAY + MINUTE + lease]
