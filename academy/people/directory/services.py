"""What administrators do with accounts. Each act is written to the audit log in the same transaction."""

from datetime import date, datetime

from flask import current_app
from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select, update

from academy import clock
from academy.database import db
from academy.people import audit
from academy.people.accounts import queries as accounts
from academy.people.audit import Act
from academy.people.leaving import services as leaving
from academy.people.models import Entity, Person
from academy.people.recovery import services as recovery
from academy.people.roles import services as roles
from academy.people.signon import doors
from academy.people.signon.words import instead_words
from academy.post import mail
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.refusal import Refusal

AMBIGUOUS = 2


class NoSuchEntity(Refusal):
    """The entity typed in is not one, or not one only; the words say what to type."""


def close_account(
    person: Person, actor_id: int | None, at: datetime, last_on: date | None = None
) -> str | None:
    """Access ends at once, everywhere; what the person lent, and their place at work, end too.

    The place ends on the last day at work, today unless said. Nothing they did is lost: gives the secret of
    the link by which they fetch it, which goes to them by mail. None when the account was closed before.
    Raises RoleRefused for the last administrator.
    """
    if not person.active:
        return None
    roles.keep_an_admin(person.id, at.date())
    closed = db.session.execute(
        update(Person)
        .where(Person.id == person.id, Person.active)
        .values(active=False, epoch=Person.epoch + 1)
        .returning(Person.id)
    ).scalar_one_or_none()
    if closed is None:
        return None
    leaving.end(person, at, last_on)
    loans = roles.end_loans_of(person.id, at.date())
    audit.record(actor_id, Act.ACCOUNT_CLOSED, audit.person(person.id), at, {"loans_ended": loans})
    return _farewell(person, at)


def _farewell(person: Person, at: datetime) -> str:
    """A link to what they earned, good for a while, and the mail that brings it."""
    lasts = current_app.config["SETTINGS"].leaver_link
    token = leaving.new_link(person.id, at, lasts)
    until = clock.day_in(person.zone, at + lasts)
    words = compose("farewell", person.language, name=person.given_name, token=token, until=until)
    to = Reader(person.email, person.given_name, person.id)
    mail.put(to, words, f"farewell:{person.id}:{at:%Y%m%d%H%M%S}", at)
    return token


def reopen_account(person: Person, actor_id: int | None, at: datetime) -> None:
    """The account is as it was, its roles and place at work included; old sessions stay void."""
    if person.active:
        return
    person.active = True
    leaving.back(person.id)
    audit.record(actor_id, Act.ACCOUNT_REOPENED, audit.person(person.id), at)


def send_link(person: Person, actor_id: int | None, at: datetime) -> bool:
    """Send the person a link to choose a password; False for a closed account. The same minute sends one.

    Raises Refusal for who signs in without one.
    """
    keys = accounts.keys_of(person.id)
    if keys is None:
        return False
    provider = doors.instead_for(person.id, keys.email, at.date())
    if provider:
        raise Refusal(instead_words(provider), 409)
    if recovery.send_link(keys, f"reset:{person.id}:{at:%Y%m%d%H%M}", at):
        audit.record(actor_id, Act.RESET_LINK_SENT, audit.person(person.id), at)
    return True


def entity_named(typed: str) -> Entity:
    """The entity of this key or name. Raises NoSuchEntity."""
    typed = typed.strip()
    found = list(
        db.session.scalars(
            select(Entity)
            .where(or_(Entity.key == typed.lower(), Entity.name == typed))
            .limit(AMBIGUOUS)
        )
    )
    if not found:
        raise NoSuchEntity(_("No entity has this name or key. Type it as HR writes it."))
    if len(found) == AMBIGUOUS and typed.lower() not in {each.key for each in found}:
        raise NoSuchEntity(_("Several entities are called so. Type the key of the one you mean."))
    return next((each for each in found if each.key == typed.lower()), found[0])
