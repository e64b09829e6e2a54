"""The voyage of the Envelope, page by page."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from academy.catalog import releases
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.seed import right_fields
from academy.surveys import queries
from academy.surveys.models import Voyage
from tests.conftest import MONDAY
from tests.factories import DONT_KNOW, do_round, make_person, sail
from tests.pages.conftest import Behind, forge
from tests.services.editions import publish, without_questions
from tests.visitor import Page, Visitor

Rows = Callable[[], dict[str, int]]
Now = Callable[[datetime], None]


def voyage(behind: Behind, person: Person) -> Voyage:
    with behind():
        found = queries.latest(person.id)
        assert found is not None
        return found


def embark(reader: Visitor) -> Page:
    return reader.submit(reader.get("/placement"), "/placement/start")


def answer_right(reader: Visitor, behind: Behind, person: Person, page: Page) -> Page:
    sailing = voyage(behind, person)
    with behind():
        question = releases.current().questions[sailing.steps[-1]["question"]]
    return reader.submit(page, "/placement/", right_fields(question, sailing.seed))


def test_a_whole_voyage_from_the_home_page_to_the_letter(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    home = reader.get("/")
    assert home.link("See the voyage") == "/placement"

    page = embark(reader)
    places = []
    for _scene in range(12):
        places.append(page.title)
        page = answer_right(reader, behind, ada, page)

    assert len(set(places)) == 12
    assert places[0] == "The roof of the sorting office"
    assert page.title == "The letter was for you"
    assert page.all("#traveller-title") == ["The old hand of the clouds"]
    assert len(page.html.select(".found-theme")) == 6
    assert all("ease" in words for words in page.all(".found-words"))
    assert page.all(".coin") == ["15 points", "1 star"]
    assert len(page.html.select(".folded")) == 12
    assert page.link("See my path") == "/path"


def test_the_scene_says_where_one_is_and_offers_not_to_know(reader: Visitor) -> None:
    page = embark(reader)

    assert page.all(".round-count") == ["Scene 1 of 12"]
    assert page.html.select_one("[name=dont_know]") is not None
    assert page.link("Go ashore") == "/"


def test_who_knows_nothing_is_met_with_the_same_kindness(reader: Visitor) -> None:
    page = embark(reader)
    for _scene in range(12):
        page = reader.submit(page, "/placement/", DONT_KNOW)

    assert page.all("#traveller-title") == ["The traveller with a blank map"]
    assert all("discover" in words for words in page.all(".found-words"))
    assert page.all(".coin") == ["15 points", "1 star"]
    assert page.html.select(".figure, progress") == []


def test_a_half_made_voyage_waits_on_the_home_page_and_goes_on(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        sail(ada, scenes=5)

    home = reader.get("/")
    assert "5 scenes are behind you" in home.text
    assert home.link("Go on") == "/placement/scene"
    assert reader.get("/placement/scene").all(".round-count") == ["Scene 6 of 12"]
    assert reader.get("/placement").link("Go on") == "/placement/scene"


def test_not_now_is_heard_and_the_ship_is_still_there(reader: Visitor) -> None:
    home = reader.submit(reader.get("/"), "/placement/later")

    assert "waits at its mast" in " ".join(home.all(".toast"))
    assert home.html.select("#voyage-title") == []
    assert reader.get("/path").link("The voyage of the Envelope") == "/placement"
    assert embark(reader).all(".round-count") == ["Scene 1 of 12"]


def test_who_has_been_here_for_long_is_not_invited_any_more(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        for day in range(14):
            do_round(ada, MONDAY - timedelta(days=day + 1))
        assert rewards.balances(ada.id).points > 150

    assert reader.get("/").html.select("#voyage-title") == []


def test_who_has_arrived_is_not_invited_and_finds_the_letter_again(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        sail(ada)

    assert reader.get("/").html.select("#voyage-title") == []
    for path in ("/placement", "/placement/scene", "/placement/result"):
        assert reader.get(path).title == "The letter was for you"
    assert "sail again from 31 August 2026" in reader.get("/placement/result").text


def test_half_a_year_later_one_may_sail_again(
    reader: Visitor, behind: Behind, ada: Person, now: Now
) -> None:
    with behind():
        sail(ada)
    now(MONDAY + timedelta(days=200))

    page = reader.get("/placement")

    assert page.title == "The voyage of the Envelope"
    assert page.link("See what the last voyage found") == "/placement/result"
    assert reader.submit(page, "/placement/start").all(".round-count") == ["Scene 1 of 12"]


def test_before_the_first_voyage_every_address_leads_to_the_invitation(reader: Visitor) -> None:
    for path in ("/placement/scene", "/placement/result"):
        assert reader.get(path).title == "The voyage of the Envelope"


def test_an_answer_sent_twice_goes_on_to_the_next_scene_and_counts_once(
    reader: Visitor, rows: Rows
) -> None:
    first = embark(reader)

    pages = [reader.submit(first, "/placement/", DONT_KNOW) for _ in range(2)]

    assert [page.all(".round-count") for page in pages] == [["Scene 2 of 12"]] * 2
    assert rows()["answer"] == 1


def test_an_empty_answer_is_explained_on_the_page_and_changes_nothing(
    reader: Visitor, behind: Behind, ada: Person, rows: Rows
) -> None:
    page = embark(reader)

    refused = reader.submit(page, "/placement/", {}, status=400)

    assert refused.all(".field-error") != []
    assert refused.title == page.title
    assert rows()["answer"] == 0


def test_nobody_answers_on_somebody_elses_voyage(
    reader: Visitor, behind: Behind, rows: Rows
) -> None:
    with behind():
        theirs = sail(make_person(), scenes=1)

    forge(reader, f"/placement/{theirs.id}/2", DONT_KNOW, 404)
    forge(reader, f"/placement/{theirs.id}/9", DONT_KNOW, 404)

    assert rows()["answer"] == 1


def test_a_stale_page_is_told_so_and_nothing_is_lost(
    reader: Visitor, behind: Behind, ada: Person, rows: Rows
) -> None:
    embark(reader)
    number = voyage(behind, ada).id

    page = forge(reader, f"/placement/{number}/1", {**DONT_KNOW, "release": "older-ed"}, 409)
    early = forge(reader, f"/placement/{number}/1", DONT_KNOW, 409)

    assert "your voyage is safe" in page.text
    assert "your voyage is safe" in early.text
    assert rows()["answer"] == 0


def test_a_withdrawn_question_makes_way_for_another(
    reader: Visitor, behind: Behind, ada: Person, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = embark(reader).all("legend")
    gone = voyage(behind, ada).steps[-1]["question"]
    with behind():
        publish(app, monkeypatch, without_questions(releases.current(), gone))

    page = reader.get("/placement/scene")

    assert page.all(".round-count") == ["Scene 1 of 12"]
    assert page.all("legend") != asked
    assert reader.submit(page, "/placement/", DONT_KNOW).all(".round-count") == ["Scene 2 of 12"]


def test_a_question_withdrawn_after_the_voyage_is_left_out_of_the_letter(
    reader: Visitor, behind: Behind, ada: Person, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with behind():
        gone = sail(ada).steps[-1]["question"]
        publish(app, monkeypatch, without_questions(releases.current(), gone))

    assert len(reader.get("/placement/scene").html.select(".folded")) == 11


def test_without_questions_the_ship_stays_at_its_mast(
    reader: Visitor, behind: Behind, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with behind():
        catalog = releases.current()
        publish(app, monkeypatch, without_questions(catalog, *catalog.questions))

    page = reader.submit(reader.get("/placement"), "/placement/start", status=409)

    assert "no question for you yet" in page.text


def test_the_voyage_speaks_french(app: Flask, behind: Behind) -> None:
    with behind():
        person = make_person(language="fr")
    page = embark(Visitor(app, "fr").as_person(person))

    assert page.title == "Le toit du centre de tri"
    assert page.all(".round-count") == ["Scène 1 sur 12"]
