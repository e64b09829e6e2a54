"""The pages of calls and programmes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from academy.database import db
from academy.mentoring.programmes import queries, services
from academy.mentoring.programmes.rules import Move, Side
from academy.people import services as people
from academy.people.models import Person, Role
from tests.conftest import MONDAY
from tests.factories import TODAY, do_round, make_person, make_site
from tests.pages.conftest import Behind, token
from tests.programmes import call, draft, plan, volunteer
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[list[str]]]
SAID: dict[str, Any] = {
    "side": "mentor",
    "offered_1": "own:1",
    "languages": ["en"],
    "places": ["remote", "Lyon"],
    "slots": ["0-am", "4-pm"],
    "capacity": "2",
    "hopes": "To laugh.",
    "signed": "y",
}
WRITTEN: dict[str, Any] = {
    "name_fr": "Duo",
    "name_en": "Pairing up",
    "opens_on": "2026-03-02",
    "closes_on": "2026-03-20",
    "starts_on": "2026-04-01",
    "ends_on": "2026-07-01",
    "place": "",
    "remote": "y",
    "languages": ["fr", "en"],
    "themes": ["culture"],
    "topics_fr": "Tableurs",
    "topics_en": "Spreadsheets",
    "mentor_years": "2",
    "mentee_years": "0",
    "capacity": "1",
    "line_depth": "all",
    "months": "4",
    "code_fr": "Venir.",
    "code_en": "Come.",
}


@pytest.fixture
def organiser(behind: Behind) -> Person:
    with behind():
        return make_person(Role.ORGANISER)


@pytest.fixture
def ada(behind: Behind) -> Person:
    with behind():
        return make_person()


@pytest.fixture
def opened(behind: Behind, organiser: Person) -> int:
    with behind():
        return call(organiser)


def test_somebody_volunteers_is_listed_and_withdraws(
    visitor: Visitor, behind: Behind, ada: Person, organiser: Person, opened: int
) -> None:
    visitor.as_person(ada)
    assert "Adopt a mentor" in visitor.get("/").text
    page = visitor.get(visitor.get("/mentoring").link("Volunteer"))
    assert "We come on time." in page.text

    page = visitor.submit(page, f"/mentoring/{opened}", SAID)
    assert "Thank you" in page.text
    assert "Code of conduct signed on" in page.text

    board = visitor.as_person(organiser).get(f"/mentoring/programmes/{opened}")
    assert ada.family_name in board.text
    assert "Spreadsheets (up to 2 mentees)" in board.text
    assert "Monday morning, Friday afternoon" in board.text
    assert "To laugh." not in board.text

    page = visitor.as_person(ada).submit(page, "/rather-not")
    assert "what you had said is erased" in page.text
    assert "You would rather not" in page.text
    with behind():
        assert queries.volunteers(opened, None) == ([], None)


def test_what_is_missing_is_said_and_nothing_is_kept(
    visitor: Visitor, behind: Behind, ada: Person, opened: int
) -> None:
    page = visitor.as_person(ada).get(f"/mentoring/{opened}")
    nothing = {"side": "both", "capacity": "1"}

    page = visitor.submit(page, f"/mentoring/{opened}", nothing, 400)
    wrong = {tag["id"] for tag in page.html.select(".field-error")}
    assert wrong == {
        f"{name}-error"
        for name in ("offered_1", "wanted_1", "languages", "places", "slots", "signed")
    }
    twice = {**SAID, "offered_2": "own:1"}
    assert "Each topic once" in visitor.submit(page, f"/mentoring/{opened}", twice, 400).text
    foreign = {**SAID, "offered_1": "own:9"}
    visitor.submit(page, f"/mentoring/{opened}", foreign, 400)
    with behind():
        assert queries.volunteers(opened, None) == ([], None)


def test_the_path_is_looked_at_only_with_consent_and_nothing_is_kept(
    visitor: Visitor, behind: Behind, ada: Person, opened: int
) -> None:
    with behind():
        do_round(ada)
        do_round(ada, MONDAY.replace(day=1), right=False)
    page = visitor.as_person(ada).get(f"/mentoring/{opened}")

    asked = {"side": "both", "suggest": "1", "hopes": "Typed already"}
    assert "only if you say so" in visitor.submit(page, f"/mentoring/{opened}", asked, 400).text
    page = visitor.submit(page, f"/mentoring/{opened}", {**asked, "consent": "y"})
    assert page.all(".suggest-done") != []
    assert "Typed already" in page.text
    with behind():
        assert queries.volunteers(opened, None) == ([], None)


def test_apprentices_are_told_they_are_expected_and_may_say_rather_not(
    visitor: Visitor, behind: Behind, ada: Person, opened: int
) -> None:
    with behind():
        people.post(ada, make_site(), "apprenticeship", TODAY)
        db.session.commit()
    page = visitor.as_person(ada).get("/mentoring")
    assert "mentors by default" in page.text

    page = visitor.submit(page, "/rather-not")
    assert "nobody will ask why" in page.text
    assert "Adopt a mentor" not in visitor.get("/").text


def test_a_call_elsewhere_a_draft_and_an_ended_programme_have_no_page(
    visitor: Visitor, behind: Behind, ada: Person, organiser: Person
) -> None:
    with behind():
        numbers = [call(organiser, entity_id=make_site().id), draft(organiser)]
    visitor.as_person(ada)

    for number in numbers:
        visitor.get(f"/mentoring/{number}", 404)
        visitor.post(f"/mentoring/{number}/rather-not", {"csrf_token": token(visitor)}, 404)
    assert "No call for you today" in visitor.get("/mentoring").text


def test_who_moves_away_keeps_what_they_said_and_takes_no_other_side(
    visitor: Visitor, behind: Behind, ada: Person, organiser: Person
) -> None:
    with behind():
        team, elsewhere = make_site(), make_site()
        people.post(ada, team, "apprenticeship", TODAY - timedelta(days=9))
        terms = {"entity_id": team.id, "mentor_years": 1, "mentee_years": 50}
        number = call(organiser, **terms)
        volunteer(ada, number)
        people.post(ada, elsewhere, "sales", TODAY)
        ada.joined_on = TODAY.replace(year=TODAY.year - 3)
        db.session.commit()

    page = visitor.as_person(ada).get(f"/mentoring/{number}")
    assert [tag["value"] for tag in page.html.select("[name=side]")] == ["mentor"]
    assert "where you work" not in page.text
    visitor.submit(page, f"/mentoring/{number}", {**SAID, "side": "mentee"}, 400)
    page = visitor.submit(page, "/rather-not")
    assert "No call for you today" in page.text
    visitor.get(f"/mentoring/{number}", 404)


def test_after_the_call_volunteers_read_what_they_said_and_may_withdraw(
    visitor: Visitor, behind: Behind, ada: Person, organiser: Person, opened: int
) -> None:
    with behind():
        volunteer(ada, opened, side=Side.BOTH, wanted=["theme:culture"], hopes="Calm.")
    page = visitor.as_person(ada).get(f"/mentoring/{opened}")
    with behind():
        services.move(opened, 2, Move.CLOSE, organiser.id, MONDAY)
        db.session.commit()

    visitor.submit(page, f"/mentoring/{opened}", SAID, 409)
    page = visitor.get(f"/mentoring/{opened}")
    assert "Calm." in page.text
    assert "what you had said is erased" in visitor.submit(page, "/rather-not").text
    again = visitor.submit(page, "/rather-not")
    assert "No call for you today" in again.text
    assert again.all(".toast") == []


def test_an_organiser_prepares_opens_closes_and_ends(visitor: Visitor, organiser: Person) -> None:
    page = visitor.as_person(organiser).get("/mentoring/programmes/new")

    page = visitor.submit(page, "/new", WRITTEN)
    assert page.title == "Pairing up"
    for how in ("open", "close", "end"):
        page = visitor.submit(page, f"/{how}")
    assert "Ended" in page.text
    assert "Pairing up" in visitor.get("/mentoring/programmes").text
    visitor.get(f"{page.url}/edit", 404)


def test_a_draft_is_thrown_away_once_and_an_open_call_never(
    visitor: Visitor, organiser: Person
) -> None:
    written = visitor.as_person(organiser).get("/mentoring/programmes/new")
    board = visitor.submit(written, "/new", WRITTEN)
    page = visitor.get(board.link("Change"))
    assert "The draft is gone." in visitor.submit(page, "/discard").text
    assert "No programme yet" in visitor.get("/mentoring/programmes").text
    visitor.submit(page, "/discard", status=404)

    board = visitor.submit(written, "/new", {**WRITTEN, "token": "another"})
    page = visitor.get(board.link("Change"))
    board = visitor.submit(board, "/open")
    again = visitor.submit(page, "/discard", status=409)
    assert "changed while you had it open" in again.text
    assert "Throw this draft away" not in visitor.get(board.link("Change")).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closes_on": "2026-03-01"}, "before the previous one"),
        ({"name_en": ""}, "both languages"),
        ({"topics_en": ""}, "As many lines"),
        ({"themes": [], "topics_fr": "", "topics_en": ""}, "from 1 to 12 topics"),
        ({"remote": []}, "Name a place"),
        ({"places": "x" * 61}, "At most 8 places"),
        ({"code_fr": " "}, "3,000 characters"),
        ({"place": "Atlantis"}, "No entity has this name"),
        ({"mentor_years": "-1"}, "0 to 50"),
    ],
)
def test_a_programme_with_a_mistake_is_not_kept(
    visitor: Visitor, organiser: Person, wrong: dict[str, Any], said: str
) -> None:
    page = visitor.as_person(organiser).get("/mentoring/programmes/new")

    assert said in visitor.submit(page, "/new", {**WRITTEN, **wrong}, 400).text
    assert "No programme yet" in visitor.get("/mentoring/programmes").text


def test_every_mistake_of_a_programme_is_said_at_once(visitor: Visitor, organiser: Person) -> None:
    page = visitor.as_person(organiser).get("/mentoring/programmes/new")
    assert page.all(".field-error") == []

    wrong: dict[str, Any] = {
        "place": "Atlantis",
        "name_en": "",
        "closes_on": "2026-03-01",
        "languages": ["xx"],
    }
    page = visitor.submit(page, "/new", {**WRITTEN, **wrong}, 400)
    said = {tag["id"] for tag in page.html.select(".field-error")}
    assert said == {"place-error", "name_en-error", "closes_on-error", "languages-error"}


def test_programmes_come_forty_on_a_page(
    visitor: Visitor, behind: Behind, organiser: Person
) -> None:
    with behind():
        for number in range(queries.PAGE + 1):
            draft(organiser, name_en=f"Programme {number}")

    page = visitor.as_person(organiser).get("/mentoring/programmes")
    assert len(page.all(".line-title")) == queries.PAGE
    page = visitor.get(page.link("Older"))
    assert page.all(".line-title") == ["Programme 0"]
    assert len(visitor.get(page.link("Newer")).all(".line-title")) == queries.PAGE


def test_two_organisers_at_once_meet_and_nothing_is_lost(
    visitor: Visitor, behind: Behind, organiser: Person
) -> None:
    with behind():
        number = draft(organiser)
        other = make_person(Role.ORGANISER)
    page = visitor.as_person(organiser).get(f"/mentoring/programmes/{number}/edit")
    with behind():
        services.change(number, 1, plan(name_en="Theirs"), other.id, MONDAY)
        db.session.commit()

    page = visitor.submit(page, "/edit", WRITTEN, 409)
    alert = page.all("[role=alert]")[0]
    assert f"Ada {other.family_name} changed this programme" in alert
    assert "Name in English" in alert
    assert "Languages" not in alert
    assert page.html.select_one("#name_en")["value"] == "Pairing up"  # type: ignore[index]  # it is there
    assert visitor.submit(page, "/edit", WRITTEN).title == "Pairing up"


def test_an_organiser_of_an_entity_stays_within_it(
    visitor: Visitor, behind: Behind, opened: int
) -> None:
    with behind():
        team = make_site()
        local = make_person()
        people.grant(local, [Role.ORGANISER], TODAY, team)
        mine = draft(local, entity_id=team.id)
    visitor.as_person(local)

    visitor.get(f"/mentoring/programmes/{opened}", 404)
    visitor.get(f"/mentoring/programmes/{mine}")
    assert visitor.get("/mentoring/programmes").all(".line-title") == ["Adopt a mentor"]
    page = visitor.get("/mentoring/programmes/new")
    assert "type which one" in visitor.submit(page, "/new", WRITTEN, 400).text
    elsewhere = visitor.submit(page, "/new", {**WRITTEN, "place": "Aurore"}, 400)
    assert "do not organise there" in elsewhere.text
    assert visitor.submit(page, "/new", {**WRITTEN, "place": team.key}).title == "Pairing up"


def test_pages_send_as_many_statements_as_stated_however_many_volunteer(
    visitor: Visitor, behind: Behind, count_statements: Counting, organiser: Person, opened: int
) -> None:
    with behind():
        team = make_site()
        for _ in range(6):
            person = make_person()
            people.post(person, team, "sales", TODAY)
            volunteer(person, opened)
    stated = {
        "/": 14,
        "/mentoring": 3,
        f"/mentoring/{opened}": 3,
        "/mentoring/programmes": 2,
        f"/mentoring/programmes/{opened}": 5,
        f"/mentoring/programmes/{opened}/edit": 2,
    }
    visitor.as_person(organiser)

    counted = {}
    for path in stated:
        with count_statements() as statements:
            visitor.get(path)
        counted[path] = len(statements)
    assert counted == stated
