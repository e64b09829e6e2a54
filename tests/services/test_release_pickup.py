"""What a worker serves: at start, while others publish, and when a release cannot be read."""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import create_engine, update

from academy import create_app, database
from academy.catalog import releases, services
from academy.catalog.models import Release
from academy.catalog.pack import read_pack
from academy.catalog.releases import KEPT, Worker, refresh
from academy.catalog.services import Publication
from academy.database import db
from academy.post import jobs
from academy.post.worker import work
from academy.settings import ROOT
from tests.conftest import MONDAY, settings
from tests.factories import make_person
from tests.services.packs import (
    fresh_worker,
    only_module,
    pack,
    publish,
    reworded,
    roll_back,
    served,
    two_modules,
    write,
)

LESSON = "web-versus-internet"
PATIENCE = 20
Counting = Callable[[], AbstractContextManager[list[str]]]

FIRST, SECOND, THIRD = (
    two_modules(),
    reworded(two_modules(), LESSON),
    reworded(two_modules(), LESSON, "Again. "),
)


@pytest.fixture(autouse=True)
def worker(app: Flask) -> Iterator[Worker]:
    with fresh_worker(app) as fresh:
        yield fresh


def damage(app: Flask, key: str, files: bytes = b"PK\x03\x04 no more") -> None:
    with app.app_context():
        database.may_write()
        db.session.execute(update(Release).where(Release.key == key).values(files=files))
        db.session.commit()


def publish_unread(app: Flask, files: dict[str, bytes]) -> str:
    """As another worker does: this one has not looked yet."""
    made = pack(files)
    with app.app_context():
        database.may_write()
        services.publish(made, Publication(), MONDAY)
        db.session.commit()
    return made.catalog.release


