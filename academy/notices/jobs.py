"""What the worker does for notices: mail, reminders, digests."""

from datetime import datetime

from flask import Flask

from academy import clock
from academy.notices import lending, mailing, services
from academy.notices.digest.jobs import tell_managers
from academy.notices.reminders.jobs import remind
from academy.people.roles.services import LENT
from academy.post import handlers, jobs
from academy.post.services import Leased


def init_app(app: Flask) -> None:
    """The outbox and the clock are there already."""
    handlers.register(app, services.BY_MAIL, carry)
    handlers.register(app, LENT, carry_loan)
    jobs.every(app, remind, minute="*/5")
    jobs.every(app, tell_managers, minute="*/15")


def carry(letter: Leased) -> None:
    """The outbox commits what is put here together with the mark that the letter is done."""
    said = letter.payload
    mailing.send(said["notice"], datetime.fromisoformat(said["due"]), clock.now())


def carry_loan(letter: Leased) -> None:
    lending.told(letter.payload["grant"], clock.now())
