"""The document of the API (OpenAPI 3.1), made of the operations themselves; and their blueprint."""

from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask
from flask_smorest.utils import prepare_response
from marshmallow import RAISE
from webargs.flaskparser import FlaskParser

from academy.api import problems
from academy.api.answers import Problem
from academy.api.scopes import Scope

VERSION = "1.0.0"
ROOT = "/api/v1"
SAID = {
    304: ("NOT_MODIFIED", "What was sent before still holds."),
    401: ("UNAUTHORIZED", "The token is missing, unknown, revoked or over."),
    403: ("FORBIDDEN", "The token has not the scope that is needed."),
    404: ("NOT_FOUND", "It does not exist, or is not within the reach of the token."),
    422: ("UNPROCESSABLE_ENTITY", "A parameter cannot be read; `parameters` names it."),
    429: ("TOO_MANY_REQUESTS", "More than 600 requests in a minute: wait for `Retry-After`."),
    503: ("SERVICE_UNAVAILABLE", "The academy is very busy: ask again after `Retry-After`."),
}
ABOUT = """Read-only. Send `Authorization: Bearer` and a token that an administrator made; no cookie is read.

A list that goes on has a `next_cursor`: give it back as `cursor`. Answers may grow new fields; what is
there keeps its name and meaning within `v1`."""


class Parser(FlaskParser):
    """A parameter that is not known is refused too: it is most likely one that is known, misspelt."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}  # noqa: RUF012  # as webargs declares it


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = Parser()


class Api(flask_smorest.Api):
    """Flask-smorest, which leaves mistakes and addresses to the academy."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Mistakes are told by `problems`, and only under this API's addresses."""

    def _register_responses(self) -> None:
        for status, (name, words) in SAID.items():
            response: dict[str, Any] = {"description": words}
            if status != HTTPStatus.NOT_MODIFIED:  # nothing is sent with it
                response["schema"] = Problem
            prepare_response(response, self.spec, problems.MIMETYPE)
            self.spec.components.response(name, response, lazy=True)


def init_app(app: Flask, bp: Blueprint, url: str) -> None:
    """Register the operations and keep their document. No cookie is read there: no form can be forged."""
    api = Api(
        app,
        spec_kwargs={
            "title": "Academy",
            "version": VERSION,
            "openapi_version": "3.1.0",
            "info": {"description": ABOUT, "license": {"name": "MIT", "identifier": "MIT"}},
            "servers": [{"url": url or "/"}],
        },
        config_prefix="READ_",
    )
    api.spec.components.security_scheme(
        "token",
        {
            "type": "http",
            "scheme": "bearer",
            "description": "Scopes: " + ", ".join(f"`{scope}`" for scope in Scope),
        },
    )
    app.extensions["csrf"].exempt(bp)
    api.register_blueprint(bp)
    app.extensions["academy.api"] = api.spec


def document(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.extensions["academy.api"].to_dict()
    return found
