"""Who may ask: a system with a token that has the scopes an operation needs. Each request is counted."""

from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue

from academy import clock, database
from academy.api import clients, problems
from academy.api.clients import PREFIX, REQUESTS, Speaker
from academy.api.document import SAID, Blueprint
from academy.api.scopes import Scope
from academy.database import db
from academy.people.clients import tokens
from academy.web import watching
from academy.web.guards import client_only

Operation = Callable[..., Any]
REALM = 'Bearer realm="academy"'
SECONDS = 10
"""So long an answer may be kept by who asked for it."""


def api(*scopes: Scope, may_be_missing: bool = True) -> Callable[[Operation], Operation]:
    """Systems whose token has all of these scopes; without any, every live token."""

    def mark(view: Operation) -> Operation:
        @wraps(view)
        def answered(**given: Any) -> Response:
            return _private(make_response(view(**given)))

        answers = [
            304,
            401,
            429,
            503,
            *([403] if scopes else []),
            *([404] if may_be_missing else []),
        ]
        told: Operation = answered
        for status in answers:
            told = Blueprint.alt_response(_DOCUMENTED, status, SAID[status][0])(told)
        words = f"Needs {' and '.join(f'`{scope}`' for scope in scopes)}." if scopes else ""
        told = Blueprint.doc(
            operationId=view.__name__, security=[{"token": list(scopes)}], description=words
        )(told)
        told.scopes = scopes  # type: ignore[attr-defined]  # functions carry attributes
        return client_only(partial(_admit, frozenset(scopes)))(told)

    return mark


def asking() -> Speaker:
    """The system that asks."""
    speaker: Speaker = g.speaker
    return speaker


_DOCUMENTED = Blueprint("documented", __name__)
"""Only its decorators are used."""


def _admit(scopes: frozenset[str]) -> ResponseReturnValue | None:
    """By the token sent along; the request is counted whatever becomes of it."""
    at = clock.now()
    token = tokens.bearer(request.headers.get("Authorization"), PREFIX)
    speaker = clients.speaker(token, at) if token else None
    if speaker is None:
        watching.refused(HTTPStatus.UNAUTHORIZED, "token")
        return problems.told(HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": REALM})
    database.about_to_write()
    allowed = clients.heard(speaker, (request.endpoint or "").rpartition(".")[2], at)
    db.session.commit()
    database.reading_only()
    g.speaker = speaker
    if not allowed:
        watching.refused(HTTPStatus.TOO_MANY_REQUESTS, f"system {speaker.id}")
        wait = {"Retry-After": str(int(REQUESTS.window.total_seconds()))}
        return problems.told(HTTPStatus.TOO_MANY_REQUESTS, headers=wait)
    if missing := sorted(scopes - speaker.scopes):
        watching.refused(HTTPStatus.FORBIDDEN, f"scope, system {speaker.id}")
        needed = f'{REALM}, error="insufficient_scope", scope="{" ".join(missing)}"'
        headers = {"WWW-Authenticate": needed}
        return problems.told(HTTPStatus.FORBIDDEN, headers=headers, more={"scopes": missing})
    return None


def _private(answer: Response) -> Response:
    """For who asked and nobody between; the same as before is not sent again."""
    answer.cache_control.private = True
    answer.cache_control.max_age = SECONDS
    answer.cache_control.must_revalidate = True
    answer.vary.add("Authorization")
    answer.add_etag()
    answer.make_conditional(request)
    return answer
