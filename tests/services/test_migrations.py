"""Migrations: from nothing to what the models say, back and again; no row lost on the way."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import create_engine, inspect, make_url, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from academy import cli, create_app
from academy.daily.choices import Chosen
from academy.daily.queries import ROUND
from academy.database import Base, db
from academy.folio import queries as folio
from academy.folio.queries import Balances
from academy.mastery import minds
from academy.mastery.mind import tag
from academy.mastery.taste import Reason
from academy.settings import ROOT
from tests.conftest import settings
from tests.services.packs import quick

BOTH = pytest.mark.parametrize("empty_academy", ["sqlite", "postgresql"], indirect=True)
SQLITE = pytest.mark.parametrize("empty_academy", ["sqlite"], indirect=True)
OURS = "academy_from_nothing"

PARENT_AND_CHILDREN = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "a1", None

def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9)))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO parent VALUES (1, 'Ada')")
    op.execute("INSERT INTO child VALUES (1, 1), (2, 1)")
"""
ALTERS_THE_PARENT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "a2", "a1"

def upgrade():
    with op.batch_alter_table("parent") as table:
        table.alter_column("name", type_=sa.String(99), nullable=False)
"""
FAILS_HALFWAY = """
from alembic import op

revision, down_revision = "a3", "a2"

def upgrade():
    op.execute("DELETE FROM child")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""


@pytest.fixture
def empty_academy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An academy on a database without a single table, its context open."""
    server = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    app = create_app(quick(settings(tmp_path, _schema_of_our_own(server) if server else "")))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if server:
        _on(server, f"DROP SCHEMA {OURS} CASCADE")


@BOTH
def test_an_empty_database_becomes_what_the_models_say(empty_academy: Flask) -> None:
    upgrade()

    check()  # leaves with an error when a migration is missing
    assert tables() == {*Base.metadata.tables, "alembic_version"}


@BOTH
def test_all_the_way_down_and_up_again(empty_academy: Flask) -> None:
    upgrade()

    downgrade(revision="base")
    assert tables() == {"alembic_version"}

    upgrade()
    check()


@BOTH
def test_migrating_what_is_up_to_date_changes_nothing(empty_academy: Flask) -> None:
    upgrade()
    before = tables()

    upgrade()

    assert tables() == before


@SQLITE
def test_sqlite_keeps_foreign_keys_after_migrating(empty_academy: Flask) -> None:
    upgrade()

    assert foreign_keys_are_on()
    with pytest.raises(IntegrityError):
        db.session.execute(
            text(
                "INSERT INTO standing VALUES (99, 'check', 'web', 1, 1, true, '2026-03-02', 1, '[]')"
            )
        )


@BOTH
def test_altering_a_table_leaves_the_rows_that_refer_to_it(
    empty_academy: Flask, tmp_path: Path
) -> None:
    upgrade(story(tmp_path, PARENT_AND_CHILDREN, ALTERS_THE_PARENT))

    assert children() == 2
    assert foreign_keys_are_on()


@SQLITE
def test_with_foreign_keys_on_the_same_alteration_would_lose_them(
    empty_academy: Flask, tmp_path: Path
) -> None:
    """The trap that `without_foreign_keys` in migrations/env.py keeps shut."""
    folder = story(tmp_path, PARENT_AND_CHILDREN, ALTERS_THE_PARENT)
    env = Path(folder) / "env.py"
    env.write_text(env.read_text().replace("foreign_keys=OFF", "foreign_keys=ON"))

    upgrade(folder)

    assert children() == 0


@BOTH
def test_a_migration_that_fails_leaves_everything_as_it_was(
    empty_academy: Flask, tmp_path: Path
) -> None:
    folder = story(tmp_path, PARENT_AND_CHILDREN, ALTERS_THE_PARENT)
    upgrade(folder)
    folder = story(tmp_path, PARENT_AND_CHILDREN, ALTERS_THE_PARENT, FAILS_HALFWAY)

    with pytest.raises(DatabaseError, match="nowhere"):
        upgrade(folder)

    assert children() == 2
    assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == "a2"
    assert foreign_keys_are_on()


EARNED = """
INSERT INTO person (id, email, given_name, family_name, by_given, by_family, epoch, active, joined_on,
  created_at, language, spoken, zone, colour_scheme, needs)
VALUES
  (1, 'ada@aurore.example', 'Ada', 'A', 'ada a', 'a ada', 0, true, '2026-01-05', '2026-01-05 08:00:00',
  'fr', '[]', 'Europe/Paris', 'auto', '[]'),
  (2, 'bob@aurore.example', 'Bob', 'B', 'bob b', 'b bob', 0, true, '2026-01-05', '2026-01-05 08:00:00',
  'fr', '[]', 'Europe/Paris', 'auto', '[]');
INSERT INTO balance (person_id, currency, lifetime, spendable)
VALUES (1, 'point', 90, 90), (1, 'star', 7, 4), (2, 'key', 3, 3);
INSERT INTO tally (person_id, measure, amount) VALUES (1, 'round_done', 7), (1, 'round_done/ai', 2);
INSERT INTO memory
  (person_id, notion, stability, difficulty, last_at, fades_at, answers, right_answers, asked)
VALUES (1, 'web', 1.5, 5, '2026-02-01 08:00:00', '2026-02-09 08:00:00', 2, 1, '{}');
INSERT INTO answer (id, person_id, context, context_id, slot, question, notion, release, given,
  "right", score, dont_know, at)
