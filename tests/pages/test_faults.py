"""When the database or the content is not there: said clearly, and nothing is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from academy import create_app
from academy.catalog import releases
from academy.catalog.findings import BrokenPack
from academy.database import db
from academy.people.models import Person
from academy.rewards.badges import BrokenBadges
from academy.settings import ROOT
from tests.conftest import settings
from tests.factories import DONT_KNOW
from tests.films import HOST, LESSON, with_player
from tests.pages.conftest import on_sqlite_only, token
from tests.services.packs import shipped, write
from tests.visitor import Visitor

BUSY = "The academy is very busy"
NOTHING_LOST = "Nothing was lost and nothing was counted twice. Send it again in a few seconds."


@pytest.fixture
def impatient(app: Flask) -> Iterator[None]:
    """Connections that wait for a lock a twentieth of a second, not ten."""

    def hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", hurry)
    yield
    event.remove(engine, "connect", hurry)
    engine.dispose()


@pytest.fixture
def lock(app: Flask) -> Iterator[Callable[[], None]]:
    """Call it, and somebody else holds the database for good."""
    with app.app_context():
        file = db.engine.url.database
    assert file is not None
    other = sqlite3.connect(file, isolation_level=None)

    def hold() -> None:
        other.execute("BEGIN EXCLUSIVE")

    yield hold
    if other.in_transaction:
        other.execute("ROLLBACK")
    other.close()


@on_sqlite_only
@pytest.mark.usefixtures("impatient")
def test_an_answer_to_a_locked_database_may_be_sent_again(
    reader: Visitor, lock: Callable[[], None], rows: Callable[[], dict[str, int]]
) -> None:
    page = reader.get("/minute")
    before = rows()

    lock()
    busy = reader.submit(page, "/minute/", DONT_KNOW, 503)

    assert busy.title == BUSY
    assert NOTHING_LOST in busy.text
    assert busy.response.headers["Retry-After"] == "2"
    assert rows() == before


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_database_that_started_again_costs_one_try_and_no_answer(
    reader: Visitor, cut_connections: Callable[[], None], rows: Callable[[], dict[str, int]]
) -> None:
    page = reader.get("/minute")
    before = rows()

    cut_connections()
    lost = reader.submit(page, "/minute/", DONT_KNOW, 503)

    assert lost.title == BUSY
    assert rows() == before
    reader.submit(page, "/minute/", DONT_KNOW)
    assert rows()["answer"] == before["answer"] + 1


@on_sqlite_only
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "path", ["/language", "/passport/renew", "/quizzes/changes/start", "/sign-out-everywhere"]
)
def test_no_form_sent_to_a_locked_database_is_a_fault(
    reader: Visitor, lock: Callable[[], None], path: str
) -> None:
    csrf = token(reader)

    lock()
    page = reader.post(path, {"csrf_token": csrf, "language": "fr"}, 503)

    assert page.title == BUSY


@on_sqlite_only
@pytest.mark.usefixtures("impatient")
def test_a_locked_database_may_still_be_read(reader: Visitor, lock: Callable[[], None]) -> None:
    lock()

    assert reader.get("/").title == "Hello Ada"
    assert reader.get("/lessons/cloud-has-an-address").title
    assert reader.get("/minute", 503).title == BUSY  # drawing a round writes


READS = {"sqlite": "PRAGMA query_only=ON", "postgresql": "SET default_transaction_read_only = on"}
UNWRITTEN = "Nothing can be written down just now"


@pytest.fixture
def every_connection(app: Flask) -> Iterator[Callable[..., None]]:
    """Call it with a statement with which each connection begins from now on; with nothing, for none."""
    said: list[str] = []
    with app.app_context():
        engine = db.engine

    def begin(connection: Any, _record: object) -> None:
        for statement in said:
            connection.execute(statement)
            connection.commit()

    def say(statement: str = "") -> None:
        said[:] = [statement] if statement else []
        engine.dispose()

    event.listen(engine, "connect", begin)
    yield say
    event.remove(engine, "connect", begin)
    engine.dispose()


def test_an_answer_to_a_database_that_only_reads_may_be_sent_again_later(
    reader: Visitor,
    every_connection: Callable[..., None],
    rows: Callable[[], dict[str, int]],
) -> None:
    """A read-only disk, or a PostgreSQL that has become another one's copy."""
    page = reader.get("/minute")
    before = rows()
    with reader.app.app_context():
        dialect = db.engine.dialect.name

    every_connection(READS[dialect])
    told = reader.submit(page, "/minute/", DONT_KNOW, 503)
    home = reader.get("/")

    assert told.title == UNWRITTEN
    assert told.response.headers["Retry-After"] == "60"
    assert home.status == 200
    assert rows() == before
    every_connection()
    reader.submit(page, "/minute/", DONT_KNOW)
    assert rows()["answer"] == before["answer"] + 1


