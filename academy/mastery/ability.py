"""The first layer: what somebody can do, against how hard a question is. Plain arithmetic on floats. Pure.

    x = bias + ability + skill + notion + practice (1 + days / tau)^-fade - difficulty
    P(right) = guess + (1 - guess - slip) sigmoid(x / sqrt(1 + pi variance / 8))

Ability, skill and notion are Gaussian beliefs; an answer moves each by its share of the uncertainty (assumed
density filtering: the moments of the logistic-normal, approximated); time widens them. A right answer never
lowers the chance, whatever the parameters in their bounds. Everything here is scalar, so that the benchmark
can compile the very same functions.
"""

from typing import NamedTuple

from academy.mastery.logistic import sigmoid


class Population(NamedTuple):
    """What is true of everybody: fitted at night, frozen, numbered. Defaults suit a company without data.

    Variances are in squared logits. `drift` widens a belief per day; `step` is what an answer leaves open.
    `gain_right`, `gain_wrong`: what answering and reading the explanation adds, 0 or more; `saturation`: how
    much less where much is left of what was added before; `tau`, `fade`: how that goes. `luck`: the share of
    a question's chance to guess that people really have. Of a number each; the last numbers the whole.
    """

    bias: float = 0.2
    ability_variance: float = 1.0
    skill_variance: float = 0.2
    notion_variance: float = 0.5
    ability_drift: float = 0.002
    ability_step: float = 0.001
    notion_drift: float = 0.003
    notion_step: float = 0.03
    gain_right: float = 0.3
    gain_wrong: float = 0.3
    tau: float = 1.0
    fade: float = 0.3
    saturation: float = 5.0
    luck: float = 0.8
    slip: float = 0.02
    version: int = 1


class Belief(NamedTuple):
    """One person before one question: the means and variances at play, and what practice still holds."""

    ability: float
    ability_variance: float
    skill: float
    skill_variance: float
    notion: float
    notion_variance: float
    practice: float


def faded(gain: float, days: float, tau: float, fade: float) -> float:
    """What is left of practice after some days without."""
    return gain * (1.0 + days / tau) ** -fade if gain != 0.0 and days > 0.0 else gain


def widened(variance: float, days: float, drift: float) -> float:
    """A belief after some days: less certain."""
    return variance + days * drift


def practised(practice: float, gain: float, saturation: float) -> float:
    """Practice after one more answer: the more is left of it, the less is added."""
    return practice + gain / (1.0 + saturation * practice)


def narrowed(variance: float, pull: float, step: float) -> float:
    """A belief after an answer: more certain but for `step`, what an answer may itself have changed."""
    return min(variance, variance * (1.0 - variance * pull) + step)


def signal(belief: Belief, difficulty: float, bias: float) -> float:
    """The signal x: how far what the person can do exceeds what the question asks, in logits."""
    return bias + belief.ability + belief.skill + belief.notion + belief.practice - difficulty


def doubt(belief: Belief) -> float:
    """The variance of the signal."""
    return belief.ability_variance + belief.skill_variance + belief.notion_variance


def chance(scaled: float, guess: float, slip: float) -> float:
    """The chance of a right answer, given the signal divided by its width."""
    return guess + (1.0 - guess - slip) * sigmoid(scaled)


def lessons(
    scaled: float, wide: float, guess: float, slip: float, right: bool
) -> tuple[float, float]:
    """What an answer says of the signal: the slope of its log likelihood, and the expected information."""
    known = sigmoid(scaled)
    p = min(max(guess + (1.0 - guess - slip) * known, 1e-9), 1.0 - 1e-9)
    slope = (1.0 - guess - slip) * known * (1.0 - known) / wide
    return (slope / p if right else -slope / (1.0 - p)), slope * slope / (p * (1.0 - p))


def learnt(people: Population, belief: Belief, push: float, pull: float, right: bool) -> Belief:
    """The belief after the answer: each part moves by its share of the doubt, and it was practice."""
    gain = people.gain_right if right else people.gain_wrong
    return Belief(
        belief.ability + belief.ability_variance * push,
        narrowed(belief.ability_variance, pull, people.ability_step),
        belief.skill + belief.skill_variance * push,
        narrowed(belief.skill_variance, pull, 0.0),
        belief.notion + belief.notion_variance * push,
        narrowed(belief.notion_variance, pull, people.notion_step),
        practised(belief.practice, gain, people.saturation),
    )
