"""What one part of a pack says of another: every name leads somewhere, nothing is left alone."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from academy.catalog.draft import Draft
from academy.catalog.findings import suggestion
from academy.catalog.numbering import alike, question_tag, tag
from academy.catalog.record import Record
from academy.catalog.tree import Lesson, Module, Notion, Question


def questions_by_notion(questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """Notion key to the keys of its questions, in the author's order."""
    found: dict[str, list[str]] = {}
    for question in questions:
        found.setdefault(question.notion, []).append(question.key)
    return {notion: tuple(keys) for notion, keys in found.items()}


def check_bonds(draft: Draft) -> None:
    """Notes every name that leads nowhere, and everything nobody refers to."""
    for question in draft.questions.values():
        _check_question(draft, question)
    asked = questions_by_notion(draft.questions.values())
    for notion in draft.notions.values():
        _check_notion(draft, notion, asked)
    for lesson in draft.lessons.values():
        _check_lesson(draft, lesson)
    for module in draft.modules.values():
        _check_quiz(draft, module, asked)
        if module.track:
            exists(draft.places["module", module.key], "track", module.track, draft.tracks)
    _refuse_loops(draft)
    _refuse_alike(draft, asked)


def _check_question(draft: Draft, question: Question) -> None:
    record = draft.places["question", question.key]
    if exists(record, "notion", question.notion, draft.notions) and (
        draft.notions[question.notion].module != question.module
    ):
        record.note(
            f"The notion `{question.notion}` belongs to another module",
            "Move the question to the questions.yaml of that module",
            "notion",
        )


def _check_notion(draft: Draft, notion: Notion, asked: Mapping[str, tuple[str, ...]]) -> None:
    record = draft.places["notion", notion.key]
    if exists(record, "lesson", notion.lesson, draft.lessons) and (
        draft.lessons[notion.lesson].module != notion.module
    ):
        record.note(
            f"The lesson `{notion.lesson}` belongs to another module",
            "Name a lesson of this module",
            "lesson",
        )
    for required in notion.requires:
        exists(record, "requires", required, draft.notions)
    if notion.key not in asked:
        record.note(f"No question tests `{notion.key}`", "Write one in questions.yaml", "key")


def _check_lesson(draft: Draft, lesson: Lesson) -> None:
    record = draft.places["lesson", lesson.key]
    for key in lesson.check:
        if not exists(record, "check", key, draft.questions):
            continue
        notion = draft.notions.get(draft.questions[key].notion)
        if notion is None or notion.lesson != lesson.key:
            record.note(
                f"The question `{key}` tests nothing this lesson teaches",
                "Choose a question about a notion of this lesson",
                "check",
            )


def _check_quiz(draft: Draft, module: Module, asked: Mapping[str, tuple[str, ...]]) -> None:
    record = draft.places["module", module.key]
    written = sum(len(asked.get(notion, ())) for notion in module.notions)
    if module.quiz.questions > written:
        record.note(
            f"The quiz draws {module.quiz.questions} questions of {written}",
            f"Draw at most {written}, or write more questions",
            "quiz",
        )


def _refuse_alike(draft: Draft, asked: Mapping[str, tuple[str, ...]]) -> None:
    """No two notions, themes, or questions of one notion, may stand for the same number (see `numbering`)."""
    for kind, keys in (("notion", draft.notions), ("theme", draft.themes)):
        for earlier, key in alike(keys, tag):
            _note_alike(draft, kind, earlier, key)
    for questions in asked.values():
        for earlier, key in alike(questions, question_tag):
            _note_alike(draft, "question", earlier, key)


def _note_alike(draft: Draft, kind: str, earlier: str, key: str) -> None:
    draft.places[kind, key].note(
        f"`{key}` cannot be told from `{earlier}`: by chance both stand for the same number",
        "Give one of them another key, if it is new",
        "key",
    )


def exists(record: Record, name: str, key: str, shelf: Mapping[str, object]) -> bool:
    """Is `key`, said under `name`, one of the shelf's? Another one is noted."""
    if key and key not in shelf:
        record.note(
            f"`{name}` names `{key[:60]}`, which does not exist",
            suggestion(key, shelf, "Write a key that exists"),
            name,
        )
    return key in shelf


def _refuse_loops(draft: Draft) -> None:
    """Notes each loop of `requires` at the first of its notions, by key."""
    graph = {notion.key: set(notion.requires) for notion in draft.notions.values()}
    while loop := _loop(graph):
        first = min(loop)
        draft.places["notion", first].note(
            "`requires` turns in a loop: " + ", ".join(sorted(loop)),
            "Remove one of these requirements",
            "requires",
        )
        del graph[first]


def _loop(graph: Mapping[str, set[str]]) -> set[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return set(error.args[1])
    return set()
