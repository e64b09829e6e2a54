"""A directory that speaks SCIM to the academy, for tests."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from academy.database import db
from academy.people.provisioning import clients
from academy.people.provisioning.clients import Wanted
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def connect(
    people: bool = True, groups: bool = True, name: str = "Entra", once: str = "a" * 32
) -> str:
    """The token of a new directory."""
    wanted = Wanted(name, people, groups, TODAY.replace(year=TODAY.year + 1), once)
    token = clients.connect(wanted, make_person().id, TODAY, MONDAY)
    db.session.commit()
    return token


def person(**more: Any) -> dict[str, Any]:
    """Somebody as Entra ID would send them; another `email` or `department` if given."""
    email = more.pop("email", "ines.lopez@aurore.example")
    work = {"department": more.pop("department", None), "manager": more.pop("manager", None)}
    said = {name: value for name, value in work.items() if value}
    return {
        "schemas": [CORE, ENTERPRISE],
        "userName": email,
        "externalId": f"ext-{email}",
        "name": {"givenName": "Inès", "familyName": "López"},
        "emails": [{"value": email, "type": "work", "primary": True}],
        "active": True,
        **({ENTERPRISE: said} if said else {}),
        **more,
    }


class Directory:
    """A client of /scim/v2 with a token."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        return self.client.open(
            f"/scim/v2{path}",
            method=method,
            json=body,
            headers={**self.headers, **(headers or {})},
        )

    def post(self, path: str, body: Any) -> TestResponse:
        return self.ask("POST", path, body)

    def get(self, path: str) -> TestResponse:
        return self.ask("GET", path)

    def patch(self, path: str, *operations: Mapping[str, Any]) -> TestResponse:
        return self.ask("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)})

    def make(self, **more: Any) -> str:
        """Somebody new; gives their id."""
        answer = self.post("/Users", person(**more))
        assert answer.status_code == 201, answer.text
        assert answer.json is not None
        return str(answer.json["id"])
