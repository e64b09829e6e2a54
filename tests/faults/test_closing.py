"""Told to stop, the academy first says so, goes on for a while, and finishes what it has begun."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from academy.settings import ROOT
from tests.faults.test_serve import SLEEPS, until
from tests.mail_server import free_port

pytestmark = pytest.mark.faults

# An application that is slow, and says whether it was told that the academy closes.
SLOW = """
import os, time
from pathlib import Path
here = Path(__file__).parent

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/slow":
        (here / "begun").touch()
        time.sleep(1.2)
        return [b"whole"]
    return [b"closing" if (here / "stopping").exists() else b"open"]
"""
SUPERVISES = """
import sys
from pathlib import Path
from academy.post.supervisor import Child, supervise
folder, port, sleeps = sys.argv[1:]
place = ["--port", port, "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
web = Child([sys.executable, "-m", "granian", "--interface", "wsgi", *place, "slow:app"])
worker = Child([sys.executable, "-c", sleeps, folder + "/worker"])
sys.exit(supervise(web, worker, "127.0.0.1", int(port), Path(folder) / "stopping", 0.6))
"""


class Slow:
    """The supervisor with a real web server, whose application is slow."""

    def __init__(self, folder: Path) -> None:
        (folder / "slow.py").write_text(SLOW)
        self.folder, self.port = folder, free_port()
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-c", SUPERVISES, str(folder), str(self.port), SLEEPS],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(folder)},
        )

    def says(self, path: str) -> str:
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=20) as answer:  # our own server
            return str(answer.read().decode())

    def answers(self) -> bool:
        try:
            return self.says("/") == "open"
        except OSError:
            return False


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Slow]:
    running = Slow(tmp_path)
    yield running
    running.process.kill()
    running.process.wait()


def test_it_says_that_it_closes_goes_on_and_finishes_what_was_asked(slow: Slow) -> None:
    until(slow.answers)
    said: list[str] = []
    asking = threading.Thread(target=lambda: said.append(slow.says("/slow")))
    asking.start()
    until((slow.folder / "begun").exists)

    slow.process.send_signal(signal.SIGTERM)
    until((slow.folder / "stopping").exists)

    assert slow.says("/") == "closing"  # whoever comes by is still answered
    began = time.monotonic()
    assert slow.process.wait(20) == 0
    asking.join(20)
    assert said == ["whole"]
    assert time.monotonic() - began < 10


def test_told_twice_it_does_not_wait(slow: Slow) -> None:
    until(slow.answers)
    slow.process.send_signal(signal.SIGTERM)
    until((slow.folder / "stopping").exists)
    slow.process.send_signal(signal.SIGTERM)

    assert slow.process.wait(20) == 0
