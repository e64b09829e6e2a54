"""A page's frame: all that `web/layout.html` draws around a page, kept for the next reader of the same kind.

Readers of the same kind differ in nothing but their names: whatever else is known of the one asking
(language, roles, colours, what may be added to them one day) makes another frame. A frame has holes for what
is this reader's alone. Pages that everybody asks for each morning are framed; the others have no need.

A page may say how it differs from others of its template (`keep`, a key) and bring what is its own in
`parts`: then its blocks are a frame too, and no template runs at all.
"""

import re
from collections.abc import Hashable, Mapping
from secrets import token_hex
from types import MappingProxyType
from typing import Any, Final, Protocol

from flask import Flask, current_app, g
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from academy import proxies
from academy.web.incoming import here
from academy.web.pieces import NOBODY, Shelf, for_all
from academy.web.words import language

KEPT: Final = 1_000
MARK: Final = f"hole-{token_hex(8)}-"
HOLE: Final = re.compile(f"{MARK}([a-z_]+)-")
BETWEEN: Final = f"{MARK}between-"
"""Stands between the blocks of a page drawn alone. Nobody can write it: it is made anew by each process."""

OF_THE_REQUEST: Final = ("g", "request", "session")
"""What templates know of it by Flask's globals."""

_FRAMES: Final = "academy.frames"
_PAGES: Final = "academy.pages"
_NO_PARTS: Final[Mapping[str, str]] = MappingProxyType({})


class Frame:
    """Fixed HTML with named holes, in bytes: most of a page is never encoded again."""

    __slots__ = ("_fixed", "_order")

    def __init__(self, html: str) -> None:
        pieces = HOLE.split(html)
        self._fixed = b"%b".join([each.encode().replace(b"%", b"%%") for each in pieces[0::2]])
        self._order = tuple(pieces[1::2])

    def filled(self, holes: Mapping[str, str | bytes]) -> bytes:
        return self._fixed % tuple(map(_bytes, map(holes.__getitem__, self._order)))


def _bytes(html: str | bytes) -> bytes:
    return html if isinstance(html, bytes) else html.encode()


Blocks = tuple[Frame, Frame, Frame]
"""Of a page: its title, what it adds to the head, and its main part."""


class Named(Protocol):
    """Somebody of whom a frame for all like them can be made."""

    @property
    def name(self) -> str: ...

    @property
    def initials(self) -> str: ...

    @property
    def kind(self) -> Hashable:
        """All that is known of the person but number and name: equal for all of their kind."""

    def nameless(self, name: str, initials: str) -> "Named":
        """The same person with these for names, and no number."""


def init_app(app: Flask) -> None:
    app.extensions[_FRAMES], app.extensions[_PAGES] = Shelf[Frame](KEPT), Shelf[Blocks](KEPT)


def render(
    template: str,
    keep: Hashable = None,
    parts: Mapping[str, str] = _NO_PARTS,
    **context: Any,
) -> bytes:
    """`render_template` for a page of somebody signed in that extends `layout`; the same HTML, for less.

    With `keep`, the template may show `parts`, and beside them only what `keep` says.
    """
    context |= {"keep": keep, "parts": parts}
    if proxies.browser().get("_flashes"):  # said once, to this reader
        return _drawn(template, context, "web/layout.html").encode()
    place = language(), proxies.asked().script_root
    title, head, main = [each.filled(parts) for each in _blocks(template, context, place)]
    person: Named = current_user._get_current_object()
    return _frame(person, place).filled(
        {
            "title": title,
            "head": head,
            "main": main,
            "token": escape(proxies.kept().get("csrf_token") or generate_csrf()),
            "here": escape(here()),
            "name": escape(person.name),
            "initials": escape(person.initials),
        }
    )


def _blocks(template: str, context: Mapping[str, Any], place: Hashable) -> Blocks:
    """The page's own blocks; those kept have holes for its parts."""
    keep = context["keep"]
    if keep is None:
        return _cut(template, context)
    pages: Shelf[Blocks] = proxies.app().extensions[_PAGES]
    return pages.get((template, keep, place), lambda: _kept(template, context))


def _kept(template: str, context: Mapping[str, Any]) -> Blocks:
    """The blocks as everybody may see them: whatever else templates know, of the reader say, is refused."""
    nobody = dict.fromkeys({*_known(), *OF_THE_REQUEST}, NOBODY)
    holes = {name: Markup(_hole(name)) for name in context["parts"]}  # noqa: S704  # no HTML
    with for_all():
        return _cut(template, {**nobody, "language": language(), **context, "parts": holes})


def _cut(template: str, context: Mapping[str, Any]) -> Blocks:
    title, head, main = _drawn(template, context, "web/blocks.html").split(BETWEEN)
    return Frame(title), Frame(head), Frame(main)


def _frame(person: Named, place: Hashable) -> Frame:
    frames: Shelf[Frame] = proxies.app().extensions[_FRAMES]
    return frames.get(
        (person.kind, proxies.asked().endpoint, place), lambda: Frame(_around(person))
    )


def _around(person: Named) -> str:
    """The layout as somebody of this kind sees it, with marks where the holes will be."""
    nameless = person.nameless(_hole("name"), _hole("initials"))
    context: dict[str, Any] = {"current_user": nameless, "here": _hole("here")}
    context |= {name: _hole(name) for name in ("title", "head", "main")}
    token = generate_csrf()
    g.csrf_token = _hole("token")  # whichever form asks for it, directly or in a macro
    try:
        return _drawn("web/frame.html", context, "web/layout.html")
    finally:
        g.csrf_token = token


def _hole(name: str) -> str:
    return f"{MARK}{name}-"


def _drawn(template: str, context: Mapping[str, Any], layout: str) -> str:
    return current_app.jinja_env.get_template(template).render(
        {**_known(), **context, "layout": layout, "between": BETWEEN}
    )


def _known() -> dict[str, Any]:
    """What every template knows."""
    known: dict[str, Any] = {}
    current_app.update_template_context(known)
    return known
