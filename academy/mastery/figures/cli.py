"""flask academy ...: figures about questions, from a terminal."""

import click
from flask.cli import with_appcontext

from academy import clock
from academy.database import db
from academy.mastery.figures import jobs, services


@click.command("count-answers")
@click.option(
    "--anew", is_flag=True, help="Forget the counts and make them again from the answers."
)
@with_appcontext
def count_answers(anew: bool) -> None:
    """Bring the figures of questions up to date; the worker does it every night."""
    if anew:
        services.forget()
        db.session.commit()
    jobs.count_answers(clock.now())
    click.echo("The figures are up to date.")


COMMANDS = (count_answers,)
