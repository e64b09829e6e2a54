"""What the pages of checks, quizzes and results show, put together from queries and content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.catalog import releases, seasons, sheets, shelf
from academy.catalog.marking import review
from academy.catalog.sheet import Review, Sheet
from academy.catalog.tree import Catalog, Lesson, Module, Question, Words
from academy.learning import opening, queries, rules, services, sitting
from academy.learning.editions import edition_of
from academy.learning.films.pages import VideoView
from academy.learning.models import Attempt, Kind
from academy.learning.queries import LessonCard, LessonRow, ModuleCard, ThemeCard
from academy.learning.services import Learner
from academy.mastery import queries as mastery
from academy.mastery.models import Context
from academy.rewards.shown import EarnedView, earned_view
from academy.web.words import language

Filled = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ThemesPage:
    themes: tuple[ThemeCard, ...]
    next_lesson: LessonCard | None
    next_day: date | None


@dataclass(frozen=True, slots=True)
class ThemePage:
    theme: ThemeCard
    modules: tuple[ModuleCard, ...]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson to read, and perhaps to watch. The picture of a lesson with a video is its poster."""

    lesson: queries.LessonPage
    video: VideoView | None
    kept: bool
    picture_url: str
    check_url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the page; `filled` is what was posted, when the page comes back with errors."""

    prefix: str
    sheet: Sheet
    error: str | None
    filled: Filled


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    kind: str
    title: Words
    theme_title: Words
    ink: str
    action: str
    back_url: str
    pass_mark: int | None
    release: str
    number: int
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class IntroPage:
    title: Words
    ink: str
    theme_key: str
    theme_title: Words
    questions: int
    pass_mark: int
    best: int | None
    passed: bool
    unread: tuple[LessonRow, ...]
    to_come: tuple[LessonRow, ...]
    may_start: bool
    words: str
    start_url: str
    open: bool


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


def _asked(
    questions: Sequence[Question], seed: int, errors: Mapping[int, str], filled: Filled
) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            prefix=sitting.prefix(slot),
            sheet=sheets.present(question, language(), seed),
            error=errors.get(slot),
            filled=sitting.fields_of(slot, filled),
        )
        for slot, question in enumerate(questions, 1)
    )


def check_page(
    learner: Learner,
    lesson: Lesson,
    number: int,
    errors: Mapping[int, str],
    filled: Filled,
    edition: Catalog,
) -> QuestionsPage:
    """The check of a lesson of this edition."""
    theme = edition.themes[edition.modules[lesson.module].theme]
    return QuestionsPage(
        kind=Kind.CHECK,
        title=lesson.title,
        theme_title=theme.title,
        ink=theme.ink,
        action=url_for("learning.check", lesson=lesson.key),
        back_url=url_for("learning.lesson", lesson=lesson.key),
        pass_mark=None,
        release=edition.release,
        number=number,
        questions=_asked(
            services.check_questions(learner, lesson, edition),
            services.check_seed(learner.person_id, lesson.key, number),
            errors,
            filled,
        ),
    )


def quiz_page(attempt: Attempt, errors: Mapping[int, str], filled: Filled) -> QuestionsPage:
    edition = edition_of(attempt)
    module = edition.modules[attempt.subject]
    theme = edition.themes[module.theme]
    return QuestionsPage(
        kind=Kind.QUIZ,
        title=module.title,
        theme_title=theme.title,
        ink=theme.ink,
        action=url_for("learning.sit", attempt=attempt.id),
        back_url=_theme_url(module),
        pass_mark=module.quiz.pass_mark,
        release=attempt.release,
        number=attempt.number,
        questions=_asked(services.questions_of(attempt), attempt.seed, errors, filled),
    )


def intro(learner: Learner, module: Module, known: queries.Standings) -> IntroPage:
    opening.refuse_closed(module, learner.today)
    theme = releases.current().themes[module.theme]
    stands = known.get((Kind.QUIZ, module.key))
    last_on, that_day = (stands.last_on, stands.tries_that_day) if stands else (None, 0)
    number = (stands.tries if stands else 0) + 1
    waiting = queries.attempt_numbered(learner.person_id, Kind.QUIZ, module.key, number)
    allowed = rules.may_try(last_on, that_day, learner.today)
    return IntroPage(
        title=module.title,
        ink=theme.ink,
        theme_key=theme.key,
        theme_title=theme.title,
        questions=queries.questions_there(module, learner.today),
        pass_mark=module.quiz.pass_mark,
        best=stands.best if stands else None,
        passed=stands.passed if stands else False,
        unread=tuple(
            row
            for row in queries.lesson_rows(module, known, learner.today)
            if not row.done and row.appears_on is None
        ),
        to_come=tuple(
            row
            for row in queries.lesson_rows(module, known, learner.today)
            if row.appears_on is not None
        ),
        may_start=allowed or waiting is not None,
        words=_retry_words(rules.tries_left(last_on, that_day, learner.today)),
        start_url=url_for("learning.start", module=module.key),
        open=waiting is not None,
    )


def _retry_words(left: int) -> str:
    if left <= 0:
        return _("Three tries today already. Read a lesson again, and come back tomorrow.")
    return ngettext(
        "One try left today; the questions change each time and your best result counts.",
        "%(num)s tries left today; the questions change each time and your best result counts.",
        left,
    )


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
        retry_words=_retry_words(left) if again else "",
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
        theme_url=_theme_url(module),
    )


def _theme_url(module: Module) -> str:
    """Where the theme is; the list of them, when it was withdrawn meanwhile."""
    if module.theme in releases.current().themes:
        return url_for("learning.theme", theme=module.theme)
    return url_for("learning.themes")
