"""Lines of the log: plain, or a JSON object each. They name nobody.

What an exception says may hold what somebody typed (`Key (email)=(ada@...) already exists`), so of an
exception the log has its kind and the places it came through, and no words; the demonstration, where
nobody is real, shows the words too.
"""

import json
import logging
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

STANDARD_ERROR: Final = 2
SERVER: Final = "_granian"

_job: ContextVar[str] = ContextVar("job", default="")
_form = ""  # "" until this process writes a log of its own: commands and tests do not


def begin(form: str, words: bool, level: int = logging.WARNING) -> None:
    """From here on this process writes its log in this form; with `words`, those of exceptions too."""
    global _form  # one log a process
    _form = form
    lines = Standard()
    lines.setFormatter(Objects(words) if form == "json" else Plain(words))
    logging.basicConfig(handlers=[lines], level=level, force=True)
    logging.getLogger("academy").setLevel(level)
    server = logging.getLogger(SERVER)  # its own lines go the same way
    server.handlers, server.propagate = [], True


def end() -> None:
    """This process writes no log of its own any more."""
    global _form  # one log a process
    _form = ""


def form() -> str:
    return _form


def write(line: str) -> None:
    """One line at once, past the machinery of `logging`: requests are many. A full pipe loses it."""
    with suppress(OSError):
        os.write(STANDARD_ERROR, line.encode())


class Standard(logging.Handler):
    """Each record whole, at once: processes that share a log do not write into each other's lines."""

    def emit(self, record: logging.LogRecord) -> None:
        write(f"{self.format(record)}\n")


@contextmanager
def job(name: str) -> Iterator[None]:
    """Lines written within say which job wrote them."""
    token = _job.set(name)
    try:
        yield
    finally:
        _job.reset(token)


about_request: Callable[[], str] = str
"""Gives the number of the request at hand; `web` puts its own in this place."""


def moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


SAFETY: Final = "safety"


def event(says: str, at: datetime, **facts: str | int) -> None:
    """Something that whoever watches over safety wants to know: a sign-in, a refusal.

    Our own words and numbers of rows, never what somebody typed. A line at once, whatever the level.
    """
    if not _form:
        return
    said = {"at": moment(at), "level": "info", "what": SAFETY, "says": says, **facts}
    said |= {"pid": os.getpid(), "request": about_request()}
    write(f"{json.dumps(said) if _form == 'json' else _plain(said)}\n")


def _plain(said: dict[str, Any]) -> str:
    first = [str(said.pop(name)) for name in ("at", "level", "what", "says")]
    return " ".join([*first, *(f"{name}={value}" for name, value in said.items())])


class Lines(logging.Formatter):
    def __init__(self, words: bool) -> None:
        super().__init__()
        self._words = words

    def parts(self, record: logging.LogRecord) -> dict[str, Any]:
        """What a line says, in the order in which it says it."""
        said: dict[str, Any] = {
            "at": moment(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "what": record.name,
            "says": self._said(record),
            "pid": record.process,
            "request": about_request(),
            "job": _job.get(),
        }
        if record.exc_info and record.exc_info[1]:
            said["trace"] = trace(record.exc_info[1], self._words)
        return {name: value for name, value in said.items() if value != ""}

    def _said(self, record: logging.LogRecord) -> str:
        """The web server tells exceptions word by word, below its first line."""
        words = record.getMessage()
        whole = self._words or not record.name.startswith(SERVER)
        return words if whole else words.partition("\n")[0]


class Objects(Lines):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.parts(record), ensure_ascii=False)


class Plain(Lines):
    def format(self, record: logging.LogRecord) -> str:
        said = self.parts(record)
        whole = said.pop("trace", "")
        return _plain(said) + (f"\n{whole}" if whole else "")


def trace(error: BaseException, words: bool) -> str:
    """The places an exception came through, those of its causes first, and its kind."""
    if words:
        return "".join(traceback.format_exception(error)).rstrip()
    chain, seen = [error], {id(error)}
    while (before := _before(chain[-1])) is not None and id(before) not in seen:
        chain.append(before)
        seen.add(id(before))
    return "\n".join(_told(each) for each in reversed(chain))


def _before(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    places = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    return f"{places}{kind(error)}"


def kind(error: BaseException) -> str:
    """What it is, with the code a database gives; never its words."""
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} ({code})" if code else name
