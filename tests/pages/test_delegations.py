"""Lending a role, seen from both sides."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from academy.database import db
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.models import Person, Role
from academy.people.roles import queries, services
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person
from tests.pages.conftest import Behind, forge
from tests.visitor import Page, Visitor

WEEK = {"first": "2026-03-09", "last": "2026-03-13"}


@pytest.fixture
def helen(behind: Behind) -> Person:
    """Somebody from HR."""
    with behind():
        return make_person(Role.HR)


@pytest.fixture
def at_hr(visitor: Visitor, helen: Person) -> Visitor:
    return visitor.as_person(helen)


@pytest.fixture
def karim(behind: Behind) -> Person:
    """A colleague."""
    with behind():
        person = make_person()
        people.rename(person, "Karim", "Benali")
        db.session.commit()
        return person


def grant_of(behind: Behind, person: Person) -> int:
    with behind():
        return queries.held_by(person.id, TODAY)[0].id


def lend(
    who: Visitor, typed: str, colleague: Person | None, status: int = 200, **days: str
) -> Page:
    start = who.get("/delegations")
    path = start.link("Lend :")
    page = who.get(f"{path}?q={typed}")
    chosen = {"colleague": str(colleague.id)} if colleague else {}
    return who.submit(page, path + "?", {**chosen, **WEEK, **days}, status)


def test_a_role_is_lent_in_three_steps_and_seen_by_both(
    at_hr: Visitor, helen: Person, karim: Person
) -> None:
    page = lend(at_hr, "kar", karim)

    assert page.url == "/delegations"
    assert page.all(".toast") == ["It is lent, and your colleague is told."]
    assert "Human resources · Karim Benali" in page.all(".line-title")
    theirs = Visitor(at_hr.app).as_person(karim).get("/delegations")
    assert f"lent by Ada {helen.family_name}" in theirs.text
    assert "You hold no role that can be lent." in theirs.text


def test_the_colleague_holds_it_on_those_days_only(
    at_hr: Visitor, karim: Person, now: Callable[..., None]
) -> None:
    lend(at_hr, "kar", karim)
    theirs = Visitor(at_hr.app).as_person(karim)

    held = []
    for day in (0, 7, 11, 12):
        now(MONDAY + timedelta(days=day))
        held.append("Human resources" in theirs.get("/account").text)

    assert held == [True, True, True, False]  # from the start it is announced


def test_the_only_one_found_is_chosen_already(at_hr: Visitor, karim: Person) -> None:
    path = at_hr.get("/delegations").link("Lend :")

    page = at_hr.get(f"{path}?q=benali")

    assert page.html.select("input[name=colleague][checked]")[0]["value"] == str(karim.id)


def test_one_does_not_find_oneself(at_hr: Visitor, helen: Person) -> None:
    path = at_hr.get("/delegations").link("Lend :")

    page = at_hr.get(f"{path}?q={helen.family_name}")

    assert "Nobody begins like this." in page.text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"last": "2026-03-08"}, "The last day comes before the first one."),
        ({"last": "2026-10-01"}, "A role is lent for six months at most."),
        ({"first": "2026-03-01"}, "A role is lent from today on"),
        ({"first": "2028-03-01", "last": "2028-03-02"}, "A role is lent at most a year ahead."),
        ({"last": "soon"}, ""),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_their_field(
    at_hr: Visitor, karim: Person, days: dict[str, str], words: str
) -> None:
    page = lend(at_hr, "kar", karim, 400, **days)

    assert words in page.all("#last-error")[0]
    assert page.html.select("input[name=colleague][checked]")


def test_a_colleague_has_to_be_chosen(at_hr: Visitor, karim: Person) -> None:
    page = lend(at_hr, "kar", None, 400)

    assert page.all("#colleague-error") == ["Choose a colleague."]


def test_who_holds_it_already_is_refused(at_hr: Visitor, karim: Person) -> None:
    lend(at_hr, "kar", karim)

    page = lend(at_hr, "kar", karim, 400, last="2026-03-20")

    assert page.all("#last-error") == ["This person already holds that role on some of these days."]


def test_taking_back_is_one_click_and_a_second_does_no_harm(at_hr: Visitor, karim: Person) -> None:
    page = lend(at_hr, "kar", karim)
    form = page.form("/revoke")

    for _ in range(2):
        page = at_hr.post(form.action, form.filled({}))

    assert page.all(".toast") == ["Taken back: from now on you alone hold this role."]
    assert "Nothing is lent." in page.text


def test_nobody_lends_or_takes_back_what_is_not_theirs(
    reader: Visitor, behind: Behind, helen: Person, karim: Person
) -> None:
    number = grant_of(behind, helen)
    with behind():
        mine = queries.grant_numbered(number)
        assert mine is not None
        person = db.session.get_one(Person, karim.id)
        lent = services.lend(mine, person, Span(TODAY, TODAY), TODAY, MONDAY)
        db.session.commit()

    reader.get(f"/delegations/{number}", 404)
    forge(reader, f"/delegations/{number}", {"colleague": str(karim.id), **WEEK}, 404)
    forge(reader, f"/delegations/{number}/revoke", {}, 404)
    forge(reader, f"/delegations/{lent.id}/revoke", {}, 404)

    with behind():
        assert len(queries.lent_by(helen.id, TODAY)) == 1


def test_what_is_lent_to_me_i_can_neither_lend_on_nor_give_back_for_the_lender(
    at_hr: Visitor, behind: Behind, karim: Person
) -> None:
    lend(at_hr, "kar", karim)
    number = grant_of(behind, karim)
    theirs = Visitor(at_hr.app).as_person(karim)

    theirs.get(f"/delegations/{number}", 404)
    forge(theirs, f"/delegations/{number}/revoke", {}, 404)
    assert grant_of(behind, karim) == number


def test_a_role_over_is_not_offered(at_hr: Visitor, behind: Behind, helen: Person) -> None:
    number = grant_of(behind, helen)
    with behind():
        mine = queries.grant_numbered(number)
        assert mine is not None
        mine.ends_on = date(2026, 3, 1)
        db.session.commit()

    assert "You hold no role that can be lent." in at_hr.get("/delegations").text
    at_hr.get(f"/delegations/{number}", 404)


def test_pages_take_the_same_statements_however_much_is_lent(
    at_hr: Visitor,
    behind: Behind,
    helen: Person,
    count_statements: Callable[[], "object"],
) -> None:
    number = grant_of(behind, helen)
    with behind():
        for _ in range(12):
            mine, colleague = queries.grant_numbered(number), make_person()
            assert mine is not None
            services.lend(mine, colleague, Span(TODAY, TODAY), TODAY, MONDAY)
        db.session.commit()

    with count_statements() as listing:  # type: ignore[attr-defined]
        at_hr.get("/delegations")
    with count_statements() as searching:  # type: ignore[attr-defined]
        at_hr.get(f"/delegations/{number}?q=num")

    assert (len(listing), len(searching)) == (3, 3)
