"""The memory of one notion in one head: is it there, and how fast does it go? Plain arithmetic. Pure.

A belief is two numbers: `kappa`, the chance that the notion was encoded at all, and `stability`, in days, how
slowly it fades once it was.

    P(recalled) = kappa sigmoid(logit R(days, stability) - difficulty of the question)
    R(days, stability) = (1 + (0.9^(-1/decay) - 1) days / stability)^-decay

An answer moves it by Bayes' rule, with guessing and slipping; the explanation that follows a miss may encode
it. What comes out is a mixture (it was recalled and grew; it was learnt just now; it faded further) and is
kept as its total and its geometric mean.
"""

from dataclasses import dataclass
from enum import IntEnum
from math import exp, log, sqrt
from typing import NamedTuple

from academy.mastery.logistic import logit, sigmoid, width


@dataclass(frozen=True, slots=True)
class Population:
    """What is true of everybody's memory: fitted at night on spaced answers, frozen, numbered.

    `growth`: how much a recall strengthens. `first`: stability in days of what was just learnt. `learns`: the
    chance that an explanation is learnt. `decay`: the shape of forgetting. `known`: stability of what was
    known before. `needs`: the share of learning that the prerequisite carries. `rest`: what stays of a memory
    that was not recalled. `slip`: a slip of who knows. `shy`: "I don't know" from who would have recalled.
    `before`: days since what was known before was last used. `level`, `scale`: from ability in logits to what
    is known before anything was asked. `luck`: the share of a question's odds of a lucky answer that is taken
    where one may say "I don't know". `skill`: variance of a skill nobody has shown.
    """

    growth: float = 12.4
    first: float = 5.6
    learns: float = 0.56
    decay: float = 0.3
    known: float = 57.0
    needs: float = 0.69
    rest: float = 0.31
    slip: float = 0.05
    shy: float = 0.01
    before: float = 30.0
    level: float = -0.6
    scale: float = 1.0
    luck: float = 0.6
    skill: float = 0.36
    version: int = 1

    @property
    def bend(self) -> float:
        """The factor that makes R = 0.9 after `stability` days."""
        return 0.9 ** (-1.0 / self.decay) - 1.0


DIMINISHES = -0.2
SPACING = 0.9
"""Growth is largest when the memory was nearly gone: exp(0.9 (1 - R)) - 1."""

_LEFT = 0.7
"""Stability kept by a memory that was there and did not come, and share learnt of an explanation that follows
a lucky answer: it is read less."""

SAVED = 0.5
"""What is learnt again starts from at least half the square root of what it was."""

_FADED = 4.0
EDGE = 1e-4
"""Of the chance that a memory is there: never nearer to certainty."""

_NEVER = 1e-9
_LEAST = 0.01
_MOST = 36500.0


class Outcome(IntEnum):
    """What came of a question. "I don't know" is neither a guess nor a slip, and tells more than a miss."""

    WRONG = 0
    RIGHT = 1
    DONT_KNOW = 2


class Belief(NamedTuple):
    """The two numbers."""

    kappa: float
    stability: float


def retention(days: float, stability: float, people: Population) -> float:
    """The chance that what was encoded is still there after some days."""
    return (1.0 + people.bend * max(days, 0.0) / stability) ** -people.decay


def lasts(now: Belief, floor: float, people: Population) -> float:
    """In how many days the chance that it is remembered, kappa R, falls to `floor`; 0 when it is there."""
    if now.kappa <= floor:
        return 0.0
    share = (now.kappa / floor) ** (1.0 / people.decay)
    return min(_MOST, now.stability * (share - 1.0) / people.bend)


def stranger(ability: float, variance: float, difficulty: float, people: Population) -> Belief:
    """What is believed of a notion never met, from who the person is and how hard the notion is.

    The uncertainty about the person pulls the chance towards a half.
    """
    level, wide = standing(ability, variance, people)
    return Belief(sigmoid((level - difficulty) / wide), people.known)


def standing(ability: float, variance: float, people: Population) -> tuple[float, float]:
    """Where a person stands before anything was asked, in logits, and the width of that."""
    return people.level + people.scale * ability, width(people.scale * people.scale * variance)


def coming(kept: float, difficulty: float) -> float:
    """The chance that what was encoded comes to mind at a question, `kept` being R.

    Kept off certainty: a memory of a minute ago can still fail at a hard question.
    """
    return sigmoid(logit(kept, EDGE) - difficulty)


def recalled(kappa: float, kept: float, difficulty: float) -> float:
    """The chance that the notion comes to mind at a question, `kept` being R."""
    return kappa * coming(kept, difficulty)


def right(recall: float, guess: float, slip: float) -> float:
    """The chance of a right answer."""
    return guess + (1.0 - guess - slip) * recall


def knew(recall: float, outcome: Outcome, guess: float, people: Population) -> float:
    """The chance that it was recalled, now that the answer is known."""
    if outcome is Outcome.RIGHT:
        return (1.0 - people.slip) * recall / max(right(recall, guess, people.slip), _NEVER)
    if outcome is Outcome.WRONG:
        return people.slip * recall / max(1.0 - right(recall, guess, people.slip), _NEVER)
    return people.shy * recall / max(people.shy * recall + 1.0 - recall, _NEVER)


def learning(prerequisite: float, people: Population) -> float:
    """The chance that an explanation is learnt, when what it builds on is there with this chance."""
    return people.learns * (1.0 - people.needs + people.needs * prerequisite)


def grown(stability: float, kept: float, people: Population) -> float:
    """The stability after a recall that had this chance."""
    gain = people.growth * stability**DIMINISHES * (exp(SPACING * (1.0 - kept)) - 1.0)
    return stability * (1.0 + gain)


def relearnt(stability: float, people: Population) -> float:
    """The stability of what the explanation has just taught, `stability` being what it was."""
    return max(people.first, SAVED * sqrt(stability))


def answered(
    belief: Belief,
    kept: float,
    difficulty: float,
    guess: float,
    outcome: Outcome,
    prerequisite: float,
    people: Population,
) -> Belief:
    """The belief after an answer and the explanation that follows it."""
    came = coming(kept, difficulty)
    recall = belief.kappa * came
    was_there = knew(recall, outcome, guess, people)
    learns = learning(prerequisite, people)
    if outcome is Outcome.RIGHT:
        learns *= _LEFT
    learnt = (1.0 - was_there) * learns
    hidden = belief.kappa * (1.0 - came) / max(1.0 - recall, 1e-6)
    stays = (1.0 - was_there) * (1.0 - learns) * min(1.0, _FADED * people.rest) * hidden
    kappa = max(was_there + learnt + stays, 1e-9)
    stability = exp(
        (
            was_there * log(grown(belief.stability, came, people))
            + learnt * log(relearnt(belief.stability, people))
            + stays * log(_LEFT * belief.stability)
        )
        / kappa
    )
    return Belief(min(kappa, 1.0), min(max(stability, _LEAST), _MOST))
