"""Parts of pages that are the same for many readers are drawn once by each worker, and kept.

A key must say all that the piece depends on: language, roles, place. Nothing personal goes into one.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from flask import Flask, current_app, g, get_template_attribute, has_request_context, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from academy import proxies
from academy.web.words import language

LAYOUT: Final = 2_000
ADDRESSES: Final = 1_000
NOBODY: Final = StrictUndefined("What is kept for all readers knows none of them.")
_PIECES: Final = "academy.pieces"

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """At most so many things by key; the oldest makes way."""

    def __init__(self, most: int) -> None:
        self.most, self.held, self._putting = most, dict[Hashable, Kept](), Lock()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        found = self.held.get(key)
        return self._put(key, make()) if found is None else found

    def _put(self, key: Hashable, made: Kept) -> Kept:
        with self._putting:
            self.held[key] = made
            while len(self.held) > self.most:
                del self.held[next(iter(self.held))]
        return made


@contextmanager
def for_all() -> Iterator[None]:
    """What is drawn meanwhile will be kept: a form would hold the first reader's token, and is refused."""
    mine = g.pop("csrf_token", None)
    g.csrf_token = NOBODY
    try:
        yield
    finally:
        g.pop("csrf_token")
        if mine is not None:
            g.csrf_token = mine


def pen(template: str) -> Callable[..., Markup]:
    """For a page in hand: `draw(macro, *given)` gives what a macro of the template draws of these, kept.

    It depends on nothing but these and the page's language.
    """
    kept: Shelf[Markup] = proxies.app().extensions[_PIECES]
    place = template, language(), proxies.asked().script_root

    def draw(macro: str, *given: Hashable) -> Markup:
        return kept.get((place, macro, given), lambda: drawn(macro, given))

    def drawn(macro: str, given: tuple[Hashable, ...]) -> Markup:
        with for_all():
            piece: Markup = get_template_attribute(template, macro)(*given)
            return piece

    return draw


def init_app(app: Flask) -> None:
    """For templates: `{% call once("menu", roles) %}...{% endcall %}`, and addresses not built twice."""
    pieces, addresses = Shelf[Markup](LAYOUT), Shelf[str](ADDRESSES)
    app.extensions[_PIECES] = pieces

    def once(name: str, *depends_on: Hashable, caller: Callable[[], Markup]) -> Markup:
        """The piece in the page's language, drawn at its first reader."""
        key = (name, language(), request.script_root, *depends_on)
        return pieces.get(key, lambda: drawn(caller))

    def drawn(caller: Callable[[], Markup]) -> Markup:
        with for_all():
            return caller()

    def address(endpoint: str, **values: Any) -> str:
        """Flask's `url_for`; where nothing is filled in, and for static files, it is asked once."""
        fixed = not values or (endpoint == "static" and values.keys() == {"filename"})
        if not fixed or endpoint.startswith(".") or not has_request_context():
            return current_app.url_for(endpoint, **values)
        key = (request.script_root, endpoint, *values.items())
        return addresses.get(key, lambda: current_app.url_for(endpoint, **values))

    app.jinja_env.globals.update(once=once, url_for=address)
