"""What operators do with figures."""

import click

from academy import clock
from academy.database import db
from academy.hr import jobs
from academy.hr.rollup import services


@click.command("rebuild-figures")
def rebuild_figures() -> None:
    """Count the figures of every group anew from the log, day by day, and what groups know today."""
    told = "Counted anew."
    try:
        services.rebuild(clock.now())
    except services.Unsettled:
        raise click.ClickException(
            "Somebody has been writing for ten seconds: nothing was counted, nothing forgotten. Try again."
        ) from None
    except services.Overtaken:
        db.session.rollback()
        told = "Another count began anew meanwhile, by the worker as a rule: figures come with it."
    jobs.count_knowledge(clock.now())
    click.echo(told)


COMMANDS = (rebuild_figures,)
