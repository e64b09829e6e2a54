"""Reading the log."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, func, null, select

from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb


class Done(NamedTuple):
    """A deed, as rules read it. `once`, but for its person, says what it was."""

    id: int
    person_id: int
    verb: str
    theme: str | None
    day: date
    result: dict[str, int]
    subject: str
    once: str


class Summed(NamedTuple):
    """How many deeds of a verb (in a theme) somebody did, and what each figure asked for adds up to."""

    person_id: int
    verb: str
    theme: str | None
    number: int
    amounts: tuple[int | None, ...]


class Dated(NamedTuple):
    """The days of somebody's deeds of a verb (in a theme), one for each deed: `2026-01-05,2026-01-06`."""

    person_id: int
    verb: str
    theme: str | None
    days: str


_DONE = (
    Deed.id,
    Deed.person_id,
    Deed.verb,
    Deed.theme,
    Deed.day,
    Deed.result,
    Deed.subject,
    Deed.once,
)
_EARLIER = timedelta(days=2)
"""A deed is written down on its day or later; the day is somewhere, and the moment UTC."""


def all_of(people: Collection[int]) -> Iterator[Done]:
    """Every deed of these people, person by person, as they came. Never for a page."""
    wanted = select(*_DONE).where(Deed.person_id.in_(people)).order_by(Deed.person_id, Deed.id)
    return map(Done._make, db.session.execute(wanted))


def summed(
    people: Collection[int], verbs: Collection[str], themed: bool, figures: Sequence[str]
) -> Iterator[Summed]:
    """Deeds added up by the database, person by person. One statement, never for a page."""
    amounts = [func.sum(Deed.result[figure].as_integer()) for figure in figures]
    rows = db.session.execute(_grouped(people, verbs, themed, func.count(), *amounts))
    return (Summed(row[0], row[1], row[2], row[3], tuple(row[4:])) for row in rows)


def dated(people: Collection[int], verbs: Collection[str], themed: bool) -> Iterator[Dated]:
    """The days of these deeds, a row for each person and verb. One statement, never for a page."""
    days = func.aggregate_strings(cast(Deed.day, String), ",")
    return map(Dated._make, db.session.execute(_grouped(people, verbs, themed, days)))


def steps_of(people: Collection[int], subjects: Collection[str]) -> Iterator[tuple[int, str]]:
    """Who did a lesson or a quiz of these: the person, and what the deed is `once`. One statement."""
    rows = db.session.execute(
        select(Deed.person_id, Deed.once).where(
            Deed.person_id.in_(people),
            Deed.verb.in_((Verb.LESSON_DONE, Verb.QUIZ_PASSED)),
            Deed.subject.in_(subjects),
        )
    )
    return ((person_id, once.partition(":")[2]) for person_id, once in rows if person_id)


def _grouped(
    people: Collection[int], verbs: Collection[str], themed: bool, *wanted: Any
) -> Select[*tuple[Any, ...]]:
    theme = Deed.theme if themed else null()
    by = [Deed.person_id, Deed.verb, *([Deed.theme] if themed else [])]
    found = select(Deed.person_id, Deed.verb, theme.label("theme"), *wanted)
    return found.where(Deed.person_id.in_(people), Deed.verb.in_(verbs)).group_by(*by)


def latest(person_id: int, verbs: Collection[str], most: int) -> Sequence[Done]:
    """The person's last deeds of these verbs, the newest first. One statement."""
    rows = db.session.execute(
        select(*_DONE)
        .where(Deed.person_id == person_id, Deed.verb.in_(verbs))
        .order_by(Deed.at.desc(), Deed.id.desc())
        .limit(most)
    )
    return [Done._make(row) for row in rows]


def by_day(person_id: int, verb: str, theme: str | None, first: date, last: date) -> dict[int, int]:
    """How many such deeds on which day (its ordinal). One statement."""
    wanted = [
        Deed.person_id == person_id,
        Deed.at >= written_from(first),
        Deed.verb == verb,
        Deed.day.between(first, last),
    ]
    if theme is not None:
        wanted.append(Deed.theme == theme)
    rows = db.session.execute(select(Deed.day, func.count()).where(*wanted).group_by(Deed.day))
    return {day.toordinal(): count for day, count in rows}


def written_from(first: date) -> datetime:
    """No deed of that day, or of a later one, was written down before this moment."""
    return datetime.combine(max(first, date(1, 1, 3)), time(), UTC) - _EARLIER


def rounds(people: Collection[int], first: date, last: date) -> Iterator[tuple[int, date]]:
    """Who of these did their minute on which of these days. One statement."""
    rows = db.session.execute(
        select(Deed.person_id, Deed.day).where(
            Deed.person_id.in_(people),
            Deed.at >= written_from(first),
            Deed.verb == Verb.ROUND_DONE,
            Deed.day.between(first, last),
        )
    )
    return ((person_id, day) for person_id, day in rows if person_id is not None)


def last_rounds(person_ids: Collection[int], since: datetime) -> dict[int, date]:
    """The day of the last minute each of them did since then; those who did none are left out."""
    rows = db.session.execute(
        select(Deed.person_id, func.max(Deed.day).label("day"))
        .where(Deed.person_id.in_(person_ids), Deed.at >= since, Deed.verb == Verb.ROUND_DONE)
        .group_by(Deed.person_id)
    )
    return {row.person_id: row.day for row in rows}


def counts_since(verb: Verb, people: Iterable[int], first: date) -> dict[int, int]:
    """How often each of these did it since that day; those who did not are left out."""
    rows = db.session.execute(
        select(Deed.person_id, func.count())
        .where(Deed.person_id.in_(list(people)), Deed.verb == verb, Deed.day >= first)
        .group_by(Deed.person_id)
    )
    return {person_id: count for person_id, count in rows if person_id is not None}
