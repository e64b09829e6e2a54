"""PostgreSQL is reached by settings: a pool, limits for pages, a connection that died, a pooler between."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from academy import connecting, database
from academy.settings import ROOT, Settings
from tests.architecture.sources import ACADEMY
from tests.conftest import settings

MEANWHILE = "SELECT pg_terminate_backend(:pid)"


@contextmanager
def reached(config: Settings) -> Iterator[Engine]:
    engine = create_engine(config.database_url, **database.options(config))
    connecting.listen(engine, config)
    yield engine
    engine.dispose()


def shown(engine: Engine, name: str) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(text(f"SHOW {name}")))


@pytest.fixture
def config(postgresql_url: str, tmp_path: Path) -> Settings:
    return replace(
        settings(tmp_path, postgresql_url),
        pool=1,
        overflow=0,
        pool_wait=timedelta(seconds=0.05),
        statement_limit=timedelta(seconds=0.2),
    )


def test_pages_are_held_to_limits_and_commands_are_not(config: Settings) -> None:
    with reached(config) as engine:
        assert shown(engine, "statement_timeout") == "200ms"
        assert shown(engine, "lock_timeout") == "10s"
        assert shown(engine, "idle_in_transaction_session_timeout") == "1min"
        with engine.connect() as connection, pytest.raises(OperationalError) as refused:
            connection.execute(text("SELECT pg_sleep(5)"))
        assert refused.value.orig is not None
        assert getattr(refused.value.orig, "sqlstate", "") == "57014"

        with engine.connect(), pytest.raises(PoolTimeout):
            engine.connect()

        connecting.be_patient(engine)
        assert shown(engine, "statement_timeout") == "0"


@pytest.mark.parametrize(("ping", "lost"), [(0, False), (3600, True)])
def test_a_connection_that_died_unused_costs_no_request(
    config: Settings, ping: int, lost: bool
) -> None:
    with reached(replace(config, ping=timedelta(seconds=ping))) as engine:
        with engine.connect() as connection:
            pid = connection.scalar(text("SELECT pg_backend_pid()"))
        other = create_engine(config.database_url, isolation_level="AUTOCOMMIT")
        with other.connect() as connection:
            connection.execute(text(MEANWHILE), {"pid": pid})
        other.dispose()

        if lost:
            with pytest.raises(OperationalError):
                shown(engine, "lock_timeout")
        assert shown(engine, "lock_timeout") == "10s"


def prepared(engine: Engine) -> Any:
    with engine.connect() as connection:
        for _time in range(8):
            connection.execute(text("SELECT 1"))
        return connection.scalar(text("SELECT count(*) FROM pg_prepared_statements"))


def test_behind_a_pooler_nothing_is_left_in_a_session(config: Settings) -> None:
    with reached(config) as engine:
        assert prepared(engine) > 0
    with reached(replace(config, pooler=True)) as engine:
        assert prepared(engine) == 0
        assert shown(engine, "statement_timeout") == "0"  # the role's own: docs/operate.md


STAYS = re.compile(
    r"pg_(try_)?advisory_lock|\bLISTEN \w|\bTEMP(ORARY)? TABLE|WITH HOLD|['\"]SET (?!LOCAL)[a-z_]+ (=|TO) "
    r"|\bPREPARE \w|\bset_config\("
)


def test_no_source_leaves_anything_in_a_session() -> None:
    """Locks, settings and tables that outlive a transaction would be met by somebody else's."""
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for folder in (ACADEMY, ROOT / "migrations")
        for file in folder.rglob("*.py")
        for match in STAYS.finditer(file.read_text(encoding="utf-8"))
    ]

    assert found == []
    for bad in ("SELECT pg_advisory_lock(1)", "'SET lock_timeout = 1'", "LISTEN wakes"):
        assert STAYS.search(bad)


@pytest.mark.parametrize("place", ["sqlite", "postgresql"])
def test_those_who_prepare_take_turns(
    place: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = request.getfixturevalue("postgresql_url") if place == "postgresql" else ""
    engine = create_engine(url or f"sqlite:///{tmp_path / 'a'}")
    seen: list[str] = []

    with turn(engine, tmp_path, seen) as begun:
        other = Thread(target=lambda: begun("second"))
        other.start()
        other.join(0.2)
        assert other.is_alive()
        seen.append("first done")
    other.join(10)

    assert seen == ["first done", "second"]
    engine.dispose()


@contextmanager
def turn(engine: Engine, home: Path, seen: list[str]) -> Iterator[Callable[[str], None]]:
    """A turn of ours, and how another one is taken."""

    def take(name: str) -> None:
        with connecting.in_turn(engine, home):
            seen.append(name)

    with connecting.in_turn(engine, home):
        yield take
