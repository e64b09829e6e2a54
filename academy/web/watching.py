"""Every request seen from outside: one line of the log, one count, and how many statements it sent.

A line holds the rule of the address, never the address: no name, code, token or question mark gets into the
log that way, and no person's number. Nor does it hold who asked, or from where.
"""

import json
import re
from collections.abc import Iterable
from os import getpid
from threading import local
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, g, has_request_context, request
from sqlalchemy import event

from academy import clock, logs
from academy.database import db
from academy.web.counting import UNKNOWN, Counts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SAID: Final = "academy.said"
"""Where `headers` leaves what became of a request: its rule, its status and its number."""
METHODS: Final = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})
BROKEN: Final = 500
NUMBER: Final = re.compile(r"[0-9A-Fa-f-]{16,64}")
"""What a proxy may call a request: hexadecimal, as UUIDs are. Nothing that could name somebody."""

Said = tuple[str, int, str]


class Sent(local):
    """Statements, by thread: a request is answered by one."""

    count = 0


_sent = Sent()


class Watched:
    """The application, and what is noted of each request when it has answered."""

    def __init__(self, inner: Any, counts: Counts | None) -> None:
        self._inner, self._counts = inner, counts
        self._written: dict[str, str] = {}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        began, before = perf_counter_ns(), statements()
        try:
            answer: Iterable[bytes] = self._inner(environ, start_response)
        finally:
            self._note(environ, perf_counter_ns() - began, before)
        return answer

    def _note(self, environ: "WSGIEnvironment", took: int, before: int) -> None:
        said: Said = environ.get(SAID) or (UNKNOWN, BROKEN, "")
        if self._counts is not None:
            self._counts.count(said[0], said[1], took)
        if logs.form():
            logs.write(self._line(environ["REQUEST_METHOD"], said, took, statements() - before))

    def _line(self, method: str, said: Said, took: int, sent: int) -> str:
        rule, status, number = said
        route = self._written.get(rule) or self._written.setdefault(rule, json.dumps(rule))
        at, verb = logs.moment(clock.now()), method if method in METHODS else "OTHER"
        if logs.form() == "json":
            return (
                f'{{"at": "{at}", "level": "info", "what": "request", "pid": {getpid()}, '
                f'"request": "{number}", "method": "{verb}", "route": {route}, '
                f'"status": {status}, "ms": {took / 1e6:.2f}, "sql": {sent}}}\n'
            )
        return (
            f"{at} info request {verb} {route[1:-1]} {status} {took / 1e6:.2f} ms {sent} sql "
            f"pid={getpid()} request={number}\n"
        )


def init_app(app: Flask, counts: Counts | None) -> None:
    app.wsgi_app = Watched(app.wsgi_app, counts)  # type: ignore[method-assign]  # Flask's own idiom
    logs.about_request = _number
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", _count_statement, retval=True)


def statements() -> int:
    """How many this thread has sent so far."""
    return _sent.count


def number_of(environ: "WSGIEnvironment", proxied: bool) -> str | None:
    """What a trusted proxy calls this request, if it is a name that can name nobody."""
    told: str = environ.get("HTTP_X_REQUEST_ID", "") if proxied else ""
    return told if NUMBER.fullmatch(told) else None


def refused(status: int, why: str = "") -> None:
    """A line for whoever watches over safety; who asked is told if known already, never looked up."""
    if not logs.form():
        return
    facts: dict[str, str | int] = {"status": int(status)}
    if request.url_rule is not None:
        facts["route"] = request.url_rule.rule
    if why:
        facts["why"] = why
    asking = getattr(g.get("_login_user"), "id", None)
    if asking is not None:
        facts["person"] = asking
    logs.event("refused", clock.now(), **facts)


def _count_statement(
    _connection: object, _cursor: object, sql: str, given: object, *_more: object
) -> tuple[str, object]:
    """Gives it back as it came: SQLAlchemy calls whoever gives back without a detour."""
    _sent.count += 1
    return sql, given


def _number() -> str:
    return g.get("request_id", "") if has_request_context() else ""
