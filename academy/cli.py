"""flask academy ...: what operators and authors do from a terminal."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import OperationalError

from academy import clock, connecting, seed
from academy.backups import cli as backups
from academy.catalog import cli as catalog
from academy.catalog.findings import BrokenPack
from academy.catalog.pack import read_pack
from academy.community import cli as community
from academy.database import db
from academy.hr import cli as hr
from academy.mastery.figures import cli as figures
from academy.mastery.nights import cli as nights
from academy.migrating import upgrade
from academy.notices import cli as notices
from academy.passport import cli as passport
from academy.passport.credentials import cli as credentials
from academy.passport.credentials import ring
from academy.people import cli as people
from academy.people.models import Person
from academy.post import cli as post
from academy.privacy import cli as privacy
from academy.rewards import badges
from academy.rewards import services as rewards
from academy.rewards.publishing import cli as publishing
from academy.rewards.shop import cli as shop
from academy.settings import Settings
from academy.web import cli as web

LOCK_TRIES = 20
LOCK_NOT_AVAILABLE = "55P03"
"""What PostgreSQL calls a lock that was waited for long enough."""


@with_appcontext
def _patiently() -> None:
    """A command may take its time; only pages are held to limits."""
    connecting.be_patient(db.engine)


academy = AppGroup("academy", help="Run the academy.", callback=_patiently)


def init_app(app: Flask) -> None:
    app.cli.add_command(academy)
    for command in (
        *people.COMMANDS,
        *post.COMMANDS,
        *catalog.COMMANDS,
        *figures.COMMANDS,
        *nights.COMMANDS,
        *community.COMMANDS,
        *notices.COMMANDS,
        *shop.COMMANDS,
        *privacy.COMMANDS,
        *publishing.COMMANDS,
        *passport.COMMANDS,
        *credentials.COMMANDS,
        *hr.COMMANDS,
        *web.COMMANDS,
        *backups.COMMANDS,
    ):
        academy.add_command(command)


@academy.command("check-content")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
def check_content(folder: Path | None) -> None:
    """Read a content pack and report every mistake, with file, line and remedy."""
    folder = folder or current_app.config["SETTINGS"].content
    try:
        pack = read_pack(folder)
    except BrokenPack as broken:
        for mistake in broken.mistakes:
            click.echo(str(mistake))
        raise click.ClickException(f"{len(broken.mistakes)} to mend in {folder}.") from broken
    for mistake in badges.unmatched(pack.tracks):
        click.echo(f"Not a mistake of the pack, but without effect: {mistake}")
    click.echo(
        f"{folder}: {len(pack.themes)} themes, {len(pack.modules)} modules, {len(pack.lessons)} lessons, "
        f"{len(pack.notions)} notions, {len(pack.questions)} questions, {len(pack.tracks)} tracks, "
        f"{len(pack.seasons)} seasons. Release {pack.release}."
    )
    allowed = current_app.config["SETTINGS"].video_hosts
    for lesson in pack.lessons.values():
        if lesson.video and lesson.video.address and lesson.video.host not in allowed:
            click.echo(
                f"{lesson.key}: its video is kept by {lesson.video.host}, which is not in "
                "ACADEMY_VIDEO_HOSTS: readers get its transcript only."
            )


@academy.command("prepare")
def prepare() -> None:
    """Bring the database and the release in force up to date; in demo mode, fill an empty academy."""
    settings: Settings = current_app.config["SETTINGS"]
    with connecting.in_turn(db.engine, settings.home):
        _migrate()
        ring.current()
        if settings.demo and seed.is_empty():
            click.echo("Building the make-believe company...")
            people = seed.plant(clock.now())
            click.echo(f"{people} people, three months of history.")
        catalog.ship()


def _migrate(folder: str | None = None, tries: int = LOCK_TRIES) -> None:
    """While people work: a table that is in use is waited for a few seconds only, again and again.

    Whoever waits for such a lock keeps all others waiting behind it (docs/operate.md).
    """
    for left in reversed(range(tries)):
        try:
            upgrade(folder)
        except OperationalError as error:
            if not left or getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            click.echo("A table is in use; once more.")
        else:
            return


@academy.command("rebuild")
@click.argument("person_id", type=int)
def rebuild(person_id: int) -> None:
    """Make somebody's tallies and balances anew from the log of deeds."""
    if db.session.get(Person, person_id) is None:
        raise click.ClickException(f"There is no person {person_id}.")
    rewards.rebuild(person_id)
    db.session.commit()
    click.echo(f"Rebuilt person {person_id}.")
