"""Drawing the questions of a module quiz."""

from collections.abc import Collection
from itertools import chain, islice, zip_longest
from random import Random

from academy.catalog.tree import Barrier, Catalog


def draw_quiz(
    catalog: Catalog,
    module_key: str,
    seed: int,
    avoid: Collection[str] = (),
    not_for: Collection[Barrier] = (),
    there: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Question keys spread evenly over the module's notions; the same seed draws the same quiz.

    With `there`, the lessons that have appeared, only what these teach is asked. Questions to `avoid` come
    up only where their notion has no other left. There may be fewer than the quiz asks for when too many
    are `not_for` this person, or too few lessons have appeared.
    """
    chance = Random(f"{seed}:{module_key}")  # noqa: S311  # no secret: the draw can be repeated
    module = catalog.modules[module_key]
    notions = [
        key for key in module.notions if there is None or catalog.notions[key].lesson in there
    ]
    chance.shuffle(notions)
    piles = [_pile(catalog, notion, chance, avoid, not_for) for notion in notions]
    rounds = chain.from_iterable(zip_longest(*piles))
    return tuple(islice((key for key in rounds if key is not None), module.quiz.questions))


def _pile(
    catalog: Catalog,
    notion: str,
    chance: Random,
    avoid: Collection[str],
    not_for: Collection[Barrier],
) -> list[str]:
    """The questions of a notion this person can answer, by chance, those to avoid last."""
    keys = list(catalog.questions_of[notion])
    chance.shuffle(keys)
    fair = [key for key in keys if catalog.questions[key].not_for.isdisjoint(not_for)]
    return sorted(fair, key=lambda key: key in avoid)
