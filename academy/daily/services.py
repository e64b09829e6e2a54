"""Drawing the day's round and taking its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import randbelow

from flask_babel import lazy_gettext as _

from academy import database
from academy.catalog import releases, seasons
from academy.catalog.marking import Mark, mark
from academy.daily import hearing, queries
from academy.daily.models import Round
from academy.database import db
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.learning import queries as learning
from academy.learning.services import LARGEST_SEED, Learner, celebrate, stored
from academy.mastery import engine
from academy.mastery import queries as memory
from academy.mastery import services as mastery
from academy.mastery.models import Context
from academy.mastery.services import Marked, Sitting
from academy.refusal import Refusal
from academy.rewards import services as rewards

WANTED = 2
GRACE = timedelta(days=1)
"""A round begun before midnight may be finished the next day; it counts for its own day."""


class NotToday(Refusal):
    """The round of another day is closed."""

    def __init__(self) -> None:
        super().__init__(
            _("This question was for another day. Nothing is lost: today’s minute is waiting."), 409
        )


class NotYet(Refusal):
    """Questions are answered in order."""

    def __init__(self) -> None:
        super().__init__(_("Answer the question before this one first."), 409)


class Changed(Refusal):
    """The question was edited between asking and answering."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This question was updated while you were reading it: nothing was counted. Read it again."
            ),
            409,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as it was posted, and the edition of the questions it was given to."""

    slot: int
    release: str
    language: str
    fields: Mapping[str, Sequence[str]]


def draw(learner: Learner, at: datetime, seed: int | None = None) -> Round | None:
    """The round of the person's day, drawn now if it was not yet; None when there is nothing to ask.

    Drawn once: a refresh, a second tab and another device get the same one. `seed` is for make-believe.
    """
    database.one_at_a_time(learner.person_id)
    found = queries.round_of(learner.person_id, learner.today)
    if found is not None:
        return _mended(found, learner, at)
    seed = randbelow(LARGEST_SEED) if seed is None else seed
    choice = _choose(learner, at, seed)
    if choice is None:
        return None
    drawn = Round(
        person_id=learner.person_id,
        day=learner.today,
        notion=choice.notion,
        questions=list(choice.questions),
        seed=seed,
        release=releases.current().release,
        reason=choice.reason,
        recall=choice.recall,
        drawn_at=at,
        answered=0,
        right_answers=0,
        dont_know=0,
        earned={},
    )
    db.session.add(drawn)
    db.session.flush()  # the page posts to the round's number
    return drawn


def answer(learner: Learner, drawn: Round, asked: Asked, at: datetime) -> Mark | None:
    """Grade one answer, once; None when this slot was answered before (nothing changes).

    `drawn` is locked and belongs to the learner. Raises Unmarkable, NotToday, NotYet, Changed.
    """
    if asked.slot <= drawn.answered:
        return None
    if learner.today - drawn.day > GRACE:
        raise NotToday
    if asked.slot != drawn.answered + 1:
        raise NotYet
    catalog = releases.current()
    question = catalog.questions.get(drawn.questions[asked.slot - 1])
    same = asked.release == catalog.release and drawn.notion in catalog.notions
    if question is None or not same:
        raise Changed
    result = mark(question, asked.language, drawn.seed, asked.fields)
    sitting = Sitting(learner.person_id, Context.ROUND, drawn.id, catalog.release)
    marked = Marked(asked.slot, question.key, question.notion, result)
    memories = mastery.take(sitting, [marked], at, drawn.day)
    drawn.answered = asked.slot
    drawn.right_answers += int(result.right)
    drawn.dont_know += int(result.dont_know)
    if drawn.notion in memories:
        drawn.fades_in = engine.days_until_fading(memories[drawn.notion], at)
    if drawn.answered == len(drawn.questions):
        _finish(drawn, at)
    return result


def _finish(drawn: Round, at: datetime) -> None:
    """The round is one deed, of its own day: a star for taking part, a key per right answer."""
    drawn.finished_at = at
    notion = releases.current().notions[drawn.notion]
    act = Act(
        drawn.person_id,
        Verb.ROUND_DONE,
        drawn.notion,
        at,
        drawn.day,
        f"round:{drawn.day}",
        releases.current().modules[notion.module].theme,
        {"right": drawn.right_answers, "dont_know": drawn.dont_know},
    )
    earned = celebrate(rewards.record(act), drawn.person_id, at, drawn.day)
    drawn.earned = stored(earned, drawn.day)


def _choose(learner: Learner, at: datetime, seed: int) -> engine.Choice | None:
    catalog = releases.current()
    known = memory.memories(learner.person_id)
    standings = learning.standings(learner.person_id)
    heard = queries.words_said(learner.person_id)
    there = seasons.appeared(catalog, learner.today)
    facts = queries.candidates(catalog, known, standings, learner.needs, there, heard)
    return hearing.told(engine.choose(facts, WANTED, at, seed), known, heard)


def _mended(drawn: Round, learner: Learner, at: datetime) -> Round | None:
    """A round whose next question was withdrawn since it was drawn gets another; answers stay.

    None when there is no other to ask.
    """
    catalog = releases.current()
    left = drawn.questions[drawn.answered :]
    askable = drawn.notion in catalog.notions and all(key in catalog.questions for key in left)
    if askable or not left:  # a round done stays as it was
        return drawn
    choice = _choose(learner, at, drawn.seed)
    if choice is None:
        return None
    drawn.questions = [*drawn.questions[: drawn.answered], *choice.questions[: len(left)]]
    drawn.notion, drawn.reason, drawn.recall = choice.notion, choice.reason, choice.recall
    drawn.release = catalog.release
    return drawn


def is_open(drawn: Round, today: date) -> bool:
    """May it still be answered?"""
    return drawn.finished_at is None and today - drawn.day <= GRACE
