"""A job killed just before one of its commits, and before another: run once more, its effect is single."""

import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import db
from academy.folio.models import Folio
from academy.hr.campaigns import jobs as campaigns
from academy.hr.campaigns.rules import Move
from academy.notices.models import Notice
from academy.passport.jobs import grant_what_is_owed
from academy.rewards.models import AwardRound, Grant, LedgerEntry
from academy.rewards.shop import books
from academy.settings import ROOT
from tests.campaigns import company, draft, move
from tests.conftest import MONDAY
from tests.factories import do_round, make_person
from tests.faults.hosts import environment

pytestmark = pytest.mark.faults

KILLED = -9
PEOPLE = 4
LATER = MONDAY + timedelta(days=1)
RUNS = """
import os, signal, sys
from datetime import datetime
from importlib import import_module
from sqlalchemy import event
from academy import create_app, database
from academy.database import db

module, name, at, commits = sys.argv[1:]
left = int(commits)

def power_cut(_session):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

app = create_app()
event.listen(db.session, "before_commit", power_cut)
with app.app_context():
    database.may_write()
    getattr(import_module(module), name)(datetime.fromisoformat(at))
"""


def run(app: Flask, home: Path, job: object, at: datetime, commits: int, **more: str) -> int:
    """The exit code of a process that runs the job, and is killed before its so-and-so-many-th commit."""
    named = [str(getattr(job, "__module__", "")), str(getattr(job, "__name__", ""))]
    command = [sys.executable, "-c", RUNS, *named, at.isoformat(), str(commits)]
    settings = environment(app.config["SETTINGS"], home, **more)
    return subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode  # noqa: S603  # our own


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_campaign_whose_worker_is_killed_tells_everybody_once(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        database.may_write()
        aurore = company()
        number = draft(aurore.hr, aurore.whole)
        move(number, Move.ANNOUNCE, aurore.hr)
        before = told()

    assert run(app, tmp_path, campaigns.look_after, MONDAY, 2) == KILLED
    assert run(app, tmp_path, campaigns.look_after, MONDAY, 5) == KILLED

    with app.app_context():
        database.may_write()
        campaigns.look_after(MONDAY)
        once = told() - before
        twin = draft(aurore.hr, aurore.whole, name_en="Another")
        move(twin, Move.ANNOUNCE, aurore.hr)
        campaigns.look_after(MONDAY)
        twice = told() - before
    staff = [person.id for people in aurore.staff.values() for person in people]
    assert {once[person] for person in staff} == {1}
    assert twice == Counter({person: 2 * many for person, many in once.items()})


def told() -> Counter[int]:
    rows = db.session.execute(select(Notice.person_id, func.count()).group_by(Notice.person_id))
    return Counter({row[0]: row[1] for row in rows})


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_walk_past_everybody_that_is_killed_grants_what_is_owed_once(
    app: Flask, tmp_path: Path
) -> None:
    """A new award comes into force, and the worker that grants it for what was done before dies twice."""
    badges = shutil.copytree(ROOT / "badges", tmp_path / "badges")
    kind = "kind: badge\norder: 999\nfr: {title: Essai, summary: Un.}\nen: {title: Trial, summary: One.}\n"
    rule = "points: 15\nrule: {count: round_done, at_least: 1}\n"
    (badges / "trial.yaml").write_text(kind + rule, encoding="utf-8")
    shutil.copy(badges / "explorer.svg", badges / "trial.svg")
    with app.app_context():
        database.may_write()
        people = [make_person() for _each in range(PEOPLE)]
        for person in people:
            do_round(person)
        before = points()

    codes = [
        run(app, tmp_path, grant_what_is_owed, LATER, commits, ACADEMY_BADGES=str(badges))
        for commits in (3, 4, 1_000)
    ]

    assert codes == [KILLED, KILLED, 0]
    with app.app_context():
        database.reading_only()
        granted = db.session.scalars(select(Grant.person_id).where(Grant.award == "trial"))
        assert Counter(granted) == Counter(person.id for person in people)
        assert points() == {number: before[number] + 15 for number in before}
        assert books.discrepancies() == []
        assert db.session.scalars(select(AwardRound)).one().ended_at is not None


def points() -> dict[int, int]:
    """What each has, by their page and by the ledger alike."""
    paid = select(LedgerEntry.person_id, func.sum(LedgerEntry.amount))
    rows = db.session.execute(
        paid.where(LedgerEntry.currency == "point").group_by(LedgerEntry.person_id)
    )
    by_ledger = {row[0]: int(row[1]) for row in rows}
    pages = {folio.person_id: folio.points for folio in db.session.scalars(select(Folio))}
    assert by_ledger == pages
    return pages
