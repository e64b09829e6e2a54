"""People, accounts, working days, closures, questions: what administrators, HR and authors see."""

from sqlalchemy import select

from academy.catalog import releases
from academy.database import db
from academy.mastery.figures import jobs as figures
from academy.mastery.figures.queries import all_figures
from academy.people.models import Person
from academy.people.services import PERSONAS
from academy.people.workdays import services as workdays
from tests.journeys.rounds import ALWAYS_UTC, enter
from tests.journeys.visit import Visit, place


def at_work(visit: Visit, persona: str) -> None:
    """This persona, signed in."""
    with visit.served.behind():
        person = db.session.scalars(select(Person).where(Person.email == PERSONAS[persona])).one()
        person.language, person.zone = visit.language, ALWAYS_UTC
        db.session.commit()
    enter(visit.page, visit.served, person)


def learner() -> int:
    return db.session.scalars(select(Person.id).where(Person.email == PERSONAS["learner"])).one()


@place
def people_found(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/people?q=ben", ".line-link")


@place
def person_for_an_administrator(visit: Visit) -> None:
    at_work(visit, "admin")
    with visit.served.behind():
        number = learner()
    visit.open(f"/people/{number}", "#role")


@place
def person_for_hr(visit: Visit) -> None:
    at_work(visit, "hr")
    with visit.served.behind():
        number = learner()
    visit.open(f"/people/{number}", ".facts-change")


@place
def account_to_open(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/people/new", "#place")


@place
def account_to_open_with_mistakes(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/people/new", "#place")
    visit.send()
    visit.see("#place-error")


@place
def working_days_with_history(visit: Visit) -> None:
    at_work(visit, "hr")
    with visit.served.behind():
        number = learner()
        workdays.set_pattern(number, {0, 1, 3}, visit.now.date(), None, visit.now)
        db.session.commit()
    visit.open(f"/people/{number}/working-days", ".line .mark")


@place
def closures_ahead(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/closures", "#reason")


@place
def audit_log(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/audit", ".audit")


@place
def questions_and_how_they_do(visit: Visit) -> None:
    at_work(visit, "author")
    with visit.served.behind():
        figures.count_answers(visit.now)
    visit.open("/questions", ".questions")


@place
def question_with_figures(visit: Visit) -> None:
    at_work(visit, "author")
    with visit.served.behind():
        figures.count_answers(visit.now)
        key = next(iter(all_figures(releases.current())))
    visit.open(f"/questions/{key}", "#options-title")


@place
def question_too_rarely_answered(visit: Visit) -> None:
    at_work(visit, "author")
    with visit.served.behind():
        known = all_figures(releases.current())
        key = next(key for key in releases.current().questions if key not in known)
    visit.open(f"/questions/{key}", ".empty")


@place
def awards_of_somebody(visit: Visit) -> None:
    at_work(visit, "admin")
    with visit.served.behind():
        number = learner()
    visit.open(f"/people/{number}/awards", "#give-title")


@place
def directories_connected(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/directories", "#name")


@place
def directory_to_connect_with_mistakes(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/directories", "#name")
    visit.page.locator("#submit").click()
    visit.page.locator("#name-error").wait_for()


@place
def words_of_a_directory(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/directories/words", "#word")


@place
def groups_of_a_directory(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/directories/groups", ".tie select")
