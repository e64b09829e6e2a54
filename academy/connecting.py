"""How PostgreSQL is reached: a pool for each process, limits for pages, and what a pooler between asks for.

Nothing here or elsewhere is kept in a session of PostgreSQL but these limits, given as it is opened: locks
and settings last as long as a transaction, so that PgBouncer may pool transactions.
"""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.exc import DisconnectionError

from academy.settings import Settings

CONNECT_SECONDS: Final = 5
ALIVE: Final = {
    "keepalives_idle": 60,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A host that vanished without a word is given up after half a minute, not after two hours."""
_LEFT: Final = "academy.left"
_PREPARING: Final = 7_265_011
"""The number of the lock of those who prepare; migrations/env.py has another."""

_patient: set[Engine] = set()


def options(config: Settings) -> dict[str, Any]:
    """The engine's; SQLite keeps SQLAlchemy's own pool, and reads JSON as text."""
    if not config.database_url.startswith("postgresql"):
        return {
            "json_deserializer": json.JSONDecoder().decode
        }  # as json.loads, with its options known
    connect: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **ALIVE}
    if config.pooler:
        connect["prepare_threshold"] = None  # the next transaction may be on another session
    return {
        "pool_size": config.pool,
        "max_overflow": config.overflow,
        "pool_timeout": config.pool_wait.total_seconds(),
        "pool_recycle": int(config.recycle.total_seconds()),
        "connect_args": connect,
    }


def listen(engine: Engine, config: Settings) -> None:
    """Give connections their limits, and try those that lay unused for long before a request gets one."""

    @event.listens_for(engine, "do_connect")
    def limit(_dialect: object, _record: object, _args: object, given: dict[str, Any]) -> None:
        if not config.pooler and engine not in _patient:
            given["options"] = f"{given.get('options', '')} {_limits(config)}".strip()

    @event.listens_for(engine, "checkin")
    def leave(_connection: object, record: Any) -> None:
        record.info[_LEFT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def try_first(connection: Any, record: Any, _proxy: object) -> None:
        unused = time.monotonic() - record.info.get(_LEFT, time.monotonic())
        if unused > config.ping.total_seconds() and not _answers(engine, connection):
            raise DisconnectionError  # the pool opens another


def be_patient(engine: Engine) -> None:
    """This process answers no pages: its statements may take what they take."""
    if engine not in _patient:
        _patient.add(engine)
        engine.dispose()


@contextmanager
def in_turn(engine: Engine, home: Path) -> Iterator[None]:
    """One after the other: all hosts of a PostgreSQL, or all processes of one host on SQLite."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            connection.execute(select(func.pg_advisory_xact_lock(_PREPARING)))
            yield
    else:
        with (home / "prepare.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield


def _limits(config: Settings) -> str:
    limits = {
        "statement_timeout": config.statement_limit,
        "lock_timeout": config.lock_limit,
        "idle_in_transaction_session_timeout": config.idle_limit,
    }
    return " ".join(f"-c {name}={_milliseconds(limit)}" for name, limit in limits.items())


def _milliseconds(limit: timedelta) -> int:
    return int(limit.total_seconds() * 1000)


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return bool(engine.dialect.do_ping(connection))
    except engine.dialect.loaded_dbapi.Error:
        return False
