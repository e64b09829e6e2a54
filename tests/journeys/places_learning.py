"""Themes, lessons, checks and quizzes."""

from tests import factories
from tests.journeys.visit import Visit, place

LESSON = "cookie-who-remembers"
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
