"""flask academy ...: what operators do for notices."""

import click
from flask.cli import with_appcontext

from academy.database import db
from academy.notices import services


@click.command("recount-notices")
@with_appcontext
def recount_notices() -> None:
    """Count everybody's unread notices anew; says how many figures were wrong."""
    wrong = services.recount()
    db.session.commit()
    click.echo(f"{wrong} figures mended.")


COMMANDS = (recount_notices,)
