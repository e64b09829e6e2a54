"""A system of the company that asks the read API, for tests."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from academy.api import clients
from academy.api.clients import Wanted
from academy.api.scopes import Scope
from academy.database import db
from academy.people.models import Entity
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person

ROOT = "/api/v1"


def let_read(*scopes: Scope, within: Entity | None = None, once: str = "a" * 32) -> str:
    """The token of a new system; without scopes it may read everything."""
    ends = TODAY.replace(year=TODAY.year + 1)
    wanted = Wanted("Payroll", scopes or tuple(Scope), within.id if within else None, ends, once)
    token = clients.make(wanted, make_person().id, TODAY, MONDAY)
    db.session.commit()
    return token


class System:
    """A client of the API with a token."""

    def __init__(self, app: Flask, token: str | None, language: str = "en") -> None:
        self.client = app.test_client()
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        self.headers = {"Accept-Language": language, **bearer}

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        return self.client.open(
            f"{ROOT}{path}", method=method, headers={**self.headers, **(headers or {})}
        )

    def get(self, path: str, status: int = 200) -> Any:
        """What is answered; of a problem, too."""
        answer = self.ask(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
        told = "application/json" if status == 200 else "application/problem+json"
        assert answer.mimetype == told, answer.mimetype
        return answer.json

    def all(self, path: str) -> list[Any]:
        """Every item of a list, page after page."""
        found, beside = [], "&" if "?" in path else "?"
        page = self.get(path)
        found += page["items"]
        while page["next_cursor"]:
            page = self.get(f"{path}{beside}cursor={page['next_cursor']}")
            found += page["items"]
        return found
