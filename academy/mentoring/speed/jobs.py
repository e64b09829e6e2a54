"""What the worker does for speed meetings, put into the application together."""

from flask import Flask

from academy.mentoring.speed.composing import jobs as composing
from academy.mentoring.speed.inviting import jobs as inviting


def init_app(app: Flask) -> None:
    """The letters it carries, and what it does by the clock; the outbox is there."""
    composing.init_app(app)
    inviting.init_app(app)
