"""What operators do with figures."""

import click

from academy import clock
from academy.hr.rollup import services


@click.command("rebuild-figures")
def rebuild_figures() -> None:
    """Count the figures of every group anew from the log, day by day."""
    services.rebuild(clock.now())
    click.echo("Counted anew.")


COMMANDS = (rebuild_figures,)
