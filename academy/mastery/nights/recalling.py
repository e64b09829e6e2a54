"""The numbers of memory that a few thousand answers can tell, found by its own log loss. Pure.

`level` and `scale` tie what is known before anything was asked to the ability that was just fitted; `growth`,
`first` and `learns` say what answers and explanations leave. Everything else is as it was. Who the people are
does not depend on these numbers: it is lived once, by the engine's front, and memory is lived again for each
try, by the very functions that keep it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from typing import Final, NamedTuple

from academy.mastery import belief, remembering, search, tutor
from academy.mastery.belief import Outcome, Population
from academy.mastery.logistic import logit, sigmoid
from academy.mastery.mind import Mind, Trace, settled_moment
from academy.mastery.nights.laying import History
from academy.mastery.nights.living import Engine, lucky
from academy.mastery.tutor import Item

FITTED: Final = ("level", "scale", "growth", "first", "learns")
_FREE: Final = "level"
_SHARE: Final = "learns"
_FARTHEST: Final = 6.0


@dataclass(frozen=True, slots=True)
class Care:
    """`most` answers looked at, lived again `evaluations` times; `restraint`: how much log loss, summed, a
    distance of 1 from the numbers in force must save."""

    most: int = 8_000
    evaluations: int = 80
    restraint: float = 2.0


class Seen(NamedTuple):
    """One answer, and who the person was just before."""

    theta: float
    variance: float
    skills: Mapping[int, tuple[float, float]]
    item: Item
    guess: float
    outcome: Outcome
    at: float
    stands: bool


def fitted(histories: Sequence[History], engine: Engine, care: Care) -> Population:
    """Better numbers of memory for this ability and these difficulties; those in force if there are none."""
    start = engine.model.memory
    lives = watched(some(histories, care.most), engine)
    home = encoded(start)

    def loss(point: search.Point) -> float:
        far = sum((x - y) ** 2 for x, y in zip(point, home, strict=True))
        return surprise(lives, decoded(point, start)) + care.restraint * far

    found, _ = search.lowest(loss, home, care.evaluations)
    return decoded(found, start) if found != home else start


def some(histories: Sequence[History], most: int) -> list[History]:
    """The first of them, which were drawn by lot."""
    taken: list[History] = []
    total = 0
    for history in histories:
        if total >= most:
            break
        taken.append(history)
        total += len(history)
    return taken


def watched(histories: Sequence[History], engine: Engine) -> list[list[Seen]]:
    """The people as the engine sees them, answer by answer."""
    lives = []
    for history in histories:
        person, life = tutor.stranger(engine.model), []
        for given in history:
            item = engine.item(given)
            at = settled_moment(max(given.at, person.last))
            life.append(
                Seen(
                    person.theta,
                    person.variance,
                    dict(person.skills),
                    item,
                    lucky(item, engine.model),
                    given.outcome,
                    at,
                    given.stands,
                )
            )
            tutor.learn(person, item, given.outcome, at, engine.model)
        lives.append(life)
    return lives


def surprise(lives: Sequence[Sequence[Seen]], people: Population) -> float:
    """The log loss of the memory layer, summed over the answers to questions that stand."""
    return sum(_surprise(life, people) for life in lives)


def _surprise(life: Sequence[Seen], people: Population) -> float:
    person, total = Mind(), 0.0
    for seen in life:
        person.theta, person.variance = seen.theta, seen.variance
        person.skills = dict(seen.skills)
        item, question = seen.item, seen.item.difficulty - seen.item.level
        now = remembering.sight(person, item.subject, seen.at, people)
        ready = remembering.ready(person, item.requires, seen.at, people)
        if seen.stands:
            recall = belief.recalled(now.belief.kappa, now.kept, question)
            p = belief.right(recall, seen.guess, people.slip)
            total -= log(max(p if seen.outcome is Outcome.RIGHT else 1.0 - p, 1e-12))
        guess = 0.0 if seen.outcome is Outcome.DONT_KNOW else seen.guess
        after = belief.answered(now.belief, now.kept, question, guess, seen.outcome, ready, people)
        trace = person.traces.setdefault(item.notion, Trace())
        trace.kappa, trace.stability = after
        trace.last = seen.at
    return total


def encoded(people: Population) -> search.Point:
    """Those that are fitted, as numbers without bounds."""
    return tuple(_code(name, getattr(people, name)) for name in FITTED)


def decoded(point: Sequence[float], others: Population) -> Population:
    """Back, with all others as they were."""
    told = {name: _value(name, x) for name, x in zip(FITTED, point, strict=True)}
    return replace(others, **told, version=others.version + 1)


def _code(name: str, value: float) -> float:
    if name == _FREE:
        return value
    return logit(value, 1e-3) if name == _SHARE else log(value)


def _value(name: str, x: float) -> float:
    x = min(max(x, -_FARTHEST), _FARTHEST)
    if name == _FREE:
        return x
    return sigmoid(x) if name == _SHARE else exp(x)
