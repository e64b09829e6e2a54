"""Two languages: by account for people, by cookie for strangers, by browser for newcomers."""

import pytest

from academy.people.models import Person
from tests.factories import make_person
from tests.pages.conftest import Behind, forge
from tests.visitor import Page, Visitor

IN_ENGLISH = "One minute a day, and digital stops being a foreign country"


def language(page: Page) -> object:
    assert page.html.html is not None
    return page.html.html["lang"]


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [("en", "en"), ("fr", "fr"), ("de", "fr"), ("de,en;q=0.5", "en"), ("", "fr"), ("\xff;;", "fr")],
)
def test_a_newcomer_is_spoken_to_in_the_language_of_the_browser(
    visitor: Visitor, accepted: str, spoken: str
) -> None:
    visitor.headers["Accept-Language"] = accepted

    assert language(visitor.get("/sign-in")) == spoken


def test_a_stranger_changes_language_and_the_browser_remembers(visitor: Visitor) -> None:
    before = visitor.get("/sign-in")

    after = visitor.submit(before, "/language", {"language": "fr"})

    assert before.title == IN_ENGLISH
    assert (after.url, language(after)) == ("/sign-in", "fr")
    assert after.title != IN_ENGLISH
    assert language(visitor.get("/verify")) == "fr"


def test_the_language_cookie_is_out_of_reach_of_scripts(visitor: Visitor) -> None:
    visitor.submit(visitor.get("/sign-in"), "/language", {"language": "fr"})

    cookie = visitor.client.get_cookie("language")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_a_persons_language_goes_with_them_to_another_browser(reader: Visitor, ada: Person) -> None:
    reader.submit(reader.get("/themes"), "/language", {"language": "fr"})

    elsewhere = Visitor(reader.app, "en").as_person(ada).get("/themes")

    assert language(elsewhere) == "fr"
    assert "Culture numérique" in elsewhere.text
    assert "Lessons read" not in elsewhere.text


def test_the_account_goes_before_the_cookie_and_the_browser(
    visitor: Visitor, behind: Behind
) -> None:
    visitor.submit(visitor.get("/sign-in"), "/language", {"language": "fr"})
    with behind():
        person = make_person(language="en")

    assert language(visitor.as_person(person).get("/themes")) == "en"


def test_changing_language_leads_back_to_the_same_page(reader: Visitor) -> None:
    page = reader.submit(
        reader.get("/lessons/cloud-has-an-address"), "/language", {"language": "fr"}
    )

    assert page.url == "/lessons/cloud-has-an-address"


def test_changing_language_leads_nowhere_else(visitor: Visitor) -> None:
    page = forge(visitor, "/language", {"language": "fr", "next": "//evil.example"}, 200)

    assert page.url == "/sign-in"


@pytest.mark.parametrize("wanted", ["de", "", "FR", "fr ", "<b>"])
def test_a_language_nobody_speaks_here_is_refused(reader: Visitor, wanted: str) -> None:
    forge(reader, "/language", {"language": wanted}, 400)

    assert language(reader.get("/")) == "en"
