"""Opening an account from a page: once, within one's reach, and with a way in for its owner."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.people import audit
from academy.people import services as people
from academy.people.accounts import queries as accounts
from academy.people.audit import Act, Wanted
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.newcomers import services
from academy.people.newcomers.services import Opening
from tests.conftest import MONDAY
from tests.factories import PASSWORD, TODAY, make_person
from tests.pages.conftest import Behind, forge
from tests.postbox import link, mails
from tests.services.crowd import all_at_once
from tests.visitor import Page, Visitor

SINCE = date(2020, 1, 1)
ADA = {
    "given_name": "Ada",
    "family_name": "Lovelace",
    "email": "Ada.Lovelace@aurore.example",
    "place": "Lyon",
    "job": "it",
    "other_job": "",
    "manager": "",
    "joined_on": "2026-03-02",
    "language": "en",
    "zone": "",
}


@pytest.fixture(autouse=True)
def tree(behind: Behind) -> None:
    with behind():
        company = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
        for key, name, zone in (
            ("lyon", "Lyon", "Europe/Paris"),
            ("montreal", "Montréal", "America/Toronto"),
        ):
            site = people.open_entity(key, EntityKind.SITE, name, SINCE, company, "FR", zone)
            people.open_entity(f"team-{key}", EntityKind.TEAM, "Cahiers", SINCE, site)
        db.session.commit()


def staff(app: Flask, behind: Behind, role: Role, key: str | None = None) -> Visitor:
    with behind():
        person = make_person()
        place = db.session.scalar(select(Entity).where(Entity.key == key)) if key else None
        people.grant(person, [role], SINCE, place)
        db.session.commit()
    return Visitor(app).as_person(person)


@pytest.fixture
def desk(app: Flask, behind: Behind) -> Visitor:
    return staff(app, behind, Role.ADMIN)


@pytest.fixture
def hr_of_lyon(app: Flask, behind: Behind) -> Visitor:
    return staff(app, behind, Role.HR, "lyon")


def open_account(desk: Visitor, status: int = 200, **fields: str) -> Page:
    return desk.submit(desk.get("/people/new"), "/people/new", {**ADA, **fields}, status)


def acts(behind: Behind) -> list[str]:
    with behind():
        return [entry.act for entry in audit.entries(Wanted())[0]]


def opened(behind: Behind, email: str = ADA["email"]) -> Person | None:
    with behind():
        return db.session.scalar(select(Person).where(Person.email == email.lower()))


def test_an_account_is_opened_and_its_owner_comes_in_by_the_invitation(
    app: Flask, desk: Visitor, behind: Behind
) -> None:
    page = open_account(desk, place="team-lyon")

    assert page.title == "Ada Lovelace"
    assert page.all(".toast") == ["The account is open, and the invitation on its way."]
    assert "Cahiers, Lyon, Aurore" in page.text
    assert "Information technology" in page.text
    assert acts(behind) == [Act.ACCOUNT_OPENED]
    (mail,) = mails(app)
    assert mail.address == ADA["email"].lower()
    assert "/reset/" not in page.response.text
    newcomer = Visitor(app)
    choose = newcomer.get(link(mail))
    assert choose.title == "Choose your password"
    signs_in = newcomer.submit(choose, "/reset/", {"password": PASSWORD, "again": PASSWORD})
    assert signs_in.all(".toast") == ["You may sign in with it now."]
    assert newcomer.sign_in(ADA["email"], PASSWORD).title == "Hello Ada"
    Visitor(app).get(link(mail), 410)


def test_the_invitation_is_good_for_a_week(
    app: Flask, desk: Visitor, now: Callable[[datetime], None]
) -> None:
    open_account(desk)
    path = link(mails(app)[0])

    now(MONDAY + timedelta(days=6, hours=23))
    assert Visitor(app).get(path).title == "Choose your password"
    now(MONDAY + timedelta(days=7))
    Visitor(app).get(path, 410)


def test_two_clicks_make_one_account_and_one_mail(
    app: Flask, desk: Visitor, behind: Behind
) -> None:
    form = desk.get("/people/new")

    first, second = (desk.submit(form, "/people/new", ADA) for _ in range(2))

    assert first.url == second.url
    assert len(mails(app)) == 1
    assert acts(behind) == [Act.ACCOUNT_OPENED]


def test_twenty_clicks_at_once_make_one_account(app: Flask, behind: Behind) -> None:
    with behind():
        lyon = db.session.scalars(select(Entity).where(Entity.key == "lyon")).one()
    wanted = Opening("ada@aurore.example", "Ada", "Lovelace", lyon, "it", TODAY, "en")

    numbers = all_at_once(app, lambda _n: services.open_account(wanted, None, TODAY, MONDAY))

    assert len(set(numbers)) == 1
    with behind():
        assert db.session.scalar(select(func.count(Person.id))) == 1
    assert len(mails(app)) == 1


def test_an_address_that_has_an_account_is_refused_beside_its_field(
    desk: Visitor, behind: Behind, now: Callable[[datetime], None]
) -> None:
    open_account(desk)

    for fields, later in (({"family_name": "Byron"}, 0), ({}, 11)):
        now(MONDAY + timedelta(minutes=later))
        page = open_account(desk, 400, **fields)
        assert "An account has this address already." in page.all("#email-error")[0]
    assert acts(behind) == [Act.ACCOUNT_OPENED]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"given_name": " "}, "given_name", "Type the given name."),
        ({"email": "ada"}, "email", "That is not an e-mail address"),
        ({"place": "Atlantis"}, "place", "No entity has this name or key."),
        ({"place": "Cahiers"}, "place", "Several entities are called so."),
        ({"manager": "nobody@aurore.example"}, "manager", "Nobody else has an open account"),
        ({"manager": ADA["email"]}, "manager", "Nobody else has an open account"),
        ({"job": "other", "other_job": " "}, "other_job", "Type the trade"),
        ({"job": ""}, "job", "Choose the trade."),
        ({"job": "wizard"}, "job", ""),
        ({"joined_on": "1930-01-01"}, "joined_on", "between 1940 and a year from now"),
        ({"joined_on": "2027-04-01"}, "joined_on", "between 1940 and a year from now"),
        ({"joined_on": "yesterday"}, "joined_on", "Choose the day they join."),
        ({"language": "la"}, "language", ""),
        ({"zone": "Moon/Tycho"}, "zone", "Choose a time zone of the list."),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    app: Flask, desk: Visitor, behind: Behind, fields: dict[str, str], field: str, words: str
) -> None:
    page = open_account(desk, 400, **fields)

    assert words in page.all(f"#{field}-error")[0]
    assert opened(behind) is None
    assert mails(app) == []


def test_the_newcomer_lives_by_the_clock_of_the_site_unless_said(
    desk: Visitor, behind: Behind
) -> None:
    open_account(desk, place="team-montreal")
    open_account(desk, place="team-montreal", email="b@aurore.example", zone="Europe/Brussels")

    zones = [opened(behind), opened(behind, "b@aurore.example")]

    assert [each and each.zone for each in zones] == ["America/Toronto", "Europe/Brussels"]


def test_what_need_not_be_said_need_not_be_sent(desk: Visitor, behind: Behind) -> None:
    needless = {"other_job", "manager", "language", "zone"}

    forge(
        desk, "/people/new", {name: ADA[name] for name in ADA if name not in needless}, status=200
    )

    person = opened(behind)
    assert person is not None
    assert (person.given_name, person.language, person.zone) == ("Ada", "en", "Europe/Paris")


def test_manager_trade_and_language_are_kept(desk: Visitor, behind: Behind) -> None:
    with behind():
        manager = make_person()

    page = open_account(
        desk, manager=manager.email, job="other", other_job=" Paper  maker ", language="fr"
    )

    assert f"{manager.given_name} {manager.family_name}" in page.text
    assert "Paper maker" in page.text
    found = opened(behind)
    assert found is not None
    assert (found.language, found.spoken) == ("fr", ["fr"])


def test_who_joins_later_has_a_place_at_once(desk: Visitor) -> None:
    page = open_account(desk, joined_on="2026-09-01")

    assert "Lyon, Aurore" in page.text
    assert "1 September 2026" in page.text


def test_hr_opens_accounts_in_their_entities_and_nowhere_else(
    hr_of_lyon: Visitor, behind: Behind
) -> None:
    form = hr_of_lyon.get("/people/new")
    assert [str(each["value"]) for each in form.html.select("#places option")] == [
        "Cahiers",
        "Lyon",
    ]

    page = open_account(hr_of_lyon, place="team-lyon")
    assert page.title == "Ada Lovelace"
    for elsewhere in ("Montréal", "team-montreal", "Aurore"):
        refused = open_account(hr_of_lyon, 400, place=elsewhere, email="b@aurore.example")
        assert "your own entities only" in refused.all("#place-error")[0]
    assert opened(behind, "b@aurore.example") is None


def test_hr_sees_the_person_at_work_but_neither_roles_nor_the_account(
    hr_of_lyon: Visitor, behind: Behind
) -> None:
    page = open_account(hr_of_lyon)

    assert "Grant a role" not in page.text
    assert "Close this account" not in page.text
    found = opened(behind)
    assert found is not None
    forge(hr_of_lyon, f"/people/{found.id}", {"role": "admin", "place": "company"}, 403)
    for act in ("close", "reopen", "link"):
        forge(hr_of_lyon, f"/people/{found.id}/{act}", {}, 403)


def test_hr_of_one_site_does_not_open_the_pages_of_another(
    hr_of_lyon: Visitor, desk: Visitor, behind: Behind
) -> None:
    open_account(desk, place="Montréal")
    found = opened(behind)
    assert found is not None

    hr_of_lyon.get(f"/people/{found.id}", 403)
    forge(hr_of_lyon, f"/people/{found.id}/invite", {}, 403)


def test_the_invitation_is_sent_again_while_there_is_no_password(
    app: Flask, hr_of_lyon: Visitor, behind: Behind, now: Callable[[datetime], None]
) -> None:
    page = open_account(hr_of_lyon)
    now(MONDAY + timedelta(days=8))

    for _ in range(2):
        again = hr_of_lyon.submit(page, "/invite")
        assert again.all(".toast") == ["The invitation is on its way again."]

    first, second = mails(app)
    assert Visitor(app).get(link(second)).title == "Choose your password"
    assert first.address == second.address
    assert acts(behind) == [Act.INVITATION_SENT, Act.ACCOUNT_OPENED]


def test_no_invitation_goes_to_who_has_a_password_or_a_closed_account(
    app: Flask, desk: Visitor, behind: Behind
) -> None:
    page = open_account(desk)
    mails(app)
    with behind():
        keys = accounts.keys_at(ADA["email"])
        assert keys is not None
        person = db.session.get_one(Person, keys.person_id)
        person.password_hash = "hashed"
        db.session.commit()

    refused = desk.submit(page, "/invite")

    assert "nothing was sent" in refused.all(".toast")[0]
    assert "The invitation" not in refused.all("h2")
    assert len(mails(app)) == 1


def test_opening_the_form_takes_two_statements_and_sending_it_eleven(
    desk: Visitor, count_statements: Callable[[], "object"]
) -> None:
    form = desk.get("/people/new")
    with count_statements() as showing:  # type: ignore[attr-defined]
        desk.get("/people/new")
    with count_statements() as opening:  # type: ignore[attr-defined]
        desk.client.post("/people/new", data=form.form("/people/new").filled(ADA))

    assert (len(showing), len(opening)) == (2, 11)
