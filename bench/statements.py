"""How many SQL statements each page sends, BEGIN, COMMIT and PRAGMA apart: `python -m bench.statements`.

The same figures are asserted in tests/pages/test_statements.py, for a new person and for one with a history.
"""

import json
import re
import sys
import tempfile
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, select

from academy import clock, create_app, seed, settings
from academy.database import db
from academy.passport.models import Certificate
from academy.people.models import Person
from academy.seed import EMAIL

Visit = Callable[[], object]

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FIELD = re.compile(r'name="(release|number)" value="([^"]+)"')
ROUND = re.compile(r'action="(/minute/\d+/\d+)"')


def main() -> None:
    found = figures()
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    print(f"{'page':<28}SQL statements")
    for page, count in found.items():
        print(f"{page:<28}{count:>6}")


def figures() -> dict[str, int]:
    with tempfile.TemporaryDirectory() as home:
        app = create_app(settings.read({"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}))
        with app.app_context():
            upgrade()
            seed.plant(clock.now(), extras=0)
        return measure(app)


def measure(app: Flask) -> dict[str, int]:
    """Walks through the academy as somebody with three months of history."""
    client = app.test_client()
    token = _become(client, "learner")
    steps: dict[str, Callable[[], Visit]] = {
        "home": lambda: _get(client, "/"),
        "draw and show the round": lambda: _get(client, "/minute"),
        "show the round": lambda: _get(client, "/minute"),
        "answer (first)": lambda: _answer(client, token),
        "answer (last, rewards)": lambda: _answer(client, token),
        "lesson": lambda: _get(client, "/lessons/cloud-has-an-address"),
        "quiz submit": lambda: _quiz(client, token),
        "passport": lambda: _get(client, "/passport"),
        "history": lambda: _get(client, "/history"),
        "verification (stranger)": lambda: _get(app.test_client(), f"/verify/{_code(app)}"),
    }
    return {page: count(app, prepare()) for page, prepare in steps.items()}


def _become(client: FlaskClient, persona: str) -> str:
    token = TOKEN.search(client.get("/sign-in").text)
    assert token
    client.post(f"/sign-in/as/{persona}", data={"csrf_token": token[1]})
    return token[1]


def _get(client: FlaskClient, path: str) -> Visit:
    return lambda: client.get(path)


def _answer(client: FlaskClient, token: str) -> Visit:
    """Opens the question, and is ready to answer it."""
    page = client.get("/minute").text
    action = ROUND.search(page)
    assert action
    fields = {**dict(FIELD.findall(page)), "dont_know": "1", "csrf_token": token}
    return lambda: client.post(action[1], data=fields)


def _quiz(client: FlaskClient, token: str) -> Visit:
    """Opens a quiz, and is ready to hand it in."""
    opened = client.post("/quizzes/changes/start", data={"csrf_token": token})
    fields = dict(FIELD.findall(client.get(opened.location).text)) | {"csrf_token": token}
    fields |= {f"q{slot}-dont_know": "1" for slot in range(1, 11)}
    return lambda: client.post(opened.location, data=fields)


def _code(app: Flask) -> str | None:
    """The passport code of the persona with a history."""
    holder = select(Person.id).where(Person.email == EMAIL.format("karim.benali"))
    valid = select(Certificate.code).where(
        Certificate.person_id.in_(holder), Certificate.status == "valid"
    )
    with app.app_context():
        return db.session.scalar(valid)


def count(app: Flask, visit: Visit) -> int:
    with app.app_context():
        engine = db.engine
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        visit()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


if __name__ == "__main__":
    main()
