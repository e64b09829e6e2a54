"""Pages where administrators connect directories, explain their words, tie their groups to roles."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.models import Entity, Person, Posting, Role, RoleGrant
from academy.people.provisioning import tying
from academy.people.provisioning.models import DirectoryClient, DirectoryGroup, DirectoryWord
from academy.people.scim import jobs
from tests.conftest import MONDAY, Counting
from tests.directories import Directory, connect
from tests.factories import TODAY, make_person, make_site
from tests.pages.conftest import Behind
from tests.visitor import Form, Page, Visitor


@pytest.fixture
def admin(visitor: Visitor, behind: Behind) -> Visitor:
    with behind():
        return visitor.as_person(make_person(Role.ADMIN))


@pytest.fixture
def team(behind: Behind) -> Entity:
    with behind():
        return make_site()


@pytest.fixture
def directory(app: Flask, behind: Behind) -> Directory:
    with behind():
        return Directory(app, connect())


def make_token(admin: Visitor, status: int = 200, **more: str) -> Page:
    page = admin.get("/directories")
    (form,) = page.html.select("form.card")
    fields = {"name": "Entra ID", "ends_on": "2026-12-31", "once": "c" * 32, "people": "y", **more}
    return admin.post("/directories", Form(form, "/directories").filled(fields), status)


def shown(page: Page) -> str:
    return page.all("dd code")[-1]


def test_a_token_is_shown_once_and_works(app: Flask, admin: Visitor) -> None:
    page = make_token(admin)

    token = shown(page)
    assert Directory(app, token).get("/Users").status_code == 200
    assert page.response.headers["Cache-Control"] == "no-store"
    listed = admin.get("/directories")
    assert token not in listed.text
    assert f"token ending in {token[-4:]}" in listed.text
    assert "Last heard on" in listed.text


def test_the_same_form_twice_makes_one_token(admin: Visitor, behind: Behind) -> None:
    make_token(admin)
    again = make_token(admin, 400)

    assert "made already" in again.text
    with behind():
        assert db.session.scalar(select(func.count(DirectoryClient.id))) == 1


@pytest.mark.parametrize("day", ["2026-03-02", "2029-01-01", "", "soon"])
def test_a_token_ends_within_two_years(admin: Visitor, behind: Behind, day: str) -> None:
    make_token(admin, 400, ends_on=day)

    with behind():
        assert db.session.scalar(select(func.count(DirectoryClient.id))) == 0


def test_a_directory_is_disconnected_at_once(app: Flask, admin: Visitor, behind: Behind) -> None:
    token = shown(make_token(admin))

    page = admin.get("/directories")
    for _ in range(2):
        page = admin.submit(page, "/disconnect", {}) if "Disconnect" in page.text else page

    assert Directory(app, token).get("/Users").status_code == 401
    assert "disconnected" in page.text
    with behind():
        acts = list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))
    assert acts == ["directory-connected", "directory-revoked"]


def test_what_is_over_says_so(admin: Visitor, behind: Behind) -> None:
    make_token(admin)
    with behind():
        db.session.scalars(select(DirectoryClient)).one().ends_on = TODAY.replace(day=1)
        db.session.commit()

    assert admin.get("/directories").all(".mark") == ["over"]


def test_administrators_of_a_part_of_the_company_stay_outside(
    app: Flask, behind: Behind, team: Entity
) -> None:
    with behind():
        person = make_person()
        people.grant(person, [Role.ADMIN], TODAY, db.session.get_one(Entity, team.id))
        db.session.commit()
    visitor = Visitor(app).as_person(person)

    assert "Connected directories" not in visitor.get("/people").text
    for path in ("/directories", "/directories/words", "/directories/groups"):
        visitor.get(path, 403)


def test_a_word_is_explained_and_who_waited_gets_a_place(
    admin: Visitor, behind: Behind, directory: Directory, team: Entity
) -> None:
    for number in range(3):
        directory.make(email=f"p{number}@aurore.example", department="DIR 7", title="Ingénieure")
    page = admin.get("/directories/words")
    assert page.all(".line-title") == ["DIR 7", "Ingénieure"]
    assert "3 people" in page.text

    page = admin.get(page.link("Say what it is"))
    admin.submit(page, "/directories/words", {"word": "DIR 7", "place": team.key})
    admin.submit(page, "/directories/words", {"word": "Ingénieure", "job": "it"})
    for _ in range(2):
        with behind():
            jobs.settle(MONDAY)

    with behind():
        found = db.session.scalars(select(Posting)).all()
        assert {(each.entity_id, each.starts_on, each.job_family) for each in found} == {
            (team.id, TODAY, "it")
        }
        assert len({each.person_id for each in found if each.ends_on is None}) == 3
    assert "Every word is understood." in admin.get("/directories/words").text


@pytest.mark.parametrize(
    "fields",
    [
        {"word": ""},
        {"word": "DIR 7"},
        {"word": "DIR 7", "place": "Nowhere"},
        {"word": "DIR 7", "job": "astronaut"},
        {"word": "DIR 7", "job": "it", "place": "Lyon"},
    ],
)
def test_a_word_needs_one_meaning_that_exists(
    admin: Visitor, behind: Behind, team: Entity, fields: dict[str, str]
) -> None:
    page = admin.get("/directories/words")

    admin.submit(page, "/directories/words", fields, 400)

    with behind():
        assert db.session.scalar(select(func.count(DirectoryWord.id))) == 0


def test_a_word_is_explained_anew_and_forgotten(
    admin: Visitor, behind: Behind, team: Entity
) -> None:
    page = admin.get("/directories/words")
    admin.submit(page, "/directories/words", {"word": "DIR 7", "place": "Lyon"})
    page = admin.submit(page, "/directories/words", {"word": "dir 7", "place": team.key})
    assert page.all(".line-title") == ["dir 7"]

    page = admin.submit(page, "/forget", {})

    assert "Nothing needed to be explained so far." in page.text


def members(directory: Directory, *keys: str, group: str = "") -> str:
    said = {"displayName": "Authors", "members": [{"value": key} for key in keys]}
    if group:
        assert directory.ask("PUT", f"/Groups/{group}", said).status_code == 200
        return group
    made = directory.post("/Groups", said).json
    assert made is not None
    return str(made["id"])


def holders(behind: Behind) -> set[str]:
    """Who is an author today."""
    with behind():
        found = select(Person.email).join(RoleGrant, RoleGrant.person_id == Person.id)
        open_ones = RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on >= TODAY)
        return set(db.session.scalars(found.where(RoleGrant.role == "author", open_ones)))


def test_whoever_is_in_a_tied_group_holds_its_role(
    admin: Visitor, behind: Behind, directory: Directory
) -> None:
    ines, omar = (directory.make(email=f"{name}@aurore.example") for name in ("ines", "omar"))
    group = members(directory, ines)

    page = admin.submit(admin.get("/directories/groups"), "/role", {"role": "author"})
    assert "Its members hold this role now: Author." in page.text
    assert holders(behind) == {"ines@aurore.example"}

    members(directory, omar, group=group)
    assert holders(behind) == {"omar@aurore.example"}

    directory.ask("DELETE", f"/Users/{omar}")
    assert holders(behind) == set()

    members(directory, ines, group=group)
    admin.submit(admin.get("/directories/groups"), "/role", {"role": ""})
    assert holders(behind) == set()


def test_a_role_given_by_hand_outlives_the_group(
    admin: Visitor, behind: Behind, directory: Directory
) -> None:
    ines = directory.make(email="ines@aurore.example")
    with behind():
        person = db.session.scalars(select(Person).where(Person.directory_key == ines)).one()
        people.grant(person, [Role.AUTHOR], TODAY.replace(day=1))
        db.session.commit()
    group = members(directory, ines)
    admin.submit(admin.get("/directories/groups"), "/role", {"role": "author"})

    members(directory, group=group)

    assert holders(behind) == {"ines@aurore.example"}


def test_a_role_of_two_groups_ends_with_the_last(
    admin: Visitor, behind: Behind, directory: Directory
) -> None:
    ines = directory.make(email="ines@aurore.example")
    groups = [members(directory, ines) for _ in range(2)]
    with behind():
        for group in db.session.scalars(select(DirectoryGroup)).all():
            tying.tie(group, Role.AUTHOR, make_person().id, MONDAY)
        db.session.commit()

    directory.ask("DELETE", f"/Groups/{groups[0]}")
    assert holders(behind) == {"ines@aurore.example"}

    directory.ask("DELETE", f"/Groups/{groups[1]}")
    assert holders(behind) == set()


def test_nobody_becomes_administrator_by_a_group(
    admin: Visitor, behind: Behind, directory: Directory
) -> None:
    members(directory, directory.make())

    page = admin.get("/directories/groups")
    admin.submit(page, "/role", {"role": "admin"}, 400)

    with behind():
        assert db.session.scalars(select(DirectoryGroup.role)).one() is None


def test_a_group_of_many_is_no_role(
    admin: Visitor, behind: Behind, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tying, "MOST", 0)
    members(directory, directory.make())

    page = admin.submit(admin.get("/directories/groups"), "/role", {"role": "author"})

    assert "too many for a role" in page.text


def test_the_pages_ask_little_however_many_there_are(
    admin: Visitor, directory: Directory, team: Entity, count_statements: Counting
) -> None:
    for number in range(12):
        directory.make(email=f"p{number}@aurore.example", department=f"DIR {number}")
        members(directory)

    costs = {}
    for path in ("/directories", "/directories/words", "/directories/groups"):
        with count_statements() as statements:
            admin.get(path)
        costs[path] = len(statements)

    assert costs == {"/directories": 2, "/directories/words": 5, "/directories/groups": 2}
