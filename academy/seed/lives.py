"""Three months of learning: the minute, and now and then a lesson or a quiz."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from academy.catalog import releases
from academy.catalog.tree import Question
from academy.daily import services as daily
from academy.daily.queries import Drawn
from academy.database import db
from academy.learning import queries as learning
from academy.learning import services as study
from academy.learning import sitting
from academy.learning.alone import Posted
from academy.learning.models import Kind
from academy.learning.services import Learner, TriesUsedUp
from academy.people.models import Person
from academy.seed.answers import fields_said
from academy.seed.company import Habits

SATURDAY = 5


def live(person: Person, habits: Habits, now: datetime, dice: Random) -> None:
    """Working days one after the other, up to yesterday: the minute, and now and then a lesson or a quiz."""
    day = (now - habits.since).date()
    while day < now.date():
        if day.weekday() < SATURDAY:
            _spend(person, habits, day, dice)
            db.session.commit()
        day += timedelta(days=1)


def _spend(person: Person, habits: Habits, day: date, dice: Random) -> None:
    hour = datetime.combine(day, time(8, dice.randrange(60)), tzinfo=ZoneInfo(person.zone))
    learner = Learner(person.id, day)
    if dice.random() < habits.faithful:
        _minute(learner, habits, hour.astimezone(UTC), dice)
    if dice.random() < habits.studious * 0.5:
        _study(learner, habits, hour.astimezone(UTC) + timedelta(hours=4), dice)


def _minute(learner: Learner, habits: Habits, at: datetime, dice: Random) -> None:
    drawn = daily.draw(learner, at, seed=dice.randrange(2**31))
    if drawn is None:
        return
    while drawn.finished_at is None:
        _answer(learner, drawn, habits, at, dice)
        at += timedelta(seconds=25)


def _answer(learner: Learner, drawn: Drawn, habits: Habits, at: datetime, dice: Random) -> None:
    question = releases.current().questions[drawn.questions[drawn.answered]]
    fields = fields_said(question, drawn.seed, _chance(habits, question), dice)
    release = releases.current().release
    daily.answer(learner, drawn, Posted(drawn.answered + 1, release, "fr", fields), at)


def _study(learner: Learner, habits: Habits, at: datetime, dice: Random) -> None:
    """A quiz whose lessons are all read goes first; else the next lesson of the path."""
    catalog = releases.current()
    known = learning.standings(learner.person_id)
    module = _ready_for_quiz(known)
    if module is not None:
        _sit_quiz(learner, module, habits, at, dice)
        return
    for card in learning.next_lessons(known, 1, learner.today):
        lesson = catalog.lessons[card.key]
        seed = study.check_seed(learner.person_id, lesson.key, 1)
        questions = study.check_questions(learner, lesson)
        posted = _all_fields(questions, seed, habits, dice)
        marks = sitting.mark_all(questions, "fr", seed, posted).marks
        study.submit_check(learner, lesson, 1, marks, at)


def _ready_for_quiz(known: learning.Standings) -> str | None:
    """The first module whose lessons are all read and whose quiz is not passed."""
    for module in releases.current().modules.values():
        sat = known.get((Kind.QUIZ, module.key))
        read = all((Kind.CHECK, lesson) in known for lesson in module.lessons)
        if read and not (sat and sat.passed):
            return module.key
    return None


def _sit_quiz(learner: Learner, module: str, habits: Habits, at: datetime, dice: Random) -> None:
    """Try until passed, or until the day's tries are used up."""
    catalog = releases.current()
    passed = False
    while not passed:
        try:
            number = study.open_quiz(learner, catalog.modules[module], at, dice.randrange(2**31))
        except TriesUsedUp:
            return
        attempt = learning.attempt(number)
        if attempt is None:
            return
        questions = study.questions_of(attempt)
        posted = _all_fields(questions, attempt.seed, habits, dice)
        marks = sitting.mark_all(questions, "fr", attempt.seed, posted).marks
        study.submit_quiz(learner, attempt, marks, at)
        passed = bool(attempt.passed)
        at += timedelta(minutes=6)


def _all_fields(
    questions: list[Question], seed: int, habits: Habits, dice: Random
) -> dict[str, list[str]]:
    posted = {}
    for slot, question in enumerate(questions, 1):
        fields = fields_said(question, seed, _chance(habits, question) + 0.08, dice)
        posted.update({sitting.prefix(slot) + name: values for name, values in fields.items()})
    return posted


def _chance(habits: Habits, question: Question) -> float:
    return habits.sharp - 0.08 * (question.difficulty - 2)
