"""The shop's command."""

import click
from flask.cli import with_appcontext

from academy.rewards.shop import books


@click.command("check-books")
@with_appcontext
def check_books() -> None:
    """Add every line of the ledger and of the shop up, and say which balances differ: none."""
    wrong, torn = books.discrepancies(), books.unbalanced()
    for person_id, currency in wrong:
        click.echo(f"The {currency}s of person {person_id} are not what the ledger adds up to.")
    for number in torn:
        click.echo(f"The two sides of order {number} do not add up to nothing.")
    if wrong or torn:
        raise click.ClickException(f"{len(wrong) + len(torn)} differences.")
    click.echo("Every balance is what the ledger adds up to.")


COMMANDS = (check_books,)
