"""What Flask keeps for the length of a request, past its proxies.

`request.path` through a proxy costs as much as a small function, each time: whoever is asked several times in
each request takes the object itself. Out of place they raise RuntimeError, as the proxies do.
"""

from collections.abc import Callable
from typing import Any, Final

from flask import Flask, Request, current_app, g, request, session
from flask.sessions import SessionMixin

app: Final[Callable[[], Flask]] = current_app._get_current_object  # type: ignore[attr-defined]  # the proxy's own
"""The application."""
kept: Final[Callable[[], Any]] = g._get_current_object
"""Flask's `g`."""
asked: Final[Callable[[], Request]] = request._get_current_object  # type: ignore[attr-defined]  # the proxy's own
"""The request."""
browser: Final[Callable[[], SessionMixin]] = session._get_current_object  # type: ignore[attr-defined]
"""What the browser keeps for us: Flask's session."""
