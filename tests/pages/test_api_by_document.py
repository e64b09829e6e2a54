"""Schemathesis asks the API all that its document promises, and much that it does not.

It asks over HTTP, a server in this very process: its way in by WSGI cannot try what is asked without a token.
"""

import json
import shlex
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import jsonschema
import pytest
import schemathesis
from flask import Flask
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events
from werkzeug.serving import WSGIRequestHandler, make_server

from academy.api.clients import REQUESTS
from academy.api.document import document
from academy.passport import queries as passports
from academy.settings import ROOT as SOURCE
from academy.web.throttle import Limit
from tests import campaigns, figures
from tests.conftest import MONDAY
from tests.factories import earn_passport, make_person
from tests.pages.conftest import Behind
from tests.systems import ROOT, System, let_read

EXAMPLES = 3
SLOWEST = 10  # seconds that one request may take


class Quiet(WSGIRequestHandler):
    """Writes down nothing of what is asked."""

    def log(self, *_words: object) -> None:
        pass


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def configured(url: str, token: str, examples: int) -> SchemathesisConfig:
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Authorization": f"Bearer {token}"},
            "request-timeout": SLOWEST,
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
        }
    )
    config.projects.default.update(base_url=url)
    return config


def examined(app: Flask, token: str, examples: int = EXAMPLES) -> tuple[Counter[int], list[str]]:
    """How often each status was answered, and what was found wrong."""
    statuses, wrong = Counter[int](), list[str]()
    with serving(app) as url:
        schema = schemathesis.openapi.from_dict(
            document(app), config=configured(url, token, examples)
        )
        for event in engine.from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                told = event.recorder.interactions.values()
                statuses.update(each.response.status_code for each in told if each.response)
                wrong += _found(event)
            elif isinstance(event, events.NonFatalError | events.FatalError):
                wrong.append(str(event))
    return statuses, wrong


def _found(event: events.ScenarioFinished) -> list[str]:
    checks = (check for checks in event.recorder.checks.values() for check in checks)
    return [
        f"{event.label}: {check.name}: {check.failure_info.failure.message}"
        for check in checks
        if check.failure_info
    ]


def test_the_api_keeps_what_its_document_promises(
    app: Flask, behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("academy.api.clients.REQUESTS", Limit("api", 10**6, REQUESTS.window))
    with behind():
        campaigns.company()
        token = let_read()

    statuses, wrong = examined(app, token)

    assert wrong == []
    assert {200, 401, 404, 405, 422} == statuses.keys()
    assert sum(statuses.values()) > 200


def test_what_is_there_is_told_as_the_document_says(app: Flask, behind: Behind) -> None:
    """An example of every operation that finds something, against its schema in the document."""
    with behind():
        ada = make_person()
        earn_passport(ada)
        company = campaigns.company()
        number = campaigns.announced(company.hr)
        figures.counted(
            company.whole.id,
            {name: site.id for name, site in company.sites.items()},
            MONDAY,
        )
        certificate = passports.valid_one(ada.id)
        assert certificate is not None
        system = System(app, let_read())
    told = document(app)
    found = {
        "/people": "/people?limit=3",
        "/people/{key}": f"/people/{ada.directory_key}",
        "/people/{key}/awards": f"/people/{ada.directory_key}/awards",
        "/entities": "/entities",
        "/entities/{key}/completion": "/entities/aurore/completion",
        "/campaigns": "/campaigns",
        "/campaigns/{number}": f"/campaigns/{number}",
        "/campaigns/{number}/people": f"/campaigns/{number}/people",
        "/awards": "/awards",
        "/verifications/{code}": f"/verifications/{certificate.code}",
    }
    for path, asked in found.items():
        schema = _schema(told, path, 200)
        jsonschema.validate(system.get(asked), schema, jsonschema.Draft202012Validator)
    problem = _schema(told, "/people", 422)
    jsonschema.validate(system.get("/people?limit=0", 422), problem)


def _schema(told: dict[str, Any], path: str, status: int) -> dict[str, Any]:
    answer = told["paths"][f"{ROOT}{path}"]["get"]["responses"][str(status)]
    if "$ref" in answer:
        answer = told["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    (content,) = answer["content"].values()
    return {**json.loads(json.dumps(content["schema"])), "components": told["components"]}


def examples() -> list[tuple[list[str], int]]:
    """The lines of docs/api.md that ask something, and the status each says it gets."""
    lines = (SOURCE / "docs" / "api.md").read_text().splitlines()
    asked = (line.partition("#") for line in lines if line.startswith("curl "))
    return [(shlex.split(words), int(status)) for words, _sign, status in asked]


def test_what_the_guide_asks_is_answered_as_it_says(app: Flask, behind: Behind) -> None:
    with behind():
        company = campaigns.company()
        places = {name: site.id for name, site in company.sites.items()}
        figures.counted(company.whole.id, places, MONDAY)
        token = let_read()

    assert len(examples()) > 10
    for words, status in examples():
        headers = [words[at + 1] for at, word in enumerate(words) if word == "-H"]
        asked = words[-1].replace("$ACADEMY", "")
        given = dict(each.replace("$TOKEN", token).split(": ", 1) for each in headers)
        answer = app.test_client().get(asked, headers=given)
        assert answer.status_code == status, (words, answer.text[:200])
        assert answer.is_json
