"""What the engine believes of one person, in their folio.

A row that cannot be read (of another engine, damaged, none yet) is made anew from the person's answers, each
learnt with the numbers and the content it was learnt with: rebuilt equals kept.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from academy.catalog import releases
from academy.database import db
from academy.folio.queries import Page
from academy.mastery import numbers, opening, packing, shelves, tutor
from academy.mastery.mind import EPOCH, Mind, moment, question_tag, tag
from academy.mastery.models import Answer
from academy.mastery.numbers import Numbers
from academy.mastery.opening import Lesson
from academy.mastery.packing import UnreadableMind
from academy.mastery.tutor import Item, Outcome
from academy.people.models import Posting

log = logging.getLogger(__name__)


def of(page: Page, trade: str | None = None) -> Mind:
    """The mind on somebody's page; made from their answers when it is not there or cannot be read.

    Of somebody without answers the trade is looked for, unless it is given.
    """
    if page.mind is not None:
        try:
            return packing.unpack(page.mind)
        except UnreadableMind as reason:
            log.warning("a mind is made anew from the answers: %s", reason)
    return rebuilt(page.person_id, trade)


def stranger(trade: str | None = None) -> Mind:
    """Somebody of whom nothing is known but their trade."""
    by = numbers.in_force()
    return tutor.stranger(by.model, by.starts.get(trade or "", 0.0))


def begun(page: Page) -> float | None:
    """Put a mind on the page of somebody who has none; gives where they begin, if they never answered."""
    if page.mind is not None:
        return None
    mind = of(page)
    page.mind = packing.pack(mind)
    return None if mind.answers else mind.theta or None


def rebuilt(person_id: int, trade: str | None = None) -> Mind:
    """The mind that the person's answers make, learnt again in their order, from where they began."""
    given = db.session.execute(
        select(
            Answer.question,
            Answer.notion,
            Answer.release,
            Answer.numbers,
            Answer.right,
            Answer.dont_know,
            Answer.at,
            Answer.start,
        )
        .where(Answer.person_id == person_id)
        .order_by(Answer.id)
    ).all()
    if not given:
        return stranger((trade or _trade(person_id)) if numbers.in_force().starts else None)
    mind = tutor.stranger(version(given[0].numbers).model, given[0].start or 0.0)
    for row in given:
        by = version(row.numbers)
        learn(mind, item_of(row.question, row.notion, row.release, by), _outcome(row), row.at, by)
    return mind


def _trade(person_id: int) -> str | None:
    at_work = (Posting.person_id == person_id, Posting.ends_on.is_(None))
    return db.session.scalar(select(Posting.job_family).where(*at_work))


def version(number: int) -> Numbers:
    """The numbers of that version; those in force when it is gone."""
    return numbers.numbered(number) or numbers.in_force()


def item_of(question: str, notion: str, release: str, by: Numbers) -> Item:
    """The question as the engine saw it then; one of middling difficulty when its release is gone."""
    catalog = releases.named(release)
    found = shelves.items(catalog, by).get(question) if catalog else None
    return found or Item(question_tag(question), tag(notion))


def lessons(
    page: Page, given: Sequence[tuple[Item, Outcome]], at: datetime, by: Numbers
) -> list[Lesson]:
    """What each of these answers makes of the mind on the page, one after the other. Changes nothing."""
    try:
        return _lessons(page.mind or b"", given, at, by)
    except UnreadableMind:
        return _lessons(packing.pack(of(page)), given, at, by)


def _lessons(
    row: bytes, given: Iterable[tuple[Item, Outcome]], at: datetime, by: Numbers
) -> list[Lesson]:
    found = []
    for item, how in given:
        found.append(opening.learnt(row, item, how, moment(at), by.model))
        row = found[-1].row
    return found


def learn(mind: Mind, item: Item, outcome: Outcome, at: datetime, by: Numbers) -> None:
    """What one answer changes."""
    tutor.learn(mind, item, outcome, moment(at), by.model)


def outcome(right: bool, dont_know: bool) -> Outcome:
    if dont_know:
        return Outcome.DONT_KNOW
    return Outcome.RIGHT if right else Outcome.WRONG


def _outcome(row: Any) -> Outcome:
    return outcome(row.right, row.dont_know)


def told(packed: bytes | None) -> Any:
    """A mind in plain values, for the person it is about."""
    try:
        mind = packing.unpack(packed or b"")
    except UnreadableMind:
        return None
    catalog = releases.current()
    notions, themes = _named(catalog.notions), _named(catalog.themes)
    return {
        "ability": mind.theta,
        "ability_variance": mind.variance,
        "answers": mind.answers,
        "right": mind.right,
        "failures_in_a_row": mind.failures,
        "last_at": _at(mind.last),
        "themes": {
            themes.get(key, str(key)): {"level": mean, "variance": variance}
            for key, (mean, variance) in mind.skills.items()
        },
        "notions": {
            notions.get(key, str(key)): {
                "known_beyond_ability": trace.mean,
                "variance": trace.variance,
                "practice": trace.gain,
                "chance_it_is_there": trace.kappa,
                "stability_in_days": trace.stability,
                "last_at": _at(trace.last),
                "answers": trace.answers,
                "right": trace.right,
                "recent_share_right": trace.ewma,
                "last_right": trace.last_right,
                "questions_asked": len(trace.asked),
            }
            for key, trace in mind.traces.items()
        },
    }


def _named(keys: Iterable[str]) -> dict[int, str]:
    return {tag(key): key for key in keys}


def _at(days: float) -> str:
    return (EPOCH + timedelta(days=days)).isoformat(timespec="seconds")
