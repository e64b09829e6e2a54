"""The read API: who may ask, what they are told, and what never leaves it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from academy.api import jobs
from academy.api.clients import REQUESTS
from academy.api.document import document
from academy.api.guarding import SECONDS
from academy.api.models import ApiClient, ApiPerson, ApiUse
from academy.api.scopes import Scope
from academy.api.words import OPERATIONS
from academy.database import db
from academy.hr.campaigns import jobs as campaign_jobs
from academy.hr.campaigns.rules import Move
from academy.hr.rollup.models import HrFigures
from academy.passport import codes
from academy.passport import queries as passports
from academy.passport.credentials import services as credentials
from academy.passport.credentials.models import Credential
from academy.passport.links import services as links
from academy.passport.links.rules import Choice, Span
from academy.passport.models import Certificate, Status
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.directory import services as directory
from academy.people.models import Person, Posting, Role
from academy.web.guards import guard_of
from academy.web.throttle import Limit
from tests import campaigns, figures
from tests.campaigns import Company
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, earn_passport, make_person
from tests.pages.conftest import Behind
from tests.systems import ROOT, System, let_read
from tests.visitor import Fields, Visitor

SINCE = date(2025, 1, 6)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def company(behind: Behind) -> Company:
    """Lyon of eight people, Brest of six, Nice of two."""
    with behind():
        return campaigns.company()


@pytest.fixture
def payroll(app: Flask, behind: Behind) -> System:
    """A system that may read everything."""
    with behind():
        return System(app, let_read())


def of(app: Flask, behind: Behind, *scopes: Scope, within: str = "", company: Company) -> System:
    with behind():
        place = company.sites[within] if within else None
        return System(app, let_read(*scopes, within=place, once=f"{within:b<32}"))


def test_people_are_told_a_page_at_a_time_and_each_once(company: Company, payroll: System) -> None:
    page = payroll.get("/people?limit=7")
    everybody = payroll.all("/people?limit=7")

    assert len(page["items"]) == 7
    assert (
        len({each["id"] for each in everybody}) == len(everybody) == 19
    )  # with three without a place
    lyon = [each for each in everybody if each["entity"] == "lyon"]
    assert {each["trade"] for each in lyon} == {"driver", "baker"}
    assert len(lyon) == 8
    assert lyon[0].keys() == {
        *("id", "staff_number", "given_name", "family_name", "entity", "trade", "open"),
    }
    assert payroll.get(f"/people/{lyon[0]['id']}") == lyon[0]
    assert payroll.all("/people?entity=lyon&limit=3") == lyon
    assert payroll.get("/people?entity=nowhere", 404)["status"] == 404


def test_a_token_of_lyon_sees_lyon(app: Flask, behind: Behind, company: Company) -> None:
    whole = of(app, behind, company=company)
    lyon = of(app, behind, within="Lyon", company=company)
    brest = next(each for each in whole.all("/people") if each["entity"] == "brest")

    assert {each["entity"] for each in lyon.all("/people?limit=3")} == {"lyon"}
    assert len(lyon.all("/people")) == 8
    assert [(each["key"], each["parent"]) for each in lyon.all("/entities")] == [("lyon", None)]
    assert [each["parent"] for each in whole.all("/entities?limit=2")] == [None, *3 * ["aurore"]]
    for path in (
        f"/people/{brest['id']}",
        f"/people/{brest['id']}/awards",
        "/people?entity=brest",
        "/people?entity=aurore",
        "/entities/brest/completion",
        "/entities/aurore/completion",
    ):
        assert lyon.get(path, 404)["title"] == "There is nothing at this address", path


def test_who_changed_is_told_after_the_moment_one_has(
    app: Flask, behind: Behind, company: Company, now: Callable[[datetime], None]
) -> None:
    whole = of(app, behind, company=company)
    lyon = of(app, behind, Scope.PEOPLE, within="Lyon", company=company)
    with behind():
        jobs.look_for_changes(MONDAY)
    first = whole.get("/people?updated_since=2020-01-01T00:00:00Z&limit=100")
    ada, bob, eve = company.staff["Lyon"][:3]
    since = f"?updated_since={first['as_of'].replace('+', '%2B')}"
    assert (len(first["items"]), whole.get(f"/people{since}")["items"]) == (20, [])

    with behind():
        db.session.get_one(Person, ada.id).family_name = "Renamed"
        people.post(
            db.session.get_one(Person, bob.id), company.sites["Brest"], "baker", date(2026, 3, 4)
        )
        directory.close_account(db.session.get_one(Person, eve.id), None, MONDAY)
        db.session.commit()
        assert jobs.look_for_changes(LATER) == 2  # Bob has not moved yet
        assert jobs.look_for_changes(LATER) == 0
    told = whole.all(f"/people{since}&limit=1")
    assert [(each["family_name"], each["open"]) for each in told] == [
        ("Renamed", True),
        (eve.family_name, False),
    ]
    assert [each["family_name"] for each in lyon.all(f"/people{since}")] == [
        "Renamed",
        eve.family_name,  # who left works there until tonight
    ]

    moved = datetime(2026, 3, 4, 0, 15, tzinfo=MONDAY.tzinfo)
    now(moved)
    with behind():
        jobs.look_for_changes(moved)
    told = whole.all(f"/people?updated_since={LATER.isoformat().replace('+', '%2B')}")
    assert [(each["id"], each["entity"]) for each in told] == [
        (bob.directory_key, "brest"),
        (eve.directory_key, None),
    ]


def test_nobody_is_looked_at_while_no_system_may_ask(
    app: Flask, behind: Behind, company: Company
) -> None:
    with behind():
        let_read(Scope.AWARDS)
        assert jobs.look_for_changes(MONDAY) == 0
        assert db.session.scalar(select(func.count(ApiPerson.person_id))) == 0


def test_figures_are_those_of_the_dashboard(app: Flask, behind: Behind) -> None:
    with behind():
        counted = figures.company()
        hr = make_person(Role.HR)
        reader = System(app, let_read(Scope.COMPLETION))

    told = reader.get("/entities/aurore/completion")
    page = Visitor(app).as_person(hr).get(f"/hr/entities/{counted.whole}")

    whole = told["whole"]["figures"]
    assert told["day"] == TODAY.isoformat()
    assert f"{round(100 * whole['passport'] / told['whole']['people'])} %" in page.text
    parts = {each["entity"]: each for each in told["parts"]}
    assert parts["lyon"]["people"] == 400
    assert {each["cut"] for each in told["cuts"]} == {
        "job",
        "language",
    }  # one contract tells nobody apart
    assert told["visas"] == [{"award": "visa-security", "people": whole["passport"]}]
    before = reader.get("/entities/aurore/completion?day=2026-02-20")
    assert before["day"] == "2026-02-20"
    assert before["whole"]["figures"]["passport"] < whole["passport"]
    assert reader.get("/entities/aurore/completion?day=2020-01-01", 404)
    assert reader.get("/entities/nowhere/completion", 404)


def test_a_group_that_is_too_small_is_told_as_null(app: Flask, behind: Behind) -> None:
    with behind():
        figures.company()
        nice = select(HrFigures).where(HrFigures.people == 12, HrFigures.cut == "")
        for each in db.session.scalars(nice):
            each.people, each.figures = None, {}
        db.session.commit()
        reader = System(app, let_read(Scope.COMPLETION))

    told = {each["entity"]: each for each in reader.get("/entities/aurore/completion")["parts"]}

    assert (told["nice"]["people"], told["nice"]["figures"]) == (None, None)
    assert reader.get("/entities/nice/completion")["whole"] == {"people": None, "figures": None}


def test_names_are_told_of_what_is_mandatory_and_was_told(
    app: Flask, behind: Behind, company: Company
) -> None:
    with behind():
        draft = campaigns.draft(company.hr)
        told = campaigns.announced(company.hr, name_en="Told")
        invited = campaigns.announced(company.hr, mandatory=False)
        brest = campaigns.announced(company.hr, company.sites["Brest"])
        campaign_jobs.look_after(LATER)
    whole = of(app, behind, company=company)
    lyon = of(app, behind, within="Lyon", company=company)
    groups = of(app, behind, Scope.COMPLETION, within="Brest", company=company)

    assert [each["id"] for each in whole.all("/campaigns")] == [brest, invited, told]
    assert [each["id"] for each in lyon.all("/campaigns")] == [invited, told]
    assert len(whole.all(f"/campaigns/{told}/people")) == 16
    names = lyon.all(f"/campaigns/{told}/people")
    assert {each["entity"] for each in names} == {"Lyon"}
    assert {each["state"] for each in names} == {"not-yet"}
    assert lyon.get(f"/people/{names[0]['id']}")["entity"] == "lyon"
    exact = whole.get(f"/campaigns/{told}")["parts"]
    assert {each["entity"]: each["people"] for each in exact} == {
        **{"aurore": 16, "lyon": 8, "brest": 6, "nice": 2},
    }
    for reader, path in (
        (whole, f"/campaigns/{invited}/people"),
        (whole, f"/campaigns/{draft}"),
        (whole, f"/campaigns/{draft}/people"),
        (lyon, f"/campaigns/{brest}"),
        (lyon, f"/campaigns/{brest}/people"),
    ):
        reader.get(path, 404)
    refused = groups.get(f"/campaigns/{told}/people", 403)
    assert refused["scopes"] == ["people:read"]
    with behind():
        campaigns.move(told, Move.WITHDRAW, company.hr)
    assert whole.get(f"/campaigns/{told}")["state"] == "withdrawn"


def test_of_awards_only_the_passport_is_told(app: Flask, behind: Behind, payroll: System) -> None:
    with behind():
        ada, bob = make_person(), make_person()
        earn_passport(ada)
        certificate = passports.valid_one(ada.id)
        assert certificate is not None
        code = certificate.code

    keys = {each["key"] for each in payroll.get("/awards")["items"]}
    held = payroll.get(f"/people/{ada.directory_key}/awards")["passport"]

    assert held["code"] == code
    assert {each["award"] for each in held["visas"]} < keys
    assert payroll.get(f"/people/{bob.directory_key}/awards")["passport"] is None
    only = System(app, None)
    with behind():
        only = System(app, let_read(Scope.PEOPLE, once="c" * 32))
    assert only.get(f"/people/{ada.directory_key}/awards", 403)["scopes"] == ["awards:read"]


def test_a_passport_is_verified_as_on_its_page(
    app: Flask, behind: Behind, payroll: System, now: Callable[[datetime], None]
) -> None:
    with behind():
        ada = make_person()
        earn_passport(ada)
        first = passports.valid_one(ada.id)
        assert first is not None
        wanted = links.Wanted(Choice(visas=False), Span.WEEK, "", "x" * 32)
        link = links.open_link(ada.id, wanted, MONDAY)
        badge = next(each for each in payroll_awards(first) if each)
        file = credentials.give(ada.id, badge, MONDAY)
        db.session.commit()
    told = payroll.get(f"/verifications/{codes.grouped(first.code)}")
    assert (told["state"], told["attested"]["holder"]) == ("valid", f"Ada {ada.family_name}")
    assert (told["attested"]["complete"], bool(told["attested"]["visas"])) == (True, True)
    shown = payroll.get(f"/verifications/{link.code}")["attested"]
    assert (shown["complete"], shown["visas"]) == (False, [])
    signed = payroll.get(f"/verifications/credentials/{file.ref}")
    assert (signed["state"], signed["ended_on"]) == ("valid", None)

    now(MONDAY + timedelta(days=8))
    over = payroll.get(f"/verifications/{link.code}")
    assert (over["state"], over["attested"]) == ("expired", None)
    with behind():
        row, signed = (
            db.session.get_one(Certificate, first.id),
            db.session.get_one(Credential, file.id),
        )
        row.status, row.end_reason = Status.REVOKED, "issued by mistake"
        credentials.revoke(signed, "issued by mistake", MONDAY)
        db.session.commit()
    for path in (f"/verifications/{first.code}", f"/verifications/credentials/{file.ref}"):
        told = payroll.get(path)
        assert (told["state"], told["reason"]) == ("revoked", "issued by mistake")
    with behind():
        row = db.session.get_one(Certificate, first.id)
        row.status, row.replaced_by = Status.REPLACED, "BCDFGHJKMNPQ"
        db.session.commit()
    told = payroll.get(f"/verifications/{first.code}")
    assert (told["state"], told["replaced_by"]) == ("replaced", "BCDFGHJKMNPQ")
    for unknown in ("BCDF", "%00", "é" * 40, "x" * 3000):
        assert payroll.get(f"/verifications/{unknown}", 404)
        assert payroll.get(f"/verifications/credentials/{unknown}", 404)


def payroll_awards(certificate: Certificate) -> list[str]:
    """The visas a passport attests."""
    return [each["key"] for each in certificate.certified["visas"]]


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


def test_a_request_costs_the_same_however_large_the_company(
    app: Flask, behind: Behind, company: Company, count_statements: Counting
) -> None:
    """Three are the token, its use and its rate; a token of an entity asks once more what is under it."""
    with behind():
        number = campaigns.announced(company.hr)
        jobs.look_for_changes(MONDAY)
        db.session.execute(update(Posting).values(job_family="driver"))
        db.session.commit()
        key = company.staff["Lyon"][0].directory_key
    costs: dict[str, set[int]] = {}
    for within in ("", "Lyon"):
        system = of(app, behind, within=within, company=company)
        with behind():
            jobs.look_for_changes(LATER)
        for path in (
            "/people?limit=5",
            "/people",
            "/people?updated_since=2026-01-01T00:00:00Z",
            f"/people/{key}",
            f"/people/{key}/awards",
            "/entities",
            "/campaigns",
            f"/campaigns/{number}",
            f"/campaigns/{number}/people",
            "/awards",
            "/verifications/BCDF",
        ):
            with count_statements() as statements:
                answer = system.ask(path)
            assert answer.status_code in {200, 404}
            name = path.partition("?")[0].replace(str(key), "key").replace(f"/{number}", "/n")
            costs.setdefault(name, set()).add(len(statements))

    assert costs == {
        "/people": {6, 7},
        "/people/key": {4, 5},
        "/people/key/awards": {5, 6},
        "/entities": {4, 5},
        "/campaigns": {4, 6},
        "/campaigns/n": {9, 11},
        "/campaigns/n/people": {7, 10},
        "/awards": {3},
        "/verifications/BCDF": {5},
    }
