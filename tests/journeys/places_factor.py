"""The second factor: at sign-in, set up, and the day the phone is lost."""

from datetime import UTC, datetime

from academy.people.models import Person
from tests import phones
from tests.factories import PASSWORD, make_person
from tests.journeys.rounds import enter
from tests.journeys.visit import Visit, place


def _with_password(visit: Visit, guarded: bool) -> Person:
    with visit.served.behind():
        person = make_person(language=visit.language, password=PASSWORD)
        return phones.give(person, visit.now - phones.EARLIER) if guarded else person


def _half_way(visit: Visit) -> None:
    """The right password, and no code yet; strangers read in the language of their browser."""
    person = _with_password(visit, guarded=True)
    visit.open("/sign-in")
    visit.page.locator("#email").fill(person.email)
    visit.page.locator("#password").fill(PASSWORD)
    visit.page.locator("#password").press("Enter")
    visit.see("#code")


def _begin(visit: Visit) -> None:
    enter(visit.page, visit.served, _with_password(visit, guarded=False))
    visit.open("/account/second-factor", "#present")
    visit.page.locator("#present").fill(PASSWORD)
    visit.send()
    visit.see(".key-picture svg")


@place
def sign_in_code_refused(visit: Visit) -> None:
    _half_way(visit)
    visit.page.locator("#code").fill("12")
    visit.send()
    visit.see(".field-error")


@place
def sign_in_without_phone(visit: Visit) -> None:
    _half_way(visit)
    visit.page.locator("a[href='/sign-in/recovery-code']").click()
    visit.see("#lost-title")


@place
def second_factor_set_up(visit: Visit) -> None:
    _begin(visit)


@place
def second_factor_codes(visit: Visit) -> None:
    _begin(visit)
    key = (visit.page.locator(".code").text_content() or "").replace(" ", "")
    visit.page.locator("#code").fill(phones.code(datetime.now(UTC), key))
    visit.send()
    visit.see(".recovery-codes")


@place
def second_factor_on(visit: Visit) -> None:
    enter(visit.page, visit.served, _with_password(visit, guarded=True))
    visit.open("/account/second-factor", "#change-title")
