"""Reading the audit log."""

from collections.abc import Callable

import pytest

from academy.database import db
from academy.people import audit
from academy.people.audit import PAGE, Act
from academy.people.models import Person, Role
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.visitor import Visitor


@pytest.fixture
def awa(behind: Behind) -> Person:
    with behind():
        return make_person(Role.ADMIN)


@pytest.fixture
def desk(visitor: Visitor, awa: Person) -> Visitor:
    return visitor.as_person(awa)


def record(behind: Behind, actor: Person | None, subject: str, act: str, times: int = 1) -> None:
    with behind():
        for _ in range(times):
            audit.record(actor.id if actor else None, act, subject, MONDAY, {"role": "hr"})
        db.session.commit()


def test_an_empty_log_says_so(desk: Visitor) -> None:
    assert "No administrative act fits." in desk.get("/audit").text


def test_a_line_says_who_did_what_to_whom(
    desk: Visitor, behind: Behind, awa: Person, ada: Person
) -> None:
    record(behind, awa, audit.person(ada.id), Act.ROLE_GRANTED)

    page = desk.get("/audit")

    assert page.all(".ledger tbody tr") == [
        "2 March 2026, 11:00 Role granted Human resources "
        f"To whom, or what Ada {ada.family_name} By Ada {awa.family_name}"
    ]
    assert page.link(f"Ada {ada.family_name}") == f"/people/{ada.id}"


def test_what_has_no_word_yet_is_shown_as_it_was_recorded(desk: Visitor, behind: Behind) -> None:
    record(behind, None, "novelty:7", "something-new")

    (line,) = desk.get("/audit").all(".ledger tbody tr")

    assert "novelty:7" in line


def test_subjects_and_acts_of_other_features_are_shown(desk: Visitor, behind: Behind) -> None:
    record(behind, None, "release:ab12", "something-new")

    (line,) = desk.get("/audit").all(".ledger tbody tr")

    assert "something-new" in line
    assert "Release ab12" in line
    assert "The academy itself" in line


def test_the_log_is_read_by_act_by_actor_and_page_by_page(
    desk: Visitor, behind: Behind, awa: Person, ada: Person
) -> None:
    record(behind, ada, "person:1", Act.ROLE_GRANTED)
    record(behind, awa, "person:1", Act.ACCOUNT_CLOSED, PAGE + 2)

    def lines(query: str) -> int:
        return len(desk.get(f"/audit?{query}").html.select(".ledger tbody tr"))

    assert lines(f"actor={ada.email}") == 1
    assert lines("act=role-granted") == 1
    assert lines(f"actor={ada.email}&act=account-closed") == 0
    page = desk.get("/audit?act=account-closed")
    older = desk.get(page.link("Older"))
    assert len(older.html.select(".ledger tbody tr")) == 2
    assert older.link("Newer") == "/audit?act=account-closed"


@pytest.mark.parametrize("typed", ["nobody@aurore.example", "a%00b", "'", "x" * 300])
def test_an_address_that_is_nobodys_finds_nothing(desk: Visitor, typed: str) -> None:
    page = desk.get(f"/audit?actor={typed}")

    assert page.all("#actor-error") == ["Nobody has this address."]


def test_the_log_is_for_administrators(reader: Visitor) -> None:
    reader.get("/audit", 403)


def test_a_page_takes_three_statements(
    desk: Visitor,
    behind: Behind,
    awa: Person,
    count_statements: Callable[[], "object"],
) -> None:
    for _ in range(5):
        with behind():
            somebody = make_person()
        record(behind, awa, audit.person(somebody.id), Act.ROLE_GRANTED, 4)

    with count_statements() as statements:  # type: ignore[attr-defined]
        desk.get("/audit")

    assert len(statements) == 3
