"""Sessions: Flask-Login, with the person loaded in one statement as a frozen value."""

from datetime import timedelta
from typing import Any

from flask import Flask, abort, request
from flask_login import COOKIE_NAME, AnonymousUserMixin, LoginManager, current_user, login_user

from academy import clock
from academy.people import queries
from academy.people.queries import SignedIn

REMEMBERED_FOR = timedelta(days=30)


class Stranger(AnonymousUserMixin):
    """Somebody who did not sign in."""

    colour_scheme = "auto"

    def holds(self, _role: str) -> bool:
        return False


def init_app(app: Flask, secure: bool) -> None:
    app.config.update(
        REMEMBER_COOKIE_DURATION=REMEMBERED_FOR,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=secure,
    )
    manager = LoginManager(app)
    manager.anonymous_user = Stranger
    manager.user_loader(_load)
    app.context_processor(_colours)


def me() -> SignedIn:
    """The person asking, on a page that only opens to people who signed in."""
    person: SignedIn = current_user._get_current_object()
    return person


def enter(person_id: int, epoch: int, remember: bool) -> None:
    """Open a session for this person in this browser."""
    person = queries.signed_in(f"{person_id}.{epoch}", clock.now().date())
    if person is None:
        abort(403)
    login_user(person, remember=remember)


def remembers() -> bool:
    """Was this browser asked to remember?"""
    return COOKIE_NAME in request.cookies


def _load(session_id: str) -> SignedIn | None:
    return queries.signed_in(session_id, clock.now().date())


def _colours() -> dict[str, Any]:
    return {"colour_scheme": current_user.colour_scheme}
