"""Keeps the web server and the worker running as two children. Run as a file: only the standard library.

They live in process groups of their own, so that Ctrl-C reaches this process alone, which then ends
both in order: first a file says to whoever sends people here that we close (`/ready`), then the worker is
asked to end, and after a while the web server, which finishes what it has begun. Either is started again when
it dies, later each time it dies young. Only a web server that ends before it answers ends everything, with
its exit code: it would not answer the next time either.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

POLL_SECONDS = 0.2
WEB_SECONDS = 120  # to begin to answer, on a machine that is overrun too
PATIENCE_SECONDS = 40  # for a child to end; the worker gives itself thirty
OLD_SECONDS = 60  # a worker that lived so long did not die young
LONGEST_WAIT_SECONDS = 30.0
FAILED = 1
PYTHON = (sys.executable, "-m")
SERVER_ERROR = 500


class Child:
    """One process: started, watched, ended."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def start(self) -> None:
        self._clear()
        self._started = time.monotonic()
        self._process = subprocess.Popen(self._command, process_group=0)  # noqa: S603  # our own commands

    @property
    def code(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.poll() if self._process else FAILED

    @property
    def age(self) -> float:
        return time.monotonic() - self._started

    def ask_to_end(self) -> None:
        if self._process and self.code is None:
            self._process.terminate()

    def end(self) -> None:
        """Wait for it, not for ever, and leave none of its own children behind."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE_SECONDS)
        self._clear()

    def _clear(self) -> None:
        """A web server that died, or lost a process, may forget the others: they would hold the port."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Nursery:
    """Starts a child, if there is one, again when it dies: after one second, then two, at most thirty."""

    def __init__(self, child: Child | None, name: str) -> None:
        self._child, self._name = child, name
        self._wait = 1.0
        self._again_at: float | None = None

    def look(self) -> bool:
        """Whether it was started again just now."""
        if self._child is None or self._child.code is None:
            return False
        if self._again_at is None:
            self._wait = 1.0 if self._child.age > OLD_SECONDS else self._wait
            self._again_at = time.monotonic() + self._wait
            say(
                f"The {self._name} died ({self._child.code}); it starts again in {self._wait:.0f} s."
            )
        if time.monotonic() < self._again_at:
            return False
        self._again_at, self._wait = None, min(self._wait * 2, LONGEST_WAIT_SECONDS)
        self._child.start()
        return True


def say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def refusal(host: str, port: int) -> str | None:
    """Why nobody can listen there; None when the place is free.

    Asked before the start: the web server shares a port with another one of its kind without a word.
    """
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    )[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as error:
            return error.strerror
    return None


def answers(host: str, port: int) -> bool:
    """Does the academy itself answer? That somebody listens is not enough: its content may be broken."""
    asked = HTTPConnection(host, port, timeout=1)
    try:
        asked.request("GET", "/health")
        return asked.getresponse().status < SERVER_ERROR
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def supervise(
    web: Child,
    worker: Child | None,
    host: str,
    port: int,
    stopping: Path | None = None,
    drain: float = 0,
) -> int:
    """Run both until told to stop (0) or until the web server ends without having answered (its code).

    Told to stop, it makes the file `stopping` and lets the web server answer for `drain` seconds more, so
    that nobody is sent to a door that is shut. Told twice, it does not wait.
    """
    told = _told_to_stop()
    children = [child for child in (web, worker) if child is not None]
    for child in children:
        child.start()
    carrying, serving, open_ = Nursery(worker, "worker"), Nursery(web, "web server"), False
    while not told.wait(POLL_SECONDS) and (web.code is None or open_):
        carrying.look()
        open_ = open_ and not serving.look()
        if not open_ and answers(host, port):
            open_ = True
            say(f"The academy is open: http://{host}:{port}   (Ctrl-C closes it)")
        if not open_ and web.age > WEB_SECONDS:
            say(f"The web server does not answer after {WEB_SECONDS} s.")
            break
    asked = told.is_set()
    code = 0 if asked else web.code or FAILED
    for child in children[1:]:
        child.ask_to_end()
    if asked and stopping is not None:
        stopping.touch()
        told.clear()
        told.wait(drain)
    web.ask_to_end()
    for child in children:
        child.end()
    say("The academy is closed." if asked else f"The web server ended ({code}).")
    return code


def _told_to_stop() -> threading.Event:
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: told.set())
    return told


def main(host: str, port: int, size: tuple[str, str], drain: float, with_worker: bool) -> int:
    reason = refusal(host, port)
    if reason is not None:
        say(
            f"Cannot listen on {host}:{port}: {reason}. Choose another port: PORT=8001 or --port 8001."
        )
        return FAILED
    with TemporaryDirectory(prefix="academy-") as folder:
        stopping = Path(folder) / "stopping"
        os.environ["PORT"] = str(port)
        os.environ["ACADEMY_STOPPING_FILE"] = str(stopping)
        worker = Child([*PYTHON, "flask", "academy", "work"]) if with_worker else None
        return supervise(_web(host, port, *size), worker, host, port, stopping, drain)


def _web(host: str, port: int, workers: str, threads: str) -> Child:
    place = ("--host", host, "--port", str(port))
    size = ("--workers", workers, "--blocking-threads", threads)
    manner = ("--respawn-failed-workers", "--log-level", "warning")
    served = [*PYTHON, "academy.serving", "--interface", "wsgi"]
    return Child([*served, *place, *size, *manner, "wsgi:app"])


if __name__ == "__main__":
    _self, where, at, processes, hands, seconds, which = sys.argv
    sys.exit(main(where, int(at), (processes, hands), float(seconds), which == "both"))
