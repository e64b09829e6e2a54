"""A page's frame: all that `web/layout.html` draws around a page, kept for the next reader of the same kind.

Readers of the same kind differ in nothing but their names: whatever else is known of the one asking
(language, roles, colours, what may be added to them one day) makes another frame. A frame has holes for what
is this reader's alone. Pages that everybody asks for each morning are framed; the others have no need.
"""

import re
from collections.abc import Hashable
from secrets import token_hex
from typing import Any, Final, Protocol

from flask import Flask, current_app, g, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from academy.web.incoming import here
from academy.web.pieces import Shelf
from academy.web.words import language

KEPT: Final = 1_000
MARK: Final = f"hole-{token_hex(8)}-"
HOLE: Final = re.compile(f"{MARK}([a-z]+)-")
BETWEEN: Final = f"{MARK}between-"
"""Stands between the blocks of a page drawn alone. Nobody can write it: it is made anew by each process."""

Frame = tuple[tuple[str, str], ...]
"""Fixed HTML, and the hole after it; the last hole is empty."""

_FRAMES: Final = "academy.frames"


class Named(Protocol):
    """Somebody of whom a frame for all like them can be made."""

    @property
    def name(self) -> str: ...

    @property
    def initials(self) -> str: ...

    def nameless(self, name: str, initials: str) -> Hashable:
        """The same person with these for names, and no number: equal to all of their kind."""


def init_app(app: Flask) -> None:
    app.extensions[_FRAMES] = Shelf[Frame](KEPT)


def render(template: str, **context: Any) -> str:
    """`render_template` for a page of somebody signed in that extends `layout`; the same HTML, for less."""
    if session.get("_flashes"):  # said once, to this reader
        return _drawn(template, context, "web/layout.html")
    title, head, main = _drawn(template, context, "web/blocks.html").split(BETWEEN)
    person: Named = current_user._get_current_object()
    holes = {
        "title": title,
        "head": head,
        "main": main,
        "token": str(escape(generate_csrf())),
        "here": str(escape(here())),
        "name": str(escape(person.name)),
        "initials": str(escape(person.initials)),
        "": "",
    }
    return "".join([part for fixed, hole in _frame(person) for part in (fixed, holes[hole])])


def _frame(person: Named) -> Frame:
    kind = person.nameless(_hole("name"), _hole("initials"))
    key = (kind, language(), request.endpoint, request.script_root)
    frames: Shelf[Frame] = current_app.extensions[_FRAMES]
    return frames.get(key, lambda: _cut(_around(kind)))


def _around(kind: Hashable) -> str:
    """The layout as somebody of this kind sees it, with marks where the holes will be."""
    context: dict[str, Any] = {"current_user": kind, "here": _hole("here")}
    context |= {name: _hole(name) for name in ("title", "head", "main")}
    token = generate_csrf()
    g.csrf_token = _hole("token")  # whichever form asks for it, directly or in a macro
    try:
        return _drawn("web/frame.html", context, "web/layout.html")
    finally:
        g.csrf_token = token


def _cut(html: str) -> Frame:
    pieces = [*HOLE.split(html), ""]
    return tuple(zip(pieces[0::2], pieces[1::2], strict=True))


def _hole(name: str) -> str:
    return f"{MARK}{name}-"


def _drawn(template: str, context: dict[str, Any], layout: str) -> str:
    known: dict[str, Any] = {}
    current_app.update_template_context(known)
    return current_app.jinja_env.get_template(template).render(
        {**known, **context, "layout": layout, "between": BETWEEN}
    )
