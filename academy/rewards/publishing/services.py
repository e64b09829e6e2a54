"""Rules that have come into force: their versions written down, and what they owe granted to everybody."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import func, select, update

from academy.database import db, insert
from academy.rewards import badges, rule_words, services
from academy.rewards.badges import Award
from academy.rewards.models import AwardRound, AwardVersion
from academy.rewards.publishing import histories
from academy.rewards.publishing.histories import Life
from academy.rewards.rules import Facts, evaluate


@dataclass(frozen=True, slots=True)
class Stage:
    """Some people of a walk: whom to go on after, how many were looked at, whom something is owed to."""

    last: int
    looked: int
    owed: tuple[int, ...]


def edition(shelf: Mapping[str, Award]) -> str:
    """Names these very rules, all together."""
    said = repr(sorted((award.key, award.version) for award in shelf.values()))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def note_versions(at: datetime) -> int:
    """Give a number to each rule that has none; gives how many there were."""
    shelf = badges.current()
    rows = db.session.execute(select(AwardVersion.award, AwardVersion.version))
    known = frozenset(rows)
    new = [award for award in shelf.values() if (award.key, award.version) not in known]
    counts = dict(
        db.session.execute(
            select(AwardVersion.award, func.max(AwardVersion.number)).group_by(AwardVersion.award)
        ).all()
    )
    for award in new:
        values = {
            "award": award.key,
            "version": award.version,
            "number": counts.get(award.key, 0) + 1,
            "asks": rule_words.in_both(partial(_asks, award)),
            "points": award.points,
            "known_at": at,
        }
        db.session.execute(insert(AwardVersion).values(values).on_conflict_do_nothing())
    return len(new)


def _asks(award: Award) -> str:
    return rule_words.asks(evaluate(award.rule, Facts({})))


def latest_round() -> AwardRound | None:
    return db.session.scalar(
        select(AwardRound)
        .order_by(AwardRound.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def is_due(known: AwardRound | None) -> bool:
    """Is there a walk to begin or to go on with?"""
    return known is None or known.ended_at is None or known.awards != edition_in_force()


def edition_in_force() -> str:
    return edition(badges.current())


def begin_round(after: int, at: datetime) -> None:
    """Begin a walk for the rules in force; the one under way for others is left where it is.

    Two who begin at the same time begin one walk: its number is the one after the last.
    """
    note_versions(at)
    values = {
        "id": after + 1,
        "awards": edition_in_force(),
        "reached": 0,
        "people": 0,
        "granted": 0,
        "begun_at": at,
    }
    db.session.execute(insert(AwardRound).values(values).on_conflict_do_nothing())


def stage(reached: int) -> Stage | None:
    """The next people after this one, and who of them is owed anything; None when there is nobody left."""
    people = histories.after(reached)
    if not people:
        return None
    plan, shelf = badges.in_force(), badges.current()
    asked = services.steps_asked(shelf.values())
    lives = histories.lives(people, plan, asked)
    owed = tuple(life.person_id for life in lives if life.kept != life.facts.tallies or _owes(life))
    return Stage(people[-1], len(people), owed)


def _owes(life: Life) -> bool:
    return bool(badges.in_force().met_by(life.facts))


def advance(number: int, reached: int, done: Stage, granted: int) -> None:
    """Say how far the walk has come, unless somebody else has been there."""
    db.session.execute(
        update(AwardRound)
        .where(AwardRound.id == number, AwardRound.reached == reached)
        .values(
            reached=done.last,
            people=AwardRound.people + done.looked,
            granted=AwardRound.granted + granted,
        )
        .execution_options(synchronize_session=False)
    )


def end(number: int, at: datetime) -> None:
    db.session.execute(
        update(AwardRound)
        .where(AwardRound.id == number, AwardRound.ended_at.is_(None))
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )
