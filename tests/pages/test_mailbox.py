"""The demonstration's mailbox: one's own mail, shown without trusting it; elsewhere there is none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from academy.database import db
from academy.people.models import Person, Role
from academy.post import jobs, mail
from academy.post.composing import Composed, compose
from academy.post.mail import Reader
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.visitor import Visitor

PLAIN = Composed(
    "en", "News", "See <https://academy.example/minute> & <b>smile</b>\n", "<p>News</p>"
)


@pytest.fixture
def write(behind: Behind) -> Callable[..., None]:
    """Put mails to somebody, and carry them to the mailbox."""

    def to(person: Person, words: Composed = PLAIN, mails: int = 1) -> None:
        with behind():
            for number in range(mails):
                reader = Reader(person.email, person.given_name, person.id)
                at = MONDAY + timedelta(seconds=number - mails)
                said = replace(
                    words, subject=f"{words.subject} {number}" if mails > 1 else words.subject
                )
                mail.put(reader, said, f"{person.id}:{number}:{words.subject}", at)
            db.session.commit()
            jobs.drain()

    return to


@pytest.fixture
def admin(app: Flask, behind: Behind) -> Visitor:
    with behind():
        person = make_person(Role.ADMIN)
    return Visitor(app).as_person(person)


def test_nobody_has_mail_on_the_first_day(reader: Visitor) -> None:
    page = reader.get("/mailbox")

    assert page.title == "Mailbox"
    assert "No mail yet" in page.text


def test_a_mail_is_found_by_the_account_menu_and_read(
    reader: Visitor, ada: Person, write: Callable[..., None]
) -> None:
    write(ada)

    page = reader.get(reader.get("/history").link("Mailbox"))
    found = reader.get(page.link("News"))

    assert found.title == "News"
    assert "& <b>smile</b>" in found.text
    assert found.html.select(".mail-text b") == []
    assert found.link("https://academy.example/minute") == "https://academy.example/minute"
    assert ada.email in found.text


def test_a_mail_in_french_says_so_to_screen_readers(
    reader: Visitor, ada: Person, behind: Behind, write: Callable[..., None]
) -> None:
    with behind():
        words = compose("welcome", "fr", given_name="Ada")
    write(ada, words)

    page = reader.get(reader.get("/mailbox").link("Bienvenue"))

    (sheet,) = page.html.select("article[lang=fr]")
    assert "Votre place est prête" in sheet.text


def test_the_preview_runs_nothing_and_calls_nobody(
    reader: Visitor, ada: Person, behind: Behind, write: Callable[..., None]
) -> None:
    with behind():
        words = compose("welcome", "en", given_name="<script>Ada</script>")
    write(ada, words)
    page = reader.get(reader.get("/mailbox").link("Welcome"))

    answer = reader.client.get(page.link("See it as a mail program shows it"))

    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script>" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_somebody_elses_mail_is_not_there(
    reader: Visitor, admin: Visitor, behind: Behind, write: Callable[..., None]
) -> None:
    with behind():
        bob = make_person()
    write(bob)
    his = admin.get("/mailbox").link("News")

    assert "No mail yet" in reader.get("/mailbox").text
    for path in (his, f"{his}/preview", "/mailbox/0"):
        reader.get(path, 404)


def test_an_administrator_of_the_demonstration_sees_everybodys(
    admin: Visitor, ada: Person, behind: Behind, write: Callable[..., None]
) -> None:
    with behind():
        bob = make_person()
    write(ada)
    write(bob)

    page = admin.get("/mailbox")

    assert page.all(".mail-to") == [bob.email, ada.email]
    his = page.link("News")
    admin.get(his)
    assert admin.client.get(f"{his}/preview").status_code == 200


def test_old_mail_is_a_page_away(reader: Visitor, ada: Person, write: Callable[..., None]) -> None:
    write(ada, mails=45)

    first = reader.get("/mailbox")
    second = reader.get(first.link("Older"))
    third = reader.get(second.link("Older"))

    shown = [len(page.all(".mail-row")) for page in (first, second, third)]
    assert shown == [20, 20, 5]
    assert first.all(".mail-subject")[0] == "News 44"
    assert third.all(".mail-subject")[-1] == "News 0"
    assert third.link("Newer") == "/mailbox"


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30])
def test_a_page_number_that_is_none_is_passed_over(reader: Visitor, before: str) -> None:
    reader.get(f"/mailbox?before={before}")


@pytest.mark.parametrize("mails", [1, 45])
def test_the_mailbox_costs_two_statements_however_much_mail_there_is(
    reader: Visitor,
    ada: Person,
    write: Callable[..., None],
    count_statements: Counting,
    mails: int,
) -> None:
    write(ada, mails=mails)

    with count_statements() as statements:
        reader.get("/mailbox")

    assert len(statements) == 2  # who is asking; their mail


def test_strangers_are_asked_to_sign_in(visitor: Visitor) -> None:
    assert visitor.get("/mailbox").url == "/sign-in"


def test_outside_the_demonstration_there_is_no_mailbox(
    app: Flask,
    reader: Visitor,
    ada: Person,
    write: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(ada)
    mine = reader.get("/mailbox").link("News")
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], demo=False))

    for path in ("/mailbox", mine, f"{mine}/preview"):
        reader.get(path, 404)
