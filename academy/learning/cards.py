"""What stands on the pages of lessons and quizzes."""

from dataclasses import dataclass
from datetime import date

from academy.catalog.tree import Lesson, Words


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson as it is offered anywhere."""

    key: str
    title: Words
    summary: Words
    minutes: int
    theme: str
    ink: str
    theme_title: Words
    done: bool
    new: bool


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A line of a list. With `appears_on` the lesson is announced, and cannot be opened yet."""

    key: str
    title: Words
    minutes: int
    done: bool
    new: bool
    appears_on: date | None


@dataclass(frozen=True, slots=True)
class QuizRow:
    """`state` is new, tried, passed, or closed while no lesson has appeared; `best` in per cent."""

    state: str
    best: int | None
    questions: int
    pass_mark: int


@dataclass(frozen=True, slots=True)
class ModuleCard:
    key: str
    title: Words
    summary: Words
    lessons: tuple[LessonRow, ...]
    quiz: QuizRow


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """`starts_on` is the day of the first lesson, while none has appeared."""

    key: str
    ink: str
    title: Words
    summary: Words
    lessons_done: int
    lessons: int
    quizzes_passed: int
    quizzes: int
    starts_on: date | None
    visa: bool


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """A lesson to read, with its place in the module."""

    lesson: Lesson
    ink: str
    theme_key: str
    theme_title: Words
    module_key: str
    module_title: Words
    position: int
    of: int
    done: bool
    previous: LessonRow | None
    next: LessonRow | None
