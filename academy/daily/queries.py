"""Finding rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import FromClause, and_, bindparam, literal, select, union_all

from academy.daily.asking import Facts
from academy.daily.choices import Chosen, of_slot
from academy.daily.hearing import Heard, Word
from academy.daily.models import NotionWord, Round
from academy.database import db, table
from academy.folio import queries as folio
from academy.folio.queries import PAGE, Page
from academy.learning.models import Kind, Standing
from academy.people.models import Posting
from academy.people.queries import Along
from academy.prepared import Prepared, Values
from academy.tracks import queries as tracks

ROUND = table(Round)
A_DAY = timedelta(days=1)
_TRADE = "trade"


@dataclass(slots=True)
class Drawn:
    """A round in hand: the columns of `Round` that the minute needs."""

    id: int
    person_id: int
    day: date
    notion: str
    questions: list[str]
    seed: int
    release: str
    choices: list[Chosen]
    drawn_at: datetime
    answered: int
    right_answers: int
    dont_know: int
    finished_at: datetime | None
    earned: dict[str, Any]
    shown: int
    shown_at: datetime | None

    @classmethod
    def of(cls, row: Any) -> "Drawn":
        """Out of a row that begins with COLUMNS."""
        values = list(row[: len(COLUMNS)])
        values[_CHOICES] = [Chosen(**each) for each in values[_CHOICES]]
        return cls(*values)

    def about(self, slot: int) -> Chosen:
        """What the question at this slot is about."""
        return of_slot(self.choices, slot)


COLUMNS = tuple(ROUND.c[name] for name in Drawn.__slots__)
_CHOICES = Drawn.__slots__.index("choices")
_OF_DAY = Prepared(
    lambda: select(*COLUMNS).where(
        ROUND.c.person_id == bindparam("person"), ROUND.c.day == bindparam("day")
    )
)
_NUMBERED = Prepared(lambda: select(*COLUMNS).where(ROUND.c.id == bindparam("number")))
_LOCKED = Prepared(
    lambda: select(*COLUMNS).where(ROUND.c.id == bindparam("number")).with_for_update()
)


def _rounds_near(person: FromClause) -> FromClause:
    near = and_(
        ROUND.c.person_id == person.c.id,
        ROUND.c.day.between(bindparam("first_day"), bindparam("last_day")),
    )
    return person.outerjoin(ROUND, near).outerjoin(PAGE, PAGE.c.person_id == person.c.id)


def _this_round(person: FromClause) -> FromClause:
    mine = and_(ROUND.c.person_id == person.c.id, ROUND.c.id == bindparam("number"))
    return person.join(ROUND, mine).join(PAGE, PAGE.c.person_id == person.c.id)


TODAYS = Along((*COLUMNS, *folio.COLUMNS), _rounds_near)
"""With whoever asks for their minute: their rounds of these days, and their page."""
ANSWERED = Along((*COLUMNS, *folio.COLUMNS), _this_round, locked=(ROUND, PAGE))
"""With whoever answers: that round and their page, both held until the commit."""


def near(at: datetime) -> dict[str, date]:
    """The days that it may be somewhere at this moment."""
    return {"first_day": at.date() - A_DAY, "last_day": at.date() + A_DAY}


def of_day(
    person_id: int, rows: Sequence[Sequence[Any]], day: date
) -> tuple[Drawn | None, Page | None]:
    """Of what came along: the round of that day, and the person's page."""
    found = [Drawn.of(row) for row in rows if row[0] is not None]
    return next((each for each in found if each.day == day), None), _page(person_id, rows)


def answered(person_id: int, rows: Sequence[Sequence[Any]]) -> tuple[Drawn, Page] | None:
    """Of what came along: the round, and the page; None when either is not there."""
    page = _page(person_id, rows)
    return (Drawn.of(rows[0]), page) if page else None


def _page(person_id: int, rows: Sequence[Sequence[Any]]) -> Page | None:
    if not rows or rows[0][-1] is None:  # nothing ever earned, not even none: no page
        return None
    return Page.of(person_id, rows[0][len(COLUMNS) :])


def round_of(person_id: int, day: date) -> Drawn | None:
    return _one(_OF_DAY, {"person": person_id, "day": day})


def round_numbered(number: int, for_update: bool = False) -> Drawn | None:
    return _one(_LOCKED if for_update else _NUMBERED, {"number": number})


def _one(statement: Prepared, values: Values) -> Drawn | None:
    row = statement.row(values)
    return None if row is None else Drawn.of(row)


def facts_of(person_id: int, today: date) -> Facts:
    """What the person read and said, their trade, and the tracks that are theirs. Two statements."""
    read = select(
        literal(Kind.CHECK.value).label("what"),
        Standing.subject.label("key"),
        literal(0).label("answers"),
        literal(0).label("right"),
    ).where(Standing.person_id == person_id, Standing.kind == Kind.CHECK)
    said = select(
        NotionWord.word, NotionWord.notion, NotionWord.answers, NotionWord.right_answers
    ).where(NotionWord.person_id == person_id)
    trade = select(literal(_TRADE), Posting.job_family, literal(0), literal(0)).where(
        Posting.person_id == person_id, Posting.ends_on.is_(None)
    )
    rows = db.session.execute(union_all(read, said, trade)).all()
    return Facts(
        frozenset(row.key for row in rows if row.what == Kind.CHECK),
        {
            row.key: Heard(Word(row.what), row.answers, row.right)
            for row in rows
            if row.what not in {Kind.CHECK, _TRADE}
        },
        tracks.theirs(person_id, today),
        next((row.key for row in rows if row.what == _TRADE), None),
    )
