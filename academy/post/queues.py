"""The queue that wakes the worker, by URL: a SQLite file of its own, PostgreSQL or Redis.

Only wakes and the ticks of the clock pass through it: what it loses is found again in the outbox.
"""

import sqlite3
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from academy.settings import BrokenSetting, Settings

NAME = "academy"
FILE = "queue.sqlite"
NEEDS = {"sqlite": "huey", "postgresql": "psycopg", "redis": "redis", "rediss": "redis"}
SECONDS_TO_CONNECT = 2
SECONDS_TO_READ = 10


class Lightly(sqlite3.Connection):
    """A wake need not survive a power cut: no waiting for the disk at each one."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.execute("PRAGMA synchronous=NORMAL")


def check(config: Settings) -> None:
    """Raises BrokenSetting for a queue that could not be opened later: an unknown one, a missing package."""
    scheme = _scheme(config.queue_url)
    package = NEEDS.get(scheme)
    if package is None:
        raise BrokenSetting(
            "ACADEMY_QUEUE_URL must begin with redis://, postgresql:// or sqlite:///."
        )
    if find_spec(package) is None:
        raise BrokenSetting(
            f"ACADEMY_QUEUE_URL asks for the package {package}: pip install {package}"
        )


def open_queue(config: Settings) -> Any:
    """The queue of this academy. What it carries is signed: the queue's host cannot make us run things."""
    huey = import_module("huey")  # a web process pays for it at its first wake, not at its start
    signed = import_module("huey.serializer").SignedSerializer(config.secret_key, salt=NAME)
    common = {"results": False, "serializer": signed}
    url = config.queue_url
    match _scheme(url):
        case "postgresql":
            dsn = url.replace("postgresql+psycopg://", "postgresql://", 1)
            return huey.PostgresHuey(NAME, dsn=dsn, connect_timeout=SECONDS_TO_CONNECT, **common)
        case "redis" | "rediss":
            return huey.RedisHuey(NAME, connection_pool=_redis(url), **common)
        case _:
            return huey.SqliteHuey(NAME, filename=_file(config), factory=Lightly, **common)


def _scheme(url: str) -> str:
    return urlsplit(url).scheme.partition("+")[0] if url else "sqlite"


def _file(config: Settings) -> str:
    path = config.queue_url.removeprefix("sqlite:///")
    return path or str(Path(config.home) / FILE)


def _redis(url: str) -> Any:
    redis = import_module("redis")  # not a dependency: only who asks for it has it
    return redis.ConnectionPool.from_url(
        url, socket_connect_timeout=SECONDS_TO_CONNECT, socket_timeout=SECONDS_TO_READ
    )
