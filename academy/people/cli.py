"""flask academy ...: what operators set for HR, and the first administrator."""

from datetime import datetime

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from academy import clock
from academy.database import db
from academy.people.calendar import Span
from academy.people.directory.services import entity_named
from academy.people.factor import services as factor
from academy.people.models import Person, Role
from academy.people.roles import services as roles
from academy.people.signon import doors
from academy.people.signon import services as signon
from academy.people.workdays import services as workdays
from academy.refusal import Refusal

DAY = click.DateTime(["%Y-%m-%d"])
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.command("grant-role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option(
    "--entity", default="", help="The name or key of an entity; the whole company without."
)
@with_appcontext
def grant_role(email: str, role: str, entity: str) -> None:
    """Give ROLE to the person at EMAIL from today on: the first administrator needs it."""
    person, now = _person(email), clock.now()
    try:
        place = entity_named(entity) if entity else None
        roles.grant(person, Role(role), place, (now.date(), None), None, now)
    except Refusal as refused:
        raise _said(refused) from refused
    db.session.commit()
    click.echo(f"{email}: {role}.")


@click.command("close-site")
@click.argument("entity")
@click.argument("first", type=DAY)
@click.argument("last", type=DAY)
@click.argument("reason", default="")
@with_appcontext
def close_site(entity: str, first: datetime, last: datetime, reason: str) -> None:
    """Close ENTITY (name or key), and all under it, from FIRST to LAST (YYYY-MM-DD); REASON is shown."""
    days = Span(first.date(), last.date())
    if days.last < days.first:
        raise click.ClickException("The last day comes before the first one.")
    try:
        workdays.close_site(entity_named(entity), days, reason[:120], None, clock.now())
    except Refusal as refused:
        raise _said(refused) from refused
    db.session.commit()
    click.echo(f"{entity}: closed from {days.first} to {days.last}.")


@click.command("set-working-days")
@click.argument("email")
@click.argument("weekdays")
@click.argument("since", type=DAY)
@with_appcontext
def set_working_days(email: str, weekdays: str, since: datetime) -> None:
    """From SINCE (YYYY-MM-DD), the person at EMAIL works WEEKDAYS: mon,tue,thu,fri. Half days count."""
    names = [name.strip().lower() for name in weekdays.split(",") if name.strip()]
    unknown = [name for name in names if name not in WEEKDAYS]
    if unknown:
        raise click.ClickException(f"{', '.join(unknown)}: weekdays are {', '.join(WEEKDAYS)}.")
    worked = {WEEKDAYS.index(name) for name in names}
    workdays.set_pattern(_person(email).id, worked, since.date(), None, clock.now())
    db.session.commit()
    click.echo(f"{email}: {', '.join(names) or 'no day'} from {since.date()}.")


@click.command("forget-identities")
@click.argument("provider")
@click.option("--person", default="", help="Those of the person at this address alone.")
@with_appcontext
def forget_identities(provider: str, person: str) -> None:
    """Forget which identities of PROVIDER open whose account; the next sign-in links them by address."""
    known = doors.provider(provider)
    if known is None:
        raise click.ClickException("No provider of ACADEMY_OIDC has this name.")
    number = _person(person).id if person else None
    forgotten = signon.forget(known, number, clock.now())
    db.session.commit()
    click.echo(f"{provider}: {forgotten} forgotten.")


@click.command("remove-second-factor")
@click.argument("email")
@with_appcontext
def remove_second_factor(email: str) -> None:
    """Take the second factor of the person at EMAIL off: for the last administrator who lost a phone."""
    there_was = factor.remove(_person(email).id, None, clock.now())
    db.session.commit()
    click.echo(f"{email}: {'taken off' if there_was else 'there was none'}.")


def _person(email: str) -> Person:
    found = db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if found is None:
        raise click.ClickException("Nobody has this address.")
    return found


def _said(refused: Refusal) -> click.ClickException:
    with force_locale("en"):
        return click.ClickException(str(refused.words))


COMMANDS = (grant_role, close_site, set_working_days, forget_identities, remove_second_factor)
