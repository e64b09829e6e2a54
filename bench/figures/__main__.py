"""What figures of groups cost: `python -m bench.figures [--people N] [--entities N] [--deeds N] [--days N]`
`[--waves N] [--database sqlite | postgresql | URL] [--home FOLDER] [--json]`.

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
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext, redirect_stdout
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from academy import clock, memory
from bench.figures import plans, rollup
from bench.figures.filling import ended, filled, looked_at
from bench.figures.pages import pages
from bench.figures.telling import TOLD
from bench.morning.place import Place, opened


def main() -> None:
    asked = _arguments().parse_args()
    kept = nullcontext(asked.home) if asked.home else TemporaryDirectory()
    aside = redirect_stdout(sys.stderr) if asked.json else nullcontext()
    with aside, kept as folder, opened(Path(folder), asked.database) as place:
        if "whole" not in place.notes():
            with ProcessPoolExecutor(1, get_context("spawn")) as apart:
                TOLD.update(apart.submit(filled, place, asked).result())
        app = place.app()
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            if "whole" not in place.notes():
                _made(place, asked)
        notes = place.notes()
        day = clock.now().date()
        memory.keep()  # as web servers do
        pages(app, day, notes["campaigns"], notes["wave"], place.postmaster)
        ended(app)
    if asked.json:
        print(json.dumps(TOLD))


def _made(place: Place, asked: argparse.Namespace) -> None:
    """Filled, counted, and looked at once."""
    rollup.rebuilt(place)
    rollup.counted(place)
    rollup.peaks(place, asked.people)
    day = clock.now().date()
    campaigns = plans.campaigns(place, day)
    place.note(campaigns=campaigns, wave=plans.wave(day), whole=True)
    looked_at(place)


def _arguments() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    words.add_argument("--people", type=int, default=20_000)
    words.add_argument("--entities", type=int, default=200)
    words.add_argument("--deeds", type=int, default=500_000)
    words.add_argument("--days", type=int, default=250, help="that the log reaches back")
    words.add_argument("--waves", type=int, default=0, help="that people came in by")
    words.add_argument("--database", default="sqlite", help="sqlite, postgresql, or an address")
    words.add_argument("--home", type=Path, help="folder that keeps the company")
    words.add_argument("--json", action="store_true")
    return words


if __name__ == "__main__":
    main()
