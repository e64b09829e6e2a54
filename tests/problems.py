"""Small makers of reports and decisions, through the academy's own services."""

from datetime import datetime

from academy.catalog import releases
from academy.database import db
from academy.people.models import Person
from academy.reports import queries, services
from academy.reports.kinds import About, Kind, Outcome, Trouble
from academy.reports.services import Told, Verdict
from tests.conftest import MONDAY

LESSON = About(Kind.LESSON, "cloud-has-an-address")
QUESTION = About(Kind.QUESTION, "chain-ledger-1")


def tell(
    person: Person,
    about: About = QUESTION,
    words: str = "Which cloud?",
    trouble: Trouble = Trouble.UNCLEAR,
    at: datetime = MONDAY,
) -> None:
    services.tell(person.id, about, reported(trouble, words), at)
    db.session.commit()


def reported(trouble: Trouble, words: str) -> Told:
    """Read in English, in the release in force."""
    return Told(trouble, words, "en", releases.current().release)


def decide(
    author: Person,
    about: About = QUESTION,
    outcome: Outcome = Outcome.MENDED,
    at: datetime = MONDAY,
    note: str = "Thank you, done.",
) -> int:
    """Answer everything that waits about it."""
    reports, _count = queries.open_reports(about)
    ticked = frozenset(report.ticket for report in reports)
    answered = services.decide(author.id, about, Verdict(outcome, note, ticked), at)
    db.session.commit()
    return answered


def last_decision(about: About = QUESTION) -> queries.Decided:
    return queries.decisions(about)[0][0]


def reopen(author: Person, about: About = QUESTION) -> None:
    services.reopen(author.id, last_decision(about).id, MONDAY)
    db.session.commit()
