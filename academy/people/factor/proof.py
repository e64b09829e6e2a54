"""A code, asked for at sign-in and before something that matters: the same for every form that asks."""

from datetime import datetime
from typing import Protocol

from flask_babel import gettext as _
from wtforms import StringField

from academy import database, logs
from academy.database import db
from academy.people import passwords
from academy.people.accounts.queries import Keys
from academy.people.factor import pending, queries, rules, services
from academy.people.factor.pages import ten_codes
from academy.people.factor.pending import Session


class Asking(Protocol):
    """A form that asks for a code."""

    @property
    def code(self) -> StringField: ...


def proved(person_id: int, form: Asking, at: datetime) -> bool:
    """Is it a code of the person's phone? Then it is used; if not, the form says why.

    The try is committed first, so that it counts whatever becomes of the page.
    """
    if not _may_try(person_id, form, at):
        return False
    if not services.use(person_id, form.code.data, at):
        logs.event("code refused", at, person=person_id)
        form.code.errors = [
            _("This is not the code of this moment, or it was used already. Wait for the next one.")
        ]
        return False
    services.right(person_id, at)
    return True


def recovered(keys: Keys, form: Asking, at: datetime) -> int | None:
    """How many recovery codes are left after this one; None when it is none, and the form says so.

    Its words are checked outside any write transaction: hashing takes long.
    """
    if not _may_try(keys.person_id, form, at):
        return None
    database.reading_only()
    typed = rules.tidy(form.code.data)
    slot = rules.slot_of(typed)
    known = queries.hash_at(keys.person_id, slot) if slot is not None else None
    db.session.rollback()
    left = None
    if passwords.matches(known, typed) and known is not None and slot is not None:
        database.about_to_write()
        left = services.spend(keys, slot, known, at)
    if left is None:
        logs.event("recovery code refused", at, person=keys.person_id)
        form.code.errors = [_("This is none of your recovery codes, or it was used already.")]
        return None
    services.right(keys.person_id, at)
    return left


def first_code(secret: str, form: Asking, person_id: int, at: datetime) -> int | None:
    """Of which half minute the code is that confirms a new key; None when it is not, and the form says so."""
    if not _may_try(person_id, form, at):
        return None
    step = rules.step_of(secret, form.code.data, at)
    if step is None:
        form.code.errors = [
            _(
                "This is not the code of this key at this moment. Is the clock of your phone set "
                "by itself? Then type the next code."
            )
        ]
        return None
    services.right(person_id, at)
    return step


def turned_on(
    keys: Keys, secret: str, step: int, session: Session, at: datetime
) -> tuple[tuple[str, ...], int]:
    """After the first code: ten recovery codes, to be shown once, and the epoch of sessions to come.

    The codes are hashed between two transactions. Raises AlreadyOn, ChangedMeanwhile.
    """
    db.session.commit()
    codes, hashes = ten_codes()
    database.about_to_write()
    epoch = services.turn_on(keys, secret, step, hashes, at)
    db.session.commit()
    pending.forget(session)
    logs.event("second factor on", at, person=keys.person_id)
    return codes, epoch


def _may_try(person_id: int, form: Asking, at: datetime) -> bool:
    allowed = services.may_try(person_id, at)
    db.session.commit()
    if not allowed:
        logs.event("code refused", at, why="too many tries", person=person_id)
        form.code.errors = [_("Too many tries. Wait a quarter of an hour, then try again.")]
    return allowed
