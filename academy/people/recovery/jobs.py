"""What the worker does with a forgotten password: looks for the account, and writes to its owner."""

from flask import Flask

from academy import clock
from academy.people.recovery import services
from academy.post import handlers
from academy.post.services import Leased


def init_app(app: Flask) -> None:
    handlers.register(app, services.FORGOTTEN, carry)


def carry(letter: Leased) -> None:
    """The outbox commits what is put here together with the mark that the letter is done."""
    services.answer(letter.payload["email"], letter.once, clock.now())
