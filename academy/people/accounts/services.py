"""Changing a password or an address. Links hold only while the account stays as it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.people import tokens
from academy.people.accounts import queries
from academy.people.accounts.queries import Keys
from academy.people.models import Person
from academy.people.services import TRIES_PER_ACCOUNT
from academy.people.tokens import Purpose
from academy.post import mail
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.post.services import AHEAD
from academy.refusal import Refusal
from academy.web import throttle
from academy.web.throttle import Limit

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
CHECKS = Limit("password-check", 8, timedelta(minutes=15))
NEW_ADDRESSES = Limit("address-change", 6, AN_HOUR)


class ChangedMeanwhile(Refusal):
    """The account is no longer as it was when this was begun."""

    def __init__(self) -> None:
        super().__init__(
            _("Your account was changed meanwhile, in another tab perhaps. Begin again."), 409
        )


class AddressTaken(Refusal):
    """The address belongs to another account."""

    def __init__(self) -> None:
        super().__init__(_("This address already belongs to an account."), 409)


@dataclass(frozen=True, slots=True)
class Move:
    """A confirmed wish: from the account as it was, to another address."""

    keys: Keys
    email: str


def may_check(person_id: int, at: datetime) -> bool:
    """Count a try at this person's present password; False when there were too many."""
    return throttle.allow(CHECKS, str(person_id), at)


def right(person_id: int, at: datetime) -> None:
    """The password was right: the try just counted was none."""
    throttle.forgive(CHECKS, str(person_id), at)


def choose_password(keys: Keys, password_hash: str, at: datetime) -> int:
    """Change the password and close every session; gives the epoch of those to come.

    Raises ChangedMeanwhile unless the account is as `keys` say: a link works once.
    """
    changed = db.session.execute(
        update(Person)
        .where(
            Person.id == keys.person_id,
            Person.epoch == keys.epoch,
            Person.active,
            Person.password_hash == keys.password_hash
            if keys.password_hash
            else Person.password_hash.is_(None),
        )
        .values(password_hash=password_hash, epoch=keys.epoch + 1)
        .returning(Person.epoch)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if changed is None:
        raise ChangedMeanwhile
    throttle.clear(TRIES_PER_ACCOUNT, keys.email, at)
    words = compose("password_changed", keys.language, name=keys.given_name)
    mail.put(_reader(keys), words, f"password-changed:{keys.person_id}:{changed}", at)
    return changed


def ask_for_address(keys: Keys, email: str, at: datetime) -> None:
    """Send a link to the new address and a word to the old one; nothing changes before the link is used.

    Raises AddressTaken, or Refusal when there were too many requests.
    """
    if not throttle.allow(NEW_ADDRESSES, str(keys.person_id), at):
        raise Refusal(
            _("That was asked for many times already. Wait an hour, then try again."), 429
        )
    if queries.address_taken(email):
        raise AddressTaken
    said = {"person": keys.person_id, "email": email, "seal": _seal(keys)}
    token = tokens.sign(_secret(), Purpose.ADDRESS, said, at + A_DAY)
    once = f"address:{keys.person_id}:{tokens.seal(_secret(), email)}:{at:%Y%m%d%H%M}"
    to_new = compose(
        "address_confirm", keys.language, name=keys.given_name, token=token, email=email
    )
    to_old = compose("address_notice", keys.language, name=keys.given_name, email=email)
    mail.put(
        Reader(email, keys.given_name, keys.person_id), to_new, f"{once}:new", at, due_at=at - AHEAD
    )
    mail.put(_reader(keys), to_old, f"{once}:old", at)


def move_asked(token: str, at: datetime) -> Move | None:
    """What a link to a new address asks for; None when it holds no longer."""
    said = tokens.read(_secret(), Purpose.ADDRESS, token, at)
    keys = queries.keys_of(said["person"]) if said else None
    if said is None or keys is None:
        return None
    done = keys.email == said["email"]  # a second click is as good as the first
    return Move(keys, said["email"]) if done or _seal(keys) == said["seal"] else None


def move(asked: Move) -> None:
    """Change the address. Raises AddressTaken when another account took it meanwhile, ChangedMeanwhile."""
    if asked.keys.email == asked.email:
        return
    try:
        with db.session.begin_nested():
            moved = db.session.execute(
                update(Person)
                .where(Person.id == asked.keys.person_id, Person.email == asked.keys.email)
                .values(email=asked.email)
                .returning(Person.id)
                .execution_options(synchronize_session=False)
            ).scalar_one_or_none()
    except IntegrityError as taken:
        raise AddressTaken from taken
    if moved is None:
        raise ChangedMeanwhile


def reset_token(keys: Keys, at: datetime, lasts: timedelta = AN_HOUR) -> str:
    """A link that lets its bearer choose a password, once, within the hour unless said."""
    said = {"person": keys.person_id, "seal": _seal(keys)}
    return tokens.sign(_secret(), Purpose.RESET, said, at + lasts)


def bearer(token: str, at: datetime) -> Keys | None:
    """Whose password a link lets choose; None when it was used, is too old, or was never ours."""
    said = tokens.read(_secret(), Purpose.RESET, token, at)
    keys = queries.keys_of(said["person"]) if said else None
    return keys if said and keys and _seal(keys) == said["seal"] else None


def _seal(keys: Keys) -> str:
    """Broken by a new password, a new address, and by signing out everywhere."""
    return tokens.seal(_secret(), keys.password_hash, keys.epoch, keys.email)


def _reader(keys: Keys) -> Reader:
    return Reader(keys.email, keys.given_name, keys.person_id)


def _secret() -> str:
    secret: str = current_app.config["SECRET_KEY"]
    return secret
