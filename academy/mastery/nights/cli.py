"""flask academy ...: the engine's numbers, from a terminal."""

from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext

from academy import clock, database
from academy.database import db
from academy.mastery import numbers
from academy.mastery.nights import jobs, queries, services
from academy.mastery.nights.models import REASON, EngineNumbers


@click.command("fit-engine")
@with_appcontext
def fit_engine() -> None:
    """Fit the engine's numbers to the answers now; the worker does it every night."""
    jobs.fit(None, clock.now())
    _list(1)


@click.command("engine-numbers")
@with_appcontext
def list_numbers() -> None:
    """List what came of each night, newest first, and say which version is in force."""
    database.reading_only()
    _list(queries.SHOWN)
    click.echo("Version 1 is what the academy ships with.")


@click.command("engine-back")
@click.argument("version", type=click.IntRange(1))
@click.option("--reason", required=True, help=f"Why, in a sentence of at most {REASON} signs.")
@click.option("--pin", is_flag=True, help="Nights may not put anything in its place.")
@with_appcontext
def go_back(version: int, reason: str, pin: bool) -> None:
    """Put an earlier VERSION of the engine's numbers in force again; every worker follows within seconds."""
    try:
        made = services.go_back(version, reason, clock.now(), pin)
    except services.NoSuchVersion as unknown:
        raise click.ClickException(
            f"There is no version {version} that was in force and can be read: nothing was changed."
        ) from unknown
    db.session.commit()
    numbers.refresh(current_app)
    click.echo(f"Version {version} is in force again, as version {made}.")


def _list(lines: int) -> None:
    now = numbers.in_force().version
    for line in queries.log(lines):
        click.echo(_told(line, in_force=line.accepted and line.version == now))
    click.echo(f"In force: version {now}.")


def _told(line: EngineNumbers, in_force: bool) -> str:
    """One line of the log, in one line."""
    parts = (
        "*" if in_force else " ",
        f"{line.version if line.accepted else '-':>4}",
        f"{line.made_at:%Y-%m-%d %H:%M} UTC",
        _origin(line),
        _counted(line),
        *_losses(line),
        line.reason,
    )
    return "  ".join(part for part in parts if part)


def _origin(line: EngineNumbers) -> str:
    if line.back_to is not None:
        return f"back to {line.back_to}{', pinned' if line.pinned else ''}"
    return "by hand" if line.night is None else "night"


def _counted(line: EngineNumbers) -> str:
    if line.back_to is not None:
        return ""
    return f"{line.answers} answers of {line.people} people, {line.held_out} held out"


def _losses(line: EngineNumbers) -> Iterator[str]:
    """Log losses, before and after; less is better."""
    for name, before, after in (
        ("ability", line.loss_before, line.loss_after),
        ("minds kept", line.handed_before, line.handed_after),
        ("memory", line.memory_before, line.memory_after),
        ("first answers", line.start_before, line.start_after),
    ):
        if before is not None and after is not None:
            yield f"{name} {before:.4f} > {after:.4f}"


COMMANDS = (fit_engine, list_numbers, go_back)
