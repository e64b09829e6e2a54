"""What a person prefers: saved when it makes sense, refused with words when it does not."""

import pytest

from academy.people.models import Person
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.visitor import Page, Visitor

WISHES: dict[str, str | list[str]] = {
    "language": "en",
    "zone": "Asia/Tokyo",
    "colour_scheme": "dark",
    "needs": ["blind", "motor"],
}


def save(reader: Visitor, status: int = 200, **changes: str | list[str]) -> Page:
    return reader.submit(reader.get("/preferences"), "/preferences", {**WISHES, **changes}, status)


def chosen(page: Page, name: str) -> list[object]:
    return [
        found["value"]
        for found in page.html.select(f"#{name} option[selected], input[name={name}][checked]")
    ]


def test_what_is_saved_is_shown_again(reader: Visitor) -> None:
    page = save(reader)

    assert page.all(".toast") == ["Your preferences are saved."]
    assert chosen(page, "zone") == ["Asia/Tokyo"]
    assert chosen(page, "colour_scheme") == ["dark"]
    assert chosen(page, "needs") == ["blind", "motor"]


def test_the_colours_chosen_are_those_of_every_page(reader: Visitor) -> None:
    page = save(reader)

    assert page.html.html is not None
    assert page.html.html["data-theme"] == "dark"


def test_the_language_chosen_is_that_of_every_page(reader: Visitor) -> None:
    page = save(reader, language="fr")

    assert page.html.html is not None
    assert page.html.html["lang"] == "fr"


def test_needs_may_be_taken_back(reader: Visitor) -> None:
    save(reader)

    page = save(reader, needs=[])

    assert chosen(page, "needs") == []


def test_a_zone_that_does_not_exist_is_refused_and_nothing_is_saved(reader: Visitor) -> None:
    page = save(reader, 400, zone="Mars/Olympus_Mons")

    assert page.all("#zone-error") == ["Choose a time zone of the list."]
    after = reader.get("/preferences")
    assert chosen(after, "zone") == ["Europe/Paris"]
    assert chosen(after, "colour_scheme") == ["auto"]
    assert chosen(after, "needs") == []


@pytest.mark.parametrize(
    "forged", [{"language": "de"}, {"colour_scheme": "pink"}, {"needs": ["rest"]}, {"zone": ""}]
)
def test_a_choice_that_was_not_offered_is_refused(
    reader: Visitor, forged: dict[str, str | list[str]]
) -> None:
    save(reader, 400, **forged)

    assert chosen(reader.get("/preferences"), "colour_scheme") == ["auto"]


def test_preferences_are_nobody_elses(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        other = make_person()

    save(reader)

    assert other.id != ada.id
    page = Visitor(reader.app).as_person(other).get("/preferences")
    assert chosen(page, "zone") == ["Europe/Paris"]
