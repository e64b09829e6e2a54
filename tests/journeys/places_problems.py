"""Problems reported: the form, one's own, and the authors' desk."""

from academy.database import db
from academy.people import services as people
from academy.people.models import Role
from academy.reports.kinds import Outcome
from tests import factories, problems
from tests.journeys.visit import Visit, place

FORM = f"/problems/question/{problems.QUESTION.key}/report"


@place
def report(visit: Visit) -> None:
    assert visit.person
    visit.open(f"{FORM}?back=/themes", ".report-form")


@place
def report_refused(visit: Visit) -> None:
    assert visit.person
    visit.open(FORM, ".report-form")
    visit.send("/report")
    visit.see(".field-error")


@place
def my_reports_none(visit: Visit) -> None:
    assert visit.person
    visit.open("/my-reports", ".empty")


@place
def my_reports(visit: Visit) -> None:
    with visit.served.behind():
        author = factories.make_person(Role.AUTHOR)
        for outcome in Outcome:
            problems.tell(visit.person, at=visit.now)
            problems.decide(author, outcome=outcome, at=visit.now)
        problems.tell(visit.person, at=visit.now)
    visit.open("/my-reports", ".report-waiting")


@place
def problems_reported(visit: Visit) -> None:
    _as_author(visit)
    visit.open("/problems", ".report-waiting")


@place
def problems_answered(visit: Visit) -> None:
    _as_author(visit)
    visit.open("/problems/decided", ".report-dismissed")


@place
def problem(visit: Visit) -> None:
    _as_author(visit)
    visit.open(f"/problems/question/{problems.QUESTION.key}", ".report-tick")


@place
def problem_refused(visit: Visit) -> None:
    problem(visit)
    visit.send(problems.QUESTION.key)
    visit.see(".field-error")


def _as_author(visit: Visit) -> None:
    """The company has reported things, and answered some: see the seed."""
    with visit.served.behind():
        people.grant(visit.person, [Role.AUTHOR], visit.now.date())
        db.session.commit()
