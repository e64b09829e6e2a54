"""What the worker does for mentoring."""

from flask import Flask

from academy.mentoring.live.jobs import close_meetings
from academy.mentoring.pairs import jobs as pairs
from academy.mentoring.pairs.proposing import jobs as proposing
from academy.mentoring.speed import jobs as speed
from academy.mentoring.wishes import jobs as wishes
from academy.post import jobs


def init_app(app: Flask) -> None:
    """The outbox and the clock are there already."""
    speed.init_app(app)
    jobs.every(app, close_meetings, minute="*/5")
    wishes.init_app(app)
    proposing.init_app(app)
    pairs.init_app(app)
