"""The doors of the read API: tokens, scopes, problems, rates; and the pages where tokens are made."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.api import jobs
from academy.api.clients import REQUESTS
from academy.api.document import document
from academy.api.guarding import SECONDS
from academy.api.models import ApiClient, ApiUse
from academy.api.scopes import Scope
from academy.api.words import OPERATIONS
from academy.database import db
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.models import Role
from academy.web.guards import guard_of
from academy.web.throttle import Limit
from tests.campaigns import Company
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person
from tests.pages.conftest import Behind
from tests.systems import ROOT, System, let_read
from tests.visitor import Fields, Visitor

SINCE = date(2025, 1, 6)
LATER = MONDAY + timedelta(hours=1)


def test_every_operation_says_no_to_who_may_not(
    app: Flask, behind: Behind, payroll: System
) -> None:
    """Without a token, with one of nobody, with one of another kind, with a session: never an answer."""
    with behind():
        admin = make_person(*Role)
        barely = System(app, let_read(Scope.AWARDS, once="c" * 32))
    signed_in = Visitor(app).as_person(admin)
    strangers = [System(app, None), System(app, "api_" + "x" * 43), System(app, "dir_" + "x" * 43)]
    for endpoint, view in app.view_functions.items():
        if not endpoint.startswith("api."):
            continue
        guard, scopes = guard_of(view), scopes_of(view)
        rule = next(app.url_map.iter_rules(endpoint)).rule.removeprefix(ROOT)
        path = rule.replace("<int:number>", "7").replace("<string:", "{").replace(">", "}")
        assert guard is not None
        assert guard.admit is not None
        for stranger in strangers:
            assert stranger.get(path, 401)["title"] == "A token is needed"
        seen = signed_in.client.get(f"{ROOT}{path}", headers={"Accept-Language": "fr"})
        assert (seen.status_code, "Set-Cookie" in seen.headers) == (401, False)
        if scopes - {Scope.AWARDS}:
            refused = barely.get(path, 403)
            assert refused["scopes"] == sorted(scopes - {Scope.AWARDS})


def scopes_of(view: object) -> set[str]:
    return set(getattr(view, "scopes"))  # noqa: B009  # functions carry attributes


@pytest.mark.parametrize(
    ("path", "status", "wrong"),
    [
        ("/people?limit=0", 422, ["limit"]),
        ("/people?limit=101&cursor=x", 422, ["cursor", "limit"]),
        ("/people?limit=many", 422, ["limit"]),
        ("/people?cursor=1%00", 422, ["cursor"]),
        ("/people?cursor=9999999999999999999", 422, ["cursor"]),
        ("/people?updated_since=yesterday", 422, ["updated_since"]),
        ("/people?updated_since=2026-03-02T10:00:00", 422, ["updated_since"]),
        ("/people?updated_since=0001-01-01T00:00:00%2B14:00", 422, ["updated_since"]),
        ("/people?entity=%00", 422, ["entity"]),
        ("/people?update_since=2026-03-02", 422, ["update_since"]),
        ("/entities/lyon/completion?day=2026-02-30", 422, ["day"]),
        ("/people/%00", 404, None),
        ("/people/" + "f" * 33, 404, None),
        ("/campaigns/99999999999999999999", 404, None),
        ("/campaigns/0/people", 404, None),
        ("/nothing", 404, None),
        ("/people/", 404, None),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_a_reason(
    payroll: System, path: str, status: int, wrong: list[str] | None
) -> None:
    told = payroll.get(path, status)

    assert told["status"] == status
    assert told.get("parameters") == wrong
    assert told["detail"]
    assert told["request_id"]


def test_problems_are_told_in_the_language_that_is_accepted(app: Flask, payroll: System) -> None:
    wrong = payroll.ask("/people", "POST")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert wrong.json is not None
    assert wrong.json["title"] == "That cannot be done this way"
    assert wrong.headers["Content-Language"] == "en"
    french = System(app, None, "fr-CA")
    assert french.get("/people", 401)["title"] == "Il faut un jeton"
    assert french.get("/nothing", 404)["title"] == "Il n’y a rien à cette adresse"
    french.client.set_cookie("language", "en")
    assert french.get("/people", 401)["title"] == "Il faut un jeton"


def test_too_many_requests_wait_and_every_one_is_counted(
    app: Flask, behind: Behind, payroll: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("academy.api.clients.REQUESTS", Limit("api", 2, REQUESTS.window))

    answers = [payroll.ask("/awards").status_code for _ in range(3)]
    waiting = payroll.ask("/people")

    assert (answers, waiting.status_code) == ([200, 200, 429], 429)
    assert waiting.headers["Retry-After"] == "60"
    with behind():
        used = db.session.execute(select(ApiUse.day, ApiUse.operation, ApiUse.count))
        assert sorted(map(tuple, used)) == [(TODAY, "list_awards", 3), (TODAY, "list_people", 1)]
        jobs.forget_uses(MONDAY + timedelta(days=396))
        assert db.session.scalar(select(func.count(ApiUse.day))) == 2
        jobs.forget_uses(MONDAY + timedelta(days=397))
        assert db.session.scalar(select(func.count(ApiUse.day))) == 0


def test_an_answer_that_is_the_same_is_not_sent_again(payroll: System) -> None:
    first = payroll.ask("/awards")
    again = payroll.ask("/awards", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    caching = first.headers["Cache-Control"].split(", ")
    assert {"private", f"max-age={SECONDS}"} < set(caching)
    assert "Authorization" in first.headers["Vary"]
    assert payroll.ask("/awards", "HEAD").status_code == 200


def test_a_token_is_made_shown_once_and_taken_back(
    app: Flask, behind: Behind, visitor: Visitor
) -> None:
    with behind():
        admin = visitor.as_person(make_person(Role.ADMIN))
    page = admin.get(admin.get("/people").link("Systems that may read"))
    asked: Fields = {"name": "Payroll", "scopes": ["people:read"], "ends_on": "2026-12-31"}
    assert "No system may read yet." in page.text

    made = admin.submit(page, "/api/tokens", asked)
    again = admin.submit(page, "/api/tokens", asked, 400)

    token = made.all("dd code")[0]
    assert made.response.headers["Cache-Control"] == "no-store"
    assert "made already" in again.text
    payroll = System(app, token)
    assert len(payroll.get("/people")["items"]) == 1
    listed = admin.get("/api/tokens")
    assert token not in listed.text
    assert f"token ending in {token[-4:]}" in listed.text
    assert "1 request in thirty days" in listed.text
    for _ in range(2):
        number = listed.form("/revoke").action
        admin.submit(listed, "/revoke")
        assert payroll.get("/people", 401)
    assert "taken back" in admin.get("/api/tokens").text
    admin.post(number, {"csrf_token": page.html.select("input[name=csrf_token]")[0]["value"]})
    with behind():
        acts = list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))
        kept = db.session.scalars(select(ApiClient)).one()
        assert acts == ["api-token-made", "api-token-revoked"]
        assert token not in str(vars(kept))
    assert "people:read" in admin.get("/audit").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["people:write"]},
        {"ends_on": "2026-03-02"},
        {"ends_on": "2029-01-01"},
        {"ends_on": "soon"},
        {"place": "Nowhere"},
        {"once": "short"},
    ],
)
def test_a_token_that_cannot_be_is_not_made(
    behind: Behind, visitor: Visitor, wrong: dict[str, str | list[str]]
) -> None:
    with behind():
        admin = visitor.as_person(make_person(Role.ADMIN))
    right: Fields = {"name": "Payroll", "scopes": ["people:read"], "ends_on": "2026-12-31"}

    admin.submit(admin.get("/api/tokens"), "/api/tokens", {**right, **wrong}, 400)

    with behind():
        assert db.session.scalar(select(func.count(ApiClient.id))) == 0


def test_who_administers_a_part_lets_read_that_part(
    app: Flask, behind: Behind, company: Company
) -> None:
    with behind():
        let_read()
        let_read(within=company.sites["Brest"], once="b" * 32)
        person = make_person()
        people.grant(person, [Role.ADMIN], SINCE, company.sites["Lyon"])
        db.session.commit()
    admin = Visitor(app).as_person(person)
    page = admin.get("/api/tokens")
    asked: Fields = {"name": "Lyon", "scopes": ["people:read"], "ends_on": "2026-12-31"}

    assert page.all("li.line") == []
    for place in ("", "Brest", "Aurore"):
        admin.submit(page, "/api/tokens", {**asked, "place": place}, 400)
    token = admin.submit(page, "/api/tokens", {**asked, "place": "Lyon"}).all("dd code")[0]

    assert {each["entity"] for each in System(app, token).all("/people")} == {"lyon"}
    listed = admin.get("/api/tokens")
    assert len(listed.all("li.line")) == 1
    csrf = str(listed.html.select("input[name=csrf_token]")[0]["value"])
    with behind():
        others = list(db.session.scalars(select(ApiClient.id).where(ApiClient.name == "Payroll")))
    for number in others:
        admin.post(f"/api/tokens/{number}/revoke", {"csrf_token": csrf}, 403)
    admin.post("/api/tokens/999999/revoke", {"csrf_token": csrf}, 404)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_names_every_operation(app: Flask, language: str) -> None:
    page = Visitor(app, language).get("/api")
    told = document(app)["paths"]

    assert sorted(page.all("h3 code")) == sorted(f"GET {path}" for path in told)
    named = {operation["get"]["operationId"] for operation in told.values()}
    assert named == OPERATIONS.keys()
    served = Visitor(app).client.get(f"{ROOT}/openapi.json")
    assert served.json is not None
    assert served.json["openapi"] == "3.1.0"
    assert served.headers["Cache-Control"] == "max-age=300, public"
