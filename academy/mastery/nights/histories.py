"""Whole histories of people drawn by lot, for a night's fit; bounded, however many answers there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, and_, func, select

from academy.catalog import releases
from academy.catalog.tree import Catalog
from academy.database import db
from academy.mastery import minds
from academy.mastery.figures.editions import edition
from academy.mastery.figures.models import QuestionTally
from academy.mastery.mind import moment
from academy.mastery.models import Answer
from academy.mastery.nights.laying import Given, History
from academy.people.models import Person, Posting

LONGEST: Final = 400
"""Answers of one person, the newest: some 200 days. A few people's years would not stand for everybody."""
AT_ONCE: Final = 50
"""People read by one statement."""
RELEASES: Final = 12
"""Releases opened to learn which edition of a question was asked; 0.15 s each with 160 questions."""


class Drawn(NamedTuple):
    """Histories, and the trade of each one's person; empty where there is none."""

    histories: list[History]
    trades: list[str]


def drawn(seed: int, most: int, catalog: Catalog) -> Drawn:
    """Histories until there are `most` answers or nobody is left: the same people for the same seed."""
    trades = _trades()
    people = list(trades)
    Random(seed).shuffle(people)  # noqa: S311  # a lot
    read: list[list[Row[Any]]] = []
    total = 0
    for history in _read(people):
        read.append(history)
        total += len(history)
        if total >= most:
            break
    return Drawn(_told(read, catalog), [trades[rows[0].person_id] or "" for rows in read])


def _trades() -> dict[int, str | None]:
    """Everybody, with the trade they work in."""
    at_work = and_(Posting.person_id == Person.id, Posting.ends_on.is_(None))
    people = select(Person.id, Posting.job_family).outerjoin(Posting, at_work).order_by(Person.id)
    return {row.id: row.job_family for row in db.session.execute(people)}


def _read(people: Sequence[int]) -> Iterator[list[Row[Any]]]:
    """The answers of each, in the order in which they were learnt; who never answered is left out."""
    for first in range(0, len(people), AT_ONCE):
        some = people[first : first + AT_ONCE]
        of: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in db.session.execute(_newest_of(some)):
            of[row.person_id].append(row)
        yield from (of[person] for person in some if person in of)


def _newest_of(people: Sequence[int]) -> Any:
    """Through the index on the person: what others answered is not looked at."""
    place = func.row_number().over(partition_by=Answer.person_id, order_by=Answer.id.desc())
    wanted = (
        select(
            Answer.id,
            Answer.person_id,
            Answer.question,
            Answer.notion,
            Answer.release,
            Answer.right,
            Answer.dont_know,
            Answer.at,
            place.label("place"),
        )
        .where(Answer.person_id.in_(people))
        .subquery()
    )
    return select(wanted).where(wanted.c.place <= LONGEST).order_by(wanted.c.id)


def _told(read: Iterable[Iterable[Row[Any]]], catalog: Catalog) -> list[History]:
    editions = _Editions(catalog, read)
    return [
        [
            Given(
                row.question,
                row.notion,
                editions.is_in_force(row.question, row.release),
                minds.outcome(row.right, row.dont_know),
                moment(row.at),
            )
            for row in history
        ]
        for history in read
    ]


class _Editions:
    """Whether an answer was given to the question as it stands now.

    Few questions ever had two editions (the nightly count tells which): only for those, releases are opened,
    the newest first. What was answered under an older one counts as answered to another edition.
    """

    def __init__(self, catalog: Catalog, read: Iterable[Iterable[Row[Any]]]) -> None:
        self.catalog, self.changed = catalog, _changed()
        latest: dict[str, int] = {}
        for row in (row for history in read for row in history if row.question in self.changed):
            latest[row.release] = max(row.id, latest.get(row.release, 0))
        newest = sorted(latest, key=latest.__getitem__, reverse=True)[:RELEASES]
        self.same: Mapping[str, set[str]] = {release: self._same(release) for release in newest}

    def is_in_force(self, question: str, release: str) -> bool:
        if question not in self.catalog.questions:
            return False
        return question not in self.changed or question in self.same.get(release, ())

    def _same(self, release: str) -> set[str]:
        """Of the questions that changed, those that release had as they stand now."""
        then = releases.named(release)
        if then is None:
            return set()
        both = self.changed & then.questions.keys() & self.catalog.questions.keys()
        return {
            key
            for key in both
            if edition(then.questions[key]) == edition(self.catalog.questions[key])
        }


def _changed() -> set[str]:
    """The questions of which more than one edition was answered. One statement."""
    editions = func.count(QuestionTally.edition.distinct())
    return set(
        db.session.scalars(
            select(QuestionTally.question).group_by(QuestionTally.question).having(editions > 1)
        )
    )
