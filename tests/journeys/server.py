"""The academy as people meet it: a real server, in a process of its own, on a make-believe company."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_babel import gettext
from sqlalchemy import select, update

from academy import database, seed, settings
from academy.catalog import releases
from academy.catalog.cli import ship
from academy.catalog.tree import Catalog
from academy.database import db
from academy.people.models import Entity, Person
from academy.people.workdays import services as workdays
from academy.settings import ROOT
from tests import films
from tests.conftest import opened
from tests.visitor import Visitor

HOST = "127.0.0.1"
PUBLIC = "https://academy.example"
OPTIONS = ["--interface", "wsgi", "--host", HOST, "--workers", "1", "--blocking-threads", "4"]
PROVIDER = {
    "ACADEMY_OIDC": "aurore",
    "ACADEMY_OIDC_AURORE_ISSUER": "http://127.0.0.1:9",
    "ACADEMY_OIDC_AURORE_CLIENT_ID": "academy",
    "ACADEMY_OIDC_AURORE_DOMAINS": "aurore.example",
    "ACADEMY_OIDC_AURORE_LABEL_FR": "Compte Aurore",
    "ACADEMY_OIDC_AURORE_LABEL_EN": "Aurore account",
}
"""A sign-in provider that never answers."""
PATIENCE = 30
EXTRAS = 2
EVERY_DAY = range(7)
LOG_SHOWN = 4000


@dataclass(frozen=True, slots=True)
class Served:
    """The server's address, and an application of our own on the same database and content."""

    address: str
    home: Path
    app: Flask

    @contextmanager
    def behind(self) -> Iterator[None]:
        """Work on the database beside the pages."""
        with self.app.app_context():
            database.may_write()
            yield

    @property
    def catalog(self) -> Catalog:
        with self.app.app_context():
            return releases.current()

    def say(self, sentence: str, language: str, **values: object) -> str:
        """A sentence of the interface as a page in this language says it."""
        with self.app.test_request_context(headers={"Accept-Language": language}):
            return " ".join(str(gettext(sentence, **values)).split())

    def session_of(self, person: Person) -> str:
        """The cookie of somebody who signed in."""
        cookie = Visitor(self.app).as_person(person).client.get_cookie("session")
        assert cookie is not None
        return cookie.value

    def begin_again(self) -> None:
        """Put the database back as it was planted, under the running server."""
        with (
            closing(sqlite3.connect(self.home / "planted.sqlite")) as planted,
            closing(sqlite3.connect(self.home / "academy.sqlite", timeout=PATIENCE)) as live,
        ):
            planted.backup(live)

    def log(self) -> str:
        text = (self.home / "server.log").read_text(encoding="utf-8", errors="replace")
        return text[-LOG_SHOWN:]


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """Migrate, plant a small company, start the server, stop it when all is done."""
    environment = {
        **os.environ,
        "ACADEMY_HOME": str(home),
        "ACADEMY_DATABASE_URL": "",
        "ACADEMY_DEMO": "1",
        "ACADEMY_PUBLIC_URL": PUBLIC,
        "ACADEMY_SECURE_COOKIES": "",
        "ACADEMY_VIDEO_HOSTS": films.HOST,
        **PROVIDER,
    }
    app = opened(settings.read(environment))
    _plant(app, home)
    port = _free_port()
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # our own server
            [sys.executable, "-m", "granian", *OPTIONS, "--port", str(port), "wsgi:app"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    served = Served(f"http://{HOST}:{port}", home, app)
    try:
        _wait_for(served, process)
        yield served
    finally:
        _stop(process)
        with app.app_context():
            db.engine.dispose()


def _plant(app: Flask, home: Path) -> None:
    """The make-believe company; it never closes, so that journeys may be made on any day of the year."""
    now = datetime.now(UTC)
    with app.app_context():
        database.may_write()
        seed.plant(now, EXTRAS)
        ship()
        db.session.execute(update(Entity).values(country=None))
        for person in db.session.scalars(select(Person.id)).all():
            workdays.set_pattern(person, EVERY_DAY, now.date(), None, now)
        db.session.commit()
        db.session.remove()
    with (
        closing(sqlite3.connect(home / "academy.sqlite")) as live,
        closing(sqlite3.connect(home / "planted.sqlite")) as planted,
    ):
        live.backup(planted)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_for(served: Served, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, f"The server stopped at once:\n{served.log()}"
        try:
            with urllib.request.urlopen(f"{served.address}/health", timeout=2):  # noqa: S310  # our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer in {PATIENCE} s:\n{served.log()}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def path_of(address: str) -> str:
    """An address without its host: what a QR code says, to be opened on the server at hand."""
    assert address.startswith(PUBLIC), address
    return re.sub(r"^https?://[^/]+", "", address)