@pytest.mark.parametrize("files", [b"", b"nothing", b"another"])
def test_a_release_that_cannot_be_read_is_logged_once_and_left_alone(
    app: Flask, files: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    first = publish(app, FIRST)
    second = publish_unread(app, SECOND)
    damage(app, second, pack(THIRD).archive if files == b"another" else files)

    with caplog.at_level(logging.ERROR):
        for _look in range(3):
            refresh(app)

    assert served(app) == first
    assert sum("cannot be put in force" in told.message for told in caplog.records) == 1
    third = publish_unread(app, THIRD)
    refresh(app)
    assert served(app) == third


def test_a_damaged_copy_is_mended_by_going_back_and_publishing_again(app: Flask) -> None:
    publish(app, FIRST)
    second = publish_unread(app, SECOND)
    damage(app, second)
    refresh(app)

    roll_back(app)
    publish(app, SECOND)

    assert served(app) == second


def test_a_worker_starts_with_the_release_in_force_whatever_the_folder_says(
    app: Flask, tmp_path: Path
) -> None:
    second = publish(app, SECOND)
    broken = write({"culture/theme.yaml": b"nothing"}, tmp_path / "content")

    assert served(another(app, broken)) == second


def test_a_worker_starts_with_the_newest_release_it_can_read(app: Flask, tmp_path: Path) -> None:
    first = publish(app, FIRST)
    damage(app, publish_unread(app, SECOND))
    folder = write(only_module(FIRST, "changes"), tmp_path / "content")

    other = another(app, folder)
    assert served(other) == first
    damage(app, first)
    assert served(another(app, folder)) == pack(only_module(FIRST, "changes")).catalog.release
    refresh(other)
    assert served(other) == first
    other.extensions[releases._WORKER].engine.dispose()


def test_a_worker_without_a_database_starts_with_the_folder(tmp_path: Path) -> None:
    nowhere = create_app(settings(tmp_path, "sqlite:////nowhere/at/all.sqlite"))

    assert served(nowhere) == read_pack(ROOT / "content").release


def another(app: Flask, content: Path) -> Flask:
    """A worker that starts now on the same database."""
    return create_app(replace(app.config["SETTINGS"], content=content))


def test_a_release_is_found_by_its_name_in_force_or_not(app: Flask) -> None:
    keys = [publish(app, files) for files in (FIRST, SECOND, THIRD)]

    with app.app_context():
        assert [each and each.release for each in map(releases.named, keys)] == keys
        assert releases.named("0123456789ab") is None


def test_a_worker_holds_a_few_releases_and_reads_the_others_again(
    app: Flask, worker: Worker, count_statements: Counting
) -> None:
    keys = [publish(app, reworded(FIRST, LESSON, f"Edition {n}. ")) for n in range(KEPT + 1)]
    assert list(worker.recent) == keys[1:]

    with app.app_context():
        with count_statements() as statements:
            releases.named(keys[1])
        assert statements == []
        with count_statements() as statements:
            found = releases.named(keys[0])
        assert len(statements) == 1
    assert found is not None
    assert list(worker.recent) == [keys[3], keys[1], keys[0]]


def test_a_look_that_finds_nothing_new_is_one_statement(
    app: Flask, count_statements: Counting
) -> None:
    publish(app, FIRST)

    with count_statements() as statements:
        refresh(app)

    assert len(statements) == 1


def test_one_request_sees_one_release_from_beginning_to_end(app: Flask) -> None:
    first = publish(app, FIRST)

    with app.test_request_context():
        assert releases.current().release == first
        second = publish(app, SECOND)
        assert releases.current().release == first
    with app.test_request_context():
        assert releases.current().release == second


def test_a_worker_that_watches_serves_what_others_publish(app: Flask) -> None:
    publish(app, FIRST)
    watch = releases.watch(app, every=0.02)
    try:
        for files in (SECOND, THIRD, FIRST):
            key = publish_unread(app, files)
            eventually(lambda key=key: served(app) == key)  # type: ignore[misc]  # mypy infers no lambda with a default
    finally:
        watch.stop()

    assert not watch.is_alive()


def test_watching_goes_on_while_somebody_writes(app: Flask) -> None:
    publish(app, FIRST)
    second = publish_unread(app, SECOND)

    with app.app_context():
        database.may_write()
        make_person()
        db.session.execute(
            update(Release).values(size=Release.size)
        )  # and the transaction stays open
        watch = releases.watch(app, every=0.02)
        try:
            eventually(lambda: served(app) == second)
            assert db.session().in_transaction()  # the write is still open
        finally:
            watch.stop()
            db.session.rollback()


def test_watching_survives_a_database_that_is_away(
    app: Flask, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    publish(app, FIRST)
    there = worker.engine
    with caplog.at_level(logging.WARNING):
        worker.engine = create_engine("sqlite:////nowhere/at/all.sqlite")
        watch = releases.watch(app, every=0.02)
        try:
            eventually(lambda: "cannot be read just now" in caplog.text)
            sleep(0.2)
            worker.engine = there
            second = publish_unread(app, SECOND)
            eventually(lambda: served(app) == second)
        finally:
            watch.stop()
    assert caplog.text.count("cannot be read just now") == 1


def test_tests_and_commands_do_not_watch(app: Flask, worker: Worker) -> None:
    app.test_client().get("/health")

    assert worker.watch is None


def test_a_web_worker_watches_from_its_first_request_on(app: Flask, worker: Worker) -> None:
    app.testing = False
    try:
        for _request in range(3):
            app.test_client().get("/health")
        watch = worker.watch
        assert watch is not None
        assert watch.is_alive()
        watch.stop()
    finally:
        app.testing = True


def test_the_worker_that_carries_letters_follows_what_is_published(
    app: Flask, worker: Worker
) -> None:
    first = publish(app, FIRST)
    desk: jobs.Desk = app.extensions[jobs.EXTENSION]
    seen: list[str] = []

    def meanwhile() -> None:
        try:
            seen.append(served(app))
            second = publish_unread(app, SECOND)
            eventually(lambda: served(app) == second)
            seen.append(second)
        finally:
            desk.stopping.set()

    elsewhere = Thread(target=meanwhile)
    handed_over = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    elsewhere.start()
    try:
        with app.app_context():
            work(desk, with_clock=False)
    finally:
        elsewhere.join()
        desk.stopping.clear()
        for number, before in handed_over.items():
            signal.signal(number, before)
        if worker.watch is not None:
            worker.watch.stop()
    assert seen == [first, pack(SECOND).catalog.release]


def eventually(true: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, "it never came"
        sleep(0.02)
