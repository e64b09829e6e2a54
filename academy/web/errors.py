"""What a person reads when something cannot be done: what happened, that nothing is lost, what to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from academy import database
from academy.database import db
from academy.refusal import Refusal
from academy.web import counting

log = logging.getLogger(__name__)

RETRY_SECONDS = 2


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


Speaker = Callable[[int, Said], Response]
_SPEAKERS = "academy.errors"


def spoken(app: Flask, beginning: str, speaker: Speaker) -> None:
    """Under addresses that begin like this, it is not a page that says what went wrong."""
    app.extensions.setdefault(_SPEAKERS, {})[beginning] = speaker


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(PoolTimeout, _database)
    app.register_error_handler(Exception, _broken)


def _page(status: int, said: Said) -> ResponseReturnValue:
    """When the database cannot even say who is asking, the page speaks to a stranger."""
    db.session.rollback()
    database.reading_only()  # an explanation waits for nobody's write
    for beginning, speaker in current_app.extensions.get(_SPEAKERS, {}).items():
        if request.path.startswith(beginning):
            answer: Response = speaker(status, said)
            return answer
    try:
        return _rendered(status, said), status
    except (OperationalError, PoolTimeout):
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
    return _page(400, STALE_FORM)


def _refusal(refusal: Refusal) -> ResponseReturnValue:
    return _page(refusal.status, Said(_("That is not possible just now"), refusal.words))


def _database(error: OperationalError | PoolTimeout) -> ResponseReturnValue:
    """A database that is locked, away or overrun is a matter of seconds: say so, and log what it was."""
    counting.count_database_error()
    log.error(
        "database unavailable in request %s: %s",
        g.get("request_id", ""),
        getattr(error, "orig", error),
    )
    answer = make_response(_page(503, SAID[503]))
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _broken(error: Exception) -> ResponseReturnValue:
    log.exception("request %s failed", g.get("request_id", ""), exc_info=error)
    return _page(500, SAID[500])
