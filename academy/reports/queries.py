"""What was reported: for the person who did, and for the authors, who are not told by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from academy.database import db
from academy.people.models import Person
from academy.people.names import full_name
from academy.reports.kinds import About, Kind, Outcome, Ticket, Trouble
from academy.reports.models import Decision, Problem

PAGE = 20
READ_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """A subject with reports that wait for an answer, and how often each trouble was named."""

    about: About
    count: int
    since: datetime
    troubles: tuple[tuple[Trouble, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says, as authors read it: without who says it."""

    ticket: Ticket
    trouble: Trouble
    words: str
    language: str
    release: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    id: int
    about: About
    outcome: Outcome
    note: str
    release: str
    at: datetime
    by: str
    answered: int
    reopened: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """A report of one's own, with what came of it."""

    id: int
    about: About
    trouble: Trouble
    words: str
    language: str
    release: str
    at: datetime
    outcome: Outcome | None
    note: str
    mended_in: str


def waiting(page: int) -> tuple[list[Waiting], bool]:
    """A page of the queue, what most people report first, and whether there is more. Two statements."""
    count, first = func.count(), func.min(Problem.id)
    rows = db.session.execute(
        select(Problem.kind, Problem.subject, count, func.min(Problem.at))
        .where(Problem.decision_id.is_(None))
        .group_by(Problem.kind, Problem.subject)
        .order_by(count.desc(), first)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    named = _troubles([row.subject for row in rows[:PAGE]])
    found = [
        Waiting(about, number, since, tuple(named.get(about, ())))
        for about, number, since in (
            (About(Kind(kind), subject), number, since)
            for kind, subject, number, since in rows[:PAGE]
        )
    ]
    return found, len(rows) > PAGE


def open_reports(about: About) -> tuple[list[Report], int]:
    """The oldest reports that wait, and how many wait in all. Two statements."""
    here = (
        Problem.kind == about.kind,
        Problem.subject == about.key,
        Problem.decision_id.is_(None),
    )
    rows = db.session.scalars(
        select(Problem).where(*here).order_by(Problem.id).limit(READ_AT_ONCE)
    ).all()
    count = db.session.scalar(select(func.count()).select_from(Problem).where(*here)) or 0
    reports = [
        Report(
            Ticket(row.id, row.edition),
            Trouble(row.trouble),
            row.words,
            row.language,
            row.release,
            row.at,
        )
        for row in rows
    ]
    return reports, count


def decisions(about: About | None = None, before: int | None = None) -> tuple[list[Decided], bool]:
    """What was decided, newest first, on one subject or on all; and whether there is more."""
    statement = (
        select(Decision, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.id == Decision.person_id)
        .order_by(Decision.id.desc())
        .limit(PAGE + 1)
    )
    if about is not None:
        statement = statement.where(Decision.kind == about.kind, Decision.subject == about.key)
    if before is not None:
        statement = statement.where(Decision.id < before)
    rows = db.session.execute(statement).all()
    return [_decided(*row) for row in rows[:PAGE]], len(rows) > PAGE


def mine(person_id: int, before: int | None = None) -> tuple[list[Mine], bool]:
    """What somebody reported, newest first, and whether there is more. One statement."""
    statement = (
        select(Problem, Decision.outcome, Decision.note, Decision.release)
        .outerjoin(Decision, Decision.id == Problem.decision_id)
        .where(Problem.person_id == person_id)
        .order_by(Problem.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(Problem.id < before)
    rows = db.session.execute(statement).all()
    return [_mine(*row) for row in rows[:PAGE]], len(rows) > PAGE


def open_one(person_id: int, about: About) -> Problem | None:
    """What this person said of it and nobody has answered yet."""
    return db.session.scalar(
        select(Problem).where(
            Problem.person_id == person_id,
            Problem.kind == about.kind,
            Problem.subject == about.key,
            Problem.decision_id.is_(None),
        )
    )


def was_reported(about: About) -> bool:
    """Has anybody ever reported it? It may have left the academy since."""
    return bool(
        db.session.scalar(
            select(
                select(Problem.id)
                .where(Problem.kind == about.kind, Problem.subject == about.key)
                .exists()
            )
        )
    )


def _troubles(subjects: Sequence[str]) -> dict[About, list[tuple[Trouble, int]]]:
    count = func.count()
    rows = db.session.execute(
        select(Problem.kind, Problem.subject, Problem.trouble, count)
        .where(Problem.decision_id.is_(None), Problem.subject.in_(subjects))
        .group_by(Problem.kind, Problem.subject, Problem.trouble)
        .order_by(count.desc(), Problem.trouble)
    )
    named: dict[About, list[tuple[Trouble, int]]] = {}
    for kind, subject, trouble, number in rows:
        named.setdefault(About(Kind(kind), subject), []).append((Trouble(trouble), number))
    return named


def _decided(one: Decision, given_name: str | None, family_name: str | None) -> Decided:
    return Decided(
        id=one.id,
        about=About(Kind(one.kind), one.subject),
        outcome=Outcome(one.outcome),
        note=one.note,
        release=one.release,
        at=one.at,
        by=full_name(given_name, family_name) if given_name and family_name else "",
        answered=one.answered,
        reopened=one.reopened_at is not None,
    )


def _mine(row: Problem, outcome: str | None, note: str | None, release: str | None) -> Mine:
    return Mine(
        id=row.id,
        about=About(Kind(row.kind), row.subject),
        trouble=Trouble(row.trouble),
        words=row.words,
        language=row.language,
        release=row.release,
        at=row.at,
        outcome=Outcome(outcome) if outcome else None,
        note=note or "",
        mended_in=release or "",
    )
