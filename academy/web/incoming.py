"""What comes from outside, before any feature sees it: numbers a table holds, words a page shows."""

import re
from collections.abc import Callable
from itertools import chain

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

from academy import proxies
from academy.web.exchange import BODY_LIMIT
from academy.web.guards import View, safe_next

LARGEST = 2**63 - 1
LONGEST_ASKED = 254
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""No keyboard types them, no page may show them, and PostgreSQL stores no NUL."""


class RowNumber(IntegerConverter):
    """`<int:...>` in a route; a larger number has no page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=0, max=LARGEST)


def row_number(typed: str) -> int:
    """A row's number out of a query string; raises ValueError for anything else."""
    number = int(typed)
    if not 0 < number <= LARGEST:
        raise ValueError(typed)
    return number


def asked(name: str) -> str:
    """What an address asks for under this name: without what no page may show, and not endless."""
    return CONTROLS.sub("", request.args.get(name, ""))[:LONGEST_ASKED].strip()


def one_line(typed: str | None) -> str:
    """A form's filter: single spaces, none around; nothing where the field was not sent."""
    return " ".join((typed or "").split())


def address(typed: str | None) -> str:
    """A form's filter: an e-mail address as it is kept."""
    return (typed or "").strip().lower()


def large(limit: int) -> Callable[[View], View]:
    """For a view that takes a file of so many bytes. While it arrives, the request only reads.

    The view itself says `database.about_to_write()` once it has the file.
    """

    def mark(view: View) -> View:
        view.body_limit = limit + BODY_LIMIT  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return mark


def limit_of(view: object) -> int | None:
    return getattr(view, "body_limit", None)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.context_processor(lambda: {"here": here()})

    @app.before_request
    def refuse_controls() -> None:
        if any(map(CONTROLS.search, chain.from_iterable(proxies.asked().form.listvalues()))):
            abort(400)


def here() -> str:
    """The address of this page, to come back to after changing the language."""
    asked = proxies.asked()
    return safe_next(asked.full_path if asked.query_string else asked.path, "/")
