"""My path: what is known, what comes next and why, and what one may say of it."""

from datetime import timedelta

from flask import Flask

from academy.catalog import releases
from academy.daily.hearing import Word
from academy.daily.path import services
from academy.database import db
from academy.people.models import Person
from academy.tracks import services as tracks
from tests.conftest import MONDAY
from tests.factories import do_round, make_person, read_lesson
from tests.pages.conftest import Behind, forge
from tests.visitor import Page, Visitor

NOTION = "web-internet"
NAME = "The Internet and the Web"


def numbers(page: Page) -> dict[str, str]:
    return dict(zip(page.all(".states-name"), page.all(".states-number"), strict=True))


def test_on_the_first_day_everything_is_to_come_and_the_first_steps_are_shown(
    reader: Visitor,
) -> None:
    page = reader.get("/path")

    assert page.title == "My path"
    assert numbers(page) == {"Mastered": "0", "Fading": "0", "Not firm yet": "0", "To come": "227"}
    assert len(page.html.select(".notion")) == 5
    assert all("adds most to what you will know" in words for words in page.all(".notion-told"))
    assert page.all(".map-said") == [
        "36 to come",
        "36 to come",
        "37 to come",
        "39 to come",
        "39 to come",
        "40 to come",
    ]
    assert len(page.html.select(".map svg[aria-hidden=true]")) == 6


def test_what_is_meant_for_mentors_is_on_the_path_of_whoever_follows_their_track(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        tracks.follow(ada.id, releases.current().tracks["mentors"], MONDAY)
        db.session.commit()

    assert numbers(reader.get("/path"))["To come"] == "237"


def test_a_lesson_read_and_a_minute_done_move_ideas_along(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        do_round(ada, MONDAY - timedelta(days=300))
        read_lesson(ada, "cloud-has-an-address")

    page = reader.get("/path")

    found = numbers(page)
    assert int(found["To come"]) < 227
    assert int(found["Fading"]) >= 1
    assert page.all("#fading-title") == ["Fading"]
    assert any("fading" in words or "slipping" in words for words in page.all(".notion-told"))


def test_every_idea_names_the_lesson_that_helps(reader: Visitor) -> None:
    page = reader.get("/path/themes/ai")

    lessons = {str(link["href"]) for link in page.html.select(".notion-lesson a")}
    assert len(page.html.select(".notion")) == 39
    assert all(href.startswith("/lessons/") for href in lessons)
    assert page.link("My path") == "/path"


def test_each_state_has_its_list(reader: Visitor) -> None:
    page, seen = reader.get("/path/states/to-come"), 0
    seen += len(page.html.select(".notion"))
    for _more in range(3):
        page = reader.get(page.link("Modules after"))
        seen += len(page.html.select(".notion"))
    assert seen == 227
    assert page.link("Modules before") == "/path/states/to-come?page=3"
    assert page.html.select("a[href$='page=5']") == []
    assert reader.get("/path/states/to-come?page=99").text == page.text
    assert reader.get("/path/states/to-come?page=x").title == "To come"
    assert "Nothing here for now" in reader.get("/path/states/fading").text
    for path in ("/path/states/elsewhere", "/path/themes/elsewhere"):
        reader.get(path, 404)


def test_not_for_my_job_is_heard_shown_and_taken_back(reader: Visitor) -> None:
    page = reader.submit(reader.get("/path"), "/path/say", {"not_mine": NOTION})
    assert f"“{NAME}” is not asked any more" in " ".join(page.all(".toast"))
    assert numbers(page)["Not for my job"] == "1"
    assert NAME not in page.all(".notion-name")
    assert "1 not for you" in page.all(".map-said")[0]

    away = reader.get("/path/states/not-mine")
    assert away.all(".notion-name") == [NAME]
    assert len(away.all(".say-undo")) == 1

    back = reader.submit(away, "/path/say", {"undo": NOTION})
    assert back.all(".notion-name") == []
    assert "Not for my job" not in numbers(reader.get("/path"))


def test_saying_one_knows_it_brings_it_to_the_next_minute(reader: Visitor) -> None:
    last = reader.get("/path/states/to-come").html.select(".say-known")[-1]

    page = reader.submit(reader.get("/path"), "/path/say", {"known": str(last["value"])})

    assert page.all(".notion-told")[0] == (
        "To come You said you know it already: one minute to confirm it."
    )
    assert page.all(".say-undo")[0].startswith("Take it back")
    assert "one minute to confirm it" in reader.get("/minute").text


def test_the_list_one_spoke_on_is_where_one_comes_back(reader: Visitor) -> None:
    page = reader.get("/path/themes/culture")

    after = reader.submit(page, "/path/say", {"known": NOTION})

    assert after.url == "/path/themes/culture"
    assert "your next minute confirms it" in after.text


def test_what_cannot_be_understood_changes_nothing(reader: Visitor) -> None:
    forge(reader, "/path/say", {}, 400)
    gone = forge(reader, "/path/say", {"known": "nothing"}, 404)
    there = forge(reader, "/path/say", {"undo": "nothing", "back": "//evil.example"}, 200)

    assert "no longer in the academy" in gone.text
    assert there.url == "/path"
    assert "Not for my job" not in numbers(reader.get("/path"))


def test_whoever_kept_nothing_is_told_so(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        last, *others = releases.current().notions
        for notion in others:
            services.say(ada.id, notion, Word.NOT_MINE, MONDAY)
        db.session.commit()
    forge(reader, "/path/say", {"not_mine": last}, 200)

    assert "you have kept no idea for the minute" in reader.get("/path").text
    assert reader.get("/minute").title == "Nothing to ask today"


def test_nobody_sees_what_somebody_else_said(reader: Visitor, behind: Behind) -> None:
    forge(reader, "/path/say", {"not_mine": NOTION}, 200)
    with behind():
        bob = make_person()

    other = Visitor(reader.app).as_person(bob)

    assert "Not for my job" not in numbers(other.get("/path"))


def test_home_the_minute_and_the_passport_lead_to_the_path(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        do_round(ada)

    for path in ("/", "/minute", "/passport"):
        assert reader.get(path).link("See my path") == "/path"


def test_the_path_speaks_french(app: Flask, behind: Behind) -> None:
    with behind():
        person = make_person(language="fr")
    page = Visitor(app, "fr").as_person(person).get("/path")

    assert page.title == "Mon chemin"
    assert "C’est une idée nouvelle" in page.text
