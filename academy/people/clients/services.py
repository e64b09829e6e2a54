"""Making a token and taking it back, whatever system it is for. Who may is for the caller to say and log."""

from datetime import date, datetime, timedelta
from typing import TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.people.clients import tokens
from academy.people.clients.models import Client
from academy.refusal import Refusal

FARTHEST = timedelta(days=732)

Kind = TypeVar("Kind", bound=Client)


class TokenRefused(Refusal):
    """A token cannot be made like this; the words say why."""


def keep(client: Client, prefix: str, today: date) -> str:
    """The token of this new client, which nobody can read again. Raises TokenRefused."""
    if not today < client.ends_on <= today + FARTHEST:
        raise TokenRefused(_("Choose a last day after today, and within two years."))
    token = tokens.new_token(prefix)
    client.token_print, client.hint = tokens.print_of(token), tokens.hint(token)
    try:
        with db.session.begin_nested():
            db.session.add(client)
    except IntegrityError as twice:
        raise TokenRefused(
            _(
                "This token was made already. If you did not copy it, disconnect it and make another."
            ),
            409,
        ) from twice
    return token


def in_a_year(today: date) -> date:
    """The same day of next year; 28 February for the 29th."""
    day = min(today.day, 28) if today.month == 2 else today.day  # noqa: PLR2004  # February
    return today.replace(year=today.year + 1, day=day)


def end(client: Client, at: datetime) -> bool:
    """From now on the token opens nothing; False when it did not any more."""
    if client.revoked_at is not None:
        return False
    client.revoked_at = at
    return True


def numbered(kind: type[Kind], number: int) -> Kind | None:
    """Locked until the commit."""
    return db.session.scalar(select(kind).where(kind.id == number).with_for_update())


def holding(kind: type[Client], token: str, at: datetime) -> ColumnElement[bool]:
    """Whose token this is, unless it was taken back or is over."""
    return and_(
        kind.token_print == tokens.print_of(token),
        kind.revoked_at.is_(None),
        kind.ends_on >= at.date(),
    )
