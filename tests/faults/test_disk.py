"""A disk that fails, fills up or may only be read: people are told, nothing changes, it goes on by itself."""

import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from academy import database
from academy.database import db
from academy.post import mail, queries
from academy.post.composing import Composed
from academy.post.mail import Reader
from tests.conftest import opened, settings
from tests.faults.callers import Caller, Said
from tests.faults.conftest import LONG, Serve
from tests.faults.hosts import Host, until
from tests.faults.mornings import Morning, check, guess, prepared

pytestmark = pytest.mark.faults

PEOPLE = 3
SIZE = "40m"
ROOT_ALONE = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
UNWRITTEN = {
    "en": "Nothing can be written down just now",
    "fr": "Rien ne peut être noté pour l’instant",
}
BUSY = "The academy is very busy"


@dataclass
class Scene:
    """An academy in one folder, a morning before its people, and somebody with a question on their screen."""

    app: Flask
    morning: Morning

    def caller(self, host: Host, place: int = 0) -> Caller:
        return Caller(self.app, self.morning.people[place], [host], self.morning.tally)

    def answers(self) -> int:
        with self.app.app_context():
            database.reading_only()
            return len(db.session.execute(db.text("SELECT id FROM answer")).all())

    def works_again(self, host: Host, caller: Caller, page: Said) -> None:
        """The very form that was refused is taken; the worker lives; everybody's morning goes well."""
        until(lambda: send(caller, page).status == 200, what="writing")  # an HTTP status
        number, slot = page.form("/minute/").action.split("/")[-2:]
        self.morning.tally.acknowledge("answer", caller.person, int(number), int(slot))
        self._post()
        until(lambda: self._waiting() == 0, what="the post")

    def _post(self) -> None:
        at = datetime.now(UTC)
        with self.app.app_context():
            database.may_write()
            words = Composed("en", "News", "News\n", "<p>News</p>\n")
            mail.put(Reader("ada@aurore.example", "Ada"), words, f"disk:{at}", at)
            db.session.commit()

    def _waiting(self) -> int:
        with self.app.app_context():
            database.reading_only()
            return queries.outbox(datetime.now(UTC)).waiting


def send(caller: Caller, page: Said) -> Said:
    form = page.form("/minute/")
    return caller.try_once("POST", form.action, form.filled(guess(page)))


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    app = opened(settings(folder))
    try:
        yield Scene(app, prepared(app, PEOPLE))
    finally:
        with app.app_context():
            db.engine.dispose()


def is_told(said: Said, language: str = "en") -> None:
    assert said.status == 503  # an HTTP status
    assert said.title == UNWRITTEN[language]
    assert said.headers["Retry-After"] == "60"


def finish(found: Scene, host: Host, done: int = 1) -> None:
    """Those who have not begun live their morning; the one in the middle finishes theirs."""
    first = found.morning.people[0]
    caller = Caller(found.app, first, [host], found.morning.tally)
    for _question in range(2 - done):
        found.morning.answer(caller)
    found.morning.shop_and_wish(caller)
    with found.morning.lived([host], but=(first,)):
        pass
    check(found.morning)
    assert found.morning.tally.broken == []


def test_a_disk_that_fails_is_told_and_the_same_form_works_when_it_is_mended(
    tmp_path: Path, serve: Serve
) -> None:
    """No process may write a byte: what a disk does that fails, and nobody needs to be root for it."""
    with scene(tmp_path) as found:
        host = serve(found.app)
        caller, other = found.caller(host), found.caller(host, place=1)
        page, autre, before = caller.get("/minute"), other.get("/minute"), found.answers()
        everybody = [*host.web_processes, host.worker]

        for each in everybody:
            may_write(each, 1)
        is_told(send(caller, page))
        is_told(send(other, autre), "fr")
        assert found.answers() == before
        assert caller.try_once("GET", "/").status == 200  # an HTTP status
        assert host.open

        for each in everybody:
            may_write(each, resource.RLIM_INFINITY)
        found.works_again(host, caller, page)
        finish(found, host)
        assert [*host.web_processes, host.worker] == everybody


def may_write(process: int, size: int) -> None:
    _soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))


@ROOT_ALONE
def test_a_disk_that_may_only_be_read_and_then_fills_up(tmp_path: Path, serve: Serve) -> None:
    """It opens on a disk that may only be read, comes to life when it may write, and waits for room later."""
    disk = tmp_path / "disk"
    with small_disk(disk), scene(disk) as found:
        with found.app.app_context():
            db.engine.dispose()  # nobody holds a file: the disk may be closed
        mount("-o", "remount,ro", str(disk))
        host = serve(found.app, home=disk)
        caller = found.caller(host)
        is_told(caller.try_once("GET", "/minute"))

        mount("-o", "remount,rw", str(disk))
        page = caller.get("/minute")
        with filled(disk):
            is_told(send(caller, page))
            assert host.open
        found.works_again(host, caller, page)
        finish(found, host)
        host.stop()


@contextmanager
def small_disk(disk: Path) -> Iterator[None]:
    disk.mkdir()
    mount("-t", "tmpfs", "-o", f"size={SIZE}", "none", str(disk))
    try:
        yield
    finally:
        subprocess.run([tool("umount"), "--lazy", str(disk)], check=True)  # noqa: S603  # our own


def mount(*arguments: str) -> None:
    subprocess.run([tool("mount"), *arguments], check=True)  # noqa: S603  # our own


def tool(name: str) -> str:
    return shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin") or name


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is left meanwhile."""
    balloon = disk / "balloon"
    with balloon.open("wb", buffering=0) as air:
        try:
            while air.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        balloon.unlink()


@pytest.mark.skipif(not LONG, reason="it waits ten seconds; tests/pages/test_faults.py does not")
def test_somebody_who_holds_the_database_for_long_is_waited_for_and_then_told(
    tmp_path: Path, serve: Serve
) -> None:
    with scene(tmp_path) as found:
        host = serve(found.app)
        caller = found.caller(host)
        page, before = caller.get("/minute"), found.answers()
        other = sqlite3.connect(tmp_path / "academy.sqlite", isolation_level=None)

        other.execute("BEGIN IMMEDIATE")
        told = send(caller, page)
        other.execute("ROLLBACK")
        other.close()

        assert (told.status, told.title, told.headers["Retry-After"]) == (503, BUSY, "2")
        assert found.answers() == before
        found.works_again(host, caller, page)
