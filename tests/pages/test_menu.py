"""The menu: in groups named by what one wants to do, each line for those whose role it is."""

from flask import Flask

from academy.database import db
from academy.people import services as people
from academy.people.models import EntityKind, Role
from tests.factories import TODAY, make_person
from tests.pages.conftest import Behind, on_sqlite_only
from tests.visitor import Page, Visitor

EVERYBODY = {
    "Go on learning": ["My path", "Kept for later", "My campaigns", "My rhythm"],
    "See what I won": ["My badges", "My history", "Gift shop"],
    "Talk with others": ["Groups", "My reports", "Mailbox"],
    "Set what is mine": ["My account", "Preferences", "What the academy keeps about me"],
}
CONTENTS = {"Look after the contents": ["Releases", "Problems reported", "How questions do"]}
FOLLOW = {"Follow and set going": ["Figures", "Campaigns", "Waves"]}
PEOPLE = {"Look after people": ["People", "Gift desk"]}


def wishes(page: Page) -> dict[str, list[str]]:
    """What stands under each heading, as a screen reader puts them together."""
    found = {}
    for lines in page.html.select(".account-menu ul"):
        heading = page.html.find(id=str(lines["aria-labelledby"]))
        assert heading is not None
        found[heading.get_text()] = [line.get_text(strip=True) for line in lines.select("a")]
    return found


def of(app: Flask, behind: Behind, *roles: Role) -> dict[str, list[str]]:
    with behind():
        person = make_person(*roles)
    return wishes(Visitor(app).as_person(person).get("/"))


@on_sqlite_only
def test_each_reader_finds_what_is_theirs_to_do_under_what_they_want(
    app: Flask, behind: Behind
) -> None:
    assert of(app, behind) == EVERYBODY
    assert of(app, behind, Role.AUTHOR) == EVERYBODY | CONTENTS
    assert of(app, behind, Role.HR) == EVERYBODY | FOLLOW | PEOPLE
    assert of(app, behind, Role.HOST) == EVERYBODY | {"Look after people": ["Gift desk"]}
    assert of(app, behind, Role.ORGANISER) == EVERYBODY | {
        "Look after people": ["Mentoring programmes"]
    }
    assert of(app, behind, Role.ADMIN) == EVERYBODY | FOLLOW | PEOPLE | CONTENTS


@on_sqlite_only
def test_who_helps_one_place_does_not_see_what_is_for_the_whole_company(
    app: Flask, behind: Behind
) -> None:
    with behind():
        person = make_person()
        company = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", TODAY)
        people.grant(person, [Role.HR], TODAY, company)
        db.session.commit()

    found = wishes(Visitor(app).as_person(person).get("/"))

    assert found["Follow and set going"] == ["Figures", "Campaigns"]


@on_sqlite_only
def test_the_menu_says_where_one_is_and_keeps_nothing_of_it_for_the_next_page(
    reader: Visitor,
) -> None:
    def here(path: str) -> list[str]:
        return reader.get(path).all(".account-menu [aria-current]")

    assert here("/history") == ["My history"]
    assert here("/badges") == ["My badges"]
    assert here("/") == []
    assert here("/history") == ["My history"]
