"""Machines that watch: whether people may be sent here, figures that name nobody, a log that names nobody."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from academy import create_app, logs
from academy.database import db
from academy.people.models import Role
from academy.post import services
from academy.post.beating import services as beating
from academy.post.beating.services import Pulse
from academy.settings import ROOT
from academy.watch import readiness
from academy.watch.readiness import Readiness
from tests.architecture.test_routes import ask, rules
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.lives import EMAIL, FAMILY, GIVEN, NUMBER, named, rich_life
from tests.pages.conftest import on_sqlite_only
from tests.visitor import Visitor

TOKEN = {"Authorization": "Bearer of figures"}
VERSION = text("UPDATE alembic_version SET version_num = :version")


def in_force(app: Flask) -> None:
    """A release, as publishing leaves it."""
    with app.app_context():
        for row in (
            "INSERT INTO content_release (key, files, size, counts, published_at)"
            " VALUES ('aaaaaaaaaaaa', '', 0, '{}', '2026-03-02 10:00:00')",
            "INSERT INTO release_in_force (release_key, at, action, origin, notes)"
            " VALUES ('aaaaaaaaaaaa', '2026-03-02 10:00:00', 'publish', 'shipped', '')",
        ):
            db.session.execute(text(row))
        db.session.commit()


def test_people_may_be_sent_here_once_all_is_there_and_until_it_closes(
    app: Flask,
    visitor: Visitor,
    count_statements: Counting,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def said() -> tuple[int, str]:
        answer = visitor.client.get("/ready")
        return answer.status_code, answer.json.get("reason", "")  # type: ignore[union-attr]  # JSON

    def at(version: str) -> None:
        with app.app_context():
            db.session.execute(VERSION, {"version": version})
            db.session.commit()

    here: Readiness = app.extensions[readiness.EXTENSION]
    monkeypatch.setattr(here, "_keep", 0)
    assert said() == (503, "release")
    in_force(app)
    with count_statements() as statements:
        assert said() == (200, "")
    assert len(statements) == 1

    try:
        at("0001")
        assert said() == (503, "migrations")
        at("of a newer version")
        assert said() == (200, "")
    finally:
        at(here._head)

    here._stopping = tmp_path / "stopping"
    assert said() == (200, "")
    here._stopping.touch()
    assert said() == (503, "stopping")
    here._stopping = None
    assert visitor.client.get("/health").json == {"status": "ok"}


def test_the_last_migration_is_the_one_that_alembic_finds(app: Flask) -> None:
    head, known = readiness.known_revisions(ROOT / "migrations" / "versions")
    with app.app_context():
        assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == head
    assert {"0001", head} <= known


def test_a_database_that_is_away_or_empty_or_busy_is_told_apart(tmp_path: Path) -> None:
    away = Readiness(create_engine(f"sqlite:///{tmp_path}/no/where"), None, 0)
    empty = Readiness(create_engine(f"sqlite:///{tmp_path}/empty"), None, 0)
    pool = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.01}
    engine = create_engine(f"sqlite:///{tmp_path}/busy", **pool)
    busy = Readiness(engine, None, 0)

    assert away.reason() == "database"
    assert empty.reason() == "migrations"
    with engine.connect():
        assert busy.reason() == ""  # as before: what is busy is not away
    for one in (away, empty, busy):
        one._engine.dispose()


def test_what_was_found_is_said_for_a_second_and_one_asks_at_a_time(tmp_path: Path) -> None:
    here = Readiness(create_engine(f"sqlite:///{tmp_path}/empty"), None, 60)
    with here._asking:
        assert here.reason() == ""
    assert here.reason() == "migrations"
    here._engine.dispose()
    (tmp_path / "empty").unlink()
    (tmp_path / "empty").mkdir()
    assert here.reason() == "migrations"


@pytest.fixture
def watched(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An academy that counts, on the same database, behind a proxy."""
    config = replace(
        app.config["SETTINGS"],
        home=tmp_path,
        metrics_token="of figures",
        trusted_proxies=1,
    )
    other = create_app(config)
    other.testing = True
    other.config["PROPAGATE_EXCEPTIONS"] = False
    yield other
    with other.app_context():
        db.engine.dispose()


