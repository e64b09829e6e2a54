"""What authors and operators do with releases from a terminal."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from academy.catalog import queries
from academy.catalog.archive import packed
from academy.catalog.releases import Worker
from tests.services.packs import (
    fresh_worker,
    pack,
    publish,
    reworded,
    two_modules,
    without_question,
    write,
)

LESSON, QUESTION = "web-versus-internet", "web-internet-1"
FIRST, SECOND = two_modules(), reworded(two_modules(), LESSON)
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def worker(app: Flask) -> Iterator[Worker]:
    with fresh_worker(app) as fresh:
        yield fresh


@pytest.fixture
def run(app: Flask) -> Run:
    """`flask academy ...`, with the status it should end with."""

    def command(*words: str | Path, status: int = 0) -> Result:
        done = app.test_cli_runner().invoke(args=["academy", *map(str, words)])
        assert done.exit_code == status, done.output
        return done

    return command


@pytest.fixture
def content(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The folder that comes with the software, to be edited."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, content=tmp_path / "shipped", demo=False)
    yield write(FIRST, tmp_path / "shipped")
    app.config["SETTINGS"] = before


def test_a_folder_is_published_and_listed(run: Run, tmp_path: Path) -> None:
    first = run("publish", write(FIRST, tmp_path / "one"), "--notes", "To begin with")
    second = run("publish", write(SECOND, tmp_path / "two"))
    again = run("publish", tmp_path / "two")

    assert "is in force: 1 theme" in first.output
    assert pack(SECOND).catalog.release in second.output
    assert "nothing was changed" in again.output
    newest, oldest = run("releases").output.splitlines()
    assert newest.startswith(f"*  {pack(SECOND).catalog.release}  2026-03-02 10:00 UTC  publish")
    assert oldest.startswith("   ")
    assert oldest.endswith("To begin with")


def test_an_archive_is_the_same_release_as_its_folder(run: Run, tmp_path: Path) -> None:
    archive = tmp_path / "pack.zip"
    archive.write_bytes(packed({f"pack/{path}": text for path, text in FIRST.items()}))

    run("publish", write(FIRST, tmp_path / "folder"))

    assert "in force already" in run("publish", archive).output


def test_every_mistake_is_told_and_nothing_is_changed(app: Flask, run: Run, tmp_path: Path) -> None:
    first = publish(app, FIRST)
    broken = {path: text for path, text in SECOND.items() if LESSON not in path}

    told = run("publish", write(broken, tmp_path / "broken"), status=1).output

    assert f"{LESSON}.fr.md" in told
    assert f"{LESSON}.en.md" in told
    assert "nothing was changed" in told
    with app.app_context():
        (only,), _more = queries.log()
        assert only.key == first


def test_a_file_that_is_no_archive_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a pack", "utf-8")

    assert "not a zip archive" in run("publish", tmp_path / "notes.txt", status=1).output


def test_nothing_published_is_said(run: Run) -> None:
    assert "No release yet" in run("releases").output


def test_two_releases_are_compared_by_name_folder_or_archive(
    app: Flask, run: Run, tmp_path: Path
) -> None:
    first, second = publish(app, FIRST), publish(app, SECOND)

    assert f"~ lesson   {LESSON}" in run("compare", first, second).output
    assert "0 new, 0 changed, 0 withdrawn." in run("compare", first, first).output
    fewer = write(without_question(FIRST, QUESTION), tmp_path / "fewer")
    assert f"- question {QUESTION}" in run("compare", first, fewer).output
    assert f"+ question {QUESTION}" in run("compare", fewer, first).output
    assert "neither a release" in run("compare", first, "no-such", status=1).output


def test_going_back_and_forth(app: Flask, run: Run) -> None:
    first, second = publish(app, FIRST), publish(app, SECOND)

    assert f"{first} is in force again" in run("rollback", "--notes", "Too soon").output
    assert "Nothing was in force before" in run("rollback", status=1).output
    assert "No release 0123 can be read" in run("rollback", "0123", status=1).output
    assert "in force already" in run("rollback", first).output
    assert f"{second} is in force again" in run("rollback", second).output
    assert "Too soon" in run("releases").output


def test_preparing_publishes_the_shipped_content_once(run: Run, content: Path) -> None:
    first = run("prepare").output
    again = run("prepare").output

    assert f"Release {pack(FIRST).catalog.release} is in force." in first
    assert "Release" not in again
    assert len(run("releases").output.splitlines()) == 1


def test_preparing_publishes_the_shipped_content_again_when_it_was_edited(
    run: Run, content: Path
) -> None:
    run("prepare")
    write(SECOND, content)

    assert f"Release {pack(SECOND).catalog.release} is in force." in run("prepare").output


def test_preparing_never_overrules_an_author(run: Run, content: Path, tmp_path: Path) -> None:
    run("prepare")
    run("publish", write(SECOND, tmp_path / "mine"))
    assert "Release" not in run("prepare").output

    write(reworded(FIRST, LESSON, "Shipped later. "), content)

    assert "stays in force" in run("prepare").output
    assert run("releases").output.startswith(f"*  {pack(SECOND).catalog.release}")


def test_preparing_tells_the_mistakes_of_the_shipped_content(run: Run, content: Path) -> None:
    run("prepare")
    (content / "culture/theme.yaml").write_text("nothing", "utf-8")

    assert "culture/theme.yaml:1:" in run("prepare", status=1).output
