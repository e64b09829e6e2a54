"""What operators do with figures."""

import click

from academy import clock
from academy.hr import jobs
from academy.hr.rollup import services


@click.command("rebuild-figures")
def rebuild_figures() -> None:
    """Count the figures of every group anew from the log, day by day, and what groups know today."""
    services.rebuild(clock.now())
    jobs.count_knowledge(clock.now())
    click.echo("Counted anew.")


COMMANDS = (rebuild_figures,)
