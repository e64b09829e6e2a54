"""Anybody may verify a passport: what it says, in each state, and how often."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from academy.database import db
from academy.passport import codes
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.models import Certificate
from academy.passport.views import LOOK_UPS
from academy.people import services as people
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import TODAY, do_round, earn_passport, make_person, make_site, read_lesson
from tests.pages.conftest import Behind
from tests.visitor import Visitor


def valid_of(person: Person) -> Certificate:
    found = passports.valid_one(person.id)
    assert found is not None
    return found


@pytest.fixture
def grace(behind: Behind) -> Person:
    """Somebody at work whose passport is issued."""
    with behind():
        person = make_person()
        people.post(person, make_site(), "binder", person.joined_on)
        do_round(person)
        earn_passport(person)
        return person


@pytest.fixture
def code(behind: Behind, grace: Person) -> str:
    with behind():
        return valid_of(grace).code


def test_a_stranger_sees_that_a_passport_is_valid(visitor: Visitor, code: str) -> None:
    page = visitor.get(f"/verify/{code}")

    assert page.title == "This passport is valid"
    assert page.all(".code") == [codes.grouped(code)]
    assert visitor.client.get_cookie("session") is not None  # for the language form, no more


def test_it_shows_exactly_what_was_certified(
    visitor: Visitor, behind: Behind, grace: Person, code: str
) -> None:
    with behind():
        said = passports.certified(valid_of(grace))

    page = visitor.get(f"/verify/{code}")

    assert page.all(".certificate-holder") == [f"Ada {grace.family_name}"]
    assert page.all(".certificate-body dd") == [
        "Cahiers, Lyon",
        "2 March 2026",
        codes.grouped(code),
    ]
    assert page.all(".stamp-title") == [visa.title.en for visa in said.visas]
    assert page.all(".shelf-title") == [award.title.en for award in said.awards]
    assert page.all(".certificate-says")[0].startswith("Aurore attests")


def test_what_happened_since_is_not_part_of_it(
    visitor: Visitor, behind: Behind, grace: Person, code: str
) -> None:
    before = visitor.get(f"/verify/{code}").all(".certificate-body")
    with behind():
        read_lesson(grace, "cloud-has-an-address")
        db.session.get_one(Person, grace.id).family_name = "Newname"
        db.session.commit()

    assert visitor.get(f"/verify/{code}").all(".certificate-body") == before


def test_it_tells_nothing_else_of_the_holder(
    visitor: Visitor, behind: Behind, grace: Person, code: str
) -> None:
    page = visitor.get(f"/verify/{code}")

    assert grace.email not in page.response.text
    assert "@" not in page.text
    assert page.html.select(".purse, .stat, .progress, .coin") == []
    assert "point" not in page.text.lower()
    assert f"/{grace.id}" not in page.response.text


def test_a_passport_replaced_says_so_and_leads_to_the_new_one(
    visitor: Visitor, behind: Behind, grace: Person, code: str
) -> None:
    with behind():
        read_lesson(grace, "cloud-has-an-address")
        newer = passport.issue(grace.id, MONDAY, TODAY)
        db.session.commit()

    page = visitor.get(f"/verify/{code}")

    assert page.title == "This passport has been replaced"
    link = page.link("See the passport that replaces it")
    assert link == f"/verify/{newer.code}"
    assert visitor.get(link).title == "This passport is valid"


@pytest.mark.parametrize(
    ("reason", "said"), [("Issued by mistake", "Issued by mistake"), ("", "no reason given")]
)
def test_a_passport_revoked_says_why(
    visitor: Visitor, behind: Behind, grace: Person, code: str, reason: str, said: str
) -> None:
    with behind():
        passport.revoke(valid_of(grace), reason, MONDAY)
        db.session.commit()

    page = visitor.get(f"/verify/{code}")

    assert page.title == "This passport is no longer valid"
    assert f"The academy withdrew it. Reason: {said}" in page.text


def test_the_reader_chooses_the_language(visitor: Visitor, code: str) -> None:
    visitor.headers["Accept-Language"] = "fr"

    page = visitor.get(f"/verify/{code}")

    assert page.all(".stamp-title")[0] == "Visa Culture numérique"
    assert "2 mars 2026" in page.all(".certificate-body dd")


@pytest.mark.parametrize(
    "dress", [str.lower, codes.grouped, lambda code: f" {code[:6]} {code[6:]}"]
)
def test_capitals_hyphens_and_spaces_do_not_matter(
    visitor: Visitor, code: str, dress: Callable[[str], str]
) -> None:
    by_address = visitor.get(f"/verify/{dress(code)}")
    by_form = visitor.submit(visitor.get("/verify"), "/verify", {"code": dress(code)})

    assert by_address.title == by_form.title == "This passport is valid"


UNKNOWN = "BCDFGHJKMNP" + codes.check_sign("BCDFGHJKMNP")
SLIP = "BCDFGHJKMNQ" + UNKNOWN[-1]


@pytest.mark.parametrize(
    "typed",
    [UNKNOWN, UNKNOWN[:-1], "X", "-", "%20", "%00", "é" * 12, "' OR 1=1 --", "<b>", "9" * 5000],
)
@pytest.mark.usefixtures("code")
def test_a_code_nobody_was_given_is_not_found(visitor: Visitor, typed: str) -> None:
    page = visitor.get(f"/verify/{typed}", 404)

    assert page.title == "No passport has this code"
    assert page.link("Type the code again") == "/verify"


@pytest.mark.parametrize(
    "typed", ["", "   ", "B" * 41, "!!!", "--", "%", "../..", UNKNOWN[:-1], SLIP]
)
def test_a_form_that_cannot_be_a_code_says_so(visitor: Visitor, typed: str) -> None:
    page = visitor.submit(visitor.get("/verify"), "/verify", {"code": typed}, 400)

    assert len(page.all("#code-error")) == 1


def test_one_slip_in_a_code_finds_nobody_else(visitor: Visitor, code: str) -> None:
    slip = code[:3] + ("B" if code[3] != "B" else "C") + code[4:]

    page = visitor.get(f"/verify/{slip}", 404)

    assert code not in page.text


def test_sixty_look_ups_in_five_minutes_are_enough(
    visitor: Visitor, code: str, now: Callable[[datetime], None]
) -> None:
    for _ in range(LOOK_UPS.tries):
        assert visitor.client.get(f"/verify/{code}").status_code == 200

    page = visitor.get(f"/verify/{code}", 429)

    assert page.title == "A little patience"
    now(MONDAY + timedelta(minutes=4, seconds=59))
    visitor.get(f"/verify/{code}", 429)
    now(MONDAY + timedelta(minutes=5))
    assert visitor.get(f"/verify/{code}").title == "This passport is valid"


def test_somebody_elses_look_ups_are_not_mine(visitor: Visitor, code: str) -> None:
    for _ in range(LOOK_UPS.tries + 1):
        visitor.client.get("/verify/X")

    answer = visitor.client.get(f"/verify/{code}", environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert answer.status_code == 200


def test_a_verification_is_not_kept_by_browsers(visitor: Visitor, code: str) -> None:
    answer = visitor.client.get(f"/verify/{code}")

    assert answer.cache_control.no_store
