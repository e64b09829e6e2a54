"""Who carries letters of which kind. Features above register theirs when the application starts."""

from collections.abc import Callable

from flask import Flask, current_app

from academy.post.services import Leased

Handler = Callable[[Leased], None]
"""Carries one letter, or raises.

It is called outside any transaction. What it writes to the database is committed together with the
mark that the letter is done, so it happens exactly once; what it does elsewhere happens at least once.
One that reads from the database before it goes on the network lets go first (`db.session.rollback()`):
on SQLite nobody writes meanwhile.
"""

EXTENSION = "post_handlers"


class Undeliverable(Exception):
    """This letter will never arrive: do not try again. The message says why."""


class NotNow(Exception):
    """The way is closed for every letter of this kind: they wait, and no try is counted."""


def init_app(app: Flask) -> None:
    app.extensions[EXTENSION] = {}


def register(app: Flask, kind: str, handler: Handler) -> None:
    """From now on `handler` carries the letters of this kind."""
    app.extensions[EXTENSION][kind] = handler


def of(kind: str) -> Handler | None:
    found: Handler | None = current_app.extensions[EXTENSION].get(kind)
    return found