def test_figures_are_for_those_who_show_the_token(watched: Flask, visitor: Visitor) -> None:
    client = watched.test_client()

    assert visitor.client.get("/metrics", headers=TOKEN).status_code == 404  # no token is set
    for headers in ({}, {"Authorization": "Bearer of figure"}, {"Authorization": "Bearer é"}):
        refused = client.get("/metrics", headers=headers)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_figures_tell_of_requests_letters_workers_and_jobs(
    watched: Flask, count_statements: Counting, tmp_path: Path
) -> None:
    client = watched.test_client()
    with watched.app_context():
        Pulse(tmp_path, with_clock=True, begun_at=MONDAY).beat(MONDAY)
        beating.note("nights.fit", MONDAY, 2.5, failed=False)
        services.put("mail", {}, "once", MONDAY)
        db.session.commit()
    for path in ("/sign-in", "/sign-in", "/verify/nothing", "/no/such/page"):
        client.get(path)

    answer = client.get("/metrics", headers=TOKEN)

    assert answer.content_type.startswith("text/plain; version=0.0.4")
    lines = set(answer.text.splitlines())
    assert {
        'academy_requests_total{route="/sign-in",status="2xx"} 2',
        'academy_requests_total{route="/verify/<string:code>",status="4xx"} 1',
        'academy_requests_total{route="-",status="4xx"} 1',
        'academy_request_seconds_bucket{route="/sign-in",le="+Inf"} 2',
        'academy_request_seconds_count{route="/sign-in"} 2',
        "academy_database_errors_total 0",
        "academy_outbox_waiting 1",
        "academy_outbox_late 1",
        "academy_outbox_oldest_seconds 0",
        "academy_worker_beat_age_seconds 0",
        'academy_job_seconds{job="nights.fit"} 2.5',
        'academy_job_failed{job="nights.fit"} 0',
        f'academy_job_good_timestamp_seconds{{job="nights.fit"}} {MONDAY.timestamp():.3f}',
    } <= lines
    assert any(line.startswith('academy_build_info{version="0.1.0",release="') for line in lines)
    again = client.get("/metrics", headers=TOKEN).text
    assert again.count("\n") < answer.text.count("\n") + 30  # nothing grows but the route of these


def test_a_proxy_may_number_requests_by_what_names_nobody(watched: Flask, visitor: Visitor) -> None:
    theirs = str(uuid4())

    def numbered(client: FlaskClient, said: str) -> str:
        answer = client.get("/health", headers={"X-Request-ID": said})
        return str(answer.headers["X-Request-ID"])

    proxied = watched.test_client()
    assert numbered(proxied, theirs) == theirs
    for odd in ("ada@aurore.example", "ada", "a" * 65, "0123456789abcdef\t"):
        assert numbered(proxied, odd) != odd
    assert numbered(visitor.client, theirs) != theirs  # nobody stands in front


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """This process writes its log, as a web process does."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.begin("json", words=False, level=logging.INFO)
    yield capfd
    logs.end()
    root.handlers[:], root.level = before
    logging.getLogger("academy").setLevel(logging.NOTSET)


@on_sqlite_only
def test_after_a_walk_through_all_pages_the_log_names_nobody(
    app: Flask, logged: pytest.CaptureFixture[str]
) -> None:
    with app.app_context():
        person, friend = named("a long secret word"), make_person()
        known = rich_life(person, friend)
        for role in Role:
            make_person(role)
        db.session.commit()
    visitor = Visitor(app)
    visitor.post("/sign-in", {"email": EMAIL, "password": "wrong"}, 400)
    walker = Visitor(app).as_person(person)
    asked = 0

    for _endpoint, path in rules(app, "GET", str(known.get("post", 1))):
        ask(walker, "GET", f"{path}?q={EMAIL}&code=secret-code")
        asked += 1
    walker.client.get(f"/people/{EMAIL}/secret-code", headers={"X-Forwarded-For": "203.0.113.7"})
    walker.client.open("/", method="SECRET-CODE")

    said = logged.readouterr().err
    lines = [json.loads(line) for line in said.splitlines()]
    requests = [line for line in lines if line["what"] == "request"]
    assert len(requests) >= asked + 3
    assert all(
        {"at", "request", "method", "route", "status", "ms", "sql", "pid"} <= set(line)
        for line in requests
    )
    assert {line["method"] for line in requests} <= {"GET", "POST", "OTHER"}
    assert max(line["sql"] for line in requests) > 3
    unsafe = [line for line in lines if line["what"] != logs.SAFETY]
    assert len(unsafe) < len(lines)
    assert str(NUMBER) not in str(unsafe)
    for needle in (
        EMAIL,
        GIVEN,
        FAMILY,
        "secret",
        "127.0.0.1",
        "203.0.113.7",
        "wrong",
    ):
        assert needle.lower() not in said.lower(), needle


def test_what_a_database_says_of_a_row_is_not_in_the_log(postgresql_url: str) -> None:
    """PostgreSQL tells the value that was there already; SQLite does not."""
    url = postgresql_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TEMP TABLE a (email text UNIQUE)")
        connection.execute("INSERT INTO a VALUES (%s)", [EMAIL])
        with pytest.raises(psycopg.IntegrityError) as refused:
            connection.execute("INSERT INTO a VALUES (%s)", [EMAIL])
        connection.rollback()
    assert EMAIL in str(refused.value)

    said = logs.trace(refused.value, words=False)

    assert EMAIL not in said
    assert said.endswith("UniqueViolation (23505)")
    with closing(sqlite3.connect(":memory:")) as other, pytest.raises(sqlite3.Error) as lite:
        other.execute("SELECT nothing")
    assert logs.kind(lite.value) == "sqlite3.OperationalError (SQLITE_ERROR)"
