"""The made-up company is written by a process of its own: its memory is not taken for that of counting."""

import argparse
import sys
from contextlib import nullcontext, redirect_stdout

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from academy import clock
from academy.database import db
from bench.figures import company
from bench.figures.telling import TOLD, measured
from bench.morning.place import Place, in_bulk


def filled(place: Place, asked: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Gives what it cost."""
    app, day = place.app(), clock.now().date()
    aside = redirect_stdout(sys.stderr) if asked.json else nullcontext()
    with aside, app.app_context():
        upgrade()
        with measured(f"{asked.people:,} people, {asked.entities:,} entities", place.postmaster):
            company.company(asked.people, asked.entities, day, asked.waves)
        with measured("their deeds", place.postmaster), in_bulk(place) as to:
            company.log(to, asked.people, asked.deeds, asked.days, day)
        looked_at(place)
    ended(app)
    return TOLD


def looked_at(place: Place) -> None:
    """PostgreSQL looks by itself at what is in its tables, within a minute or two; nobody waits here."""
    if not place.is_sqlite:
        with db.engine.connect() as to:
            to.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def ended(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
