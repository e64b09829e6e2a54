"""What a person reads when something cannot be done: what happened, that nothing is lost, what to do."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from academy import database
from academy.database import db
from academy.refusal import Refusal
from academy.web import counting, watching

log = logging.getLogger(__name__)

REFUSED: Final = frozenset({401, 403, 429})
"""What whoever watches over safety is told of."""
RETRY_SECONDS: Final = 2
LATER_SECONDS: Final = 60
AWAY: Final = ("08", "25", "53", "57", "58")
"""Classes of SQLSTATE: connections, transactions that may not go on, resources, operators, the system."""
UNWRITABLE: Final = frozenset({"25006", "53100", "58030"})
"""A PostgreSQL that only reads, a full disk, a disk that fails."""
UNWRITABLE_SQLITE: Final = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
PLAIN: Final = 0xFF
"""What an extended code of SQLite is a kind of stands in its last byte."""


@dataclass(frozen=True, slots=True)
class Said:
    title: object
    words: object


SAID = {
    400: Said(
        _("That request could not be understood"),
        _("Nothing was changed. Go back, reload the page and try once more."),
    ),
    403: Said(
        _("This page is not open to you"),
        _("It belongs to somebody else, or to a role you do not hold. Nothing was changed."),
    ),
    404: Said(
        _("There is nothing at this address"),
        _("It may have moved, or the address lost a letter on the way. The home page knows more."),
    ),
    405: Said(
        _("That cannot be done this way"),
        _("Nothing was changed. Go back to the page and use its button."),
    ),
    413: Said(
        _("That is too big to send"),
        _("Nothing was changed. Shorten what you typed and send it again."),
    ),
    429: Said(
        _("A little patience"),
        _("There were too many tries in a short time. Wait a few minutes, then try again."),
    ),
    500: Said(
        _("Something broke on our side"),
        _(
            "What you had already sent is safe. Try again in a moment; "
            "if it comes back, tell us the number below."
        ),
    ),
    503: Said(
        _("The academy is very busy"),
        _("Nothing was lost and nothing was counted twice. Send it again in a few seconds."),
    ),
}
STALE_FORM = Said(
    _("This page had been open too long"),
    _(
        "For your safety the form has expired, and nothing was changed. Reload the page and send it again."
    ),
)
UNWRITTEN = Said(
    _("Nothing can be written down just now"),
    _(
        "Nothing was changed, and what you sent before is safe. Send this again in a few minutes; "
        "if it lasts, tell those who run the academy."
    ),
)


Speaker = Callable[[int, Said], Response]
_SPEAKERS = "academy.errors"


def spoken(app: Flask, beginning: str, speaker: Speaker) -> None:
    """Under addresses that begin like this, it is not a page that says what went wrong."""
    app.extensions.setdefault(_SPEAKERS, {})[beginning] = speaker


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, _database)
    app.register_error_handler(Exception, _broken)


def _page(status: int, said: Said) -> ResponseReturnValue:
    """When the database cannot even say who is asking, the page speaks to a stranger."""
    if status in REFUSED:
        watching.refused(status)
    db.session.rollback()
    database.reading_only()  # an explanation waits for nobody's write
    for beginning, speaker in current_app.extensions.get(_SPEAKERS, {}).items():
        if request.path.startswith(beginning):
            answer: Response = speaker(status, said)
            return answer
    try:
        return _rendered(status, said), status
    except (DBAPIError, PoolTimeout):
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # Flask-Login's own place
        return _rendered(status, said), status


def _rendered(status: int, said: Said) -> str:
    return render_template(
        "web/error.html",
        status=status,
        title=said.title,
        words=said.words,
        request_id=g.get("request_id", ""),
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    said = SAID.get(status, SAID[400] if status < 500 else SAID[500])  # noqa: PLR2004  # a status class
    answer = make_response(_page(status, said))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    watching.refused(400, "form")
    return _page(400, STALE_FORM)


def _refusal(refusal: Refusal) -> ResponseReturnValue:
    return _page(refusal.status, Said(_("That is not possible just now"), refusal.words))


def _database(error: DBAPIError | PoolTimeout) -> ResponseReturnValue:
    """A database that is locked, away, overrun or full is a matter of time: say so, and log what it was."""
    if not is_away(error):
        return _broken(error)
    counting.count_database_error()
    log.error(
        "database unavailable in request %s: %s",
        g.get("request_id", ""),
        getattr(error, "orig", error),
    )
    full = cannot_write(error)
    answer = make_response(_page(503, UNWRITTEN if full else SAID[503]))
    answer.headers["Retry-After"] = str(LATER_SECONDS if full else RETRY_SECONDS)
    return answer


def is_away(error: DBAPIError | PoolTimeout) -> bool:
    """Is it the database's trouble, and not that of what was asked?"""
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return True
    return error.connection_invalidated or _state(error).startswith(AWAY)


def cannot_write(error: DBAPIError | PoolTimeout) -> bool:
    """Does it last until somebody makes room?"""
    orig: Any = getattr(error, "orig", None)
    code = getattr(orig, "sqlite_errorcode", None)
    if code is not None:
        return code & PLAIN in UNWRITABLE_SQLITE
    return _state(error) in UNWRITABLE


def _state(error: DBAPIError | PoolTimeout) -> str:
    """PostgreSQL's own code of what went wrong."""
    orig: Any = getattr(error, "orig", None)
    return getattr(orig, "sqlstate", None) or ""


def _broken(error: Exception) -> ResponseReturnValue:
    log.exception("request %s failed", g.get("request_id", ""), exc_info=error)
    return _page(500, SAID[500])
