"""The API and the pages about it, put into the application together."""

from flask import Flask

from academy.api import document, jobs, operations, problems, views
from academy.web import errors


def init_app(app: Flask, url: str) -> None:
    """`url` is where the academy is reached from elsewhere."""
    app.register_blueprint(views.bp)
    document.init_app(app, operations.bp, url)
    errors.spoken(app, f"{document.ROOT}/", problems.of_any)
    jobs.init_app(app)
