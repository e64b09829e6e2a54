"""The link in a mail that stops such mails: one button for people, one click for mail programs."""

import pytest

from academy.notices import queries, stopping
from academy.notices.stopping import What
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.pages.conftest import Behind
from tests.visitor import Visitor


@pytest.fixture
def link(behind: Behind, ada: Person) -> str:
    with behind():
        return stopping.link(ada.id, What.REMINDER, MONDAY).removeprefix("https://academy.example")


def reminded(behind: Behind, person: Person) -> bool:
    with behind():
        return queries.preferences(person.id).reminded


def test_looking_stops_nothing(visitor: Visitor, link: str, ada: Person, behind: Behind) -> None:
    page = visitor.get(link)
    visitor.client.head(link)

    assert page.title == "No more daily reminders?"
    assert reminded(behind, ada)


def test_one_button_stops_it_without_signing_in(
    visitor: Visitor, link: str, ada: Person, behind: Behind
) -> None:
    page = visitor.get(link)

    for _ in range(2):
        assert visitor.submit(page, "/stop/").title == "They are stopped"

    assert not reminded(behind, ada)


def test_a_mail_program_stops_it_by_rfc_8058(
    visitor: Visitor, link: str, ada: Person, behind: Behind
) -> None:
    """Neither cookie nor token of a form; the body says which click it was."""
    answer = visitor.client.post(link, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers or "_user_id" not in answer.headers["Set-Cookie"]
    assert not reminded(behind, ada)


def test_a_forged_link_stops_nothing_and_says_so(
    visitor: Visitor, link: str, ada: Person, behind: Behind
) -> None:
    forged = link[:-2] + ("aa" if link[-2:] != "aa" else "bb")

    assert visitor.get(forged, 410).title == "This link stops nothing"
    assert visitor.post(forged, {}, 400).title == "This link stops nothing"
    assert reminded(behind, ada)


def test_a_link_of_another_purpose_stops_nothing(
    visitor: Visitor, ada: Person, behind: Behind
) -> None:
    with behind():
        link = stopping.link(ada.id, "password", MONDAY).removeprefix("https://academy.example")

    visitor.post(link, {}, 400)

    assert reminded(behind, ada)


def test_one_kind_of_notice_is_stopped_by_mail_and_still_told(
    visitor: Visitor, ada: Person, behind: Behind
) -> None:
    with behind():
        link = stopping.link(ada.id, "reply", MONDAY).removeprefix("https://academy.example")

    page = visitor.submit(visitor.get(link), "/stop/")

    assert "No more mail when: somebody answers my question." in page.text
    with behind():
        assert queries.preferences(ada.id).mail == {"reply": False}


def test_a_link_opens_no_session(visitor: Visitor, link: str) -> None:
    visitor.submit(visitor.get(link), "/stop/")

    assert visitor.get("/account").url == "/sign-in"
