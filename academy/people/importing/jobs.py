"""What the worker does for imports: a slice at each letter, so that other letters leave meanwhile."""

from datetime import datetime

from flask import Flask

from academy import clock, database
from academy.database import db
from academy.people.importing import opening, queries, working
from academy.people.importing.models import State
from academy.people.importing.services import LETTER
from academy.post import handlers, jobs
from academy.post import services as post
from academy.post.services import Leased

SLICE = 12
"""Parts in one go: some seconds."""


def init_app(app: Flask) -> None:
    handlers.register(app, LETTER, carry)


def carry(letter: Leased) -> None:
    """A slice of an import. The last commit is the outbox's, with the mark that the letter is done."""
    number, at = letter.payload["import"], clock.now()
    work = working.find(number)
    if work is None:
        return
    if work.state == State.RECEIVED:
        opening.read(work, lambda: _between(letter))
        return
    if _some(number, at):
        _go_on(number, at)


class TakenOver(Exception):
    """Another worker has this letter by now."""


def _between(letter: Leased) -> None:
    """Keep what was read so far; until all is read, nobody else begins."""
    if not post.hold(letter, clock.now(), jobs.desk().config.lease):
        raise TakenOver
    db.session.commit()


def _some(number: int, at: datetime) -> bool:
    """So many parts, each committed; is there more to do?"""
    world = None
    for _part in range(SLICE):
        database.may_write()
        work = working.find(number)
        if work is None:
            return False
        world = world or queries.world(work, at)
        if not working.step(work, world, at):
            db.session.rollback()
            return False
        db.session.commit()
    return True


def _go_on(number: int, at: datetime) -> None:
    """The next slice is another letter; its name says how far this one came."""
    work = working.find(number)
    if work is not None:
        place = f"{work.state}:{work.options.get('turn', 0)}:{work.stage}:{work.cursor}"
        post.put(LETTER, {"import": number}, f"{LETTER}:{number}:{place}", at - post.AHEAD)
