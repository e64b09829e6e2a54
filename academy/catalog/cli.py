"""What authors and operators do with releases from a terminal: `flask academy` gathers these commands."""

from collections.abc import Mapping
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from academy import clock, database
from academy.catalog import comparing, queries, releases, services
from academy.catalog.archive import MOST_BYTES, unpacked
from academy.catalog.comparing import Comparison
from academy.catalog.findings import BrokenPack, Findings
from academy.catalog.folder import read_files, release_of
from academy.catalog.models import Origin
from academy.catalog.queries import Line
from academy.catalog.services import NoSuchRelease, NothingBefore, Pack, Publication, Shipping
from academy.catalog.tree import Catalog
from academy.database import db

LONGEST_NOTES = 500

_a_pack = click.Path(exists=True, path_type=Path)
_notes = click.option(
    "--notes", default="", help=f"Why, in a sentence of at most {LONGEST_NOTES} signs."
)


@click.command("publish")
@click.argument("source", metavar="FOLDER|ZIP", type=_a_pack)
@_notes
@with_appcontext
def publish(source: Path, notes: str) -> None:
    """Put a content pack in force: every worker serves it a few seconds later."""
    pack = _read(source)
    published = _publish(pack, Publication(notes[:LONGEST_NOTES]))
    key, counts = pack.catalog.release, comparing.counts(pack.catalog)
    click.echo(
        f"Release {key} is in force: {_counted(counts)}."
        if published
        else f"Release {key} was in force already: nothing was changed."
    )


@click.command("releases")
@with_appcontext
def list_releases() -> None:
    """List what was put in force, newest first."""
    database.reading_only()
    lines, more = queries.log()
    for place, line in enumerate(lines):
        click.echo(_told(line, in_force=place == 0))
    if more:
        click.echo("... and older ones.")
    if not lines:
        click.echo("No release yet: the academy serves the folder it was started with.")


@click.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@with_appcontext
def compare(before: str, after: str) -> None:
    """Say what changes from A to B: each is the key of a release, a folder or a zip archive."""
    database.reading_only()
    found = comparing.compare(_catalog(before), _catalog(after))
    for sign, things in (("+", found.new), ("~", found.changed), ("-", found.withdrawn)):
        for thing in things:
            click.echo(f"{sign} {thing.kind:<9}{thing.key}  ({thing.words.en})")
    click.echo(_summed(found))


@click.command("rollback")
@click.argument("key", required=False)
@_notes
@with_appcontext
def roll_back(key: str | None, notes: str) -> None:
    """Put a release back in force: the one named KEY, or what was in force before this one."""
    database.reading_only()
    try:
        to = services.earlier(key)
        services.in_force()
        database.about_to_write()
        changed = services.roll_back(to, Publication(notes[:LONGEST_NOTES]), clock.now())
    except NothingBefore as nothing:
        raise click.ClickException("Nothing was in force before: nothing was changed.") from nothing
    except NoSuchRelease as unknown:
        raise click.ClickException(f"No release {key or 'before'} can be read here.") from unknown
    db.session.commit()
    again = "is in force again" if changed else "was in force already: nothing was changed"
    click.echo(f"Release {to.release} {again}.")


COMMANDS = (publish, list_releases, compare, roll_back)


def ship() -> None:
    """Publish the content that comes with the software when it changed, unless somebody published since."""
    folder, findings = current_app.config["SETTINGS"].content, Findings()
    files = read_files(folder, findings)
    match services.shipping(release_of(files)):
        case Shipping.DUE:
            pack = _checked(folder, files, findings)
            _publish(pack, Publication(origin=Origin.SHIPPED))
            click.echo(f"Release {pack.catalog.release} is in force.")
        case Shipping.OVERRULED:
            click.echo(
                f"{folder} has changed, but somebody published another release, which stays in force. "
                f"To replace it: flask academy publish {folder}"
            )


def _publish(pack: Pack, publication: Publication) -> bool:
    database.reading_only()
    services.in_force()  # held from here on: nothing is read while others wait for the write
    database.about_to_write()
    published = services.publish(pack, publication, clock.now())
    db.session.commit()
    return published


def _read(source: Path) -> Pack:
    """The pack of a folder or of a zip archive; every mistake is told."""
    findings = Findings()
    if source.is_dir():
        return _checked(source, read_files(source, findings), findings)
    if source.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{source} is larger than {MOST_BYTES} bytes.")
    return _checked(source, unpacked(source.read_bytes(), findings), findings)


def _checked(source: Path, files: dict[str, bytes], findings: Findings) -> Pack:
    try:
        return services.read(files, findings)
    except BrokenPack as broken:
        for mistake in broken.mistakes:
            click.echo(str(mistake))
        raise click.ClickException(
            f"{len(broken.mistakes)} to mend in {source}: nothing was changed."
        ) from broken


def _catalog(name: str) -> Catalog:
    found = releases.named(name)
    if found is not None:
        return found
    if not Path(name).exists():
        raise click.ClickException(
            f"{name} is neither a release kept here, nor a folder or archive."
        )
    return _read(Path(name)).catalog


def _told(line: Line, in_force: bool) -> str:
    """One line of the log, in one line."""
    parts = (
        "*" if in_force else " ",
        line.key,
        f"{line.at:%Y-%m-%d %H:%M} UTC",
        f"{line.action:<8}",
        f"{line.origin:<9}",
        _counted(line.counts),
        line.notes,
    )
    return "  ".join(part for part in parts if part)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in counts.items() if n)


def _summed(found: Comparison) -> str:
    return f"{len(found.new)} new, {len(found.changed)} changed, {len(found.withdrawn)} withdrawn."
