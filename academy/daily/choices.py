"""What a round keeps of each notion it is about: why it was chosen, and when it comes again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from academy.mastery.choosing import Choice
from academy.mastery.taste import NEUTRAL, Leaning, Reason


@dataclass(slots=True)
class Chosen:
    """One notion of a round. `of`: how many of its questions are asked, one after the other.

    `reason`, `recall` (chance that it is remembered), `chance` (of success), `propensity` and `propensities`:
    as `choosing.Choice` says, and `rivals`. `weight`: by what its worth is multiplied. `again`: in how many
    days it comes again, once that is known.
    """

    notion: str
    of: int
    reason: str
    recall: float | None
    chance: float | None
    propensity: float
    propensities: Sequence[float]
    random: bool
    rivals: Sequence[float]
    weight: float
    again: int | None = None


_NAMES = tuple(each.name for each in fields(Chosen))
_VALUES = attrgetter(*_NAMES)


def chosen(choice: Choice, leanings: Mapping[str, Leaning]) -> Chosen:
    leaning = leanings.get(choice.notion, NEUTRAL)
    return Chosen(
        choice.notion,
        len(choice.questions),
        choice.reason.value,
        choice.recall,
        choice.chance,
        choice.propensity,
        list(choice.propensities),
        choice.reason is Reason.LOOK,
        [round(each, 4) for each in choice.rivals],
        leaning.season * leaning.track,
    )


def stored(choices: Iterable[Chosen]) -> list[dict[str, Any]]:
    """As the row keeps them."""
    return [dict(zip(_NAMES, _VALUES(each), strict=True)) for each in choices]


def of_slot(choices: Sequence[Chosen], slot: int) -> Chosen:
    """What the question at this slot, from 1, is about."""
    for each in choices:
        if slot <= each.of:
            return each
        slot -= each.of
    raise LookupError(slot)


def kept(choices: Sequence[Chosen], slots: int) -> list[Chosen]:
    """What stays when only the first slots do."""
    found = []
    for each in choices:
        if slots <= 0:
            break
        of = min(each.of, slots)
        found.append(replace(each, of=of, propensities=each.propensities[:of]))
        slots -= each.of
    return found
