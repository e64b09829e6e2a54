"""The present password, asked for before something that matters: the same for every form that asks."""

from datetime import datetime
from typing import Protocol

from flask_babel import gettext as _
from wtforms import PasswordField

from academy import database, logs
from academy.database import db
from academy.people import passwords
from academy.people.accounts import services
from academy.people.accounts.queries import Keys


class Asking(Protocol):
    """A form that asks for the present password."""

    @property
    def present(self) -> PasswordField: ...


def proved(keys: Keys, form: Asking, at: datetime) -> bool:
    """Is the password right? If not, the form says why.

    The try is committed first, and the password checked outside any write transaction: hashing takes long.
    What was read before is let go.
    """
    allowed = services.may_check(keys.person_id, at)
    db.session.commit()
    if not allowed:
        logs.event("password refused", at, why="too many tries", person=keys.person_id)
        form.present.errors = [_("Too many tries. Wait a quarter of an hour, then try again.")]
        return False
    database.reading_only()
    if not passwords.matches(keys.password_hash, form.present.data):
        logs.event("password refused", at, person=keys.person_id)
        form.present.errors = [_("This is not your present password.")]
        return False
    database.about_to_write()
    services.right(keys.person_id, at)
    return True
