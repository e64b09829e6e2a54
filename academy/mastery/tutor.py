"""The engine's front: how likely a right answer is, and what an answer teaches. Pure.

`ability` and `belief` (memory) believe, `calibration` corrects. The chance shown and logged is the calibrated
one; beliefs alone move the state, so that new coefficients of a night change no row. What to ask is chosen
from the same mind by `choosing`.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from academy.mastery import ability, calibration, forgetting, mind, packing, remembering
from academy.mastery import belief as memories
from academy.mastery.ability import Belief, Population
from academy.mastery.belief import Outcome as Outcome  # callers name it here
from academy.mastery.calibration import Calibration, Past
from academy.mastery.logistic import logit, width
from academy.mastery.mind import Asked, Mind, Trace
from academy.mastery.remembering import Subject
from academy.mastery.replay import FAST, RECENT, SLOW


@dataclass(frozen=True, slots=True)
class Item:
    """A question as the engine sees it: tags, difficulty in logits with its variance, chances of luck.

    `guess`: the chance of a right answer to who knows nothing (a quarter with four options). `skill` is the
    theme, None for a notion of none. `level`: the part of the difficulty that is the notion's; `requires`:
    what the notion builds on.
    """

    question: int
    notion: int
    skill: int | None = None
    difficulty: float = 0.0
    variance: float = 1.0
    guess: float = 0.25
    level: float = 0.0
    requires: tuple[Subject, ...] = ()

    @property
    def subject(self) -> Subject:
        return Subject(self.notion, self.skill, self.level)


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted numbers in force."""

    population: Population = field(default_factory=Population)
    calibration: Calibration = field(default_factory=Calibration)
    memory: memories.Population = field(default_factory=memories.Population)


class Prediction(NamedTuple):
    """`probability`: of a right answer, calibrated. `chance`: the same by the first layer alone, which a
    right answer never lowers. What is mastered is the memory layer's to say: see `remembering.sight`.
    """

    probability: float
    chance: float


_NEVER = Asked(0, 0, last_right=False)


def stranger(model: Model, start: float = 0.0) -> Mind:
    """Somebody of whom nothing is known but, perhaps, where people of their trade begin, in logits."""
    return Mind(theta=start, variance=model.population.ability_variance)


def predict(person: Mind, item: Item, at: float, model: Model) -> Prediction:
    """How likely a right answer is at the moment `at` (days, see `mind.moment`); changes nothing."""
    people = model.population
    at = max(at, person.last)
    trace = person.traces.get(item.notion)
    belief = _belief(person, trace, item, at, people)
    scaled = _scaled(belief, item, people)[0]
    chance = ability.chance(scaled, people.luck * item.guess, people.slip)
    fields = calibration.inputs(
        logit(chance),
        belief,
        item.difficulty,
        item.variance,
        _past(person, trace, item, at),
        _remembered(trace, at, model.memory),
    )
    probability = calibration.calibrated(model.calibration, fields)
    return Prediction(probability, chance)


def learn(person: Mind, item: Item, outcome: Outcome, at: float, model: Model) -> None:
    """Change the mind by one answer. An answer from before the last one counts as given with the last."""
    people = model.population
    at = mind.settled_moment(max(at, person.last))
    belief = _belief(person, person.traces.get(item.notion), item, at, people)
    right = outcome is Outcome.RIGHT
    scaled, wide = _scaled(belief, item, people)
    guess, slip = _luck(item, outcome, people)
    remembered = remembering.answered(
        person,
        item.subject,
        item.requires,
        item.difficulty - item.level,
        guess,
        outcome,
        at,
        model.memory,
    )
    push, pull = ability.lessons(scaled, wide, guess, slip, right)
    after = ability.learnt(people, belief, push, pull, right)
    trace = person.traces.setdefault(item.notion, Trace())
    person.theta, person.variance = after.ability, after.ability_variance
    if item.skill is not None:
        person.skills[item.skill] = packing.settled_pair(after.skill, after.skill_variance)
    trace.mean, trace.variance = after.notion, after.notion_variance
    trace.gain = after.practice
    trace.kappa, trace.stability = remembered
    _count(person, trace, right, at)
    packing.settle(trace)
    forgetting.note(person, trace, item.question, int(at), right)


def _belief(person: Mind, trace: Trace | None, item: Item, at: float, people: Population) -> Belief:
    idle = at - person.last if person.answers else 0.0
    variance = ability.widened(person.variance, idle, people.ability_drift)
    skill, skill_variance = 0.0, 0.0
    if item.skill is not None:
        skill, skill_variance = person.skills.get(item.skill, (0.0, people.skill_variance))
    if trace is None:
        return Belief(
            person.theta,
            variance,
            skill,
            skill_variance,
            0.0,
            people.notion_variance,
            0.0,
        )
    away = at - trace.last
    return Belief(
        person.theta,
        variance,
        skill,
        skill_variance,
        trace.mean,
        ability.widened(trace.variance, away, people.notion_drift),
        ability.faded(trace.gain, away, people.tau, people.fade),
    )


def _scaled(belief: Belief, item: Item, people: Population) -> tuple[float, float]:
    wide = width(ability.doubt(belief))
    return ability.signal(belief, item.difficulty, people.bias) / wide, wide


def _luck(item: Item, outcome: Outcome, people: Population) -> tuple[float, float]:
    if outcome is Outcome.DONT_KNOW:
        return 0.0, 0.0
    return people.luck * item.guess, people.slip


def _past(person: Mind, trace: Trace | None, item: Item, at: float) -> Past:
    idle = at - person.last if person.answers else 0.0
    if trace is None:
        return Past(
            person.answers, person.right, person.fast, person.slow, idle, 0, 0, 0.5, 0, 0, 0, 0, 0
        )
    asked = trace.asked.get(item.question, _NEVER)
    return Past(
        person.answers,
        person.right,
        person.fast,
        person.slow,
        idle,
        trace.answers,
        trace.right,
        trace.ewma,
        1.0 if trace.last_right else -1.0,
        at - trace.last,
        asked.times,
        (1.0 if asked.last_right else -1.0) if asked.times else 0.0,
        max(0, int(at) - asked.day),
    )


def _remembered(trace: Trace | None, at: float, people: memories.Population) -> float:
    """The memory layer's word, the logit of kappa R; 0 while it has none."""
    if trace is None or trace.stability <= 0.0:
        return 0.0
    kept = memories.retention(at - trace.last, trace.stability, people)
    return logit(trace.kappa * kept, memories.EDGE)


def _count(person: Mind, trace: Trace, right: bool, at: float) -> None:
    share = 1.0 if right else 0.0
    person.answers += 1
    person.right += right
    person.failures = 0 if right else min(packing.MOST_FAILURES, person.failures + 1)
    person.fast += FAST * (share - person.fast)
    person.slow += SLOW * (share - person.slow)
    person.last = at
    trace.answers += 1
    trace.right += right
    trace.ewma += RECENT * (share - trace.ewma)
    trace.last_right = right
    trace.last = at
