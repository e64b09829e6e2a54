"""What the pages of lessons and quizzes show."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select

from academy.catalog import releases, seasons, shelf
from academy.catalog.tree import Catalog, Lesson, Module, Theme
from academy.database import db, fresh
from academy.learning.cards import (
    LessonCard,
    LessonPlace,
    LessonRow,
    ModuleCard,
    QuizRow,
    ThemeCard,
)
from academy.learning.models import Attempt, Kind, Standing

Standings = Mapping[tuple[str, str], Standing]


def standings(person_id: int) -> Standings:
    """Where the person stands with every lesson and module tried: at most one row each."""
    rows = db.session.scalars(fresh(select(Standing).where(Standing.person_id == person_id)))
    return {(row.kind, row.subject): row for row in rows}


def standing(person_id: int, kind: Kind, subject: str) -> Standing | None:
    return db.session.get(Standing, (person_id, kind.value, subject), populate_existing=True)


def attempt(number: int, for_update: bool = False) -> Attempt | None:
    statement = select(Attempt).where(Attempt.id == number)
    return db.session.scalar(statement.with_for_update() if for_update else statement)


def attempt_numbered(person_id: int, kind: Kind, subject: str, number: int) -> Attempt | None:
    return db.session.scalar(
        select(Attempt).where(
            Attempt.person_id == person_id,
            Attempt.kind == kind,
            Attempt.subject == subject,
            Attempt.number == number,
        )
    )


def path(catalog: Catalog) -> list[Lesson]:
    """Every lesson in the order of the path: the first modules of all themes, then the second ones.

    Without those meant for the people of one track: the track leads there.
    """
    modules = sorted(
        (catalog.modules[key] for key in catalog.modules.keys() - shelf.set_apart(catalog)),
        key=lambda module: (module.order, catalog.themes[module.theme].order, module.key),
    )
    return [catalog.lessons[key] for module in modules for key in module.lessons]


def next_lessons(known: Standings, wanted: int, today: date) -> tuple[LessonCard, ...]:
    """The next lessons of the path that have appeared and are not done."""
    catalog = releases.current()
    there = seasons.appeared(catalog, today)
    cards = (
        lesson_card(lesson, known, today)
        for lesson in path(catalog)
        if lesson.key in there and not is_done(known, lesson.key)
    )
    return tuple(card for card, _place in zip(cards, range(wanted), strict=False))


def new_lessons(known: Standings, today: date) -> tuple[LessonCard, ...]:
    """What appeared within these fourteen days and is not done, newest first."""
    catalog, table = releases.current(), seasons.timetable(releases.current())
    newest = sorted(table.days.items(), key=lambda each: each[1], reverse=True)
    return tuple(
        lesson_card(catalog.lessons[key], known, today)
        for key, _day in newest
        if table.is_new(key, today) and not is_done(known, key)
    )


def one_of_each_theme(known: Standings, but: str | None, today: date) -> tuple[LessonCard, ...]:
    """The next lesson of each theme that is not done, in the themes' order, `but` that one."""
    found: dict[str, LessonCard] = {}
    for card in next_lessons(known, len(releases.current().lessons), today):
        if card.key != but:
            found.setdefault(card.theme, card)
    return tuple(
        found[theme.key] for theme in shelf.theme_list(releases.current()) if theme.key in found
    )


def lesson_card(lesson: Lesson, known: Standings, today: date) -> LessonCard:
    catalog = releases.current()
    theme = catalog.themes[catalog.modules[lesson.module].theme]
    return LessonCard(
        key=lesson.key,
        title=lesson.title,
        summary=lesson.summary,
        minutes=lesson.minutes,
        theme=theme.key,
        ink=theme.ink,
        theme_title=theme.title,
        done=is_done(known, lesson.key),
        new=seasons.timetable(catalog).is_new(lesson.key, today),
    )


def theme_cards(known: Standings, held: Iterable[str], today: date) -> tuple[ThemeCard, ...]:
    catalog = releases.current()
    return tuple(theme_card(theme, known, held, today) for theme in shelf.theme_list(catalog))