VALUES (1, 1, 'round', 1, 1, 'web-1', 'web', 'first-ed', '{}', true, 1, false, '2026-02-01 08:00:00')
"""


@BOTH
def test_what_was_earned_and_learnt_moves_into_the_folios_and_back(empty_academy: Flask) -> None:
    upgrade(revision="0001")
    for statement in EARNED.split(";"):
        db.session.execute(text(statement))
    db.session.commit()

    upgrade(revision="0006")

    assert folio.balances(1) == Balances(90, 4, 0, 7, 0)
    assert folio.balances(2) == Balances(0, 0, 3, 0, 3)
    ada = folio.page_of(1)
    assert ada is not None
    assert (ada.tallies, ada.awards) == ({"round_done": 7, "round_done/ai": 2}, [])
    assert ada.mind is None
    db.session.rollback()

    upgrade()

    assert minds.of(ada).traces[tag("web")].answers == 1
    db.session.rollback()

    downgrade(revision="0001")

    kept = "SELECT person_id, currency, lifetime, spendable FROM balance ORDER BY 1, 2"
    assert db.session.execute(text(kept)).all() == [
        (1, "point", 90, 90),
        (1, "star", 7, 4),
        (2, "key", 3, 3),
    ]
    counted = "SELECT measure, amount FROM tally ORDER BY 1"
    assert db.session.execute(text(counted)).all() == [("round_done", 7), ("round_done/ai", 2)]
    db.session.rollback()


ROUNDS = """
INSERT INTO person (id, email, given_name, family_name, by_given, by_family, epoch, active, joined_on,
  created_at, language, spoken, zone, colour_scheme, needs)
VALUES (1, 'ada@aurore.example', 'Ada', 'A', 'ada a', 'a ada', 0, true, '2026-01-05', '2026-01-05 08:00:00',
  'fr', '[]', 'Europe/Paris', 'auto', '[]');
INSERT INTO daily_round (id, person_id, day, notion, questions, seed, release, reason, recall, drawn_at,
  policy, propensity, random, shown, answered, right_answers, dont_know, fades_in, earned)
VALUES
  (1, 1, '2026-02-02', 'web', '["web-1", "web-2"]', 7, 'first-ed', 'weakest', 0.4, '2026-02-02 08:00:00',
  'fading-first', 0.5, false, 2, 2, 1, 0, 9, '{}'),
  (2, 1, '2026-02-03', 'cloud', '["cloud-1"]', 8, 'first-ed', 'claimed', null, '2026-02-03 08:00:00',
  'fading-first', 1, true, 0, 0, 0, 0, null, '{}')
"""


@BOTH
def test_a_round_of_the_first_engine_becomes_a_round_of_one_idea_and_back(
    empty_academy: Flask,
) -> None:
    upgrade(revision="0008")
    for statement in ROUNDS.split(";"):
        db.session.connection().exec_driver_sql(statement)
    db.session.commit()

    upgrade(revision="0009")

    rounds = db.session.scalars(select(ROUND.c.choices).order_by(ROUND.c.id)).all()
    first, second = (Chosen(**each) for (each,) in rounds)
    assert (first.notion, first.of, first.reason, first.again) == ("web", 2, Reason.FADING, 9)
    assert (second.reason, second.recall, second.random) == (Reason.CONFIRM, None, True)
    db.session.rollback()

    downgrade(revision="0008")

    kept = "SELECT reason, recall, propensity, random, fades_in FROM daily_round ORDER BY id"
    assert db.session.execute(text(kept)).all() == [
        ("fading", 0.4, 0.5, False, 9),
        ("claimed", None, 1.0, True, None),
    ]
    db.session.rollback()


@pytest.mark.parametrize("empty_academy", ["postgresql"], indirect=True)
def test_a_table_in_use_is_waited_for_a_little_again_and_again(
    empty_academy: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever waits long for such a lock keeps everybody waiting behind it."""
    upgrade(story(tmp_path, PARENT_AND_CHILDREN))
    folder = story(tmp_path, PARENT_AND_CHILDREN, ALTERS_THE_PARENT)
    env = Path(folder) / "env.py"
    env.write_text(env.read_text().replace("LOCK_MS = 5_000", "LOCK_MS = 50"))
    reader = db.engine.connect()
    reader.execute(text("SELECT * FROM parent"))

    with pytest.raises(OperationalError, match="lock timeout"):
        cli._migrate(folder, tries=1)
    leaves = Timer(0.3, reader.close)
    leaves.start()
    cli._migrate(folder)

    leaves.join()
    assert "A table is in use; once more." in capsys.readouterr().out
    assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == "a2"
    db.session.rollback()


def story(home: Path, *revisions: str) -> str:
    """A folder of migrations of its own, run by the academy's env.py."""
    folder = home / "migrations"
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    for name in ("env.py", "alembic.ini", "script.py.mako"):
        shutil.copy(ROOT / "migrations" / name, folder)
    for number, revision in enumerate(revisions, 1):
        (folder / "versions" / f"{number}.py").write_text(revision)
    return str(folder)


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def children() -> int | None:
    return db.session.scalar(text("SELECT count(*) FROM child"))


def foreign_keys_are_on() -> bool:
    """PostgreSQL's always are."""
    if db.engine.dialect.name != "sqlite":
        return True
    return db.session.scalar(text("PRAGMA foreign_keys")) == 1


def _schema_of_our_own(server: str) -> str:
    """Quicker than a database of our own, and as empty."""
    _on(server, f"CREATE SCHEMA {OURS}")
    url = make_url(server).update_query_dict({"options": f"-csearch_path={OURS}"})
    return url.render_as_string(hide_password=False)


def _on(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
