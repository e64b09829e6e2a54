"""The address where directories speak: one for everything, as RFC 7644 lays it out."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from importlib import import_module
from typing import Any

from flask import Blueprint, Flask, Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from academy import clock, database
from academy.database import db
from academy.people.clients import tokens
from academy.people.provisioning import clients
from academy.people.provisioning.clients import PREFIX, REQUESTS
from academy.refusal import Refusal
from academy.web import watching
from academy.web.guards import client_only
from academy.web.headers import SAFE_METHODS

bp = Blueprint("scim", __name__)
ROOT = "/scim/v2"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
SPOKEN = "application/scim+json"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


def init_app(app: Flask) -> None:
    """No cookie is read here, so there is no form to be forged."""
    app.extensions["csrf"].exempt(bp)
    app.register_blueprint(bp)


def admit() -> ResponseReturnValue | None:
    """Who speaks, by the token sent along; their request is counted whatever becomes of it."""
    at = clock.now()
    token = tokens.bearer(request.headers.get("Authorization"), PREFIX)
    speaker = clients.speaker(token, at) if token else None
    if speaker is None:
        watching.refused(HTTPStatus.UNAUTHORIZED, "token")
        return _unknown()
    database.about_to_write()
    allowed = clients.heard(speaker, at)
    db.session.commit()
    g.speaker = speaker
    if request.method in SAFE_METHODS:
        database.reading_only()
    if allowed:
        return None
    watching.refused(HTTPStatus.TOO_MANY_REQUESTS, f"directory {speaker.id}")
    return _too_many()


@bp.route(ROOT, methods=METHODS, defaults={"path": ""}, strict_slashes=False)
@bp.route(f"{ROOT}/<path:path>", methods=METHODS)
@client_only(admit)
def speak(path: str) -> ResponseReturnValue:
    """One request, one transaction."""
    room: Any = import_module("academy.people.scim.speaking")  # pydantic and its models of SCIM
    answer = room.answered(path, g.speaker)
    db.session.commit()
    return _sent(answer.status, answer.body, answer.headers)


@bp.errorhandler(Refusal)
def not_possible(refusal: Refusal) -> ResponseReturnValue:
    """What the academy itself refuses: to close the account of the last administrator."""
    db.session.rollback()
    return _error(refusal.status, str(refusal.words))


@bp.errorhandler(HTTPException)
def unreadable(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    return _error(error.code or HTTPStatus.BAD_REQUEST, error.description or error.name)


def _unknown() -> Response:
    words = "The token is missing, unknown, revoked or over."
    return _error(HTTPStatus.UNAUTHORIZED, words, {"WWW-Authenticate": 'Bearer realm="SCIM"'})


def _too_many() -> Response:
    wait = str(int(REQUESTS.window.total_seconds()))
    words = "Too many requests: wait, then go on."
    return _error(HTTPStatus.TOO_MANY_REQUESTS, words, {"Retry-After": wait})


def _error(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    said = {"schemas": [ERROR], "status": str(int(status)), "detail": words}
    return _sent(status, said, {"Content-Type": SPOKEN, **(headers or {})})


def _sent(status: int, said: Any, headers: Mapping[str, str]) -> Response:
    body = None if said is None else json.dumps(said)
    return Response(body, status=int(status), headers=dict(headers))
