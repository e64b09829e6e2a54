"""Real worker processes, started as an operator starts them, and killed as a power cut kills them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask

from academy.settings import ROOT, Settings
from tests.faults.hosts import Host, environment

LONG: Final = os.environ.get("ACADEMY_LONG_TESTS") == "1"
"""More people, more deaths, every place: minutes instead of seconds."""

Serve = Callable[..., Host]
"""What `serve` is: starts a host for an academy, and waits until it answers."""


@dataclass
class Worker:
    """`flask academy work`, started again and again."""

    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = field(default=0)

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "academy", "work"], cwd=ROOT, env=self.environment
        )

    def kill(self) -> None:
        """kill -9, and it is dead when this returns."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.deaths += 1

    @property
    def dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self) -> int:
        """Ask it to end, as a service manager does; gives its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@pytest.fixture
def worker(app: Flask, tmp_path: Path) -> Iterator[Worker]:
    """A worker for the academy of this test; set ACADEMY_SMTP_URL before it starts."""
    config: Settings = app.config["SETTINGS"]
    worker = Worker(
        {
            **os.environ,
            "FLASK_APP": "wsgi.py",
            "ACADEMY_HOME": str(tmp_path),
            "ACADEMY_DATABASE_URL": config.database_url,
            "ACADEMY_SECRET_KEY": config.secret_key,
            "ACADEMY_MAIL_FROM": "academy@aurore.example",
            "ACADEMY_LEASE_SECONDS": "1",
        }
    )
    yield worker
    if not worker.dead:
        worker.kill()


@pytest.fixture
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Call it with an academy of the tests, and a machine serves it until the test ends."""
    hosts: list[Host] = []

    def start(app: Flask, home: Path | None = None, **how: Any) -> Host:
        home = home or tmp_path_factory.mktemp("host")
        log = tmp_path_factory.mktemp("log") / "host.log"
        hosts.append(Host(home, environment(app.config["SETTINGS"], home), log=log, **how))
        return hosts[-1].start().wait()

    yield start
    for host in hosts:
        host.stop()
