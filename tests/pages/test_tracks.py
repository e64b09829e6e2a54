"""The pages of tracks: mine and why, step by step, following and leaving."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from academy.catalog import releases
from academy.catalog.audience import (
    All,
    Audience,
    Country,
    Everyone,
    Holds,
    Joined,
    Manages,
    Not,
    Speaks,
    Within,
    Works,
)
from academy.database import db
from academy.people import services as people
from academy.people.models import Person, Role
from tests.conftest import MONDAY
from tests.factories import make_person, make_site, read_lesson, sit_quiz
from tests.pages.conftest import Behind, forge, on_sqlite_only
from tests.visitor import Visitor

LONG_AGO = date(2020, 1, 1)
SAFE = "/tracks/safe-at-work"


def put_in_charge(person: Person) -> None:
    report = make_person()
    people.post(report, make_site(), "sales", LONG_AGO, person)
    db.session.commit()


def meant_for(app: Flask, monkeypatch: pytest.MonkeyPatch, rule: Audience) -> None:
    """The track of safety is for these people now."""
    with app.app_context():
        catalog = releases.current()
    track = replace(catalog.tracks["safe-at-work"], audience=rule)
    edition = replace(catalog, release="meant", tracks={track.key: track})
    monkeypatch.setitem(app.extensions, releases._SHELF, edition)


def test_a_manager_finds_the_managers_track_and_reads_why(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        put_in_charge(ada)

    page = reader.get("/tracks")

    assert page.title == "Tracks"
    mine = page.html.select_one("#mine-title ~ .tracks")
    assert mine is not None
    assert "From coach to captain" in mine.text
    assert "Because you manage people." in mine.text
    assert page.link("From coach to captain") == "/tracks/managers"


def test_a_track_that_is_neither_mine_nor_open_is_not_there_for_me(reader: Visitor) -> None:
    assert "From coach to captain" not in reader.get("/tracks").text
    reader.get("/tracks/managers", 404)
    reader.get("/tracks/nowhere", 404)


def test_an_open_track_is_followed_and_left_again(reader: Visitor) -> None:
    offered = reader.get(SAFE)
    assert "Open to everybody who feels like it." in offered.text

    followed = reader.submit(offered, "/follow")
    assert "You follow “Safe at work”." in followed.text
    assert "Because you chose it." in followed.text
    assert followed.link("Begin") == "/lessons/phish-fake-plumber"
    assert "Safe at work" in reader.get("/tracks").all("#mine-title ~ .tracks")[0]

    left = reader.submit(followed, "/leave")
    assert "You follow “Safe at work” no more." in left.text
    assert left.html.select("#mine-title") == []


def test_following_twice_or_leaving_what_was_never_followed_changes_nothing(
    reader: Visitor, rows: Callable[[], dict[str, int]]
) -> None:
    forge(reader, f"{SAFE}/follow", {}, 200)
    before = rows()
    forge(reader, f"{SAFE}/follow", {}, 200)
    forge(reader, "/tracks/first-month/leave", {}, 200)

    assert rows() == before
    assert before["track_followed"] == 1


def test_a_closed_track_cannot_be_followed_and_the_page_says_why(
    reader: Visitor, rows: Callable[[], dict[str, int]]
) -> None:
    before = rows()

    page = forge(reader, "/tracks/managers/follow", {}, 403)

    assert "it comes to those it is meant for" in page.text
    forge(reader, "/tracks/nowhere/follow", {}, 404)
    forge(reader, "/tracks/nowhere/leave", {}, 404)
    assert rows() == before


def test_the_page_shows_what_is_done_what_is_next_and_what_is_left(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    forge(reader, f"{SAFE}/follow", {}, 200)
    with behind():
        read_lesson(ada, "phish-fake-plumber")
        sit_quiz(ada, "doors")
        minutes = sum(
            releases.current().lessons[key].minutes
            for key in (
                "password-long-and-alone",
                "twofactor-and-passkeys",
                "incident-first-minutes",
                "cookie-who-remembers",
                "data-personal-or-not",
            )
        )

    page = reader.get(SAFE)

    states = [
        next(name for name in step["class"] if name.startswith("is-"))
        for step in page.html.select(".trail-step")
    ]
    assert states == ["is-done", "is-next", *["is-later"] * 2, "is-done", *["is-later"] * 2]
    assert page.link("Continue") == "/lessons/password-long-and-alone"
    assert f"{minutes} minutes left" in page.text
    assert len(page.html.select("main .button-primary")) == 1
    assert page.all("[aria-current=step] .trail-state") == ["Your next step"]
    assert "2 / 7" in page.all(".track-visa .stamp-date")[0]


def test_the_visa_is_stamped_at_the_end(reader: Visitor, behind: Behind, ada: Person) -> None:
    forge(reader, f"{SAFE}/follow", {}, 200)
    with behind():
        sit_quiz(ada, "doors")
        for step in releases.current().tracks["safe-at-work"].steps:
            if step.kind == "lesson":
                number = read_lesson(ada, step.key)

    result = reader.get(f"/attempts/{number}/result")
    page = reader.get(SAFE)

    assert "Safe at work" in result.all(".won-title")
    assert "Walked to the end" in page.text
    assert page.all(".track-visa figcaption") == ["Your visa"]
    assert page.all(".track-visa time") == ["2 March 2026"]
    assert page.html.select("main .button-primary") == []
    assert "Safe at work" in " ".join(reader.get("/passport").all(".stamp-title"))
    assert "Safe at work" in " ".join(reader.get("/").all(".stamp-title"))


def test_whoever_was_done_before_is_told_that_the_visa_comes_next(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        for step in releases.current().tracks["safe-at-work"].steps:
            if step.kind == "lesson":
                read_lesson(ada, step.key)
        sit_quiz(ada, "doors")

    offered = reader.get(SAFE)
    assert offered.all(".track-visa figcaption") == ["The visa at the end"]

    followed = reader.submit(offered, "/follow")
    assert "with the next thing you do here" in followed.text


def test_who_holds_the_visa_keeps_the_track_when_it_is_not_theirs_any_more(
    reader: Visitor, behind: Behind, ada: Person, now: Callable[[datetime], None]
) -> None:
    at = datetime(2026, 1, 12, 10, tzinfo=MONDAY.tzinfo)
    with behind():
        for step in releases.current().tracks["first-month"].steps:
            read_lesson(ada, step.key, at)
    now(MONDAY + timedelta(days=90))

    assert "Because you walked it to the end." in reader.get("/tracks/first-month").text


def test_the_page_of_learning_leads_to_tracks_and_seasons(reader: Visitor) -> None:
    page = reader.get("/themes")

    assert page.link("Tracks") == "/tracks"
    assert page.link("Seasons") == "/seasons"
    assert reader.get("/tracks").all(".nav-link[aria-current=page]") == ["Learn"]


def test_home_proposes_the_next_step_of_my_track_below_the_minute(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    assert reader.get("/").link("Read:") == "/lessons/web-versus-internet"

    with behind():
        put_in_charge(ada)
    page = reader.get("/")

    assert page.link("Read:") == "/lessons/change-is-people"
    assert page.link("Track: From coach to captain") == "/tracks/managers"
    assert page.all("h2")[0] == "Your minute is waiting"
    assert "change-is-people" not in str(page.html.select("#fresh-title"))
    assert len(page.html.select("main .button-primary")) == 1


def test_a_quiz_may_be_the_next_step(reader: Visitor, behind: Behind, ada: Person) -> None:
    forge(reader, f"{SAFE}/follow", {}, 200)
    with behind():
        for key in releases.current().modules["doors"].lessons:
            read_lesson(ada, key)

    page = reader.get("/")

    assert page.link("Take the quiz") == "/quizzes/doors"
    assert "Quiz: Doors" in page.text


def test_an_academy_without_tracks_says_so(
    app: Flask, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        edition = replace(releases.current(), release="none", tracks={})
    monkeypatch.setitem(app.extensions, releases._SHELF, edition)

    assert "No track leads here yet" in reader.get("/tracks").text


REASONS: list[tuple[Audience, str, str]] = [
    (Everyone(), "Because it is meant for everybody.", "destiné à tout le monde."),
    (Works("sales"), "Because your trade is: Sales.", "votre métier est"),
    (Country("FR"), "Because your site is in this country: France.", "France."),
    (Holds("mentor"), "Because you hold the role “Mentor”.", "vous tenez le rôle"),
    (Joined(90), "Because you joined less than 90 days ago.", "moins de 90 jours."),
    (Speaks("en"), "Because you read in English.", ""),
    (Speaks("fr"), "", "Parce que vous lisez en français."),
    (Not(Manages()), "Because you manage nobody.", "n’encadrez personne."),
    (Not(Works("it")), "Because of your trade.", "votre métier."),
    (Not(Holds("hr")), "Because of the roles you hold.", "des rôles"),
    (Not(Within("nowhere")), "Because of where you work.", "vous travaillez."),
    (Not(Joined(1)), "Because you have been here for a while.", "depuis un moment."),
    (Not(Speaks("de")), "Because of the language you read in.", "de la langue"),
    (
        All((Not(Manages()), Works("sales"))),
        "Because you manage nobody, and because your trade is: Sales.",
        ", et parce que",
    ),
]


@on_sqlite_only
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("rule", "english", "french"), REASONS)
def test_the_reason_is_said_in_the_readers_language(
    app: Flask,
    behind: Behind,
    monkeypatch: pytest.MonkeyPatch,
    rule: Audience,
    english: str,
    french: str,
    language: str,
) -> None:
    said = english if language == "en" else french
    if not said:
        pytest.skip("nobody reads this in that language")
    with behind():
        person = make_person(Role.MENTOR, language=language)
        team = make_site()
        people.post(person, team, "sales", LONG_AGO, None)
        team.country = "FR"
        db.session.commit()
    meant_for(app, monkeypatch, rule)

    page = Visitor(app, language).as_person(person).get(SAFE)

    assert said in page.all(".track-head .track-why")[0]


@on_sqlite_only
def test_a_place_is_called_by_its_name(
    app: Flask, behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    with behind():
        person, team = make_person(), make_site()
        people.post(person, team, "sales", LONG_AGO, None)
        db.session.commit()
        key = team.key
    meant_for(app, monkeypatch, Within(key))

    page = Visitor(app).as_person(person).get(SAFE)

    assert page.all(".track-head .track-why") == ["Because you work in “Cahiers”."]
