"""flask academy erase: for operators, who have the company's word that it was asked for."""

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from academy import clock
from academy.database import db
from academy.people.accounts import queries as accounts
from academy.privacy import services
from academy.refusal import Refusal


@click.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@with_appcontext
def erase(email: str, yes: bool) -> None:
    """Erase somebody for good: nothing will tell who they were."""
    person_id = accounts.anybody_at(email)
    if person_id is None:
        click.echo("Nobody has this address: nothing to erase.")
        return
    if not yes:
        click.confirm(f"Erase {email} for good?", abort=True)
    try:
        services.erase(person_id, clock.now())
    except Refusal as refused:
        with force_locale("en"):
            raise click.ClickException(str(refused.words)) from refused
    db.session.commit()
    click.echo("Erased. Backups keep what they hold until they expire.")


COMMANDS = (erase,)
