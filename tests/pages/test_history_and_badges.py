"""Every point explained, every award shown."""

from datetime import timedelta

import pytest
from flask import Flask

from academy.people.models import Person
from academy.rewards import badges
from tests import gifts
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person, read_lesson, sit_quiz
from tests.pages.conftest import Behind
from tests.visitor import Page, Visitor


def amounts(page: Page) -> list[int]:
    """The points of each line."""
    cells = page.all(".ledger tbody tr td:nth-of-type(2)")
    return [int(cell.split("+")[1]) if "+" in cell else 0 for cell in cells]


def test_a_newcomers_history_is_a_blank_page(reader: Visitor) -> None:
    page = reader.get("/history")

    assert page.all(".empty h2") == ["A blank page"]
    assert page.html.select(".ledger") == []


def test_each_line_says_what_was_done_the_newest_first(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        do_round(ada, MONDAY - timedelta(days=2))
        sit_quiz(ada, "doors", MONDAY)

    page = reader.get("/history")

    said = page.all(".ledger-what")
    assert said[-1] == "Daily minute: 2 right answers"
    assert said[-2] == "Earned: First minute"
    assert any(line.startswith("Quiz passed:") for line in said)
    assert any(line.startswith("Quiz without a fault:") for line in said)
    assert "Earned: Security visa" in said


def test_the_lines_add_up_to_the_points(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        do_round(ada)
        read_lesson(ada, "cloud-has-an-address")
        sit_quiz(ada, "doors")

    page = reader.get("/history")

    assert page.all(".stat-point .stat-value") == [str(sum(amounts(page)))]


def test_moments_are_told_in_the_persons_own_time(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        do_round(ada)

    page = reader.get("/history")

    assert page.all(".ledger-when")[0] == "2 March 2026, 11:00"


def test_a_long_history_turns_its_pages(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        for day in range(40):
            do_round(ada, MONDAY - timedelta(days=40 - day), right=False)

    first = reader.get("/history")
    second = reader.get(first.link("Older"))

    assert len(first.all(".ledger-what")) == 30
    assert len(second.all(".ledger-what")) > 10
    assert "Older" not in second.text
    assert second.link("Newer") == "/history"
    total = sum(amounts(first)) + sum(amounts(second))
    assert first.all(".stat-point .stat-value") == [str(total)]


@pytest.mark.parametrize(
    "before", ["0", "-1", "1.5", "abc", "9" * 25, "9" * 5000, "", "1&before=2"]
)
def test_a_page_of_history_that_makes_no_sense_is_no_fault(
    reader: Visitor, behind: Behind, ada: Person, before: str
) -> None:
    with behind():
        do_round(ada)

    assert amounts(reader.get(f"/history?before={before}")) in ([], amounts(reader.get("/history")))


def test_history_is_nobody_elses(reader: Visitor, behind: Behind) -> None:
    with behind():
        do_round(make_person())

    assert reader.get("/history").html.select(".ledger") == []


def test_awards_to_come_say_what_is_missing(reader: Visitor) -> None:
    page = reader.get("/badges")

    assert page.all("section h2") == ["My level", "To come"]
    assert "0 of 1 lesson read." in page.all(".award-missing")
    assert page.all(".level-title") == ["Level 1 · The doorstep"]
    assert "To your first level" in page.all(".level .progress-words")[0]
    assert page.all(".level-text") == ["0 of 3 stars earned."]
    assert page.html.select(".award-date") == []


def test_awards_won_come_first_with_their_day(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        do_round(ada)

    page = reader.get("/badges")

    assert page.all("section h2") == ["My level", "Won", "To come"]
    won = page.html.select(".award:not(.award-to-come)")
    assert [found.select(".award-title")[0].text for found in won] == ["First minute"]
    assert page.all(".award-date time") == ["2 March 2026"]


def test_visas_and_the_passport_are_not_among_the_badges(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)

    titles = reader.get("/badges").all(".award-title")

    assert not any("visa" in title.lower() or "passport" in title.lower() for title in titles)


def test_ones_level_and_the_way_to_the_next_are_on_three_pages_and_no_lower_one(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        gifts.fill(ada, stars=12)

    for path in ("/", "/passport", "/badges"):
        page = reader.get(path)
        assert page.all(".level-title") == ["Level 2 · The footpath"]
        figure = page.all(".level .progress-words")[0]
        assert "Next: Level 3 · The bridge" in figure
        assert "12 / of 25" in figure
        assert all("Level" not in title for title in page.all(".shelf:not(ol) .shelf-title"))
    assert "12 of 25 stars earned, 13 left." in page.all(".level-text")
    assert len(page.html.select(".levels .shelf-award")) == 10
    assert "Reached: Level 2 · The footpath" in reader.get("/history").all(".ledger-what")
    told = reader.get("/notices").all("main li")
    assert any("You have reached a level: Level 2 · The footpath." in line for line in told)


def test_every_picture_may_be_seen_and_kept_by_anybody(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        keys = list(badges.current())

    for key in keys:
        answer = visitor.client.get(f"/badges/{key}.svg")
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        assert answer.cache_control.max_age == 86_400
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("key", ["nothing", "..%2fpassport", "First-Lesson", "%00"])
def test_a_picture_that_does_not_exist_is_not_found(visitor: Visitor, key: str) -> None:
    assert visitor.get(f"/badges/{key}.svg", 404).response.mimetype == "text/html"