def theme_card(theme: Theme, known: Standings, held: Iterable[str], today: date) -> ThemeCard:
    """Counted over what has appeared and is meant for everybody; what is done counts anyway."""
    catalog = releases.current()
    apart = shelf.set_apart(catalog)
    everything = shelf.modules_of(catalog, theme.key)
    there = seasons.appeared(catalog, today) - {
        key for module in everything if module.key in apart for key in module.lessons
    }
    lessons = [
        key
        for module in everything
        for key in module.lessons
        if key in there or is_done(known, key)
    ]
    modules = [
        module
        for module in everything
        if not there.isdisjoint(module.lessons) or is_passed(known, module.key)
    ]
    return ThemeCard(
        key=theme.key,
        ink=theme.ink,
        title=theme.title,
        summary=theme.summary,
        lessons_done=sum(is_done(known, key) for key in lessons),
        lessons=len(lessons),
        quizzes_passed=sum(is_passed(known, module.key) for module in modules),
        quizzes=len(modules),
        starts_on=None
        if lessons
        else _starts_on(each for each in everything if each.key not in apart),
        visa=f"visa-{theme.key}" in held,
    )


def _starts_on(modules: Iterable[Module]) -> date | None:
    catalog = releases.current()
    days = (seasons.opens_on(catalog, module) for module in modules)
    return min((day for day in days if day), default=None)


def module_cards(theme: str, known: Standings, today: date) -> tuple[ModuleCard, ...]:
    return tuple(
        ModuleCard(
            key=module.key,
            title=module.title,
            summary=module.summary,
            lessons=lesson_rows(module, known, today),
            quiz=_quiz_row(module, known, today),
        )
        for module in shelf.modules_of(releases.current(), theme)
    )


def lesson_rows(module: Module, known: Standings, today: date) -> tuple[LessonRow, ...]:
    lessons = releases.current().lessons
    return tuple(lesson_row(lessons[key], known, today) for key in module.lessons)


def lesson_place(lesson: Lesson, known: Standings, today: date) -> LessonPlace:
    catalog = releases.current()
    module = catalog.modules[lesson.module]
    theme = catalog.themes[module.theme]
    rows = lesson_rows(module, known, today)
    place = module.lessons.index(lesson.key)
    return LessonPlace(
        lesson=lesson,
        ink=theme.ink,
        theme_key=theme.key,
        theme_title=theme.title,
        module_key=module.key,
        module_title=module.title,
        position=place + 1,
        of=len(rows),
        done=rows[place].done,
        previous=_nearest(rows[:place][::-1]),
        next=_nearest(rows[place + 1 :]),
    )


def lesson_row(lesson: Lesson, known: Standings, today: date) -> LessonRow:
    table = seasons.timetable(releases.current())
    return LessonRow(
        lesson.key,
        lesson.title,
        lesson.minutes,
        is_done(known, lesson.key),
        new=table.is_new(lesson.key, today),
        appears_on=None if table.has_appeared(lesson.key, today) else table.appears_on(lesson.key),
    )


def _nearest(rows: Iterable[LessonRow]) -> LessonRow | None:
    """The first that can be opened."""
    return next((row for row in rows if row.appears_on is None), None)


def is_done(known: Standings, lesson: str) -> bool:
    return (Kind.CHECK, lesson) in known


def is_passed(known: Standings, module: str) -> bool:
    found = known.get((Kind.QUIZ, module))
    return found is not None and found.passed


def questions_there(module: Module, today: date) -> int:
    """How many questions the quiz of a module asks, of what has appeared."""
    catalog = releases.current()
    there = seasons.appeared(catalog, today)
    written = sum(
        len(catalog.questions_of[key])
        for key in module.notions
        if catalog.notions[key].lesson in there
    )
    return min(module.quiz.questions, written)


def _quiz_row(module: Module, known: Standings, today: date) -> QuizRow:
    found = known.get((Kind.QUIZ, module.key))
    asked = questions_there(module, today)
    state = "new" if found is None else "passed" if found.passed else "tried"
    if not asked and state != "passed":
        state = "closed"
    return QuizRow(state, found.best if found else None, asked, module.quiz.pass_mark)
