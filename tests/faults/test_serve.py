"""One command keeps the web server and the worker running, and ends both."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from academy.settings import ROOT
from tests.mail_server import free_port

pytestmark = pytest.mark.faults

PATIENCE = 20
# Stand-ins for the two children: they write down that they live, and do as little as the test needs.
LIVES = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).open('a').write(f'{os.getpid()}\\n'); "
SLEEPS = LIVES + "time.sleep(60)"
DIES_ONCE = (
    LIVES
    + "pathlib.Path(sys.argv[1]).read_text().count('\\n') == 1 and sys.exit(3); time.sleep(60)"
)
ENDS = LIVES + "time.sleep(1); sys.exit(7)"
FORKS = (
    "import os, signal; os.fork() or signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    + SLEEPS  # two live, and one of them will not listen
)
SUPERVISES = """
import sys
from academy.post.supervisor import Child, supervise
pairs = zip(sys.argv[2::2], sys.argv[3::2])
web, worker = (Child([sys.executable, "-c", code, path]) for code, path in pairs)
sys.exit(supervise(web, worker, "127.0.0.1", int(sys.argv[1])))
"""


class Supervised:
    """A supervisor with two stand-ins."""

    def __init__(self, folder: Path, web: str, worker: str) -> None:
        self.web, self.worker = folder / "web", folder / "worker"
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            [
                sys.executable,
                "-c",
                SUPERVISES,
                str(free_port()),
                web,
                str(self.web),
                worker,
                str(self.worker),
            ],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )

    def lives(self, file: Path) -> list[int]:
        """The process numbers under which this child has lived so far."""
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def end(self, number: signal.Signals | None = None) -> tuple[int, str]:
        """Its exit code and what it said; asked to end by this signal."""
        if number is not None:
            self.process.send_signal(number)
        _out, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, "it takes too long"
        time.sleep(0.05)


def runs(process: int) -> bool:
    """Is it alive, and not only waiting to be counted as dead?"""
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_both_and_itself(tmp_path: Path, number: signal.Signals) -> None:
    both = Supervised(tmp_path, SLEEPS, SLEEPS)
    until(lambda: bool(both.lives(both.web) and both.lives(both.worker)))

    code, said = both.end(number)

    assert code == 0
    assert "The academy is closed." in said
    assert not any(runs(each) for each in both.lives(both.web) + both.lives(both.worker))


def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    both = Supervised(tmp_path, SLEEPS, DIES_ONCE)
    until(lambda: len(both.lives(both.worker)) > 1)

    code, said = both.end(signal.SIGTERM)

    assert code == 0
    assert "The worker died (3); it starts again in 1 s." in said
    assert len(both.lives(both.web)) == 1  # the web server went on


def test_when_the_web_server_ends_everything_ends_with_its_code(tmp_path: Path) -> None:
    both = Supervised(tmp_path, ENDS, SLEEPS)

    code, said = both.end()

    assert code == 7
    assert "The web server ended (7)." in said
    assert not any(runs(each) for each in both.lives(both.worker))


def test_no_child_of_the_web_server_is_left_to_hold_the_port(tmp_path: Path) -> None:
    both = Supervised(tmp_path, FORKS, SLEEPS)
    until(lambda: len(both.lives(both.web)) > 1)

    code, _said = both.end(signal.SIGTERM)

    assert code == 0
    until(lambda: not any(runs(each) for each in both.lives(both.web)))


def test_a_port_that_is_taken_is_told_and_nothing_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "-m", "flask", "academy", "serve", "--port", str(port)],
            cwd=ROOT,
            env={
                **os.environ,
                "FLASK_APP": "wsgi.py",
                "ACADEMY_DEMO": "1",
                "ACADEMY_HOME": str(tmp_path),
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    assert answer.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}: Address already in use." in answer.stderr
    assert "open" not in answer.stderr
