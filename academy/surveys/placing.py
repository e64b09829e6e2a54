"""What to ask next in a placement, and what the answers say of somebody's level in each theme. Pure.

A one-parameter model with guessing: in theme t a person of level x answers a question of difficulty b
with P(right) = guess + (1 - guess) / (1 + exp(b - x)). Levels lean on one another: x is an overall
ability, spread like N(0, 1), plus something of the theme's own, spread like N(0, 0.6). Both are summed
exactly on a grid, so the order of the answers cannot matter. "I don't know" weighs as much as a wrong
answer, never more: honesty costs nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, prod, sqrt
from random import Random

WANTED = 12
"""Ten to fifteen answers give most of what thirty would; twelve scenes take two minutes."""

OVERALL_SD = 1.0
THEME_SD = 0.6
_STEP = 0.25
_OVERALL = [_STEP * place for place in range(-16, 17)]  # -4 to 4
_OWN = [_STEP * place for place in range(-8, 9)]  # -2 to 2
_LEVELS = [_STEP * place for place in range(-24, 25)]  # their sums

SLOW = 1.0
"""A slow question is taken only when every quick one is a whole level further off."""
SAME_MODULE = 0.4
SAME_NOTION = 3.0
SEEN_BEFORE = 1.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that may be asked of this person. `guess`: the chance of being right without knowing."""

    question: str
    theme: str
    module: str
    notion: str
    difficulty: int
    guess: float
    quick: bool
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One scene of the voyage; `right` is None while it waits for its answer."""

    question: str
    theme: str
    module: str
    notion: str
    difficulty: int
    guess: float
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """Where somebody stands, in logits: 0 is an even chance at a question of middle difficulty."""

    mean: float
    sd: float


def depth(difficulty: int) -> float:
    """The author's five steps on the scale of levels: -1.5, -0.75, 0, 0.75, 1.5."""
    return 0.75 * (difficulty - 3)


def shares(offers: Mapping[str, int], wanted: int = WANTED) -> dict[str, int]:
    """How many questions each theme gets: the same for all, the rest to the largest themes.

    `offers` counts what may be asked in each theme; no theme gets more than it has.
    """
    given = dict.fromkeys(offers, 0)
    largest_first = sorted(offers, key=lambda theme: (-offers[theme], theme))
    left = min(wanted, sum(offers.values()))
    while left:
        for theme in largest_first:
            if left and given[theme] < offers[theme]:
                given[theme] += 1
                left -= 1
    return given


def next_question(
    offers: Collection[Offer], steps: Sequence[Step], seed: int, wanted: int = WANTED
) -> Offer | None:
    """The next scene's question; None when the voyage is over or nothing is left to ask.

    Themes take turns. A theme begins in the middle; then the next question is nearest to what its
    own answers say so far. The same facts and seed give the same question.
    """
    asked = {step.question for step in steps}
    left = [offer for offer in offers if offer.question not in asked]
    if not left or len(steps) >= wanted:
        return None
    theme = _turn(left, steps, seed, wanted)
    own = [step for step in steps if step.theme == theme and step.right is not None]
    target = estimate(own, [theme])[theme].mean if own else 0.0
    return min(
        (offer for offer in left if offer.theme == theme),
        key=lambda offer: (_cost(offer, steps, target), _chance(seed, offer.question)),
    )


def estimate(steps: Iterable[Step], themes: Collection[str]) -> dict[str, Level]:
    """The level in each of these themes, whether it was asked about or not."""
    answered = sorted(
        (step for step in steps if step.right is not None),
        key=lambda step: (step.theme, step.difficulty, step.guess, step.right),
    )
    likely = {
        theme: [
            prod(_likelihood(x, step) for step in answered if step.theme == theme) for x in _LEVELS
        ]
        for theme in {*themes, *(step.theme for step in answered)}
    }
    sums = {
        theme: [_moments(place, likely[theme]) for place in range(len(_OVERALL))]
        for theme in likely
    }
    weights = [
        _bell(overall, OVERALL_SD) * prod(sums[theme][place][0] for theme in sorted(sums))
        for place, overall in enumerate(_OVERALL)
    ]
    return {theme: _level(weights, sums[theme]) for theme in themes}


def _turn(left: Sequence[Offer], steps: Sequence[Step], seed: int, wanted: int) -> str:
    """The theme whose share is least served; once all are, whichever has something left."""
    asked = Counter(step.theme for step in steps)
    in_theme = Counter(offer.theme for offer in left)
    share = shares({theme: n + asked[theme] for theme, n in in_theme.items()}, wanted)

    def served(theme: str) -> tuple[bool, float, float]:
        quota = share[theme]
        return asked[theme] >= quota, asked[theme] / max(quota, 1), _chance(seed, theme)

    return min(in_theme, key=served)


def _cost(offer: Offer, steps: Sequence[Step], target: float) -> float:
    """How far a question is from the one wished for; a lucky guess teaches less, hence its price."""
    return (
        abs(depth(offer.difficulty) - target)
        + offer.guess
        + (0.0 if offer.quick else SLOW)
        + (SEEN_BEFORE if offer.seen else 0.0)
        + SAME_MODULE * sum(step.module == offer.module for step in steps)
        + SAME_NOTION * any(step.notion == offer.notion for step in steps)
    )


def _chance(seed: int, key: str) -> float:
    return Random(f"{seed}{key}").random()  # noqa: S311  # a tie-break


def _likelihood(level: float, step: Step) -> float:
    right = step.guess + (1 - step.guess) / (1 + exp(depth(step.difficulty) - level))
    return right if step.right else 1 - right


def _moments(place: int, likely: Sequence[float]) -> tuple[float, float, float]:
    """For one overall ability: the weight of a theme's answers, and of its level and square."""
    weight = first = second = 0.0
    for own, more in enumerate(_OWN):
        level = _LEVELS[place + own]
        each = _bell(more, THEME_SD) * likely[place + own]
        weight += each
        first += each * level
        second += each * level * level
    return weight, first, second


def _level(weights: Sequence[float], sums: Sequence[tuple[float, float, float]]) -> Level:
    total = sum(weights)
    parts = [weight / each[0] for weight, each in zip(weights, sums, strict=True)]
    mean = sum(part * each[1] for part, each in zip(parts, sums, strict=True)) / total
    square = sum(part * each[2] for part, each in zip(parts, sums, strict=True)) / total
    return Level(mean, sqrt(square - mean * mean))


def _bell(value: float, sd: float) -> float:
    return exp(-0.5 * (value / sd) ** 2)
