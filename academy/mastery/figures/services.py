"""Counting answers: from where the last count stopped, in chunks, each counted once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer as IntegerType
from sqlalchemy import Row, and_, case, cast, delete, func, select, update

from academy.catalog import releases
from academy.database import db, insert, table
from academy.mastery.figures.editions import edition
from academy.mastery.figures.models import ANSWERED, AnswersRead, QuestionPace, QuestionTally
from academy.mastery.figures.queries import BUCKET, LAST_BUCKET
from academy.mastery.models import Answer

READER = "figures"
CHUNK = 50_000

_JUST_UNDER_HALF = 0.49999
"""Rounds down, in a way that both databases understand alike."""

SETTLED = timedelta(hours=1)
"""An answer younger than this may have elder ones that are not committed yet: it is left for next time."""


@dataclass(slots=True)
class Sums:
    times: int = 0
    expected_of: int = 0
    expected: float = 0.0
    squares: float = 0.0


@dataclass(slots=True)
class Counts:
    """What one chunk adds. Keys begin with question and edition."""

    tallies: dict[tuple[str, str, str, bool], Sums] = field(
        default_factory=lambda: defaultdict(Sums)
    )
    paces: dict[tuple[str, str, int], int] = field(default_factory=lambda: defaultdict(int))


def count_next(at: datetime) -> int:
    """Count the next chunk of settled answers; gives how many numbers it went on. The caller commits.

    The mark of how far it went is written in the same transaction: counted once, whoever dies.
    """
    mark = _mark(at)
    last = _last_settled(mark, at)
    if last is None:
        return 0
    upto = min(last, mark + CHUNK)
    counts = _counted(mark, upto)
    _add_tallies(counts)
    _add_paces(counts)
    db.session.execute(
        update(table(AnswersRead))
        .where(AnswersRead.reader == READER)
        .values(answer_id=upto, read_at=at)
    )
    return upto - mark


def forget() -> None:
    """Drop the counts, to be made again from the answers that are left."""
    for counted in (QuestionTally, QuestionPace, AnswersRead):
        db.session.execute(delete(counted))


def _mark(at: datetime) -> int:
    """How far the last count went; another count waits here until this one is committed."""
    begin = insert(AnswersRead).values(reader=READER, answer_id=0, read_at=at)
    db.session.execute(begin.on_conflict_do_nothing(index_elements=[AnswersRead.reader]))
    where = select(AnswersRead.answer_id).where(AnswersRead.reader == READER)
    return int(db.session.execute(where.with_for_update()).scalar_one())


def _last_settled(mark: int, at: datetime) -> int | None:
    newest = (
        select(Answer.id)
        .where(Answer.id > mark, Answer.at <= at - SETTLED)
        .order_by(Answer.id.desc())
        .limit(1)
    )
    return db.session.execute(newest).scalar_one_or_none()


def _counted(after: int, upto: int) -> Counts:
    counts, editions = Counts(), _Editions()
    within = and_(Answer.id > after, Answer.id <= upto)
    for row in _grouped_answers(within):
        of = editions.of(row.release, row.question)
        sums = counts.tallies[row.question, of, _answered(row), row.right]
        sums.times += row.times
        sums.expected_of += row.expected_of
        sums.expected += row.expected or 0.0
        sums.squares += row.squares or 0.0
    for row in _grouped_paces(within):
        counts.paces[row.question, editions.of(row.release, row.question), row.bucket] += row.times
    return counts


class _Editions:
    """The edition of each question in each release met; unknown when the release is gone."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], str] = {}

    def of(self, release: str, question: str) -> str:
        key = (release, question)
        if key not in self.known:
            catalog = releases.named(release)
            found = catalog.questions.get(question) if catalog else None
            self.known[key] = edition(found) if found else ""
        return self.known[key]


def _grouped_answers(within: Any) -> Iterable[Row[Any]]:
    choice = Answer.given["choice"]
    of = (Answer.question, Answer.release, choice, Answer.dont_know, Answer.right)
    return db.session.execute(
        select(
            Answer.question,
            Answer.release,
            choice.label("choice"),
            Answer.dont_know,
            Answer.right,
            func.count().label("times"),
            func.count(Answer.predicted).label("expected_of"),
            func.sum(Answer.predicted).label("expected"),
            func.sum(Answer.predicted * Answer.predicted).label("squares"),
        )
        .where(within)
        .group_by(*of)
        .order_by(Answer.release, Answer.question)
    )


def _grouped_paces(within: Any) -> Iterable[Row[Any]]:
    slot = cast(func.round(Answer.seconds / BUCKET - _JUST_UNDER_HALF), IntegerType)
    bucket = case((slot > LAST_BUCKET, LAST_BUCKET), else_=slot).label("bucket")
    return db.session.execute(
        select(Answer.question, Answer.release, bucket, func.count().label("times"))
        .where(within, Answer.seconds.is_not(None))
        .group_by(Answer.question, Answer.release, bucket)
        .order_by(Answer.release, Answer.question)
    )


def _answered(row: Row[Any]) -> str:
    """The chosen options, `dont_know`, or `other` for what is typed, ordered or matched."""
    if row.dont_know:
        return "dont_know"
    return "+".join(row.choice)[:ANSWERED] if row.choice else "other"


def _add_tallies(counts: Counts) -> None:
    rows = [
        {
            "question": question,
            "edition": of,
            "answered": answered,
            "right": right,
            "times": sums.times,
            "expected_of": sums.expected_of,
            "expected": sums.expected,
            "squares": sums.squares,
        }
        for (question, of, answered, right), sums in counts.tallies.items()
    ]
    key = (
        QuestionTally.question,
        QuestionTally.edition,
        QuestionTally.answered,
        QuestionTally.right,
    )
    _add(QuestionTally, rows, key, ("times", "expected_of", "expected", "squares"))


def _add_paces(counts: Counts) -> None:
    rows = [
        {"question": question, "edition": of, "bucket": bucket, "times": times}
        for (question, of, bucket), times in counts.paces.items()
    ]
    _add(
        QuestionPace,
        rows,
        (QuestionPace.question, QuestionPace.edition, QuestionPace.bucket),
        ("times",),
    )


def _add(
    model: Any, rows: list[dict[str, Any]], key: tuple[Any, ...], summed: tuple[str, ...]
) -> None:
    if not rows:
        return
    statement = insert(model)
    adding = {name: getattr(model, name) + statement.excluded[name] for name in summed}
    db.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=adding), rows)
