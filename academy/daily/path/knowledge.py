"""Everything the pages of the path draw on: what is believed, what was read, what was said."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from academy.catalog import releases, seasons
from academy.catalog.tree import Catalog
from academy.daily import queries, standing
from academy.daily.hearing import Heards
from academy.daily.standing import Standing
from academy.daily.states import State
from academy.learning import queries as learning
from academy.learning.queries import Standings
from academy.learning.services import Learner
from academy.mastery.engine import Memory


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the pages draw on, brought in three statements.

    `stands` holds the notions of the lessons that are `there`; what has yet to appear is not shown.
    """

    learner: Learner
    at: datetime
    catalog: Catalog
    memories: Mapping[str, Memory]
    read: Standings
    heard: Heards
    there: Collection[str]
    stands: Mapping[str, Standing]

    def theme_of(self, notion: str) -> str:
        return self.catalog.modules[self.catalog.notions[notion].module].theme

    def in_state(self, state: State | None) -> list[str]:
        """The notions in this state; None is what is not for this job."""
        return [notion for notion, each in self.stands.items() if each.shown is state]

    def numbers(self, notions: Iterable[str]) -> Counter[State | None]:
        """How many of these notions are in each state."""
        return Counter(self.stands[notion].shown for notion in notions)


def knowledge(learner: Learner, at: datetime) -> Knowledge:
    catalog = releases.current()
    memories = standing.memories(learner.person_id)
    heard = queries.words_said(learner.person_id)
    there = seasons.appeared(catalog, learner.today)
    return Knowledge(
        learner,
        at,
        catalog,
        memories,
        learning.standings(learner.person_id),
        heard,
        there,
        {
            notion.key: standing.standing(notion.key, memories.get(notion.key), heard, at)
            for notion in catalog.notions.values()
            if notion.lesson in there
        },
    )
