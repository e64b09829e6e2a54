"""What the pages of themes, lessons, checks and quizzes show, put together from queries and content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from academy.catalog import releases, sheets
from academy.catalog.sheet import Sheet
from academy.catalog.tree import Catalog, Lesson, Module, Question, Words
from academy.learning import opening, queries, rules, services, sitting
from academy.learning.cards import LessonCard, LessonPlace, LessonRow, ModuleCard, ThemeCard
from academy.learning.editions import edition_of
from academy.learning.films.pages import VideoView
from academy.learning.models import Attempt, Kind
from academy.learning.services import Learner
from academy.learning.words import retry_words
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

    lesson: LessonPlace
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
        back_url=theme_url(module),
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
    rows = queries.lesson_rows(module, known, learner.today)
    return IntroPage(
        title=module.title,
        ink=theme.ink,
        theme_key=theme.key,
        theme_title=theme.title,
        questions=queries.questions_there(module, learner.today),
        pass_mark=module.quiz.pass_mark,
        best=stands.best if stands else None,
        passed=stands.passed if stands else False,
        unread=tuple(row for row in rows if not row.done and row.appears_on is None),
        to_come=tuple(row for row in rows if row.appears_on is not None),
        may_start=allowed or waiting is not None,
        words=retry_words(rules.tries_left(last_on, that_day, learner.today)),
        start_url=url_for("learning.start", module=module.key),
        open=waiting is not None,
    )


def theme_url(module: Module) -> str:
    """Where the theme is; the list of them, when it was withdrawn meanwhile."""
    if module.theme in releases.current().themes:
        return url_for("learning.theme", theme=module.theme)
    return url_for("learning.themes")
