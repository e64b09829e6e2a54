"""Telling people of their pair, kindly; and those who have none, with no word on why."""

from datetime import datetime

from sqlalchemy import select

from academy.database import db
from academy.mentoring.pairs.models import MentoringPair, Proposal
from academy.mentoring.pairs.proposing import gathering
from academy.mentoring.programmes.models import Programme
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News


def tell_pair(number: int, at: datetime) -> None:
    """Each of the two is told who the other is; nobody twice."""
    row = db.session.execute(
        select(MentoringPair, Programme)
        .join(Programme, Programme.id == MentoringPair.programme_id)
        .where(MentoringPair.id == number)
    ).one_or_none()
    if row is None:
        return
    pair, programme = row
    data = {**_of(programme), "paired": True, "pair": pair.id}
    for reader, other in (
        (pair.mentor_id, pair.mentee_id),
        (pair.mentee_id, pair.mentor_id),
    ):
        notices.tell([reader], News(Kind.PAIR, f"pair:{number}", data, actor_id=other), at)


def tell_the_others(proposal: int, at: datetime) -> None:
    """Whoever takes part and has no pair."""
    found = db.session.get(Proposal, proposal)
    programme = db.session.get(Programme, found.programme_id) if found else None
    if programme is None:
        return
    rows = db.session.execute(
        select(MentoringPair.mentor_id, MentoringPair.mentee_id).where(
            MentoringPair.programme_id == programme.id
        )
    )
    paired = {person for row in rows for person in row}
    left = {taker.id for taker in gathering.takers(programme.id)} - paired
    data = {**_of(programme), "paired": False}
    if left:
        notices.tell(left, News(Kind.PAIR, f"no-pair:{programme.id}", data), at)


def _of(programme: Programme) -> dict[str, object]:
    name = {"fr": programme.name_fr, "en": programme.name_en}
    return {"programme": programme.id, "name": name}
