"""A module folder: module.yaml, its lessons and its questions."""

from collections.abc import Iterable
from typing import Final

from academy.catalog.draft import Draft
from academy.catalog.lesson_reader import read_lesson
from academy.catalog.question_reader import read_question
from academy.catalog.record import Record
from academy.catalog.tags import DIGCOMP, PIX
from academy.catalog.tree import LANGUAGES, Lesson, Module, Notion, QuizRule
from academy.catalog.twins import refuse_twins
from academy.catalog.video_reader import video_files

LAST: Final = 9999
"""The largest `order` of a theme or a module."""


def read_module(draft: Draft, theme: str, key: str, files: Iterable[str]) -> None:
    """Adds the module, its lessons, notions and questions to the draft.

    `files` are the paths of all there is in its folder.
    """
    folder = f"{theme}/{key}"
    record = draft.mapping(f"{folder}/module.yaml")
    if record is not None:
        lessons = _read_entries(draft, theme, key, record)
        _refuse_strays(draft, folder, lessons, files)
    for row in draft.rows(f"{folder}/questions.yaml"):
        question = read_question(row, key)
        if question is not None:
            draft.add("question", draft.questions, question, row)


def _read_entries(draft: Draft, theme: str, key: str, record: Record) -> list[Lesson]:
    record.allow(("order", "fr", "en", "quiz", "track", "lessons", "notions"))
    lessons = [
        (read_lesson(draft, f"{theme}/{key}", key, row), row)
        for row in record.records("lessons", 1)
    ]
    notions = [
        (_notion(row, key, order), row) for order, row in enumerate(record.records("notions", 1), 1)
    ]
    for lesson, row in lessons:
        draft.add("lesson", draft.lessons, lesson, row)
    for notion, row in notions:
        draft.add("notion", draft.notions, notion, row)
    both = record.both("title", "summary")
    module = Module(
        key=key,
        theme=theme,
        order=record.whole("order", 1, LAST),
        title=both.plain("title"),
        summary=both.plain("summary"),
        quiz=_quiz(record.record("quiz", ("questions", "pass"))),
        lessons=tuple(lesson.key for lesson, _ in lessons),
        notions=tuple(notion.key for notion, _ in notions),
        track=record.key("track") if record.has("track") else None,
    )
    draft.add("module", draft.modules, module, record)
    return [lesson for lesson, _ in lessons]


def _quiz(record: Record) -> QuizRule:
    return QuizRule(record.whole("questions", 1, 100), record.whole("pass", 1, 100))


def _notion(record: Record, module: str, order: int) -> Notion:
    record.allow(("key", "lesson", "fr", "en", "digcomp", "pix", "requires"))
    both = record.both("name", "keep")
    return Notion(
        key=record.key(),
        module=module,
        lesson=record.key("lesson"),
        order=order,
        name=both.plain("name"),
        keep=both.plain("keep"),
        digcomp=_tags(record, "digcomp", DIGCOMP),
        pix=_tags(record, "pix", PIX),
        requires=record.texts("requires"),
    )


def _tags(record: Record, name: str, known: frozenset[str]) -> tuple[str, ...]:
    tags = record.texts(name)
    for tag in tags:
        if tag not in known:
            record.note(
                f"`{tag[:60]}` is not a competence of {name}",
                f"Use one of {min(known)} to {max(known)}",
                name,
            )
    refuse_twins(record, name, tags, "competence")
    return tags


def _refuse_strays(
    draft: Draft, folder: str, lessons: Iterable[Lesson], files: Iterable[str]
) -> None:
    """Every file of a module is announced in module.yaml."""
    known = {"module.yaml", "questions.yaml"}
    for lesson in lessons:
        known |= {f"{lesson.key}.{language}.md" for language in LANGUAGES}
        known |= {lesson.picture} if lesson.picture else set()
        known |= video_files(lesson.key, lesson.video) if lesson.video else set()
    for path in files:
        if path.removeprefix(f"{folder}/") not in known:
            draft.findings.note(
                path, 1, "Nothing announces this file", "Name it in module.yaml, or remove it"
            )
