"""Notices, put into the application together."""

from flask import Flask

from academy.notices import jobs, views
from academy.notices.unsubscribing import views as unsubscribing


def init_app(app: Flask) -> None:
    """Register the pages, and what the worker does for them; the outbox and the forms' safety are there."""
    app.register_blueprint(views.bp)
    unsubscribing.init_app(app)
    jobs.init_app(app)
