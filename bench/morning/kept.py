"""Afterwards: is every acknowledged answer there, exactly once, and what it earned too?"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import func, select

from academy.daily.models import Round
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.mastery.models import Answer, Context
from academy.rewards.models import LedgerEntry
from bench.morning.place import Place

AT_ONCE = 500
Told = tuple[int, int, int]
"""Person, round, slot: an answer that the client was told is kept."""


@dataclass(slots=True)
class Found:
    """`beyond` were kept and the client was not told, as when a connection broke before the answer came."""

    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    twice: int = 0
    beyond: int = 0
    rounds_done: int = 0
    deeds: int = 0
    stars: int = 0

    def right(self) -> bool:
        paid = self.rounds_done == self.deeds == self.stars
        return not self.lost and not self.twice and paid


@dataclass(frozen=True, slots=True)
class Before:
    """The last numbers given before the crowd came."""

    answer: int
    deed: int


def before(place: Place) -> Before:
    with place.app().app_context():
        return Before(
            db.session.scalar(select(func.max(Answer.id))) or 0,
            db.session.scalar(select(func.max(Deed.id))) or 0,
        )


def check(place: Place, start: Before, told: Sequence[Told]) -> dict[str, object]:
    """Raises SystemExit when something acknowledged is not there, or more than once."""
    found = Found(acknowledged=len(told))
    with place.app().app_context():
        kept = db.session.execute(
            select(Answer.person_id, Answer.context_id, Answer.slot, func.count())
            .where(Answer.id > start.answer, Answer.context == Context.ROUND)
            .group_by(Answer.person_id, Answer.context_id, Answer.slot)
        ).all()
        times = {(row[0], row[1], row[2]): row[3] for row in kept}
        found.kept = len(times)
        found.twice = sum(count > 1 for count in times.values())
        found.lost = sum(each not in times for each in told)
        found.beyond = len(times.keys() - set(told))
        _paid(found, start, sorted({number for _person, number, _slot in times}))
        db.engine.dispose()
    if not found.right():
        raise SystemExit(f"Answers were lost or counted twice: {found}")
    return asdict(found)


def _paid(found: Found, start: Before, rounds: Sequence[int]) -> None:
    """Every round that was finished is one deed and one star; a deed without a round would show here too."""
    for some in _in_parts(rounds):
        done = select(func.count()).where(Round.id.in_(some), Round.finished_at.is_not(None))
        found.rounds_done += db.session.scalar(done) or 0
    deeds = select(Deed.id).where(Deed.id > start.deed, Deed.verb == Verb.ROUND_DONE)
    found.deeds = db.session.scalar(select(func.count()).select_from(deeds.subquery())) or 0
    stars = select(func.count()).where(
        LedgerEntry.deed_id.in_(deeds), LedgerEntry.currency == "star"
    )
    found.stars = db.session.scalar(stars) or 0


def _in_parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))
