"""The read API: what systems are told, within their reach, and what never leaves it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy import func, select, update

from academy.api import jobs
from academy.api.models import ApiPerson
from academy.api.scopes import Scope
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
from academy.people.directory import services as directory
from academy.people.models import Person, Posting, Role
from tests import campaigns, figures
from tests.campaigns import Company
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, earn_passport, make_person
from tests.pages.conftest import Behind
from tests.systems import System, let_read
from tests.visitor import Visitor

SINCE = date(2025, 1, 6)
LATER = MONDAY + timedelta(hours=1)


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
