"""Every page of the academy in every state worth seeing: how to get there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from academy.catalog.tree import Language, Question, QuestionType
from academy.database import db
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.models import Certificate
from academy.people.models import Person
from academy.people.services import PERSONAS
from tests import factories
from tests.journeys.hand import Hand
from tests.journeys.rounds import ALWAYS_UTC, ask_today, enter, question_of, somebody
from tests.journeys.server import Served

LESSON = "cookie-who-remembers"
MODULE, THEME = "platforms", "culture"


@dataclass
class Visit:
    """Somebody on their way to a page."""

    served: Served
    page: Page
    language: Language
    now: datetime

    def open(self, path: str, sign: str = "h1") -> None:
        """Open a page and see that it is the one that was meant."""
        self.page.goto(path)
        self.see(sign)

    def see(self, sign: str) -> None:
        expect(self.page.locator(sign).first).to_be_visible()

    def send(self, action: str = "") -> None:
        """Send the form of the page as it is."""
        self.page.locator(f"main form[action*='{action}'] [type=submit]").last.click()

    @cached_property
    def person(self) -> Person:
        """Somebody who joined today, signed in."""
        with self.served.behind():
            person = somebody(self.language)
        enter(self.page, self.served, person)
        return person

    @cached_property
    def regular(self) -> Person:
        """Karim, three months of minutes, lessons and quizzes behind him, signed in."""
        with self.served.behind():
            person = db.session.scalars(
                select(Person).where(Person.email == PERSONAS["learner"])
            ).one()
            person.language, person.zone = self.language, ALWAYS_UTC
            db.session.commit()
        enter(self.page, self.served, person)
        return person

    @cached_property
    def hand(self) -> Hand:
        return Hand(self.page, self.served.catalog, self.language)


Way = Callable[[Visit], None]
PLACES: dict[str, Way] = {}


def place(way: Way) -> Way:
    PLACES[way.__name__.replace("_", " ")] = way
    return way


# -- Strangers --------------------------------------------------------------------------------


@place
def sign_in(visit: Visit) -> None:
    visit.open("/sign-in", ".personas")


@place
def sign_in_refused(visit: Visit) -> None:
    visit.open("/sign-in")
    visit.page.locator("#submit").click()
    visit.see(".field-error")


@place
def verify(visit: Visit) -> None:
    visit.open("/verify", "#code")


@place
def verify_refused(visit: Visit) -> None:
    visit.open("/verify")
    visit.page.locator("#submit").click()
    visit.see(".field-error")


@place
def verification_unknown(visit: Visit) -> None:
    visit.open("/verify/2222-2222-2222", ".unknown")


@place
def verification_valid(visit: Visit) -> None:
    with visit.served.behind():
        code = certified(visit).code
    visit.open(f"/verify/{code}", ".certificate-valid")


@place
def verification_replaced(visit: Visit) -> None:
    with visit.served.behind():
        before = certified(visit)
        factories.read_lesson(visit.person, LESSON, visit.now)
        passport.issue(visit.person.id, visit.now, visit.now.date())
        db.session.commit()
    visit.open(f"/verify/{before.code}", ".certificate-replaced a")


@place
def verification_revoked(visit: Visit) -> None:
    with visit.served.behind():
        certificate = certified(visit)
        passport.revoke(certificate, "Erreur de saisie", visit.now)
        db.session.commit()
    visit.open(f"/verify/{certificate.code}", ".certificate-revoked")


@place
def error_404(visit: Visit) -> None:
    visit.open("/lessons/nowhere-at-all")
    visit.open("/nowhere", ".empty-page")


@place
def error_403(visit: Visit) -> None:
    """Somebody who left the company meanwhile."""
    gone = update(Person).where(Person.email == PERSONAS["mentor"]).values(active=False)
    with visit.served.behind():
        db.session.execute(gone)
        db.session.commit()
    visit.open("/sign-in")
    visit.send("/sign-in/as/mentor")
    visit.see(".empty-page")


@place
def error_400(visit: Visit) -> None:
    """A form whose session was lost."""
    visit.open("/verify")
    visit.page.context.clear_cookies()
    visit.page.locator("#submit").click()
    visit.see(".empty-page")


# -- Home, awards, passport -------------------------------------------------------------------


@place
def home_new(visit: Visit) -> None:
    assert visit.person
    visit.open("/", ".ticket-waiting")


@place
def home_half_way(visit: Visit) -> None:
    with visit.served.behind():
        drawn = factories.draw(visit.person, visit.now)
        factories.answer(visit.person, drawn, at=visit.now)
    visit.open("/", ".ticket-started")


@place
def home_with_history(visit: Visit) -> None:
    with visit.served.behind():
        factories.do_round(visit.regular, visit.now)
    visit.open("/", ".ticket-done")
    visit.see(".recent")


@place
def history_empty(visit: Visit) -> None:
    assert visit.person
    visit.open("/history", ".empty")


@place
def history_full(visit: Visit) -> None:
    assert visit.regular
    visit.open("/history", ".pager")
    visit.page.locator(".pager a").click()
    visit.see(".ledger")


@place
def badges_to_come(visit: Visit) -> None:
    assert visit.person
    visit.open("/badges", ".award-to-come")


@place
def badges_won(visit: Visit) -> None:
    assert visit.regular
    visit.open("/badges", ".award:not(.award-to-come)")


@place
def passport_not_issued(visit: Visit) -> None:
    assert visit.person
    visit.open("/passport", ".to-issue")


@place
def passport_issued(visit: Visit) -> None:
    with visit.served.behind():
        certified(visit)
        factories.read_lesson(visit.person, LESSON, visit.now)
    visit.open("/passport", ".qr")


@place
def preferences(visit: Visit) -> None:
    assert visit.person
    visit.open("/preferences", "#needs-0")


@place
def account_menu(visit: Visit) -> None:
    assert visit.person
    visit.open("/themes")
    visit.page.locator(".account-button").click()
    visit.see(".account-menu")


# -- Learning ---------------------------------------------------------------------------------


@place
def themes(visit: Visit) -> None:
    assert visit.person
    visit.open("/themes", ".countries")


@place
def theme(visit: Visit) -> None:
    with visit.served.behind():
        factories.read_lesson(visit.person, LESSON, visit.now)
        factories.sit_quiz(visit.person, MODULE, visit.now)
        factories.sit_quiz(visit.person, "data", visit.now, right=False)
    visit.open(f"/themes/{THEME}", ".quiz-passed")


@place
def lesson(visit: Visit) -> None:
    assert visit.person
    visit.open(f"/lessons/{LESSON}", ".reading-picture")


@place
def check(visit: Visit) -> None:
    assert visit.person
    visit.open(f"/lessons/{LESSON}/check", "[data-tally]")


@place
def check_refused(visit: Visit) -> None:
    check(visit)
    visit.send("/check")
    visit.see(".field-error")


@place
def check_result(visit: Visit) -> None:
    with visit.served.behind():
        number = factories.read_lesson(visit.person, LESSON, visit.now)
    visit.open(f"/attempts/{number}/result", ".earned")


@place
def quiz_intro(visit: Visit) -> None:
    assert visit.person
    visit.open(f"/quizzes/{MODULE}", ".terms")


@place
def quiz(visit: Visit) -> None:
    with visit.served.behind():
        number = factories.open_quiz(visit.person, MODULE, visit.now).id
    visit.open(f"/attempts/{number}", "[data-tally]")


@place
def quiz_passed(visit: Visit) -> None:
    with visit.served.behind():
        number = factories.sit_quiz(visit.person, "doors", visit.now).id
    visit.open(f"/attempts/{number}/result", ".won")


@place
def quiz_failed(visit: Visit) -> None:
    with visit.served.behind():
        number = factories.sit_quiz(visit.person, "doors", visit.now, right=False).id
    visit.open(f"/attempts/{number}/result", ".review-unsure")


# -- The minute -------------------------------------------------------------------------------


@place
def minute_explained_right(visit: Visit) -> None:
    answered_in_browser(visit, question_of(visit.served, QuestionType.SITUATION), right=True)
    visit.see(".verdict-right")


@place
def minute_explained_unknown(visit: Visit) -> None:
    asked(visit, question_of(visit.served, QuestionType.MATCHING))
    visit.page.locator("[name=dont_know]").click()
    visit.see(".verdict-unsure")


@place
def minute_refused(visit: Visit) -> None:
    asked(visit, question_of(visit.served, QuestionType.NUMERIC))
    visit.hand.send()
    visit.see(".field-error")


@place
def minute_done(visit: Visit) -> None:
    with visit.served.behind():
        factories.do_round(visit.person, visit.now)
    visit.open("/minute", ".outcomes")


def asked(visit: Visit, question: Question) -> None:
    """The minute asks this."""
    with visit.served.behind():
        ask_today(visit.person, visit.now, question)
    visit.open("/minute", f".ask-{question.type}")


def answered_in_browser(visit: Visit, question: Question, right: bool) -> None:
    asked(visit, question)
    ask = visit.page.locator("fieldset.ask")
    sent_by_a_tap = ask.locator("button.option:not(.option-unsure)").count() > 0
    (visit.hand.answer if right else visit.hand.answer_wrongly)(ask)
    if not sent_by_a_tap:
        visit.hand.send()
    visit.see(".review")


def _minute_of(kind: QuestionType) -> Way:
    return lambda visit: asked(visit, question_of(visit.served, kind))


def _wrong_minute_of(kind: QuestionType) -> Way:
    return lambda visit: answered_in_browser(visit, question_of(visit.served, kind), right=False)


for _kind in QuestionType:
    PLACES[f"minute of {_kind}"] = _minute_of(_kind)
    PLACES[f"minute explained wrong {_kind}"] = _wrong_minute_of(_kind)


def certified(visit: Visit) -> Certificate:
    """The passport of the person, just issued."""
    factories.earn_passport(visit.person, visit.now)
    found = passports.valid_one(visit.person.id)
    assert found is not None
    return found
