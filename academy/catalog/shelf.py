"""Finding one's way in a catalog."""

from academy.catalog.tree import Catalog, Film, Lesson, Module, Notion, Question, Theme


def theme_list(catalog: Catalog) -> list[Theme]:
    """Every theme, in the authors' order."""
    return sorted(catalog.themes.values(), key=lambda theme: (theme.order, theme.key))


def modules_of(catalog: Catalog, theme: str) -> tuple[Module, ...]:
    """The modules of the theme with this key, in the authors' order."""
    return tuple(catalog.modules[key] for key in catalog.themes[theme].modules)


def lesson_after(catalog: Catalog, lesson_key: str) -> Lesson | None:
    """The next lesson of the same module; None after the last one."""
    keys = catalog.modules[catalog.lessons[lesson_key].module].lessons
    place = keys.index(lesson_key) + 1
    return catalog.lessons[keys[place]] if place < len(keys) else None


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


def shown_in(catalog: Catalog) -> tuple[Film, ...]:
    """Every film of a lesson."""
    videos = (lesson.video for lesson in catalog.lessons.values())
    return tuple(video.film for video in videos if video and video.film)
