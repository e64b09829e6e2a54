"""Numbers that come from addresses: only those a table could hold, so that no address breaks a query."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1


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


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
