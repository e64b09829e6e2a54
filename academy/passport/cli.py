"""flask academy ...: what new award rules owe, granted from a terminal."""

import click
from flask.cli import with_appcontext

from academy import clock
from academy.passport import jobs
from academy.rewards.publishing import services as publishing


@click.command("grant-awards")
@with_appcontext
def grant_awards() -> None:
    """Walk past everybody and grant what the award rules in force owe; the worker does it by itself.

    Stopped in the middle, it goes on from there the next time.
    """
    while not jobs.walk(clock.now(), jobs.PEOPLE_AT_A_TIME):
        _tell()
    _tell()


def _tell() -> None:
    done = publishing.latest_round()
    if done is not None:
        ended = "everybody was looked at" if done.ended_at else f"up to number {done.reached}"
        click.echo(f"{done.people} people looked at, {done.granted} awards granted; {ended}.")


COMMANDS = (grant_awards,)
