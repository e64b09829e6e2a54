"""Everything the pages of the path draw on: what is believed, what was read, what was said."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from academy.catalog import releases, seasons, shelf
from academy.catalog.tree import Catalog
from academy.daily import queries, standing
from academy.daily.asking import Facts
from academy.daily.standing import Standing
from academy.daily.states import State
from academy.learning.services import Learner
from academy.mastery import numbers
from academy.mastery import queries as mastery
from academy.mastery.mind import Mind, tag


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the pages draw on, brought in three statements.

    `stands` holds the notions of the lessons that are `there`; what has yet to appear is not shown,
    nor what is meant for the people of a track that is not theirs.
    """

    learner: Learner
    at: datetime
    catalog: Catalog
    mind: Mind
    facts: Facts
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
    mind = mastery.mind_of(learner.person_id)
    facts = queries.facts_of(learner.person_id, learner.today)
    people = numbers.in_force().model.memory
    there = seasons.appeared(catalog, learner.today)
    apart = shelf.set_apart(catalog, facts.tracks)
    return Knowledge(
        learner,
        at,
        catalog,
        mind,
        facts,
        {
            notion.key: standing.standing(
                notion.key, mind.traces.get(tag(notion.key)), facts.heard, at, people
            )
            for notion in catalog.notions.values()
            if notion.lesson in there and notion.module not in apart
        },
    )
