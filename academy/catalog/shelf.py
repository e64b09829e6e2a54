"""Finding one's way in a catalog."""

from collections.abc import Collection
from typing import Final

from academy.catalog.tracks import Step, StepKind
from academy.catalog.tree import Catalog, Film, Lesson, Module, Notion, Question, Theme

QUESTIONS_A_MINUTE: Final = 2


def theme_list(catalog: Catalog) -> list[Theme]:
    """Every theme, in the authors' order."""
    return sorted(catalog.themes.values(), key=lambda theme: (theme.order, theme.key))


def modules_of(catalog: Catalog, theme: str) -> tuple[Module, ...]:
    """The modules of the theme with this key, in the authors' order."""
    return tuple(catalog.modules[key] for key in catalog.themes[theme].modules)


def set_apart(catalog: Catalog, tracks: Collection[str] = ()) -> frozenset[str]:
    """The modules meant for the people of a track, unless it is one of `tracks`."""
    return frozenset(
        module.key
        for module in catalog.modules.values()
        if module.track and module.track not in tracks
    )


def lesson_after(
    catalog: Catalog, lesson_key: str, there: Collection[str] | None = None
) -> Lesson | None:
    """The next lesson of the same module (of those `there`, when said); None after the last one."""
    keys = catalog.modules[catalog.lessons[lesson_key].module].lessons
    following = keys[keys.index(lesson_key) + 1 :]
    return next((catalog.lessons[key] for key in following if there is None or key in there), None)


def notions_of_lesson(catalog: Catalog, lesson_key: str) -> tuple[Notion, ...]:
    """What a lesson teaches, in the author's order."""
    module = catalog.modules[catalog.lessons[lesson_key].module]
    notions = (catalog.notions[key] for key in module.notions)
    return tuple(notion for notion in notions if notion.lesson == lesson_key)


def questions_of_module(catalog: Catalog, module_key: str) -> tuple[Question, ...]:
    """Every question of a module, notion by notion."""
    notions = catalog.modules[module_key].notions
    return tuple(
        catalog.questions[key] for notion in notions for key in catalog.questions_of[notion]
    )


def minutes_of(catalog: Catalog, step: Step) -> int:
    """How long a step of a track takes: a lesson as measured, a quiz by the number of its questions."""
    if step.kind is StepKind.LESSON:
        return catalog.lessons[step.key].minutes
    return -(-catalog.modules[step.key].quiz.questions // QUESTIONS_A_MINUTE)


def shown_in(catalog: Catalog) -> tuple[Film, ...]:
    """Every film of a lesson."""
    videos = (lesson.video for lesson in catalog.lessons.values())
    return tuple(video.film for video in videos if video and video.film)
