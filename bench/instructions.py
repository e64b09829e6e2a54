"""Instructions of Python executed for one answer: a figure that no neighbour on the machine disturbs.

In this process, through WSGI, without a server. It counts what the interpreter does, and nothing of what C
code does for it (SQLite, hashing, JSON): it tells whether a change removed work, not what an answer costs.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from types import FrameType
from typing import Any

COUNTED = 60
"""Answers traced, of each batch; all that come before warm up."""

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def per_answer(application: Application, batches: Sequence[Sequence[bytes]]) -> int:
    """The mean over the last batches, half of them first answers and half last ones."""
    for batch in batches[:-2]:
        _answered(application, batch)
    counted = [request for batch in batches[-2:] for request in batch[:COUNTED]]
    return round(_traced(lambda: _answered(application, counted)) / len(counted))


def _traced(deed: Callable[[], None]) -> int:
    seen = 0

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal seen
        if event == "call":
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        elif event == "opcode":
            seen += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        deed()
    finally:
        sys.settrace(before)
    return seen


def _answered(application: Application, requests: Iterable[bytes]) -> None:
    for request in requests:
        for _part in application(environ(request), _begun):
            pass


def _begun(status: str, _headers: object, _error: object = None) -> None:
    assert status.startswith("200"), status


def environ(request: bytes) -> dict[str, Any]:
    """What a WSGI server makes of a request ready to be sent."""
    head, _blank, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin1").split("\r\n")
    method, path, _protocol = first.split(" ")
    return {
        **{_named(name): value for name, _colon, value in (each.partition(": ") for each in lines)},
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.input": BytesIO(body),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _named(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"


def within(environment: Mapping[str, str], deed: Callable[[], int]) -> int:
    """With these variables set, as the server has them."""
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        return deed()
    finally:
        os.environ.clear()
        os.environ.update(before)
