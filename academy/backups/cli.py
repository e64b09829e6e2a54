"""flask academy backup, restore, fire-drill, backups."""

import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from academy import clock
from academy.backups import counted, queries, restoring, services
from academy.backups.age import CannotOpen
from academy.backups.counted import Different
from academy.backups.drill import drill
from academy.backups.manifest import NotABackup
from academy.backups.refusals import InUse, StoreFailed
from academy.backups.restoring import NotEmpty, Restored
from academy.settings import BrokenSetting, Settings

MEGABYTE = 1_000_000
NIGHTS_SHOWN = 30
MARKS = {True: "holds", False: "FAILS"}
EXPECTED = (
    *(NotABackup, CannotOpen, Different, InUse, StoreFailed, BrokenSetting),
    *(OSError, sqlite3.Error, SQLAlchemyError),
)


@contextmanager
def plainly() -> Iterator[None]:
    """What may go wrong is a sentence, and exit code 1."""
    try:
        yield
    except EXPECTED as error:
        raise click.ClickException(str(error)) from error


def _settings() -> Settings:
    config: Settings = current_app.config["SETTINGS"]
    return config


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@with_appcontext
def backup(folder: Path | None) -> None:
    """Save the academy, which goes on meanwhile, to one file in FOLDER (or ACADEMY_BACKUPS)."""
    folder = folder or _settings().backups
    if folder is None:
        raise click.UsageError("Say where: flask academy backup FOLDER, or set ACADEMY_BACKUPS.")
    with plainly():
        made = services.back_up(_settings(), folder, clock.now())
    rows = counted.rows(made.manifest.tables.values())
    click.echo(f"{made.file}: {made.size / MEGABYTE:.1f} MB, {rows} rows.")
    if made.file.suffix != ".age":
        click.echo("It is not encrypted: ACADEMY_BACKUP_KEY is not set.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in place of what is there.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:
    """Put a backup in place, whole or not at all. Stop the academy first."""
    try:
        with plainly():
            done = restoring.restore(_settings(), file, replace, clock.now())
    except NotEmpty as full:
        raise click.ClickException(
            "The database is not empty, and nothing was changed. To put the backup in its place, "
            "stop the academy and say --replace."
        ) from full
    for words in _said(done):
        click.echo(words)


def _said(done: Restored) -> Iterator[str]:
    """What was done, and what is to be done next."""
    said = done.manifest
    yield f"Restored: {len(said.tables)} tables as they were on {said.at:%Y-%m-%d at %H:%M} UTC."
    if done.migrated:
        yield f"Brought up to date from migration {said.migration}."
    if done.old_database:
        yield f"The database before is kept as {done.old_database}; remove it when all is well."
    if done.keys == "restored":
        yield "The keys that sign credentials are restored."
    if done.keys == "kept":
        yield "The keys that sign credentials are those that were here; the saved ones were left out."
    if done.badges:
        yield f"Your award rules of that day are in {done.badges}; nothing uses them from there."
    yield "Next:"
    yield "- ACADEMY_SECRET_KEY is in no backup: use the one from before, or everybody signs in anew."
    yield f"- Mails that left after {said.at:%Y-%m-%d %H:%M} UTC may leave again, with the same Message-ID."
    if done.erased_since is None:
        yield "- Erase again whoever was erased since; the database that knew is gone or was empty."
    elif done.erased_since:
        yield "- These people were erased since, and are back. Erase them again:"
        yield from (f"    flask academy erase {email}" for email in done.erased_since)
    yield "- flask academy prepare, then start; flask academy rebuild-figures if days are missing."


@click.command("fire-drill")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@with_appcontext
def fire_drill(file: Path | None) -> None:
    """Restore FILE, or the latest backup, into a scratch place, look at it, and clear the place."""
    config = _settings()
    file = file or (services.latest(config.backups) if config.backups else None)
    if file is None:
        raise click.ClickException("There is no backup to try. Say which, or set ACADEMY_BACKUPS.")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))  # on the way out the place is cleared
    click.echo(str(file))
    good = True
    with plainly():
        for line in drill(config, file, clock.now()):
            good = good and line.holds
            click.echo(f"{MARKS[line.holds]}  {line.seconds:6.1f} s  {line.what}: {line.seen}")
    if not good:
        raise click.ClickException("This backup would not have saved you.")
    click.echo("All of it holds. The scratch place is cleared.")


@click.command("backups")
@with_appcontext
def backups() -> None:
    """The nights and what became of them, newest first; ends with 1 if the last one failed."""
    nights = queries.nights(NIGHTS_SHOWN)
    for each in nights:
        fate = (
            f"{each.file}, {(each.size or 0) / MEGABYTE:.1f} MB" if each.done_at else each.failure
        )
        click.echo(f"{each.night}  {fate or 'begun'}")
    if nights and nights[0].done_at is None:
        raise click.ClickException("The last night has no backup.")


COMMANDS = (backup, restore, fire_drill, backups)
