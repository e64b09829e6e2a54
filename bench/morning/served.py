"""The academy as it is served, which also tells what each answer cost: a header, CPU and statements.

The CPU is that of the thread that answered, from the request to the first byte; what the server itself
spends comes on top, and is in the figures of the whole process. Statements are counted when
`BENCH_STATEMENTS` is set, as listening to each costs a little.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from wsgi import app as academy

_here = threading.local()

if os.environ.get("BENCH_STATEMENTS"):

    @event.listens_for(Engine, "before_cursor_execute")
    def _count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            _here.statements = getattr(_here, "statements", 0) + 1


def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    begun, _here.statements = time.thread_time_ns(), 0

    def told(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        micros = (time.thread_time_ns() - begun) // 1000
        return start(status, [*headers, ("X-Cost", f"{micros},{_here.statements}")], *rest)

    return academy(environ, told)
