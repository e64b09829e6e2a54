"""Two hosts that prepare at once: one does it, the other finds it done."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from academy.settings import ROOT

pytestmark = pytest.mark.faults

OURS = "academy_prepared_twice"
PATIENCE = 120


def begun(home: Path, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # our own command
        [sys.executable, "-m", "flask", "academy", "prepare"],
        cwd=ROOT,
        env={
            **os.environ,
            "FLASK_APP": "wsgi.py",
            "ACADEMY_HOME": str(home),
            "ACADEMY_DATABASE_URL": url,
            "ACADEMY_SECRET_KEY": "for tests only",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def asked(url: str, *statements: str) -> list[Any]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        answers = [connection.execute(text(each)) for each in statements]
        found = [each.scalar() if each.returns_rows else None for each in answers]
    engine.dispose()
    return found


@pytest.mark.parametrize("place", ["sqlite", "postgresql"])
def test_two_that_prepare_at_once_make_one_academy(
    place: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server = request.getfixturevalue("postgresql_url") if place == "postgresql" else ""
    url = f"sqlite:///{tmp_path / 'academy.sqlite'}"
    if server:
        asked(server, f"CREATE SCHEMA {OURS}")
        ours = make_url(server).update_query_dict({"options": f"-csearch_path={OURS}"})
        url = ours.render_as_string(hide_password=False)
    homes = (tmp_path / "one", tmp_path / "two") if server else (tmp_path, tmp_path)

    both = [begun(home, url) for home in homes]
    said = [each.communicate(timeout=PATIENCE) for each in both]

    assert [each.returncode for each in both] == [0, 0], said
    assert sorted("is in force" in out for out, _error in said) == [False, True]
    lines, versions = asked(
        url, "SELECT count(*) FROM release_in_force", "SELECT count(*) FROM alembic_version"
    )
    assert (lines, versions) == (1, 1)
    if server:
        asked(server, f"DROP SCHEMA {OURS} CASCADE")
