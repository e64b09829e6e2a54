"""What a choice is made from, and the reasons it is given. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from academy.mastery.belief import Population
from academy.mastery.mind import Mind
from academy.mastery.shelf import Shelf


class Reason(StrEnum):
    """What can speak for a notion."""

    NEW = "new"
    READ = "read"
    FADING = "fading"
    CONFIRM = "confirm"
    OPENS = "opens"
    SEASON = "season"
    TRACK = "track"
    NEAR = "near"
    KIND = "kind"
    COMFORT = "comfort"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Taste:
    """How the choice weighs things; measured by `bench/policy.py` (docs/decisions/027-choosing.md).

    `horizon`: days ahead at which knowing counts. `opens`: weight of what a notion opens. `curiosity`: logits
    by which what was never asked is taken for less known than believed, in choosing alone. `comfort`: cost of
    leaving the zone between `low` and `high` chances of success. `kindness`: weight of likely success after
    failures in a row. `information`: weight of what a question tells. `look`: share chosen by lot.
    `spread` (a share of the best value), `temperature`: how far the choice of notions, and of questions, goes
    over near equals, so that colleagues do not all get the same; `alike`: how many times farther at the first
    answer, when all minds are alike. `near`: worth of staying in one subject
    for the second question; `together`: share of the best other notion's value that a second question about
    the same notion must reach. `read`: weight of a notion whose lesson was read and that was never asked.
    `confirm`: worth of confirming what somebody says they know. `minute`: seconds of a round. `rest`: days
    before a notion may come again.
    """

    horizon: float = 30.0
    opens: float = 0.7
    curiosity: float = 0.8
    comfort: float = 0.15
    low: float = 0.55
    high: float = 0.9
    kindness: float = 0.1
    information: float = 0.8
    look: float = 0.05
    spread: float = 0.05
    alike: float = 3.0
    temperature: float = 0.005
    near: float = 0.02
    together: float = 0.5
    read: float = 1.25
    confirm: float = 0.15
    minute: float = 60.0
    rest: float = 0.5


class Leaning(NamedTuple):
    """What the caller knows of a notion for this person. `season`, `track`: weights, 1 is neutral; `claimed`:
    they say they know it, and nobody asked since."""

    season: float = 1.0
    track: float = 1.0
    read: bool = False
    claimed: bool = False
    excluded: bool = False


NEUTRAL = Leaning()


@dataclass(frozen=True, slots=True)
class Situation:
    """`now`: days since `mind.EPOCH`.

    `horizon` overrides the taste's. `seed` decides chance: the same seed gives the same round.
    """

    now: float
    seed: int
    horizon: float | None = None


class Chooser(NamedTuple):
    """Everything a choice is made from."""

    mind: Mind
    shelf: Shelf
    leanings: Mapping[str, Leaning]
    situation: Situation
    people: Population
    taste: Taste
