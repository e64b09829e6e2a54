"""What the worker does for mentoring."""

from flask import Flask

from academy.mentoring.live.jobs import close_meetings
from academy.mentoring.speed import jobs as speed
from academy.post import jobs


def init_app(app: Flask) -> None:
    speed.init_app(app)
    jobs.every(app, close_meetings, minute="*/5")
