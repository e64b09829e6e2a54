"""Waves on pages: what human resources do with them, and what those who wait may open."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from academy.database import db
from academy.hr.rollup import services as rollup
from academy.hr.waves import jobs, services
from academy.hr.waves.rules import Move, Verdict
from academy.people import services as people
from academy.people.models import Person, Role
from academy.people.role_kinds import NEVER_WAIT
from tests import waves
from tests.architecture.test_routes import ask, rules, token
from tests.campaigns import Company
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, do_round, make_person
from tests.pages.conftest import Behind, sit
from tests.visitor import Fields, Page, Visitor

OPEN_WHILE_WAITING = {
    "accounts.account",
    "accounts.email",
    "accounts.link",
    "accounts.password",
    "mailbox.mail",
    "factor.codes",
    "factor.factor",
    "factor.off",
    "factor.set_up",
    "mailbox.mailbox",
    "mailbox.preview",
    "notices.preferences",
    "people.preferences",
    "people.sign_out",
    "people.sign_out_everywhere",
    "privacy.erase_me",
    "privacy.my_data",
    "privacy.take_away",
    "signon.unlink",
    "waves.waiting",
    "workdays.change",
    "workdays.leave",
    "workdays.remove",
}
"""What is about oneself. Think twice before making it longer."""


def typed(**more: str | list[str]) -> Fields:
    return {"name_fr": "Lyon d’abord", "name_en": "Lyon first", "entities": "Lyon", **more}


def rows(page: Page) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in line.select("th, td")]
        for line in page.html.select(".figures-table tbody tr")
    ]


def csrf(page: Page, **more: str) -> Fields:
    found = page.html.select_one("input[name=csrf_token]")
    assert found is not None
    return {"csrf_token": str(found["value"]), **more}


def test_a_wave_is_planned_decided_opened_and_paused(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    hr = sit(behind, visitor, company.hr)
    page = hr.get("/hr/waves")
    assert page.all(".empty h2") == ["Open to everybody"]

    form = hr.get("/hr/waves/new")
    page = hr.submit(form, "/new", typed(opens_on="tomorrow"), 400)
    assert "Tick this to declare the first wave." in page.text
    page = hr.submit(form, "/new", typed(understood="y", entities="Atlantis"), 400)
    assert "Atlantis" in page.text
    page = hr.submit(form, "/new", typed(understood="y", opens_on="2026-04-06"))
    assert page.title == "Lyon first"
    assert "Planned for: 6 April 2026" in page.text
    assert "It is being counted" in page.text
    with behind():
        jobs.look_after(MONDAY)
    page = hr.get(page.url)
    assert "8 people belong to it today." in page.text
    assert "Who work in: Lyon" in page.text
    assert "Open this wave" not in page.text

    page = hr.submit(page, "/decide", {"verdict": "wait", "wait_until": "2026-03-01"}, 400)
    assert "Choose a day to come." not in page.text  # the reason is missing first
    assert "Say why" in page.text
    said = {"verdict": "wait", "wait_until": "2026-03-01", "reason": "Not yet."}
    assert "Choose a day to come." in hr.submit(page, "/decide", said, 400).text
    page = hr.submit(page, "/decide", {**said, "wait_until": "2026-03-09"})
    assert "Wait until 9 March 2026" in page.text
    page = hr.submit(page, "/decide", {"verdict": "go", "reason": "Ready."})
    assert page.all("#decisions-title ~ ol .line-title") == ["Go", "Wait until 9 March 2026"]
    assert "Ada Number" in page.text

    edit = hr.get(page.link("Change the wave"))
    assert edit.all("#entities") == ["Lyon"]
    page = hr.submit(edit, "/edit", typed(entities="Nice\nBrest", opens_on=""))
    assert "Planned for: not yet known" in page.text
    assert "changed while you had it open" in hr.submit(edit, "/edit", typed(), 409).text

    page = hr.submit(page, "/open")
    assert page.all(".lead .mark") == ["Open"]
    assert "It is being counted" in page.text
    with behind():
        rollup.advance(MONDAY)
        jobs.look_after(MONDAY)
    page = hr.get(page.url)
    assert rows(page) == [["Lyon first", "8", "5", "0", "0", "0 %", "not yet"]]
    assert "0 lessons or questions wait" in page.text
    page = hr.submit(page, "/pause")
    assert page.all(".lead .mark") == ["Paused"]
    page = hr.submit(page, "/resume")
    hr.get(f"{page.url}/edit", 404)

    second = hr.submit(hr.get("/hr/waves/new"), "/new", typed(name_en="Nice", entities="Nice"))
    with behind():
        jobs.look_after(MONDAY)
    assert "Fewer than five people belong to it today." in hr.get(second.url).text
    page = hr.submit(hr.get("/hr/waves"), "/earlier")
    assert page.all(".line-title") == ["1. Nice", "2. Lyon first"]
    page = hr.submit(hr.get(f"{second.url}/edit"), "/discard")
    assert page.all(".line-title") == ["1. Lyon first"]


def test_waves_are_for_whoever_looks_after_the_whole_company(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        number = waves.plan(company.hr, company.sites["Lyon"])
    for person in (company.hr_of_lyon, company.staff["Lyon"][0]):
        with behind():
            people.grant(db.session.get_one(Person, person.id), [Role.ORGANISER], TODAY)
            db.session.commit()
        them = sit(behind, visitor, person)
        here = f"/hr/waves/{number}"
        for path in ("/hr/waves", "/hr/waves/new", here, f"{here}/edit"):
            them.get(path, 403)
        fields = csrf(them.get("/preferences"), version="1")
        for path in ("decide", "open", "discard", "earlier"):
            them.post(f"{here}/{path}", fields, 403)
    hr = sit(behind, visitor, company.hr)
    hr.get("/hr/waves/99", 404)
    fields = csrf(hr.get("/hr/waves"), version="1")
    hr.post("/hr/waves/99/open", fields, 404)
    hr.post(f"/hr/waves/{number}/sideways", fields, 404)


def test_who_waits_reads_when_the_academy_opens_and_is_let_in_as_they_come(
    visitor: Visitor, behind: Behind, company: Company, count_statements: Counting
) -> None:
    person = company.staff["Lyon"][0]
    with behind():
        number = waves.plan(company.hr, company.sites["Lyon"], opens_on=date(2026, 4, 6))
        jobs.look_after(MONDAY)
    them = sit(behind, visitor, person)

    page = them.get("/minute")
    assert page.url == "/waiting"
    assert page.title == "Your academy opens on 6 April 2026"
    assert page.all(".nav-link") == []
    assert page.html.select("a.bell") == []
    for link in page.html.select("main a, .account-menu a"):
        assert them.get(str(link["href"])).url == link["href"]
    with count_statements() as statements:
        them.get("/waiting")
    assert len(statements) == 4

    with behind():
        services.change(number, 1, waves.wave(company.sites["Lyon"]), company.hr.id, MONDAY)
        services.decide(number, services.Decision(Verdict.GO, "Now."), "go", company.hr.id, MONDAY)
        db.session.commit()
    assert them.get("/").title == "Your academy opens soon"
    with behind():
        waves.move(number, Move.OPEN, company.hr)
    assert them.get("/minute").url == "/"  # let in on the way
    assert them.get("/minute").url == "/minute"
    assert them.get("/waiting").url == "/"
    with behind():
        do_round(db.session.get_one(Person, person.id))
        waves.move(number, Move.PAUSE, company.hr)
        jobs.look_after(MONDAY)
    assert them.get("/minute").url == "/minute"


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_all_that_is_not_about_oneself_is_closed_to_who_waits(app: Flask, method: str) -> None:
    with app.app_context():
        person = make_person()
        db.session.execute(update(Person).where(Person.id == person.id).values(waits=True))
        db.session.commit()
    visitor = Visitor(app).as_person(person)
    fields = {"csrf_token": token(visitor)} if method == "POST" else {}
    opened = set()

    for endpoint, path in rules(app, method):
        guard = getattr(app.view_functions[endpoint], "guard", None)
        if guard is None or not guard.signed_in:
            continue
        visitor.as_person(person)
        answer = ask(visitor, method, path, **fields)
        if guard.even_waiting:
            opened.add(endpoint)
            assert answer.location != "/waiting", path
            with app.app_context():
                person = db.session.scalar(select(Person)) or person  # signed out everywhere
        else:
            assert (answer.status_code, answer.location) == (303, "/waiting"), path

    assert opened <= OPEN_WHILE_WAITING
    said = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if (guard := getattr(view, "guard", None)) and guard.even_waiting
    }
    assert said == OPEN_WHILE_WAITING


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_who_has_work_to_do_in_a_role_never_waits(app: Flask) -> None:
    for role in Role:
        with app.app_context():
            person = make_person(role)
            db.session.execute(update(Person).where(Person.id == person.id).values(waits=True))
            db.session.commit()
        page = Visitor(app).as_person(person).get("/")
        assert (page.url == "/waiting") == (role not in NEVER_WAIT), role


def test_what_the_pages_of_waves_ask_of_the_database(
    visitor: Visitor, behind: Behind, company: Company, count_statements: Counting
) -> None:
    with behind():
        for _many in range(3):
            number = waves.opened(company.hr, company.sites["Lyon"])
        planned = waves.plan(company.hr, company.sites["Brest"])
    hr = sit(behind, visitor, company.hr)
    counted = {}
    for name, path in (
        ("waves", "/hr/waves"),
        ("a wave that is open", f"/hr/waves/{number}"),
        ("a wave that is planned", f"/hr/waves/{planned}"),
        ("a wave to write", "/hr/waves/new"),
    ):
        hr.get(path)
        with count_statements() as statements:
            hr.get(path)
        counted[name] = len(statements)

    assert counted == {
        "waves": 5,
        "a wave that is open": 6,
        "a wave that is planned": 6,
        "a wave to write": 5,
    }
