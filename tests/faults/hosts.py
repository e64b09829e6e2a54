"""Machines that serve the academy, watched and hurt from outside.

They run what `flask academy serve` becomes once it has read its options, without the seconds that takes.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from academy.post import supervisor
from academy.settings import ROOT, Settings
from tests.mail_server import free_port

PATIENCE = 150.0
OK = 200
THREADS = "4"


def until(true: Callable[[], bool], patience: float = PATIENCE, what: str = "it") -> None:
    """Wait for what must become true."""
    give_up = time.monotonic() + patience
    while not true():
        assert time.monotonic() < give_up, f"{what} takes too long"
        time.sleep(0.02)


def command_of(process: int) -> str:
    """What it was started as; nothing when it is gone, or dead and not yet counted."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def children(process: int) -> list[int]:
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [int(each) for each in found if command_of(int(each))]


@dataclass
class Host:
    """One machine: its folder, its settings, its port, and all that runs on it."""

    home: Path
    environment: dict[str, str]
    log: Path
    web: int = 1
    address: str = "127.0.0.1"
    before: list[str] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> "Host":
        numbers = [str(self.port), str(self.web), THREADS, "0", "both"]
        command = [*self.before, sys.executable, "-P", supervisor.__file__, self.address, *numbers]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own command
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        return self

    def wait(self) -> "Host":
        until(lambda: self.open or self.dead, what="the start")
        assert not self.dead, self.said[-2000:]
        return self

    @property
    def open(self) -> bool:
        """Does the academy answer?"""
        asked = HTTPConnection(self.address, self.port, timeout=2)
        try:
            asked.request("GET", "/health")
            return asked.getresponse().status == OK
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()

    @property
    def dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def granian(self) -> int:
        return self._child("granian")

    @property
    def worker(self) -> int:
        """The process that carries letters; 0 while there is none."""
        return self._child("academy work")

    @property
    def web_processes(self) -> list[int]:
        """Those that answer requests."""
        return [each for each in children(self.granian) if "granian" in command_of(each)]

    def _child(self, words: str) -> int:
        assert self.process is not None
        found = (each for each in children(self.process.pid) if words in command_of(each))
        return next(found, 0)

    def stop(self) -> None:
        """Ask the worker to end; the web server, which would wait for whoever it is starting, is killed."""
        if self.process is None:
            return
        web = [self.granian, *self.web_processes]
        self.process.send_signal(signal.SIGTERM)
        for each in filter(None, web):
            kill(each)
        self.process.wait(PATIENCE)
        self.process = None


def kill(process: int) -> None:
    """kill -9: what a machine out of memory does."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def environment(config: Settings, home: Path, **more: str) -> dict[str, str]:
    """The settings of an academy of the tests, as a shell would hand them to a process."""
    return {
        **os.environ,
        "FLASK_APP": "wsgi.py",
        "ACADEMY_HOME": str(home),
        "ACADEMY_DATABASE_URL": config.database_url,
        "ACADEMY_SECRET_KEY": config.secret_key,
        "ACADEMY_DEMO": "1",
        "ACADEMY_OPENED_ON": "2025-01-06",
        "ACADEMY_LEASE_SECONDS": "2",
        **more,
    }
