"""From the commit of a release to the page that shows it: `python -m bench.releases [--json]`.

Two real worker processes serve the same database on the loopback. A release that redraws one picture is
published again and again; the picture tells which release a worker serves. Measured for the shipped pack
and for one ten times as large: publishing, pick-up, the slowest answer meanwhile, memory.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from statistics import median
from threading import Event, Thread

from academy import clock, create_app, database, settings
from academy.catalog import services
from academy.catalog.findings import Findings
from academy.catalog.folder import read_files
from academy.catalog.releases import EVERY
from academy.catalog.services import Publication
from academy.database import db
from bench.startup import SHIPPED, enlarge

ROUNDS = 6
TIMES_LARGER = 10
PATIENCE = 120
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
    '<title>{}</title><path d="M0 0h1"/></svg>'
)
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds, and MiB of one worker."""

    pack: str
    read: float  # checking the whole pack, before the database is asked anything
    commit: float  # the transaction that puts it in force
    pick_up: float  # from the commit to the first page of the slower worker, median
    pick_up_worst: float
    answer: float  # to another page meanwhile, median
    answer_worst: float
    before: float  # memory of the fresh worker
    during: float  # its peak
    after: float  # once it holds the releases it keeps


class Worker:
    """One granian process with one worker, and a thread that keeps asking it for a page."""

    def __init__(self, home: Path) -> None:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(self.port), "--workers", "1", "--blocking-threads", "4"),
            *("--log-level", "error", "wsgi:app"),
        ]
        environment = {**os.environ, "ACADEMY_HOME": str(home), "ACADEMY_DEMO": "1"}
        self.process = subprocess.Popen(command, env=environment)
        self.answers: list[float] = []
        self.over = Event()

    def get(self, path: str) -> bytes:
        there = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            there.request("GET", path)
            return there.getresponse().read()
        finally:
            there.close()

    def wait(self, path: str, words: bytes) -> float:
        """When the page said these words."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if words in self.get(path):
                    return time.monotonic()
            except OSError:
                time.sleep(0.1)
            time.sleep(0.01)
        raise TimeoutError(path)

    def keep_asking(self) -> None:
        while not self.over.wait(0.02):
            start = time.monotonic()
            self.get("/sign-in")
            self.answers.append(time.monotonic() - start)

    def memory(self, what: str = "VmRSS") -> float:
        """Of the process that holds the content: granian's child."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        status = Path(f"/proc/{children[0] if children else pid}/status").read_text("ascii")
        kib = next(line.split()[1] for line in status.splitlines() if line.startswith(what))
        return int(kib) * 1024 / MIB

    def stop(self) -> None:
        self.over.set()
        self.process.terminate()
        self.process.wait(PATIENCE)


@contextmanager
def workers(home: Path) -> Iterator[list[Worker]]:
    with ExitStack() as stack:
        started = []
        for _number in range(2):
            worker = Worker(home)
            stack.callback(worker.stop)
            started.append(worker)
        yield started


def measure(name: str, pack: Path) -> Figures:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        config = settings.read(
            {"ACADEMY_HOME": str(home), "ACADEMY_DEMO": "1", "ACADEMY_CONTENT": str(pack)}
        )
        app = create_app(config)
        with app.app_context():
            db.create_all()
            return _measure(name, pack, home)


def _measure(name: str, pack: Path, home: Path) -> Figures:
    files = read_files(pack, Findings())
    picture = next(path for path in files if path.endswith(".svg"))
    address = f"/lessons/{Path(picture).stem}/picture.svg"
    reads, commits, waits = [], [], []
    publish(files, picture, 0)
    with workers(home) as both:
        for worker in both:
            worker.wait(address, b"edition 0")
        before = max(worker.memory() for worker in both)
        asking = [Thread(target=worker.keep_asking) for worker in both]
        for thread in asking:
            thread.start()
        for number in range(1, ROUNDS + 1):
            read, commit, done = publish(files, picture, number)
            words = f"edition {number}<".encode()
            waits.append(max(worker.wait(address, words) for worker in both) - done)
            reads.append(read)
            commits.append(commit)
        for worker in both:
            worker.over.set()
        for thread in asking:
            thread.join()
        answers = [seconds for worker in both for seconds in worker.answers]
        during = max(worker.memory("VmHWM") for worker in both)
        after = max(worker.memory() for worker in both)
    return Figures(
        name,
        *(median(reads), median(commits), median(waits), max(waits)),
        *(median(answers), max(answers), before, during, after),
    )


def publish(files: dict[str, bytes], picture: str, number: int) -> tuple[float, float, float]:
    """Seconds to read the pack, seconds of the transaction, and when it was committed."""
    edition = {**files, picture: PICTURE.format(f"edition {number}").encode()}
    start = time.monotonic()
    pack = services.read(edition, Findings())
    read = time.monotonic()
    database.reading_only()
    services.in_force()
    database.about_to_write()
    begun = time.monotonic()
    services.publish(pack, Publication(f"Edition {number}"), clock.now())
    db.session.commit()
    done = time.monotonic()
    return read - start, done - begun, done


def main() -> None:
    figures = [measure("shipped", SHIPPED)]
    with tempfile.TemporaryDirectory() as place:
        enlarge(SHIPPED, Path(place), TIMES_LARGER)
        figures.append(measure(f"{TIMES_LARGER} times as much", Path(place)))
    if "--json" in sys.argv:
        print(json.dumps([asdict(each) for each in figures]))
        return
    print(f"Two workers look every {EVERY} s; {ROUNDS} releases of each pack; seconds and MiB.")
    for name in Figures.__slots__:
        values = (getattr(each, name) for each in figures)
        print(f"{name:<16}" + "".join(f"{_shown(value):>20}" for value in values))


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
