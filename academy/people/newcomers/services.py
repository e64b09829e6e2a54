"""Opening an account once, and inviting its owner in: a mail with a link to choose a password."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.people import audit, places
from academy.people import services as people
from academy.people.accounts import queries as accounts
from academy.people.accounts import services as links
from academy.people.accounts.queries import Keys
from academy.people.audit import Act
from academy.people.models import Entity, Person
from academy.people.services import Newcomer
from academy.people.signon import doors
from academy.post import mail
from academy.post import services as post
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.post.services import Sealed
from academy.refusal import Refusal

GOOD_FOR = timedelta(days=7)
ONE_SITTING = timedelta(minutes=10)
"""Within it, the same name at the same address is the same click."""
EARLIEST = date(1940, 1, 1)
FARTHEST = timedelta(days=366)
ANYWHERE = "Europe/Paris"


class AccountKnown(Refusal):
    """Somebody has this address already."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "An account has this address already. Look for it in People; "
                "a closed one is opened again there."
            ),
            409,
        )


class DayRefused(Refusal):
    """Nobody joins on such a day."""

    def __init__(self) -> None:
        super().__init__(_("Choose a day between 1940 and a year from now."))


@dataclass(frozen=True, slots=True)
class Opening:
    """Who comes, and where they will work. Without a zone, that of the site."""

    email: str
    given_name: str
    family_name: str
    entity: Entity
    job_family: str
    joined_on: date
    language: str
    zone: str | None = None
    manager: Person | None = None


def open_account(
    wanted: Opening, actor_id: int | None, today: date, at: datetime, inviting: bool = True
) -> int:
    """Open the account, give it its place at work, send the invitation; gives the person's number.

    Who is in already needs no invitation. A second click opens nothing more. Raises AccountKnown, DayRefused.
    """
    if not EARLIEST <= wanted.joined_on <= today + FARTHEST:
        raise DayRefused
    known = accounts.anybody_at(wanted.email)
    person = None if known is not None else _opened(wanted, today, at)
    if person is None:
        return _same_click(wanted, at)
    # Who joins later has a place from today on: those who opened the account go on seeing it.
    since = min(wanted.joined_on, today)
    people.post(person, wanted.entity, wanted.job_family, since, wanted.manager)
    details = {"entity": wanted.entity.name}
    audit.record(actor_id, Act.ACCOUNT_OPENED, audit.person(person.id), at, details)
    if inviting:
        invite(person, f"invitation:{person.id}", at)
    return person.id


def invite(person: Person, once: str, at: datetime) -> bool:
    """Put the invitation of an open account; False when it is closed, or this `once` was put before."""
    keys = accounts.keys_of(person.id)
    return keys is not None and bool(post.put_all(mail.KIND, [invitation(keys, once, at)]))


def invitation(keys: Keys, once: str, at: datetime) -> Sealed:
    """The invitation of an open account, sealed: for many at once."""
    token = links.reset_token(keys, at, GOOD_FOR)
    instead = doors.instead_of_password(keys.email)
    provider = instead.said(keys.language) if instead else ""
    words = compose(
        "invitation", keys.language, name=keys.given_name, token=token, provider=provider
    )
    return mail.sealed(Reader(keys.email, keys.given_name, keys.person_id), words, once, at)


def invite_again(person: Person, actor_id: int | None, at: datetime) -> bool:
    """Send the invitation once more, within one minute once; False when it is no longer the time for it."""
    if person.password_hash is not None or not person.active:
        return False
    if invite(person, f"invitation:{person.id}:{at:%Y%m%d%H%M}", at):
        audit.record(actor_id, Act.INVITATION_SENT, audit.person(person.id), at)
    return True


def _opened(wanted: Opening, today: date, at: datetime) -> Person | None:
    """The new account; None when another click was first."""
    newcomer = Newcomer(
        email=wanted.email,
        given_name=wanted.given_name,
        family_name=wanted.family_name,
        joined_on=wanted.joined_on,
        language=wanted.language,
        spoken=(wanted.language,),
        zone=wanted.zone or _zone_at(wanted.entity, today),
    )
    try:
        with db.session.begin_nested():
            return people.open_account(newcomer, at)
    except IntegrityError:
        return None


def _same_click(wanted: Opening, at: datetime) -> int:
    """The account just opened by this very form. Raises AccountKnown for any other."""
    number = accounts.anybody_at(wanted.email)
    known = db.session.get(Person, number) if number is not None else None
    if known is None or (known.given_name, known.family_name) != (
        wanted.given_name,
        wanted.family_name,
    ):
        raise AccountKnown
    if not known.active or at - known.created_at > ONE_SITTING:
        raise AccountKnown
    return known.id


def _zone_at(entity: Entity, today: date) -> str:
    zones = (place.zone for place in places.above(entity.id, today) if place.zone)
    return next(zones, ANYWHERE)
