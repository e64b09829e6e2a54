"""Sessions: Flask-Login, with the person loaded in one statement as a frozen value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Flask, Response, abort, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import COOKIE_NAME, AnonymousUserMixin, LoginManager, current_user, login_user
from flask_login.utils import _create_identifier

from academy import clock, proxies
from academy.people import queries
from academy.people.queries import Along, SignedIn
from academy.web.exchange import Answer
from academy.web.guards import View
from academy.web.headers import host_only
from academy.web.signing import Signed

REMEMBERED_FOR = timedelta(days=30)
CAME_FROM = "signed_in_with"
"""Where a session remembers the provider that opened it, if it offers to sign out there."""


class Stranger(AnonymousUserMixin):
    """Somebody who did not sign in."""

    colour_scheme = "auto"
    waits = False

    def holds(self, _role: str) -> bool:
        return False


class Doorkeeper(LoginManager):
    """Flask-Login, which looks closer only where there is something to see."""

    def _session_protection_failed(self) -> bool:
        """A browser that is the same as when it signed in has nothing to prove."""
        known = proxies.browser().get("_id")
        return known != _create_identifier() and super()._session_protection_failed()

    def _update_remember_cookie(self, response: Response) -> Response:
        """A file is the same for everybody: to send it, nobody's session is looked into."""
        if proxies.asked().endpoint == "static" or "_remember" not in proxies.browser():
            return response
        return super()._update_remember_cookie(response)


class Cookies(SecureCookieSessionInterface):
    """Flask's signed cookies. What signs them is made once, not with each request."""

    def __init__(self) -> None:
        self._signers: dict[object, Signed] = {}

    def get_signing_serializer(self, app: Flask) -> Signed | None:
        key = app.secret_key
        if key not in self._signers:
            made = super().get_signing_serializer(app)
            if made is None:
                return None
            self._signers[key] = Signed(
                made.secret_keys,
                salt=made.salt,
                serializer=made.serializer,
                signer_kwargs=made.signer_kwargs,
            )
        return self._signers[key]

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """A session that is as it came is not sent back."""
        same = session and session.accessed and not (session.modified or session.permanent)
        if same and isinstance(response, Answer):
            response.depends_on("Cookie")
        else:
            super().save_session(app, session, response)


def init_app(app: Flask, secure: bool) -> None:
    app.config.update(
        SESSION_COOKIE_NAME=host_only("session", secure),
        REMEMBER_COOKIE_NAME=host_only(COOKIE_NAME, secure),
        REMEMBER_COOKIE_DURATION=REMEMBERED_FOR,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=secure,
    )
    app.session_interface = Cookies()
    manager = Doorkeeper(app)
    manager.anonymous_user = Stranger
    manager.user_loader(_load)
    app.context_processor(_colours)


def me() -> SignedIn:
    """The person asking, on a page that only opens to people who signed in."""
    person: SignedIn = proxies.kept().get("_login_user") or current_user._get_current_object()
    return person


def asking() -> SignedIn | Stranger:
    """Whoever asks, signed in or not."""
    found: SignedIn | Stranger = current_user._get_current_object()
    return found


def enter(person_id: int, epoch: int, remember: bool) -> None:
    """Open a session for this person in this browser."""
    person = queries.signed_in(f"{person_id}.{epoch}", clock.now().date())
    if person is None:
        abort(403)
    login_user(person, remember=remember)


def remembers() -> bool:
    """Was this browser asked to remember?"""
    return current_app.config["REMEMBER_COOKIE_NAME"] in request.cookies


def bringing(along: Along, values: Callable[[], Mapping[str, Any]]) -> Callable[[View], View]:
    """For a page that must cost little: what it needs comes with the person asking, in one statement."""

    def mark(view: View) -> View:
        view.brings = (along, values)  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return mark


def brought() -> Sequence[Sequence[Any]]:
    """The rows that came along; none when nothing was found, and then the page looks for itself."""
    rows: Sequence[Sequence[Any]] = proxies.kept().get("brought", ())
    return rows


def _load(session_id: str) -> SignedIn | None:
    today = clock.now().date()
    view = proxies.app().view_functions.get(proxies.asked().endpoint or "")
    along, values = getattr(view, "brings", (None, dict))
    if along is not None:
        person, found = queries.signed_in_with(session_id, today, along, values())
        proxies.kept().brought = found
        if person is not None:
            return person
    return queries.signed_in(session_id, today)


def _colours() -> dict[str, Any]:
    return {"colour_scheme": current_user.colour_scheme}