@pytest.fixture
def nowhere(tmp_path: Path) -> Visitor:
    """An academy whose PostgreSQL does not answer."""
    app = create_app(settings(tmp_path, "postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return Visitor(app)


@pytest.mark.parametrize("path", ["/sign-in", "/verify/BCDF"])
def test_a_stranger_is_told_that_the_database_is_away(nowhere: Visitor, path: str) -> None:
    page = nowhere.get(path, 503)

    assert page.title == BUSY
    assert page.response.headers["Retry-After"] == "2"


@pytest.mark.parametrize("path", ["/", "/minute", "/passport", "/sign-in"])
def test_somebody_signed_in_is_told_so_too(nowhere: Visitor, path: str) -> None:
    nowhere.as_person(Person(id=1, epoch=0))

    page = nowhere.get(path, 503)

    assert page.title == BUSY
    assert NOTHING_LOST in page.text


def test_an_address_that_leads_nowhere_says_so_even_then(nowhere: Visitor) -> None:
    nowhere.as_person(Person(id=1, epoch=0))

    nowhere.get("/nothing", 404)


def test_what_needs_no_database_is_open_even_then(nowhere: Visitor) -> None:
    assert nowhere.client.get("/health").json == {"status": "ok"}
    assert nowhere.client.get("/badges/passport.svg").status_code == 200


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A pack with two mistakes, in two files."""
    content = copytree(ROOT / "content", tmp_path / "content")
    questions = content / "culture/changes/questions.yaml"
    said = questions.read_text(encoding="utf-8")
    questions.write_text(said.replace("difficulty: 2", "difficulty: 9", 1), encoding="utf-8")
    module = content / "security/doors/module.yaml"
    said = module.read_text(encoding="utf-8")
    module.write_text(said.replace("order: 1", "order: first", 1), encoding="utf-8")
    return content


def test_an_academy_does_not_open_on_a_broken_pack_and_lists_every_mistake(
    tmp_path: Path, broken: Path
) -> None:
    with pytest.raises(BrokenPack) as refused:
        create_app(replace(settings(tmp_path), content=broken))

    said = [str(mistake) for mistake in refused.value.mistakes]
    assert len(said) == 2
    assert any(line.startswith("culture/changes/questions.yaml:4:") for line in said), said
    assert any(line.startswith("security/doors/module.yaml:1:") for line in said), said
    assert all(line in str(refused.value) for line in said)


def test_an_academy_does_not_open_on_broken_badges(tmp_path: Path) -> None:
    badges = copytree(ROOT / "badges", tmp_path / "badges")
    (badges / "explorer.svg").unlink()
    (badges / "stray.txt").write_text("?", encoding="utf-8")

    with pytest.raises(BrokenBadges) as refused:
        create_app(replace(settings(tmp_path), badges=badges))

    assert {mistake.path for mistake in refused.value.mistakes} == {"explorer.yaml", "stray.txt"}


def test_authors_are_told_file_line_and_remedy(tmp_path: Path, broken: Path) -> None:
    app = create_app(settings(tmp_path))

    told = app.test_cli_runner().invoke(args=["academy", "check-content", str(broken)])

    assert told.exit_code == 1
    assert "culture/changes/questions.yaml:4:" in told.output
    assert "security/doors/module.yaml:1:" in told.output
    assert "2 to mend" in told.output


def test_authors_are_told_when_all_is_well(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path))

    told = app.test_cli_runner().invoke(args=["academy", "check-content"])

    assert told.exit_code == 0
    with app.app_context():
        pack = releases.current()
    assert f"{len(pack.modules)} modules, {len(pack.lessons)} lessons" in told.output


def test_checking_content_names_the_videos_that_readers_will_not_see(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path))
    folder = write(with_player(shipped()), tmp_path / "pack")

    told = app.test_cli_runner().invoke(args=["academy", "check-content", str(folder)])

    assert told.exit_code == 0
    assert f"{LESSON}: its video is kept by {HOST}, which is not in" in told.output
