"""My passport: before it is issued, once it is, and when there is more to add to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from academy.database import db
from academy.passport import codes
from academy.passport import queries as passports
from academy.passport.models import Certificate
from academy.people import services as people
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import earn_passport, make_person, make_site, read_lesson, sit_quiz
from tests.pages.conftest import Behind, forge
from tests.visitor import Visitor

TUESDAY = MONDAY + timedelta(days=1)


def certificates(behind: Behind) -> int:
    with behind():
        return db.session.scalar(select(func.count()).select_from(Certificate)) or 0


def code_of(behind: Behind, person: Person) -> str:
    with behind():
        certificate = passports.valid_one(person.id)
        assert certificate is not None
        return certificate.code


def test_before_it_is_issued_it_says_what_is_missing(reader: Visitor) -> None:
    page = reader.get("/passport")

    assert page.all(".to-issue p")[-1] == (
        "0 of 5 quizzes passed; quizzes passed in 0 of 3 themes."
    )
    assert page.html.select(".qr, .code, .stamp-granted, .shelf") == []
    assert len(page.html.select(".stamp-waiting")) == 6
    assert "renew" not in page.response.text


def test_it_names_its_holder_and_where_they_work(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        people.post(db.session.get_one(Person, ada.id), make_site(), "binder", ada.joined_on)
        db.session.commit()

    page = reader.get("/passport")

    assert page.all(".identity-lines dd") == [
        f"Ada {ada.family_name}",
        "Cahiers, Lyon",
        "2 March 2026",
    ]


def test_visas_are_stamped_with_their_day(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        sit_quiz(ada, "doors", TUESDAY)

    page = reader.get("/passport")

    assert page.all(".stamp-granted .stamp-title") == ["Security visa"]
    assert page.all(".stamp-granted time") == ["3 March 2026"]


def test_the_quiz_that_completes_it_issues_it(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        earn_passport(ada)

    page = reader.get("/passport")

    code = code_of(behind, ada)
    assert page.all(".code") == [codes.grouped(code)]
    assert page.link("What others see") == f"/verify/{code}"
    assert len(page.html.select(".qr svg")) == 1
    assert page.all(".stamp-granted .stamp-title") == [
        "Digital culture visa",
        "Security visa",
        "AI at work visa",
    ]
    assert page.html.select("form[action='/passport/renew']") == []


def test_what_was_won_since_may_be_added(
    reader: Visitor, behind: Behind, ada: Person, now: Callable[[datetime], None]
) -> None:
    with behind():
        earn_passport(ada)
        read_lesson(ada, "cloud-has-an-address")
    before = code_of(behind, ada)
    page = reader.get("/passport")
    now(TUESDAY)

    page = reader.submit(page, "/passport/renew")

    assert page.all(".toast") == ["Your passport now carries everything you have won."]
    assert page.html.select("form[action='/passport/renew']") == []
    assert "3 March 2026" in page.all(".identity-lines dd")
    assert code_of(behind, ada) != before
    assert certificates(behind) == 2


def test_renewing_with_nothing_new_changes_nothing(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)
    before = code_of(behind, ada)

    forge(reader, "/passport/renew", {}, 200)

    assert code_of(behind, ada) == before
    assert certificates(behind) == 1


def test_a_passport_that_is_not_earned_cannot_be_renewed(reader: Visitor, behind: Behind) -> None:
    page = forge(reader, "/passport/renew", {}, 409)

    assert "Your passport is not earned yet. Its page says what is missing." in page.text
    assert certificates(behind) == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_reads_in_both_languages(visitor: Visitor, behind: Behind, language: str) -> None:
    with behind():
        person = make_person(language=language)
        earn_passport(person)

    page = visitor.as_person(person).get("/passport")

    visa = {"fr": "Visa Culture numérique", "en": "Digital culture visa"}[language]
    assert page.all(".stamp-granted .stamp-title")[0] == visa
