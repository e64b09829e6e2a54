"""Themes, lessons, checks and quizzes."""

from academy.database import db
from academy.learning.bookmarks import services as bookmarks
from tests import factories
from tests.journeys.visit import Visit, place

LESSON = "cookie-who-remembers"
"""It has a film."""
PICTURED = "cloud-has-an-address"
MODULE, THEME = "platforms", "culture"


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
    visit.open(f"/lessons/{PICTURED}", ".reading-picture")


@place
def lesson_with_a_film(visit: Visit) -> None:
    assert visit.person
    visit.open(f"/lessons/{LESSON}", ".film-screen")
    visit.page.locator(".film-transcript summary").click()
    visit.see(".film-transcript .prose")


@place
def kept_nothing(visit: Visit) -> None:
    assert visit.person
    visit.open("/kept-for-later", ".empty")


@place
def kept_for_later(visit: Visit) -> None:
    with visit.served.behind():
        for key in (LESSON, PICTURED):
            bookmarks.keep(visit.person.id, visit.served.catalog.lessons[key], visit.now)
        db.session.commit()
    visit.open("/kept-for-later", ".is-kept")


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
