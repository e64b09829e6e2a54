"""The address where directories speak: one for everything, as RFC 7644 lays it out."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from scim2_models import Error, SCIMException, UnauthorizedException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from werkzeug.exceptions import HTTPException

from academy import clock, database
from academy.database import db
from academy.people.provisioning import clients, tokens
from academy.people.provisioning.clients import REQUESTS, Speaker
from academy.people.provisioning.facts import Writer
from academy.people.scim import service as services
from academy.people.scim.storage import Storage
from academy.refusal import Refusal
from academy.web.guards import client_only
from academy.web.headers import SAFE_METHODS

bp = Blueprint("scim", __name__)
ROOT = "/scim/v2"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
EXTENSION = "scim"


def init_app(app: Flask) -> None:
    """No cookie is read here, so there is no form to be forged."""
    app.extensions[EXTENSION] = services.made(app.secret_key)
    app.extensions["csrf"].exempt(bp)
    app.register_blueprint(bp)


def admit() -> ResponseReturnValue | None:
    """Who speaks, by the token sent along; their request is counted whatever becomes of it."""
    at = clock.now()
    token = tokens.bearer(request.headers.get("Authorization"))
    speaker = clients.speaker(token, at) if token else None
    if speaker is None:
        raise UnauthorizedException(detail="The token is missing, unknown, revoked or over.")
    database.about_to_write()
    allowed = clients.heard(speaker, at)
    db.session.commit()
    g.speaker = speaker
    if request.method in SAFE_METHODS:
        database.reading_only()
    return None if allowed else _too_many()


@bp.route(ROOT, methods=METHODS, defaults={"path": ""})
@bp.route(f"{ROOT}/<path:path>", methods=METHODS)
@client_only(admit)
def speak(path: str) -> ResponseReturnValue:
    """One request, one transaction."""
    speaker: Speaker = g.speaker
    storage = Storage(Writer(speaker.name, clock.now()))
    answer = ScimHandler(_service(), storage).handle(_asked(path, speaker))
    db.session.commit()
    return _sent(answer)


@bp.errorhandler(SCIMException)
def refused(error: SCIMException) -> ResponseReturnValue:
    db.session.rollback()
    return _sent(_service().error_response(error))


@bp.errorhandler(Refusal)
def not_possible(refusal: Refusal) -> ResponseReturnValue:
    """What the academy itself refuses: to close the account of the last administrator."""
    db.session.rollback()
    return _error(refusal.status, str(refusal.words))


@bp.errorhandler(HTTPException)
def unreadable(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    return _error(error.code or HTTPStatus.BAD_REQUEST, error.description or error.name)


def _service() -> services.Service:
    found: services.Service = current_app.extensions[EXTENSION]
    return found


def _asked(path: str, speaker: Speaker) -> ScimRequest:
    return ScimRequest(
        method=request.method,
        base_url=current_app.config["SETTINGS"].public_url + ROOT,
        path=f"/{path}",
        query=request.args.to_dict(),
        headers=list(request.headers.items()),
        body=request.get_data(),
        subject=speaker,
    )


def _sent(answer: ScimResponse) -> Response:
    body: Any = None if answer.body is None else json.dumps(answer.body)
    return Response(body, status=int(answer.status), headers=answer.headers)


def _error(status: int, words: str) -> Response:
    return _sent(ScimResponse(HTTPStatus(status), Error(status=status, detail=words).model_dump()))


def _too_many() -> Response:
    answer = _error(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests: wait, then go on.")
    answer.headers["Retry-After"] = str(int(REQUESTS.window.total_seconds()))
    return answer
