"""Who may open a route. Every view states it; a route that states nothing is refused to everybody.

Guards know people only through the `Visitor` protocol: `web` stands below `people`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import proxies

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Visitor(Protocol):
    """What a guard needs to know of the person asking."""

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def waits(self) -> bool:
        """Does the academy open to this person later?"""

    def holds(self, role: str) -> bool:
        """Does the person hold this role anywhere in the company today?"""


@dataclass(frozen=True, slots=True)
class Guard:
    """`signed_in` asks for a session; `roles`, when given, for one of them.

    `admit`, when given, asks for something else than a session: another system's token.
    What is not `even_waiting` is closed to those to whom the academy opens later.
    """

    signed_in: bool
    roles: frozenset[str] = frozenset()
    admit: Callable[[], ResponseReturnValue | None] | None = None
    even_waiting: bool = False


def public(view: View) -> View:
    """Anybody may open this page, stranger or employee."""
    return _mark(view, Guard(signed_in=False))


def signed_in(view: View) -> View:
    """Any employee who signed in; the view itself checks that the object asked for is theirs."""
    return _mark(view, Guard(signed_in=True))


def only(*roles: str) -> Callable[[View], View]:
    """Employees who hold one of these roles."""
    return lambda view: _mark(view, Guard(signed_in=True, roles=frozenset(roles)))


def even_waiting(view: View) -> View:
    """Above `@signed_in`: also for those to whom the academy opens later; a page about themselves."""
    guard = guard_of(view)
    if guard is None:
        raise TypeError("say first who may open it")
    return _mark(view, replace(guard, even_waiting=True))


def client_only(admit: Callable[[], ResponseReturnValue | None]) -> Callable[[View], View]:
    """Other systems, which prove themselves to `admit`: it raises or answers for whoever does not."""
    return lambda view: _mark(view, Guard(signed_in=False, admit=admit))


def guard_of(view: object) -> Guard | None:
    return getattr(view, "guard", None)


def _mark(view: View, guard: Guard) -> View:
    view.guard = guard  # type: ignore[attr-defined]  # functions carry attributes
    return view


@dataclass(frozen=True, slots=True)
class Ways:
    """The pages one is led to: to sign in, and while one waits for the academy to open."""

    sign_in: str
    waiting: str


def init_app(app: Flask, visitor: Callable[[], Visitor], ways: Ways) -> None:
    """Enforce the guards before each request; `visitor` says who is asking."""

    @app.before_request
    def enforce() -> ResponseReturnValue | None:
        endpoint = proxies.asked().endpoint
        if endpoint is None or endpoint == "static":
            return None
        guard = guard_of(app.view_functions[endpoint])
        if guard is None:
            abort(403)
        if guard.admit is not None:
            return guard.admit()
        return _led_away(guard, visitor(), ways) if guard.signed_in else None


def _led_away(guard: Guard, asking: Visitor, ways: Ways) -> ResponseReturnValue | None:
    """Where somebody goes who may not see this page yet; refuses whom it is never open to."""
    if not asking.is_authenticated:
        return redirect(url_for(ways.sign_in, next=_here()))
    if asking.waits and not guard.even_waiting:
        return redirect(url_for(ways.waiting), 303)
    if guard.roles and not any(asking.holds(role) for role in guard.roles):
        abort(403)
    return None


def _here() -> str | None:
    """Where to come back to after signing in; a form that was posted is not posted again."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def safe_next(target: str | None, otherwise: str) -> str:
    """`target` when it is a path of this site, else `otherwise`: no open redirect."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")):
        return target if target.isprintable() and "\\" not in target else otherwise
    return otherwise
