"""Histories lived again through the engine's front, as a mind lives them: predict, then learn. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeVar

from academy.mastery import belief, remembering, tutor
from academy.mastery.mind import Mind, question_tag, tag
from academy.mastery.nights.laying import Given, History
from academy.mastery.starting import Turned
from academy.mastery.tutor import Item, Model

Items = Mapping[str, Item]
Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class Engine:
    """Numbers at work: a model, and the questions in force as it sees them."""

    model: Model
    items: Items

    def item(self, given: Given) -> Item:
        """The question; one of middling difficulty when it does not stand any more."""
        found = self.items.get(given.question) if given.stands else None
        return found or Item(question_tag(given.question), tag(given.notion))


@dataclass(slots=True)
class Told:
    """Of the answers to questions that stand: the chance shown, the memory layer's own, and what came.

    `late`: whether the answer is in the second half of that person's.
    """

    chance: list[float] = field(default_factory=list)
    remembered: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    late: list[bool] = field(default_factory=list)


def lived(
    histories: Sequence[History],
    first: Engine,
    then: Engine | None = None,
    starts: Sequence[float] | None = None,
) -> Told:
    """What `first` tells of each answer, having learnt from those before; from half of a history on, `then`
    in its place, over the mind that `first` has made. Each begins at their start, if there are any."""
    told = Told()
    for history, start in zip(histories, starts or repeat(0.0), strict=False):
        person, half = tutor.stranger(first.model, start), len(history) // 2
        for place, given in enumerate(history):
            engine = then if then is not None and place >= half else first
            item = engine.item(given)
            if given.stands:
                seen = tutor.predict(person, item, given.at, engine.model)
                told.chance.append(seen.probability)
                told.remembered.append(remembered(person, item, given.at, engine.model))
                told.right.append(given.outcome is tutor.Outcome.RIGHT)
                told.late.append(place >= half)
            tutor.learn(person, item, given.outcome, given.at, engine.model)
    return told


def turned(histories: Sequence[History], trades: Sequence[str], engine: Engine) -> Iterator[Turned]:
    """How able those who have a trade turned out to be, each begun as a stranger."""
    for history, trade in zip(histories, trades, strict=True):
        if trade:
            person = tutor.stranger(engine.model)
            for given in history:
                tutor.learn(person, engine.item(given), given.outcome, given.at, engine.model)
            yield Turned(trade, person.theta, person.variance)


def remembered(person: Mind, item: Item, at: float, model: Model) -> float:
    """The memory layer's own chance of a right answer."""
    seen = remembering.sight(person, item.subject, max(at, person.last), model.memory)
    recall = belief.recalled(seen.belief.kappa, seen.kept, item.difficulty - item.level)
    return belief.right(recall, lucky(item, model), model.memory.slip)


def lucky(item: Item, model: Model) -> float:
    """The chance of a lucky answer, as learning takes it."""
    return model.population.luck * item.guess


def late(told: Told, values: Sequence[Each]) -> Iterator[Each]:
    """Those of the second halves."""
    return (value for value, is_late in zip(values, told.late, strict=True) if is_late)
