"""Jobs leave SQLite's writer to others as long as they held it."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, text

from academy import database
from academy.database import db
from academy.sharing import LONGEST, Turns, turns
from tests.pages.conftest import on_sqlite_only

pytestmark = on_sqlite_only
HELD = 0.03


@pytest.fixture
def waited(context: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How long this thread waited before each of its turns; in this test time is not lost by it."""
    found: list[float] = []
    monkeypatch.setattr("academy.sharing.time.sleep", found.append)
    yield found
    if Turns.sharing:
        event.remove(db.engine, "checkin", turns.end)
    Turns.sharing, turns.began, turns.again = False, None, 0.0


def write(held: float = 0.0) -> None:
    database.about_to_write()
    db.session.execute(text("DELETE FROM tries"))
    until = time.monotonic() + held
    while time.monotonic() < until:
        pass
    db.session.commit()


def test_a_job_waits_as_long_as_it_held_the_writer(waited: list[float]) -> None:
    database.leave_room()

    write(HELD)
    write(LONGEST + HELD)
    write()

    assert waited[0] == 0.0
    assert HELD / 2 < waited[1] <= LONGEST
    assert LONGEST / 2 < waited[2] <= LONGEST


def test_who_reads_and_who_comes_later_waits_for_nothing(waited: list[float]) -> None:
    database.leave_room()
    write(HELD)

    database.reading_only()
    db.session.execute(text("SELECT 1")).all()
    db.session.rollback()
    assert waited == [0.0]

    turns.again = time.monotonic() - HELD
    write()
    assert waited == [0.0, 0.0]


def test_pages_never_wait(waited: list[float]) -> None:
    write(HELD)
    write()

    assert waited == []
