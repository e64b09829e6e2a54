"""Histories laid out in columns, as the fit takes them. Pure."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from academy.catalog.guessing import chance
from academy.catalog.tree import Catalog
from academy.mastery.difficulty import from_level
from academy.mastery.replay import Rows
from academy.mastery.sampling import Catalogue
from academy.mastery.tutor import Item, Outcome

_NO_SKILL: Final = -1
_GUESS: Final = Item(0, 0).guess


class Given(NamedTuple):
    """One answer: to which question about which notion; whether the question stands so in the release in
    force; what came of it, and when, in days (see `mind.moment`)."""

    question: str
    notion: str
    stands: bool
    outcome: Outcome
    at: float


History = Sequence[Given]


class Places:
    """A place for every question of a release, and for what was answered and stands there no more.

    Those come last, each as a question of its own, of unknown level: they tell of people only.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.questions = tuple(catalog.questions)
        self._catalog = catalog
        self._notions = {key: place for place, key in enumerate(catalog.notions)}
        self._themes = {key: place for place, key in enumerate(catalog.themes)}
        self._places: dict[tuple[str, bool], int] = {}
        self.notion_of: list[int] = []
        self._levels: list[float] = []
        for key, question in catalog.questions.items():
            self._put((key, True), question.notion, from_level(question.difficulty))

    def of(self, given: Given) -> int:
        key = given.question, given.stands
        if key not in self._places:
            self._put(key, given.notion, 0.0)
        return self._places[key]

    def _put(self, key: tuple[str, bool], notion: str, level: float) -> None:
        self._places[key] = len(self.notion_of)
        self.notion_of.append(self._notions.setdefault(notion, len(self._notions)))
        self._levels.append(level)

    def skill(self, notion: str) -> int:
        """The theme; none for a notion that is gone."""
        told = self._catalog.notions.get(notion)
        return self._themes[self._catalog.modules[told.module].theme] if told else _NO_SKILL

    def guess(self, given: Given) -> float:
        return chance(self._catalog.questions[given.question]) if given.stands else _GUESS

    def catalogue(self) -> Catalogue:
        """Of everything that was given a place up to now."""
        return Catalogue(self.notion_of, self._levels, len(self._notions), len(self._themes))


def laid_out(histories: Sequence[History], places: Places) -> Rows:
    """The answers in columns, person by person."""
    rows = Rows([0], [], [], [], [], [], [], [], [])
    for history in histories:
        before: dict[int, tuple[int, int]] = {}
        for given in history:
            question = places.of(given)
            earlier, times = before.get(question, (-1, 0))
            before[question] = len(rows.question), times + 1
            values = (
                question,
                places.notion_of[question],
                places.skill(given.notion),
                int(given.outcome),
                places.guess(given),
                given.at,
                earlier,
                times,
            )
            for column, value in zip(rows[1:], values, strict=True):
                column.append(value)  # type: ignore[attr-defined]  # lists, here
        rows.starts.append(len(rows.question))  # type: ignore[attr-defined]  # a list, here
    return rows
