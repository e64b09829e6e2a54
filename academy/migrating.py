"""Flask-Migrate and alembic, imported by whoever migrates: nine MB that no page needs."""

from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask_sqlalchemy import SQLAlchemy


def upgrade(folder: str | None = None) -> None:
    """Bring the database up to date, by the migrations of the academy or of another folder."""
    import_module("flask_migrate").upgrade(folder)


class Migrate:
    """Stands where Flask-Migrate looks for its own, until something is asked of it."""

    def __init__(self, directory: str) -> None:
        self._directory = directory

    def init_app(self, app: Flask, db: SQLAlchemy) -> None:
        app.extensions["migrate"] = _Later(app, db, self._directory)
        app.cli.add_command(_Command("db", help="Perform database migrations."))


class _Later:
    """What Flask-Migrate keeps with the application; it is there from the first question on."""

    def __init__(self, app: Flask, db: SQLAlchemy, directory: str) -> None:
        self._begun = app, db, directory

    def __getattr__(self, name: str) -> Any:
        app, db, directory = self._begun
        real: Any = import_module("flask_migrate").Migrate(directory=directory)
        real.init_app(app, db)
        return getattr(app.extensions["migrate"], name)


class _Command(click.Command):
    """`flask db ...`: Flask-Migrate's own group, once it is called."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        group: click.Group = import_module("flask_migrate.cli").db
        return group.make_context(*args, **more)
