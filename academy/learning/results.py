"""What the page of a result shows: question by question, what was right, why, and what comes next."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from academy.catalog import releases, seasons, shelf
from academy.catalog.marking import review
from academy.catalog.sheet import Review
from academy.catalog.tree import Module, Words
from academy.learning import queries, rules
from academy.learning.cards import LessonCard
from academy.learning.editions import edition_of
from academy.learning.models import Attempt, Kind
from academy.learning.pages import theme_url
from academy.learning.words import retry_words
from academy.mastery import queries as mastery
from academy.mastery.models import Context
from academy.rewards.shown import EarnedView, earned_view
from academy.web.words import language


@dataclass(frozen=True, slots=True)
class ResultPage:
    kind: str
    title: Words
    ink: str
    right: int
    of: int
    per_cent: int
    passed: bool
    pass_mark: int
    reviews: tuple[Review, ...]
    release: str
    earned: EarnedView
    next_lesson: LessonCard | None
    quiz_url: str | None
    retry_words: str
    retry_url: str | None
    theme_url: str


def _reviews(attempt: Attempt, context: Context) -> tuple[Review, ...]:
    """What was answered, question by question, as it was asked; what no edition here knows is left out."""
    catalog = edition_of(attempt)
    return tuple(
        review(
            catalog.questions[answer.question],
            language(),
            attempt.seed,
            answer.given,
            catalog.notions[catalog.questions[answer.question].notion].keep.said(language()),
        )
        for answer in mastery.answers_in(context, attempt.id)
        if answer.question in catalog.questions
    )


def check_result(attempt: Attempt, known: queries.Standings, today: date) -> ResultPage:
    catalog, current = edition_of(attempt), releases.current()
    lesson = catalog.lessons[attempt.subject]
    module = catalog.modules[lesson.module]
    here = lesson.key in current.lessons
    there = seasons.appeared(current, today)
    following = shelf.lesson_after(current, lesson.key, there) if here else None
    last = here and following is None
    quiz_url = url_for("learning.quiz", module=current.lessons[lesson.key].module) if last else None
    return _result(
        attempt,
        module,
        title=lesson.title,
        reviews=_reviews(attempt, Context.CHECK),
        next_lesson=queries.lesson_card(following, known, today) if following else None,
        quiz_url=quiz_url,
        retry_words="",
        retry_url=None,
    )


def quiz_result(attempt: Attempt, known: queries.Standings, today: date) -> ResultPage:
    module = edition_of(attempt).modules[attempt.subject]
    stands = known[Kind.QUIZ, module.key]
    again = module.key in releases.current().modules and not attempt.passed
    left = rules.tries_left(stands.last_on, stands.tries_that_day, today)
    ahead = queries.next_lessons(known, 1, today)
    return _result(
        attempt,
        module,
        title=module.title,
        reviews=_reviews(attempt, Context.QUIZ),
        next_lesson=ahead[0] if ahead else None,
        quiz_url=None,
        retry_words=retry_words(left) if again else "",
        retry_url=url_for("learning.quiz", module=module.key) if again and left > 0 else None,
    )


def _result(
    attempt: Attempt,
    module: Module,
    *,
    title: Words,
    reviews: tuple[Review, ...],
    next_lesson: LessonCard | None,
    quiz_url: str | None,
    retry_words: str,
    retry_url: str | None,
) -> ResultPage:
    catalog = edition_of(attempt)
    theme = catalog.themes[module.theme]
    return ResultPage(
        kind=attempt.kind,
        title=title,
        ink=theme.ink,
        right=attempt.right or 0,
        of=len(attempt.questions),
        per_cent=attempt.per_cent or 0,
        passed=bool(attempt.passed),
        pass_mark=module.quiz.pass_mark,
        reviews=reviews,
        release=catalog.release,
        earned=earned_view(attempt.earned),
        next_lesson=next_lesson,
        quiz_url=quiz_url,
        retry_words=retry_words,
        retry_url=retry_url,
        theme_url=theme_url(module),
    )
