"""Sitting a check or a quiz: opened once, submitted once, rewarded once."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zlib import crc32

from flask_babel import lazy_gettext as _
from sqlalchemy import case, or_

from academy import database
from academy.catalog import releases, seasons
from academy.catalog.drawing import draw_quiz
from academy.catalog.marking import Mark
from academy.catalog.tree import Barrier, Catalog, Lesson, Module, Question
from academy.database import db, insert
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.learning import opening, queries, rules
from academy.learning.editions import edition_of, stands
from academy.learning.models import Attempt, Kind, Standing
from academy.mastery import services as mastery
from academy.mastery.models import Context
from academy.mastery.services import Marked, Sitting
from academy.passport import services as passport
from academy.refusal import Refusal
from academy.rewards import services as rewards
from academy.rewards.services import NOTHING, Earned

LARGEST_SEED = 2**31


class TriesUsedUp(Refusal):
    """Three tries a day; tomorrow starts afresh."""

    def __init__(self) -> None:
        super().__init__(
            _("Three tries today already. Read a lesson again, and come back tomorrow."), 409
        )


class OutOfDate(Refusal):
    """The form does not fit what is open now."""

    def __init__(self) -> None:
        super().__init__(
            _("This page was out of date: nothing was counted. Open the questions again."), 409
        )


@dataclass(frozen=True, slots=True)
class Learner:
    """Who is learning, and what day it is for them."""

    person_id: int
    today: date
    needs: tuple[str, ...] = ()


def check_seed(person_id: int, lesson: str, number: int) -> int:
    """A check is not kept until it is answered: its order follows from who, what, and which try."""
    return crc32(f"{person_id}:{lesson}:{number}".encode()) % LARGEST_SEED


def open_quiz(learner: Learner, module: Module, at: datetime, seed: int | None = None) -> int:
    """Draw the questions and pin them; gives the number of the open attempt, the same if there is one.

    A release published meanwhile takes nothing away: see `stands`. `seed` is for make-believe.
    Raises NotThereYet, TriesUsedUp.
    """
    opening.refuse_closed(module, learner.today)
    database.one_at_a_time(learner.person_id)
    known = queries.standing(learner.person_id, Kind.QUIZ, module.key)
    number = (known.tries if known else 0) + 1
    found = queries.attempt_numbered(learner.person_id, Kind.QUIZ, module.key, number)
    catalog = releases.current()
    if found is not None and stands(found, at):
        return found.id
    if known and not rules.may_try(known.last_on, known.tries_that_day, learner.today):
        raise TriesUsedUp
    seed = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    avoid = known.last_questions if known else []
    drawn = draw_quiz(
        catalog,
        module.key,
        seed,
        avoid,
        [Barrier(need) for need in learner.needs],
        seasons.appeared(catalog, learner.today),
    )
    attempt = found or Attempt(
        person_id=learner.person_id, kind=Kind.QUIZ, subject=module.key, number=number
    )
    attempt.questions, attempt.seed = list(drawn), seed
    attempt.release, attempt.started_at = catalog.release, at
    db.session.add(attempt)
    db.session.flush()  # the address of the page is its number
    return attempt.id


def submit_quiz(
    learner: Learner, attempt: Attempt, marks: Mapping[int, Mark], at: datetime
) -> None:
    """Close the attempt with its marks. Does nothing when it was submitted before."""
    if attempt.submitted_at is not None:
        return
    module = edition_of(attempt).modules[attempt.subject]
    _close(attempt, marks, module.quiz.pass_mark, at)
    _learn(learner, attempt, marks, Context.QUIZ, at)
    _stand(learner, attempt)
    earned = _reward_quiz(learner, attempt, module, at)
    attempt.earned = stored(earned, learner.today)


def check_questions(
    learner: Learner, lesson: Lesson, edition: Catalog | None = None
) -> list[Question]:
    """The questions that close the lesson of this edition and that this person can fairly be asked."""
    questions = ((edition or releases.current()).questions[key] for key in lesson.check)
    return [each for each in questions if each.not_for.isdisjoint(learner.needs)]


def submit_check(
    learner: Learner,
    lesson: Lesson,
    number: int,
    marks: Mapping[int, Mark],
    at: datetime,
    edition: Catalog | None = None,
) -> int:
    """Keep a lesson's check and give the number of its attempt; the same when it was there already.

    `marks` are those of `check_questions`, by slot; `edition` is the one they were asked from, and the
    lesson with them. Raises NotThereYet, and OutOfDate when `number` is not the next try.
    """
    edition = edition or releases.current()
    opening.refuse_early(lesson, learner.today, edition)
    database.one_at_a_time(learner.person_id)
    known = queries.standing(learner.person_id, Kind.CHECK, lesson.key)
    tries = known.tries if known else 0
    if 1 <= number <= tries:
        before = queries.attempt_numbered(learner.person_id, Kind.CHECK, lesson.key, number)
        if before is not None:
            return before.id
    if number != tries + 1:
        raise OutOfDate
    attempt = Attempt(
        person_id=learner.person_id,
        kind=Kind.CHECK,
        subject=lesson.key,
        number=number,
        questions=[question.key for question in check_questions(learner, lesson, edition)],
        seed=check_seed(learner.person_id, lesson.key, number),
        release=edition.release,
        started_at=at,
    )
    _close(attempt, marks, 0, at)
    db.session.add(attempt)
    db.session.flush()  # answers refer to the attempt by its number
    _learn(learner, attempt, marks, Context.CHECK, at)
    _stand(learner, attempt)
    theme = edition.modules[lesson.module].theme
    attempt.earned = stored(_reward_check(learner, attempt, theme, at), learner.today)
    return attempt.id


def questions_of(attempt: Attempt) -> list[Question]:
    """The questions of an attempt, as they were asked; of a lost edition, those that still exist."""
    known = edition_of(attempt).questions
    return [known[key] for key in attempt.questions if key in known]


def stored(earned: Earned, today: date) -> dict[str, object]:
    """What was earned, as the attempt keeps it for its result page."""
    return {
        "points": earned.pay.points,
        "stars": earned.pay.stars,
        "keys": earned.pay.keys,
        "awards": [award.key for award in earned.awards],
        "on": today.isoformat(),
    }


def celebrate(earned: Earned, person_id: int, at: datetime, today: date) -> Earned:
    """When the passport was just earned, issue it."""
    if any(award.kind == "passport" for award in earned.awards):
        passport.issue(person_id, at, today)
    return earned


def _close(attempt: Attempt, marks: Mapping[int, Mark], pass_mark: int, at: datetime) -> None:
    attempt.per_cent = rules.per_cent([mark.score for mark in marks.values()])
    attempt.right = sum(mark.right for mark in marks.values())
    attempt.passed = attempt.per_cent >= pass_mark
    attempt.submitted_at = at


def _learn(
    learner: Learner, attempt: Attempt, marks: Mapping[int, Mark], context: Context, at: datetime
) -> None:
    questions: Sequence[Question] = questions_of(attempt)
    answers = [
        Marked(slot, questions[slot - 1].key, questions[slot - 1].notion, mark)
        for slot, mark in marks.items()
    ]
    sitting = Sitting(learner.person_id, context, attempt.id, attempt.release)
    mastery.take(sitting, answers, at)


def _stand(learner: Learner, attempt: Attempt) -> None:
    """Bring the person's standing up to date, in one statement."""
    statement = insert(Standing).values(
        person_id=learner.person_id,
        kind=attempt.kind,
        subject=attempt.subject,
        tries=attempt.number,
        best=attempt.per_cent,
        passed=attempt.passed,
        last_on=learner.today,
        tries_that_day=1,
        last_questions=attempt.questions,
    )
    new = statement.excluded
    same_day = Standing.last_on == learner.today
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Standing.person_id, Standing.kind, Standing.subject],
            set_={
                "tries": new.tries,
                "best": case((new.best > Standing.best, new.best), else_=Standing.best),
                "passed": or_(Standing.passed, new.passed),
                "last_on": new.last_on,
                "tries_that_day": case((same_day, Standing.tries_that_day + 1), else_=1),
                "last_questions": new.last_questions,
            },
        )
    )


def _reward_check(learner: Learner, attempt: Attempt, theme: str, at: datetime) -> Earned:
    act = Act(
        learner.person_id,
        Verb.LESSON_DONE,
        attempt.subject,
        at,
        learner.today,
        f"lesson:{attempt.subject}",
        theme,
        {"right": attempt.right or 0},
    )
    return celebrate(rewards.record(act), learner.person_id, at, learner.today)


def _reward_quiz(learner: Learner, attempt: Attempt, module: Module, at: datetime) -> Earned:
    if not attempt.passed:
        return NOTHING
    flawless = attempt.right == len(attempt.questions)
    verbs = [Verb.QUIZ_PASSED, Verb.QUIZ_FLAWLESS] if flawless else [Verb.QUIZ_PASSED]
    earned = NOTHING
    for verb in verbs:
        earned += rewards.record(
            Act(
                learner.person_id,
                verb,
                module.key,
                at,
                learner.today,
                f"{verb}:{module.key}",
                module.theme,
            )
        )
    return celebrate(earned, learner.person_id, at, learner.today)
