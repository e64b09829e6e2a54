"""Reporting a problem, deciding about it, thinking again.

Whoever changes somebody's reports holds that person's lock first, and takes several in order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import aliased

from academy import clock, database
from academy.catalog import releases
from academy.catalog.tree import Catalog
from academy.database import db, insert
from academy.deeds import queries as deeds
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.notices import services as notices
from academy.notices.kinds import Kind as NoticeKind
from academy.notices.services import News
from academy.people import audit
from academy.people.models import Person
from academy.refusal import Refusal
from academy.reports.kinds import THANKED_A_MONTH, About, Kind, Outcome, Ticket, Trouble
from academy.reports.models import Decision, Problem
from academy.rewards import services as rewards
from academy.web import throttle
from academy.web.throttle import Limit

REPORTS = Limit("report-problem", 20, timedelta(hours=1))
ACTS = {
    Outcome.MENDED: audit.Act.PROBLEM_MENDED,
    Outcome.DISMISSED: audit.Act.PROBLEM_DISMISSED,
}


class TooMany(Refusal):
    """So many reports in an hour are not written one by one."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "That is a lot of reports in one hour, and the authors have only two hands. "
                "Nothing was sent: keep it for a little later."
            ),
            429,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says is wrong, and in which language and release they read it."""

    trouble: Trouble
    words: str
    language: str
    release: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an author answers to the reports they have read; the note is for those who reported."""

    outcome: Outcome
    note: str
    to: frozenset[Ticket]


def tell(person_id: int, about: About, told: Told, at: datetime) -> None:
    """Report a problem; a report of theirs that is still open is written anew. Raises TooMany."""
    if not throttle.allow(REPORTS, f"{person_id}", at):
        raise TooMany
    database.one_at_a_time(person_id)
    said = {
        "trouble": told.trouble,
        "words": told.words,
        "language": told.language,
        "release": told.release,
    }
    statement = insert(Problem).values(
        person_id=person_id, kind=about.kind, subject=about.key, at=at, edition=1, **said
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Problem.person_id, Problem.kind, Problem.subject],
            index_where=Problem.decision_id.is_(None),
            set_={**said, "edition": Problem.edition + 1},
        )
    )


def decide(author_id: int, about: About, verdict: Verdict, at: datetime) -> int:
    """Answer the reports that are still open as they were read; gives how many.

    Those whose problem was mended are thanked, the author themself apart.
    """
    _lock(_reporters(Problem.id.in_([ticket.report for ticket in verdict.to])))
    found = _still_as_read(about, verdict.to)
    if not found:
        return 0
    decision = Decision(
        kind=about.kind,
        subject=about.key,
        outcome=verdict.outcome,
        note=verdict.note,
        release=releases.current().release,
        at=at,
        person_id=author_id,
        answered=len(found),
    )
    db.session.add(decision)
    db.session.flush()  # its number is needed below
    db.session.execute(
        update(Problem)
        .where(Problem.id.in_(list(found)))
        .values(decision_id=decision.id)
        .execution_options(synchronize_session=False)
    )
    mended = verdict.outcome is Outcome.MENDED
    writers = {person for person in found.values() if person is not None and person != author_id}
    if mended:
        _thank(writers, about, at)
    _answer(writers, decision.id, mended, at)
    audit.record(author_id, ACTS[verdict.outcome], str(about), at, {"reports": len(found)})
    return len(found)


def reopen(author_id: int, number: int, at: datetime) -> About | None:
    """Put the reports of a decision back into the queue; None when there is no such decision.

    Somebody who has reported the same thing anew keeps the newer report. What was paid stays paid.
    """
    _lock(_reporters(Problem.decision_id == number))
    decision = db.session.get(Decision, number, with_for_update=True, populate_existing=True)
    if decision is None:
        return None
    about = About(Kind(decision.kind), decision.subject)
    if decision.reopened_at is not None:
        return about
    decision.reopened_at = at
    newer = aliased(Problem)
    told_anew = exists().where(
        newer.person_id == Problem.person_id,
        newer.kind == Problem.kind,
        newer.subject == Problem.subject,
        newer.decision_id.is_(None),
    )
    db.session.execute(
        update(Problem)
        .where(Problem.decision_id == number, ~told_anew)
        .values(decision_id=None)
        .execution_options(synchronize_session=False)
    )
    audit.record(author_id, audit.Act.PROBLEM_REOPENED, str(about), at)
    return about


def _reporters(which: ColumnElement[bool]) -> Sequence[int]:
    """Who wrote these reports; nobody for those of people who were erased."""
    wanted = select(Problem.person_id).where(which, Problem.person_id.is_not(None))
    return [number for number in db.session.scalars(wanted) if number is not None]


def _lock(people: Iterable[int]) -> None:
    for person_id in sorted(set(people)):
        database.one_at_a_time(person_id)


def _still_as_read(about: About, read: frozenset[Ticket]) -> dict[int, int | None]:
    """The reports that wait and were not changed, with who wrote them."""
    rows = db.session.execute(
        select(Problem.id, Problem.person_id, Problem.edition)
        .where(
            Problem.id.in_([ticket.report for ticket in read]),
            Problem.kind == about.kind,
            Problem.subject == about.key,
            Problem.decision_id.is_(None),
        )
        .order_by(Problem.id)
        .with_for_update()
    ).all()
    return {row.id: row.person_id for row in rows if Ticket(row.id, row.edition) in read}


def _answer(people: set[int], decision: int, mended: bool, at: datetime) -> None:
    """Tell those who reported that there is an answer; what it says stands under "My reports"."""
    if people:
        news = News(NoticeKind.ANSWERED, f"decision:{decision}", {"mended": mended})
        notices.tell(people, news, at)


def _thank(people: set[int], about: About, at: datetime) -> None:
    """A deed for each of them, once for each subject, and not without end in one month."""
    wanted = select(Person.id, Person.zone).where(Person.id.in_(people)).order_by(Person.id)
    days = {row.id: clock.day_in(row.zone, at) for row in db.session.execute(wanted)}
    had = deeds.counts_since(Verb.REPORT_MENDED, days, _month_of(at.date()))
    for person_id, day in days.items():
        if had.get(person_id, 0) < THANKED_A_MONTH:
            rewards.record(
                Act(
                    person_id,
                    Verb.REPORT_MENDED,
                    about.key,
                    at,
                    day,
                    f"mended:{about}",
                    theme=_theme(releases.current(), about),
                )
            )


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _theme(catalog: Catalog, about: About) -> str | None:
    shelf = catalog.lessons if about.kind is Kind.LESSON else catalog.questions
    found = shelf.get(about.key)
    return catalog.modules[found.module].theme if found else None
