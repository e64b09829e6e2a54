"""flask academy ...: award files checked, and rehearsed before they come into force."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from academy import clock, database
from academy.catalog import releases
from academy.rewards import badges
from academy.rewards.badges import Award, BrokenBadges
from academy.rewards.publishing import trying
from academy.rewards.publishing.places import FEWEST, Told
from academy.rewards.publishing.schema import schema


@click.command("check-badges")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
@click.option("--schema", "wanted", is_flag=True, help="Print the JSON Schema of an award file.")
@with_appcontext
def check_badges(folder: Path | None, wanted: bool) -> None:
    """Read the award files and report every mistake, with file, line and remedy."""
    if wanted:
        click.echo(json.dumps(schema(), indent=2))
        return
    folder = folder or current_app.config["SETTINGS"].badges
    try:
        awards = badges.read_awards(folder)
    except BrokenBadges as broken:
        raise _told(broken, folder) from broken
    content = releases.current()
    for mistake in (
        *badges.unmatched(content.tracks, awards),
        *badges.without_effect(content, awards),
    ):
        click.echo(f"Not a mistake of the file, but without effect: {mistake}")
    click.echo(f"{folder}: {len(awards)} awards.")


@click.command("try-badge")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def try_badge(file: Path) -> None:
    """Say whom the award of FILE would reach, were it in force today. Nothing is changed.

    Its picture need not be drawn yet. Groups of fewer than five people are not told.
    """
    database.reading_only()
    try:
        awards = badges.read_trial(file, badges.current())
    except BrokenBadges as broken:
        raise _told(broken, file) from broken
    found = trying.rehearse(awards, clock.now().date())
    for award, reached in found.reached:
        click.echo(_said(award, reached))
    click.echo(f"{found.looked} people have done something it counts.")


def _told(broken: BrokenBadges, where: Path) -> click.ClickException:
    for mistake in broken.mistakes:
        click.echo(str(mistake))
    return click.ClickException(f"{len(broken.mistakes)} to mend in {where}.")


def _said(award: Award, reached: Told) -> str:
    if reached.people is None:
        return f"{award.key}: would be granted to fewer than {FEWEST} people."
    places = [f"{count:,} of them in {name or 'no known place'}" for name, count in reached.places]
    if reached.elsewhere:
        places.append(f"{reached.elsewhere:,} elsewhere")
    return (
        f"{award.key}: "
        + ", ".join([f"would be granted to {reached.people:,} people", *places])
        + "."
    )


COMMANDS = (check_badges, try_badge)
