"""Setting sail, answering scene by scene, and what the voyage leaves behind."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from secrets import randbelow

from flask_babel import lazy_gettext as _

from academy import database
from academy.catalog import releases, seasons
from academy.catalog.marking import Mark, mark
from academy.database import db
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.learning.alone import Posted
from academy.learning.services import LARGEST_SEED, Learner, celebrate, stored
from academy.mastery import queries as memory
from academy.mastery import services as mastery
from academy.mastery.models import Context
from academy.mastery.services import Marked, Sitting
from academy.refusal import Refusal
from academy.rewards import services as rewards
from academy.surveys import placing, queries
from academy.surveys.models import Voyage
from academy.surveys.placing import Offer, Step

AGAIN_AFTER = timedelta(days=182)
"""Half a year later somebody else may be sitting in the same chair."""


class NothingToAsk(Refusal):
    """The bank holds no question this person can fairly be asked."""

    def __init__(self) -> None:
        super().__init__(_("The airship has no question for you yet. The lessons are open."), 409)


class NotYet(Refusal):
    """Scenes are lived in order."""

    def __init__(self) -> None:
        super().__init__(_("Answer the scene before this one first."), 409)


class Changed(Refusal):
    """The content changed between asking and answering."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This question was updated while you were reading it: nothing was counted, "
                "and your voyage is safe. Open it again to go on."
            ),
            409,
        )


def set_sail(learner: Learner, at: datetime, seed: int | None = None) -> Voyage:
    """The voyage to go on with: the one under way, a new one, or the last one while it is recent.

    `seed` is for make-believe. Raises NothingToAsk.
    """
    database.one_at_a_time(learner.person_id)
    found = queries.latest(learner.person_id)
    if found is not None and not may_sail_again(found, learner.today):
        found.put_off_at = None
        return found if found.steps or found.finished_at else _begin(found, learner)
    return _begin(_open(learner, found, at, seed), learner)


def put_off(learner: Learner, at: datetime, seed: int | None = None) -> None:
    """ "Not now": nobody is asked again; the voyage stays where it is."""
    database.one_at_a_time(learner.person_id)
    found = queries.latest(learner.person_id) or _open(learner, None, at, seed)
    if found.finished_at is None and found.put_off_at is None:
        found.put_off_at = at
    db.session.add(found)


def answer(learner: Learner, sailing: Voyage, said: Posted, at: datetime) -> Mark | None:
    """Take one answer, once; None when this scene was answered before (nothing changes).

    `sailing` is locked and belongs to the learner. What was asked is marked as it was asked: by the release
    of the sheet, as long as it is known. Raises Unmarkable, NotYet, Changed.
    """
    if said.slot <= sailing.answered or sailing.finished_at is not None:
        return None
    if said.slot != sailing.answered + 1:
        raise NotYet
    *before, step = queries.steps_of(sailing)
    found = said.sheet(step.question)
    if found is None:
        raise Changed
    sheet, question = found
    result = mark(question, said.language, sailing.seed, said.fields)
    sitting = Sitting(learner.person_id, Context.PLACEMENT, sailing.id, sheet.release)
    marked = Marked(said.slot, question.key, question.notion, result)
    mastery.take(sitting, [marked], at)
    _go_on(learner, sailing, [*before, replace(step, right=result.right)], at)
    sailing.answered = said.slot
    return result


def mended(learner: Learner, sailing: Voyage, at: datetime) -> None:
    """An open scene whose question was withdrawn gets another; what was answered stays."""
    *before, step = queries.steps_of(sailing)
    if step.right is None and step.question not in releases.current().questions:
        _go_on(learner, sailing, before, at)


def is_askable(sailing: Voyage) -> bool:
    """Can the open scene be shown as it is?"""
    catalog = releases.current()
    return bool(sailing.steps) and sailing.steps[-1]["question"] in catalog.questions


def may_sail_again(sailing: Voyage, today: date) -> bool:
    return sailing.finished_at is not None and again_on(sailing) <= today


def again_on(sailing: Voyage) -> date:
    """From which day on another voyage makes sense."""
    return ((sailing.finished_at or sailing.opened_at) + AGAIN_AFTER).date()


def _open(learner: Learner, last: Voyage | None, at: datetime, seed: int | None) -> Voyage:
    return Voyage(
        person_id=learner.person_id,
        number=last.number + 1 if last else 1,
        seed=randbelow(LARGEST_SEED) if seed is None else seed,
        opened_at=at,
        steps=[],
        answered=0,
        earned={},
    )


def _begin(sailing: Voyage, learner: Learner) -> Voyage:
    first = _next(learner, sailing, [])
    if first is None:
        raise NothingToAsk
    sailing.steps = queries.stored([first])
    db.session.add(sailing)
    db.session.flush()  # the page posts to its number
    return sailing


def _go_on(learner: Learner, sailing: Voyage, steps: list[Step], at: datetime) -> None:
    """The next scene, or the end when there is none; a voyage without an answer is not begun."""
    following = _next(learner, sailing, steps)
    sailing.steps = queries.stored([*steps, following] if following else steps)
    if following is None and steps:
        _arrive(learner, sailing, at)


def _next(learner: Learner, sailing: Voyage, steps: Sequence[Step]) -> Step | None:
    if len(steps) >= placing.WANTED:
        return None
    catalog = releases.current()
    seen = memory.asked_of(learner.person_id, catalog)
    there = seasons.appeared(catalog, learner.today)
    pool = queries.offers(catalog, learner.needs, seen, there)
    found = placing.next_question(pool, steps, sailing.seed)
    return _step(found) if found else None


def _step(offer: Offer) -> Step:
    return Step(
        offer.question,
        offer.theme,
        offer.module,
        offer.notion,
        offer.difficulty,
        offer.guess,
    )


def _arrive(learner: Learner, sailing: Voyage, at: datetime) -> None:
    """One deed: a voyage pays once, the first time. The engine has learnt from every answer already."""
    sailing.finished_at = at
    act = Act(
        learner.person_id,
        Verb.PLACEMENT_DONE,
        "placement",
        at,
        learner.today,
        "placement",
    )
    earned = celebrate(rewards.record(act), learner.person_id, at, learner.today)
    sailing.earned = stored(earned, learner.today)
