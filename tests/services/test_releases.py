"""Publishing, going back, and what every worker serves: on both databases, with real packs."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, update

from academy import create_app, database
from academy.catalog import queries, releases, services
from academy.catalog.findings import BrokenPack
from academy.catalog.models import Action, Release, ReleaseInForce
from academy.catalog.releases import KEPT, Worker, refresh
from academy.catalog.services import NoSuchRelease, NothingBefore, Publication, Shipping
from academy.database import db
from tests.conftest import MONDAY, settings
from tests.factories import make_person
from tests.services.crowd import all_at_once
from tests.services.packs import (
    fresh_worker,
    only_module,
    pack,
    publish,
    reworded,
    roll_back,
    ship,
    shipped,
    without_question,
    write,
)

LESSON = "web-versus-internet"
QUESTION = "web-internet-1"
PATIENCE = 20
Counting = Callable[[], object]

FIRST, SECOND, THIRD = (
    shipped(),
    reworded(shipped(), LESSON),
    reworded(shipped(), LESSON, "Again. "),
)


@pytest.fixture(autouse=True)
def worker(app: Flask) -> Iterator[Worker]:
    with fresh_worker(app) as fresh:
        yield fresh


def in_force(app: Flask) -> str:
    """What the database says."""
    with app.app_context():
        newest = queries.newest()
        assert newest is not None
        return newest.release_key


def served(app: Flask) -> str:
    """What this worker says."""
    with app.app_context():
        return releases.current().release


def counted(app: Flask, table: type[Release] | type[ReleaseInForce]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_published_pack_is_in_force_and_served(app: Flask) -> None:
    first = publish(app, FIRST)
    second = publish(app, SECOND, notes="A clearer end")

    assert first != second
    assert in_force(app) == served(app) == second
    with app.app_context():
        (newest, oldest), more = queries.log()
        assert (newest.key, newest.notes, oldest.key, more) == (
            second,
            "A clearer end",
            first,
            False,
        )
        assert newest.counts["lesson"] == len(releases.current().lessons)


def test_publishing_what_is_in_force_changes_nothing(app: Flask) -> None:
    for _time in range(3):
        publish(app, FIRST)

    assert counted(app, Release) == counted(app, ReleaseInForce) == 1


def test_the_same_content_is_kept_once_and_may_be_in_force_again(app: Flask) -> None:
    first = publish(app, FIRST)
    publish(app, SECOND)
    assert publish(app, FIRST) == first

    assert in_force(app) == served(app) == first
    assert counted(app, Release) == 2
    assert counted(app, ReleaseInForce) == 3


def test_a_broken_pack_changes_nothing(app: Flask) -> None:
    first = publish(app, FIRST)
    broken = {path: text for path, text in SECOND.items() if LESSON not in path}

    with pytest.raises(BrokenPack) as refused:
        publish(app, broken)

    assert len(refused.value.mistakes) >= 2
    assert in_force(app) == served(app) == first
    assert counted(app, Release) == 1


def test_the_log_tells_what_each_release_changed(app: Flask) -> None:
    publish(app, without_question(FIRST, QUESTION))
    publish(app, FIRST)
    publish(app, SECOND)

    with app.app_context():
        (third, second, first), _more = queries.log()
        assert (first.added, first.changed, first.withdrawn) == (None, None, None)
        assert (second.added, second.withdrawn) == (1, 0)
        assert (third.added, third.changed, third.withdrawn) == (0, 1, 0)
        found = queries.line(third.id)
        assert found is not None
        assert found[1] is not None
        assert [thing.key for thing in found[1].changed] == [LESSON]
        assert queries.line(third.id + 1) is None


def test_twenty_who_publish_the_same_at_once_publish_it_once(app: Flask) -> None:
    publish(app, FIRST)
    made = pack(SECOND)

    done = all_at_once(app, lambda _n: services.publish(made, Publication(), MONDAY))

    assert sorted(done) == [False] * 19 + [True]
    assert counted(app, ReleaseInForce) == 2


def test_an_author_is_named_and_forgotten_when_they_leave(app: Flask) -> None:
    with app.app_context():
        author = make_person()
    publish(app, FIRST, person_id=author.id)

    with app.app_context():
        assert queries.log()[0][0].by == f"{author.given_name} {author.family_name}"
        db.session.delete(author)
        db.session.commit()
        assert queries.log()[0][0].by == ""


def test_rolling_back_undoes_one_publication_after_the_other(app: Flask) -> None:
    first, second, third = publish(app, FIRST), publish(app, SECOND), publish(app, THIRD)

    assert roll_back(app) == served(app) == second
    assert roll_back(app) == served(app) == first
    with pytest.raises(NothingBefore):
        roll_back(app)

    assert publish(app, THIRD) == served(app) == third
    assert roll_back(app) == served(app) == first, (
        "what was in force before, not the one in between"
    )


def test_any_release_may_be_put_back_by_its_key(app: Flask) -> None:
    first = publish(app, FIRST)
    publish(app, SECOND)
    publish(app, THIRD)

    assert roll_back(app, first) == in_force(app) == served(app) == first
    assert roll_back(app, first) == first
    assert counted(app, ReleaseInForce) == 4

    with app.app_context():
        newest = queries.newest()
        assert newest is not None
        assert newest.action == Action.ROLLBACK


def test_there_is_no_way_back_to_what_was_never_there(app: Flask) -> None:
    with pytest.raises(NothingBefore):
        roll_back(app)
    publish(app, FIRST)

    with pytest.raises(NoSuchRelease):
        roll_back(app, "0123456789ab")

    with app.app_context(), pytest.raises(NoSuchRelease):
        services.roll_back(pack(SECOND).catalog, Publication(), MONDAY)


def test_the_shipped_content_is_published_when_it_changes(app: Flask) -> None:
    assert shipping(app, "1") is Shipping.DUE
    first = ship(app, FIRST)
    assert shipping(app, first) is Shipping.DONE
    assert shipping(app, "2") is Shipping.DUE


def test_what_an_author_published_later_is_never_overruled(app: Flask) -> None:
    first = ship(app, FIRST)
    publish(app, SECOND)

    assert shipping(app, first) is Shipping.DONE
    assert shipping(app, "2") is Shipping.OVERRULED


def test_going_back_to_the_shipped_content_lets_it_change_again(app: Flask) -> None:
    first = ship(app, FIRST)
    publish(app, SECOND)
    roll_back(app)

    assert shipping(app, first) is Shipping.DONE
    assert shipping(app, "2") is Shipping.DUE


def test_going_back_to_an_authors_release_keeps_it(app: Flask) -> None:
    publish(app, FIRST)
    ship(app, SECOND)
    roll_back(app)

    assert shipping(app, "2") is Shipping.OVERRULED


def shipping(app: Flask, key: str) -> Shipping:
    with app.app_context():
        return services.shipping(key)


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

    assert served(nowhere) == pack(FIRST).catalog.release


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
            eventually(lambda key=key: served(app) == key)  # type: ignore[misc]
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
            worker.engine = there
            second = publish_unread(app, SECOND)
            eventually(lambda: served(app) == second)
        finally:
            watch.stop()


def test_tests_and_commands_do_not_watch(app: Flask, worker: Worker) -> None:
    app.test_client().get("/health")

    assert worker.watch is None


def eventually(true: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, "it never came"
        sleep(0.02)
