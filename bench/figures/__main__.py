"""What figures of groups cost: `python -m bench.figures [--people N] [--entities N] [--deeds N] [--days N]`
`[--database sqlite | postgresql | URL] [--home FOLDER] [--json]`.

A made-up company is written: people, awards, minds, and so many deeds (rows of the log) on so many days, with
a round for each minute among them; no answers, which nothing here reads. Then measured: everything counted
anew from the log, a night of knowledge, a day that did not change, three minutes of a peak of 94 rounds a
second; and of each page and file of human resources milliseconds (median and worst), CPU, SQL statements. A
page that reads what grows with what people do (answers, deeds, rounds) stops it. `--home` keeps the company:
the next time only its pages are measured. On a busy machine believe the CPU, not the clock.
"""

import argparse
import json
import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from academy import clock
from academy.database import db
from bench.figures import company, plans, rollup
from bench.figures.pages import pages
from bench.figures.telling import TOLD, measured
from bench.morning.place import Place, in_bulk, opened


def main() -> None:
    asked = _arguments().parse_args()
    kept = nullcontext(asked.home) if asked.home else TemporaryDirectory()
    aside = redirect_stdout(sys.stderr) if asked.json else nullcontext()
    with aside, kept as folder, opened(Path(folder), asked.database) as place:
        app = place.app()
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            if "whole" not in place.notes():
                upgrade()
                _made(place, asked)
        notes = place.notes()
        day = clock.now().date()
        pages(app, day, notes["campaigns"], notes["wave"], place.postmaster)
        _end(app)
    if asked.json:
        print(json.dumps(TOLD))


def _made(place: Place, asked: argparse.Namespace) -> None:
    """Filled, counted, and looked at once."""
    day = clock.now().date()
    with measured(f"{asked.people:,} people, {asked.entities:,} entities", place.postmaster):
        company.company(asked.people, asked.entities, day)
    with measured("their deeds", place.postmaster), in_bulk(place) as to:
        company.log(to, asked.people, asked.deeds, asked.days, day)
    if not place.is_sqlite:
        with db.engine.connect() as to:
            to.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    rollup.rebuilt(place)
    rollup.counted(place)
    rollup.peaks(place, asked.people)
    campaigns = plans.campaigns(place, day)
    place.note(campaigns=campaigns, wave=plans.wave(day), whole=True)


def _end(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _arguments() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    words.add_argument("--people", type=int, default=20_000)
    words.add_argument("--entities", type=int, default=200)
    words.add_argument("--deeds", type=int, default=500_000)
    words.add_argument("--days", type=int, default=250, help="that the log reaches back")
    words.add_argument("--database", default="sqlite", help="sqlite, postgresql, or an address")
    words.add_argument("--home", type=Path, help="folder that keeps the company")
    words.add_argument("--json", action="store_true")
    return words


if __name__ == "__main__":
    main()
