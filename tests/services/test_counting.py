"""Requests are counted over all processes, living and dead, in files that do not grow."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from academy.settings import ROOT
from academy.web.counting import CLASSES, STEPS, WIDTH, Counts

MILLISECOND = 1_000_000
COUNTS_AND_DIES = """
import sys
from pathlib import Path
from tests.services.test_counting import academy
from academy.web.counting import Counts
counts = Counts(academy(), Path(sys.argv[1]))
for _time in range(3):
    counts.count("/", 200, 1)
counts.count_database_error()
"""


def academy(*more: str) -> Flask:
    app = Flask("counted")
    for rule in ("/", "/minute", *more):
        app.add_url_rule(rule, rule, lambda: "")
    return app


def dies(folder: Path) -> None:
    command = [sys.executable, "-c", COUNTS_AND_DIES, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  # our own program


def row(counts: Counts, route: str) -> list[int]:
    _errors, *cells = counts.total()
    place = counts.routes.index(route) * WIDTH
    return cells[place : place + WIDTH]


def test_an_answer_is_counted_by_route_by_status_and_by_how_long_it_took(tmp_path: Path) -> None:
    counts = Counts(academy(), tmp_path)

    for status, took in ((200, 4), (302, 6), (404, 20_000), (99, 5)):
        counts.count("/minute", status, took * MILLISECOND)

    found = row(counts, "/minute")
    assert dict(zip(CLASSES, found, strict=False)) == {
        "1xx": 1, "2xx": 1, "3xx": 1, "4xx": 1, "5xx": 0,
    }  # fmt: skip
    steps = found[len(CLASSES) : -1]
    assert (steps[0], steps[1], steps[-1], sum(steps)) == (2, 1, 1, 4)
    assert len(steps) == len(STEPS) + 1
    assert found[-1] == 20_015 * MILLISECOND


def test_what_a_process_counted_outlives_it_and_its_file_does_not(tmp_path: Path) -> None:
    counts = Counts(academy(), tmp_path)
    counts.count("/", 200, 1)

    for _process in range(2):
        dies(tmp_path)
    first, again = row(counts, "/"), row(counts, "/")

    assert first == again
    assert first[CLASSES.index("2xx")] == 1 + 3 + 3
    assert counts.total()[0] == 2
    assert len(list(tmp_path.glob("*.counts"))) == 1  # mine


def test_another_version_begins_anew(tmp_path: Path) -> None:
    dies(tmp_path)
    old = Counts(academy(), tmp_path)
    assert row(old, "/")[1] == 3

    new = Counts(academy("/new"), tmp_path)

    assert sum(new.total()) == 0


def test_where_no_file_can_be_made_requests_are_answered_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    counts = Counts(academy(), tmp_path / "file")

    counts.count("/", 200, 1)

    assert "requests are counted where nobody reads it" in caplog.text
