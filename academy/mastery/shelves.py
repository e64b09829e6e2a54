"""The content as the engine sees it: made once by each worker for a release and for numbers."""

from collections.abc import Collection, Iterable, Mapping
from statistics import fmean
from typing import Final

from academy.catalog.guessing import chance
from academy.catalog.tree import Barrier, Catalog
from academy.catalog.tree import Notion as Told
from academy.mastery import difficulty, mind
from academy.mastery.figures.editions import edition
from academy.mastery.numbers import Numbers
from academy.mastery.remembering import Subject
from academy.mastery.shelf import USUAL_SECONDS, Notion, Question, Shelf, shelve
from academy.mastery.tutor import Item
from academy.web import pieces

KEPT: Final = 32
"""A few releases, a few sets of needs, the lessons there yesterday and today."""

_items = pieces.Shelf[Mapping[str, Item]](KEPT)
_shelves = pieces.Shelf[Shelf](KEPT)


def items(catalog: Catalog, numbers: Numbers) -> Mapping[str, Item]:
    """Every question of a release, by key."""
    return _items.get((catalog.release, numbers), lambda: itemised(catalog, numbers))


def shelf_of(
    catalog: Catalog, numbers: Numbers, needs: Iterable[str], there: Collection[str]
) -> Shelf:
    """What may be asked of somebody with these needs, of lessons that are `there`, in the path's order."""
    barriers = frozenset(Barrier(need) for need in needs)
    key = (catalog.release, numbers, barriers, frozenset(there))
    return _shelves.get(key, lambda: shelve(list(_notions(catalog, numbers, barriers, there))))


def required(catalog: Catalog, numbers: Numbers, notion: str) -> tuple[Subject, ...]:
    """What the notion builds on."""
    found = items(catalog, numbers)
    asked = (found[key] for key in catalog.questions_of.get(notion, ()))
    return next((item.requires for item in asked), ())


def itemised(catalog: Catalog, numbers: Numbers) -> Mapping[str, Item]:
    """The same for numbers that are not in force yet: nothing is kept."""
    whole = shelve(list(_notions(catalog, numbers, frozenset(), catalog.lessons)))
    return {
        question.key: whole.item(notion.key, question)
        for notion in whole.notions
        for question in notion.questions
    }


def _notions(
    catalog: Catalog, numbers: Numbers, barriers: frozenset[Barrier], there: Collection[str]
) -> Iterable[Notion]:
    modules = sorted(
        catalog.modules.values(),
        key=lambda module: (module.order, catalog.themes[module.theme].order, module.key),
    )
    for module in modules:
        for lesson in module.lessons:
            for key in module.notions:
                if lesson in there and catalog.notions[key].lesson == lesson:
                    yield _notion(catalog, numbers, catalog.notions[key], barriers)


def _notion(catalog: Catalog, numbers: Numbers, told: Told, barriers: frozenset[Barrier]) -> Notion:
    """Its difficulty is the mean of its questions', those included that not everybody may be asked."""
    hardness = {key: _hardness(catalog, numbers, key) for key in catalog.questions_of[told.key]}
    level = fmean(hard for hard, _variance in hardness.values()) if hardness else 0.0
    questions = tuple(
        Question(
            key=key,
            tag=mind.question_tag(key),
            difficulty=hard - level,
            variance=variance,
            guess=chance(catalog.questions[key]),
            seconds=numbers.seconds.get(key, USUAL_SECONDS),
        )
        for key, (hard, variance) in hardness.items()
        if catalog.questions[key].not_for.isdisjoint(barriers)
    )
    theme = catalog.modules[told.module].theme
    return Notion(told.key, mind.tag(told.key), mind.tag(theme), level, questions, told.requires)


def _hardness(catalog: Catalog, numbers: Numbers, key: str) -> tuple[float, float]:
    """What answers told of the question as this release has it; else the author's level."""
    question, told = catalog.questions[key], numbers.hardness.get(key)
    if told is not None and told.edition in ("", edition(question)):
        return told.difficulty, told.variance
    return difficulty.from_level(question.difficulty), difficulty.SPREAD
