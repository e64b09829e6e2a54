"""flask academy ...: what operators do for communities."""

import click
from flask.cli import with_appcontext

from academy.community import counts
from academy.database import db


@click.command("recount-groups")
@with_appcontext
def recount_groups() -> None:
    """Count members, comments, likes and reports anew; says how many rows were wrong."""
    wrong = counts.recount()
    db.session.commit()
    click.echo(f"{wrong} rows mended.")


COMMANDS = (recount_groups,)
