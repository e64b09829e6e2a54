"""What administrators do with accounts and roles, and what they may not."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from academy.database import db
from academy.people import audit
from academy.people import services as people
from academy.people.audit import Act, Wanted
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.roles import queries as roles
from tests.factories import PASSWORD, TODAY, make_person
from tests.pages.conftest import Behind, forge
from tests.postbox import link, mails
from tests.visitor import Form, Page, Visitor

SINCE = date(2020, 1, 1)


@pytest.fixture
def awa(behind: Behind) -> Person:
    """An administrator of the whole company."""
    with behind():
        return make_person(Role.ADMIN)


@pytest.fixture
def desk(visitor: Visitor, awa: Person) -> Visitor:
    return visitor.as_person(awa)


@pytest.fixture
def lyon(behind: Behind) -> Entity:
    with behind():
        company = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
        found = people.open_entity("lyon", EntityKind.SITE, "Lyon", SINCE, company)
        people.open_entity("lille", EntityKind.SITE, "Lille", SINCE, company)
        db.session.commit()
        return found


@pytest.fixture
def karim(behind: Behind, lyon: Entity) -> Person:
    """Somebody who works in a team in Lyon."""
    with behind():
        person = make_person(password=PASSWORD)
        people.rename(person, "Karim", "Benali")
        site = db.session.get_one(Entity, lyon.id)
        team = people.open_entity("team", EntityKind.TEAM, "Cahiers", SINCE, site)
        people.post(person, team, "sales", SINCE)
        db.session.commit()
        return person


@pytest.fixture
def of_lyon(app: Flask, behind: Behind, lyon: Entity) -> Visitor:
    """An administrator of Lyon only."""
    with behind():
        person = make_person()
        people.grant(person, [Role.ADMIN], SINCE, db.session.get_one(Entity, lyon.id))
        db.session.commit()
    return Visitor(app).as_person(person)


def grant(desk: Visitor, person: Person, status: int = 200, **fields: str) -> Page:
    path = f"/people/{person.id}"
    wanted = {"role": "author", "place": "company", "other": "", "first": "2026-03-02", "last": ""}
    found = desk.get(path).html.select_one("form.card")
    assert found is not None
    return desk.post(path, Form(found, path).filled({**wanted, **fields}), status)


def click(desk: Visitor, person: Person, act: str) -> Page:
    return desk.submit(desk.get(f"/people/{person.id}"), f"/people/{person.id}/{act}")


def acts(behind: Behind) -> list[str]:
    with behind():
        return [entry.act for entry in audit.entries(Wanted())[0]]


def test_only_administrators_find_the_page(app: Flask, desk: Visitor, karim: Person) -> None:
    theirs = Visitor(app).as_person(karim)
    assert "People" not in theirs.get("/").all(".account-list a")
    theirs.get("/people", 403)

    assert desk.get("/").link("People") == "/people"
    assert desk.get("/people").title == "People"


def test_somebody_is_found_and_opened(desk: Visitor, karim: Person) -> None:
    page = desk.get("/people?q=BENA")

    page = desk.get(page.link("Karim Benali"))

    assert page.title == "Karim Benali"
    assert "Cahiers, Lyon, Aurore" in page.text
    assert "A learner, like everybody here." in page.text


@pytest.mark.parametrize(
    ("typed", "words"), [("b", "Type at least two letters."), ("zz", "Nobody begins like this.")]
)
def test_a_search_that_finds_nobody_says_why(
    desk: Visitor, karim: Person, typed: str, words: str
) -> None:
    assert words in desk.get(f"/people?q={typed}").text


def test_whom_there_is_not_has_no_page(desk: Visitor) -> None:
    assert desk.get("/people/999999", 404).title == "There is nothing at this address"


def test_a_role_is_granted_and_opens_its_pages_at_once(
    app: Flask, desk: Visitor, behind: Behind, karim: Person
) -> None:
    page = grant(desk, karim, role="admin")

    assert page.all(".toast") == ["The role is granted."]
    assert page.all(".line-title") == ["Administration"]
    assert Visitor(app).as_person(karim).get("/people").title == "People"
    assert acts(behind) == [Act.ROLE_GRANTED]


def test_a_role_may_hold_within_an_entity_and_end(
    desk: Visitor, karim: Person, lyon: Entity
) -> None:
    page = grant(desk, karim, place=str(lyon.id), last="2026-06-30")

    assert page.all(".line-text") == ["Lyon · 2 March to 30 June 2026"]


def test_an_entity_elsewhere_is_named(desk: Visitor, karim: Person) -> None:
    page = grant(desk, karim, place="other", other="Lille")

    assert page.all(".line-text") == ["Lille · from 2 March 2026"]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"place": "other", "other": "Atlantis"}, "other", "No entity has this name or key."),
        ({"last": "2026-03-01"}, "last", "The last day comes before the first one."),
        ({"first": ""}, "first", "Choose the first day."),
        ({"place": ""}, "place", ""),
        ({"role": "king"}, "role", ""),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_beside_its_field(
    desk: Visitor, karim: Person, fields: dict[str, str], field: str, words: str
) -> None:
    page = grant(desk, karim, 400, **fields)

    assert words in page.all(f"#{field}-error")[0]
    assert page.all(".line-title") == []


def test_a_grant_elsewhere_that_names_no_entity_is_refused(desk: Visitor, karim: Person) -> None:
    unsaid = {"role": "author", "place": "other", "first": "2026-03-02", "last": ""}

    page = forge(desk, f"/people/{karim.id}", unsaid, 400)

    assert "No entity has this name or key." in page.all("#other-error")[0]


def test_a_double_click_grants_once(desk: Visitor, behind: Behind, karim: Person) -> None:
    for _ in range(2):
        page = grant(desk, karim)

    assert len(page.all(".line-title")) == 1
    assert acts(behind) == [Act.ROLE_GRANTED]


def test_a_role_taken_back_closes_its_pages_at_once(
    app: Flask, desk: Visitor, behind: Behind, karim: Person
) -> None:
    form = grant(desk, karim, role="admin").form("/revoke")

    for _ in range(2):
        page = desk.post(form.action, form.filled({}))

    assert page.all(".line-title") == []
    Visitor(app).as_person(karim).get("/people", 403)
    assert acts(behind) == [Act.ROLE_REVOKED, Act.ROLE_GRANTED]


def test_closing_an_account_ends_access_at_once_and_can_be_undone(
    app: Flask, desk: Visitor, behind: Behind, karim: Person
) -> None:
    theirs = Visitor(app).as_person(karim)
    assert theirs.get("/").title == "Hello Karim"

    page = click(desk, karim, "close")
    assert "This account is closed" in page.text
    assert theirs.get("/").url == "/sign-in"
    Visitor(app).sign_in(karim.email, PASSWORD, 401)

    click(desk, karim, "reopen")
    assert theirs.get("/").url == "/sign-in"
    assert Visitor(app).sign_in(karim.email, PASSWORD).title == "Hello Karim"
    assert acts(behind) == [Act.ACCOUNT_REOPENED, Act.ACCOUNT_CLOSED]


def test_a_password_link_goes_to_the_person_and_not_to_the_administrator(
    app: Flask, desk: Visitor, behind: Behind, karim: Person
) -> None:
    page = click(desk, karim, "link")

    (mail,) = mails(app)
    assert mail.address == karim.email
    assert "/reset/" not in page.response.text
    assert Visitor(app).get(link(mail)).title == "Choose a new password"
    assert acts(behind) == [Act.RESET_LINK_SENT]


def test_no_link_goes_to_a_closed_account(app: Flask, desk: Visitor, karim: Person) -> None:
    form = desk.get(f"/people/{karim.id}").form("/link")
    click(desk, karim, "close")

    page = desk.post(form.action, form.filled({}))

    assert page.all(".toast") == ["This account is closed: open it first."]
    assert [mail.once.partition(":")[0] for mail in mails(app)] == ["farewell"]


def test_the_last_administrator_is_kept(desk: Visitor, awa: Person) -> None:
    page = desk.get(f"/people/{awa.id}")

    for action in ("/close", "/revoke"):
        answer = desk.submit(page, action, status=409)
        assert "The academy needs an administrator" in answer.text

    assert desk.get("/people").title == "People"


def test_an_administrator_of_a_site_acts_within_it(of_lyon: Visitor, karim: Person) -> None:
    page = of_lyon.get(f"/people/{karim.id}")
    places = [str(found["value"]) for found in page.html.select("input[name=place]")]
    assert "company" not in places

    page = grant(of_lyon, karim, place=places[0])

    assert page.all(".toast") == ["The role is granted."]


def test_an_administrator_of_a_site_goes_no_further(
    of_lyon: Visitor, behind: Behind, awa: Person, karim: Person, ada: Person
) -> None:
    of_lyon.get(f"/people/{ada.id}", 403)
    for act in ("close", "reopen", "link"):
        forge(of_lyon, f"/people/{ada.id}/{act}", {}, 403)
    grant(of_lyon, karim, 400, place="company")
    grant(of_lyon, karim, 403, place="other", other="Lille")
    with behind():
        people.grant(db.session.get_one(Person, karim.id), [Role.HR], SINCE)
        db.session.commit()
        number = roles.held_by(karim.id, TODAY)[0].id
    assert of_lyon.get(f"/people/{karim.id}").html.select("form[action$='/revoke']") == []
    forge(of_lyon, f"/people/{karim.id}/roles/{number}/revoke", {}, 404)
    of_lyon.get("/audit", 403)

    assert acts(behind) == []


def test_an_administrator_of_a_site_does_not_close_one_of_the_company(
    of_lyon: Visitor, behind: Behind, awa: Person, karim: Person
) -> None:
    with behind():
        people.grant(db.session.get_one(Person, karim.id), [Role.ADMIN], SINCE)
        db.session.commit()

    forge(of_lyon, f"/people/{karim.id}/close", {}, 403)

    with behind():
        assert db.session.get_one(Person, karim.id).active


def test_a_role_is_taken_back_from_who_holds_it_only(
    desk: Visitor, behind: Behind, awa: Person, karim: Person
) -> None:
    with behind():
        number = roles.held_by(awa.id, TODAY)[0].id

    forge(desk, f"/people/{karim.id}/roles/{number}/revoke", {}, 404)

    with behind():
        assert number in [each.id for each in roles.held_by(awa.id, TODAY)]


def test_pages_take_the_same_statements_whoever_is_opened(
    desk: Visitor,
    behind: Behind,
    karim: Person,
    count_statements: Callable[[], "object"],
) -> None:
    with behind():
        person = db.session.get_one(Person, karim.id)
        people.grant(person, [Role.HR, Role.AUTHOR, Role.HOST, Role.MENTOR], SINCE)
        for _ in range(25):
            make_person()
        db.session.commit()

    with count_statements() as searching:  # type: ignore[attr-defined]
        desk.get("/people?q=ada")
    with count_statements() as opening:  # type: ignore[attr-defined]
        desk.get(f"/people/{karim.id}")

    assert (len(searching), len(opening)) == (2, 5)
