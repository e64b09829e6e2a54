"""The page of wishes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from academy.database import db
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import Side
from academy.mentoring.wishes.models import Liking, Wish
from academy.mentoring.wishes.queries import met
from academy.mentoring.wishes.rules import Choice
from academy.people.models import Person, Role
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.pages.conftest import Behind, token
from tests.programmes import call, volunteer
from tests.visitor import Page, Visitor
from tests.wishing import Company, company, note, wish

OVER = MONDAY + timedelta(days=11)


@pytest.fixture
def met_all(behind: Behind) -> Company:
    """One mentor and three mentees who all met."""
    with behind():
        return company(1, 3)


def kept(behind: Behind, person: Person) -> dict[int, Choice]:
    with behind():
        rows = db.session.scalars(select(Wish).where(Wish.person_id == person.id))
        return {row.other_id: Choice(row.rank, row.veto) for row in rows}


def shown(page: Page, zone: str) -> list[str]:
    return page.all(f"[data-zone={zone}] h3")


def names(people: list[Person]) -> list[str]:
    return [f"Ada {each.family_name}" for each in people]


def test_the_first_order_is_what_the_notes_propose_and_nothing_is_kept(
    visitor: Visitor, behind: Behind, met_all: Company
) -> None:
    number, [ada], [bob, cleo, dan] = met_all
    with behind():
        note(ada, number, cleo, Liking.GLADLY, "Knows every map.", Side.MENTOR)
        note(ada, number, dan, Liking.RATHER_NOT, "", Side.MENTOR)

    page = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")

    assert shown(page, "ranked") == names([cleo])
    assert shown(page, "fine") == names([bob])
    assert shown(page, "refused") == names([dan])
    assert "Knows every map." in page.text
    assert "Nothing is kept yet" in page.text
    with behind():
        assert all(each.kept == Choice() for each in met(ada.id, number))


def test_wishes_are_drafted_handed_in_and_changed(
    visitor: Visitor, behind: Behind, met_all: Company
) -> None:
    number, [ada], [bob, cleo, dan] = met_all
    page = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")
    said = {f"wish-{bob.id}": "2", f"wish-{cleo.id}": "2", f"wish-{dan.id}": "no"}

    page = visitor.submit(page, "/wishes", {**said, "act": "draft"})
    assert "A draft, saved on" in page.text
    assert shown(page, "ranked") == names([bob, cleo])
    page = visitor.submit(page, "/wishes", {**said, f"wish-{bob.id}": "1", "act": "hand-in"})
    assert "Handed in on" in page.text
    assert kept(behind, ada) == {
        bob.id: Choice(1),
        cleo.id: Choice(2),
        dan.id: Choice(veto=True),
    }


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"wish-{stranger}": "1"}, "people you met"),
        ({"wish-{bob}": "4"}, "from 1 to as many"),
        ({"wish-{bob}": ["1", "2"]}, "came twice"),
        ({"act": "publish"}, "could not be understood"),
        ({"act": ""}, "could not be understood"),
    ],
)
def test_what_cannot_be_wished_is_refused_with_a_reason_and_nothing_is_kept(
    visitor: Visitor,
    behind: Behind,
    met_all: Company,
    typed: dict[str, str | list[str]],
    reason: str,
) -> None:
    number, [ada], [bob, cleo, _dan] = met_all
    with behind():
        stranger = make_person()
    page = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")
    fields: dict[str, str | list[str]] = {f"wish-{cleo.id}": "1", "act": "draft"}
    fields |= {name.format(stranger=stranger.id, bob=bob.id): said for name, said in typed.items()}

    refused = visitor.submit(page, "/wishes", fields, 400)

    assert reason in refused.text
    assert kept(behind, ada) == {}


def test_two_tabs_tell_of_one_another_and_the_second_decides_after_reading(
    visitor: Visitor, behind: Behind, met_all: Company
) -> None:
    number, [ada], [bob, cleo, dan] = met_all
    old = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")
    with behind():
        wish(ada, number, {bob: 1, cleo: 2, dan: None})
    said = {f"wish-{bob.id}": "3", f"wish-{cleo.id}": "2", "act": "draft"}

    page = visitor.submit(old, "/wishes", said, 409)

    assert "saved elsewhere meanwhile" in page.text
    assert page.all(".wish-kept") == ["Kept now: My number 1"]
    assert shown(page, "ranked") == names([cleo, bob])
    assert kept(behind, ada)[bob.id] == Choice(1)
    visitor.submit(page, "/wishes", said)
    assert kept(behind, ada)[bob.id] == Choice(3)


def test_after_the_last_day_what_was_said_is_shown_and_nothing_changes(
    visitor: Visitor,
    behind: Behind,
    met_all: Company,
    now: Callable[[datetime], None],
) -> None:
    number, [ada], [bob, _cleo, _dan] = met_all
    with behind():
        wish(ada, number, {bob: 1})
    old = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")
    now(OVER)

    refused = visitor.submit(old, "/wishes", {f"wish-{bob.id}": "no", "act": "draft"}, 409)
    assert "could be changed until 12 March 2026" in refused.text
    page = visitor.get(f"/mentoring/{number}/wishes")
    assert page.all("select") == []
    assert page.all(".wish-said")[0] == "My number 1"
    assert kept(behind, ada)[bob.id] == Choice(1)


def test_the_last_day_ends_where_the_person_is(
    visitor: Visitor,
    behind: Behind,
    met_all: Company,
    now: Callable[[datetime], None],
) -> None:
    number, [ada], [bob, _cleo, _dan] = met_all
    with behind():
        db.session.execute(
            update(Person).where(Person.id == ada.id).values(zone="America/Montreal")
        )
        db.session.commit()
    now(datetime.fromisoformat("2026-03-13T02:00:00+00:00"))  # still the 12th in Montreal

    page = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")
    visitor.submit(page, "/wishes", {f"wish-{bob.id}": "1", "act": "hand-in"})

    assert kept(behind, ada)[bob.id] == Choice(1)


def test_who_left_after_the_page_was_opened_is_passed_over(
    visitor: Visitor, behind: Behind, met_all: Company
) -> None:
    number, [ada], [bob, cleo, _dan] = met_all
    page = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")
    with behind():
        db.session.execute(update(Person).where(Person.id == bob.id).values(active=False))
        db.session.commit()

    said = {f"wish-{bob.id}": "1", f"wish-{cleo.id}": "2", "act": "hand-in"}
    page = visitor.submit(page, "/wishes", said)

    assert shown(page, "ranked") == names([cleo])
    assert bob.id not in kept(behind, ada)


def test_before_any_meeting_the_page_says_so_and_strangers_have_none(
    visitor: Visitor, behind: Behind
) -> None:
    with behind():
        organiser, ada, stranger = make_person(Role.ORGANISER), make_person(), make_person()
        number = call(organiser)
        volunteer(ada, number)

    assert (
        "You have met nobody yet" in visitor.as_person(ada).get(f"/mentoring/{number}/wishes").text
    )
    for nobody in (stranger, organiser):
        visitor.as_person(nobody).get(f"/mentoring/{number}/wishes", 404)
        forged = {"csrf_token": token(visitor), "act": "draft"}
        visitor.post(f"/mentoring/{number}/wishes", forged, 404)


def test_nobody_reads_what_others_wish_of_them(
    visitor: Visitor, behind: Behind, met_all: Company
) -> None:
    number, [ada], [bob, _cleo, _dan] = met_all
    with behind():
        note(ada, number, bob, Liking.RATHER_NOT, "Speaks too loud.", Side.MENTOR)
        wish(ada, number, {bob: "no"})

    page = visitor.as_person(bob).get(f"/mentoring/{number}/wishes")

    assert shown(page, "fine") == names([ada])
    assert "loud" not in page.text


def test_the_page_asks_three_statements_and_saving_a_few_more(
    visitor: Visitor, behind: Behind, met_all: Company, count_statements: Counting
) -> None:
    number, [ada], [bob, _cleo, _dan] = met_all
    page = visitor.as_person(ada).get(f"/mentoring/{number}/wishes")
    with count_statements() as reading:
        visitor.client.get(f"/mentoring/{number}/wishes")
    fields = page.form("/wishes").filled({f"wish-{bob.id}": "1", "act": "draft"})
    with count_statements() as saving:
        visitor.client.post(f"/mentoring/{number}/wishes", data=fields)

    assert len(reading) == 3
    assert len([each for each in saving if "advisory" not in each]) == 7


def test_an_ended_programme_has_no_wishes(
    visitor: Visitor, behind: Behind, met_all: Company
) -> None:
    number, [ada], _mentees = met_all
    with behind():
        db.session.execute(update(Programme).where(Programme.id == number).values(state="ended"))
        db.session.commit()

    page = visitor.as_person(ada).get(f"/mentoring/{number}/wishes", 404)
    assert page.html.select(".wish") == []
