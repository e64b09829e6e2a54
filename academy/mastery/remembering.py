"""What is believed of a notion in one mind, and what one answer makes of it. Pure.

The same mind serves both layers: who the person is (ability and skill, kept by `ability`) says what to
believe of a notion never met; the trace keeps what was believed after each answer.
"""

from collections.abc import Iterable
from typing import NamedTuple

from academy.mastery import belief
from academy.mastery.belief import Belief, Outcome, Population
from academy.mastery.mind import Mind


class Subject(NamedTuple):
    """A notion as the memory sees it: its tag, its skill, its difficulty in logits."""

    notion: int
    skill: int | None
    difficulty: float


class Sight(NamedTuple):
    """The belief about a notion, and R, the chance that what was encoded is still there."""

    belief: Belief
    kept: float

    @property
    def held(self) -> float:
        """The chance that it is remembered: kappa R."""
        return self.belief.kappa * self.kept


def sight(person: Mind, subject: Subject, at: float, people: Population) -> Sight:
    """What is believed at the moment `at`; of a notion never met, from who the person is."""
    trace = person.traces.get(subject.notion)
    if trace is not None and trace.stability > 0.0:
        kept = belief.retention(at - trace.last, trace.stability, people)
        return Sight(Belief(trace.kappa, trace.stability), kept)
    unmet = belief.stranger(*able(person, subject.skill, people), subject.difficulty, people)
    return Sight(unmet, belief.retention(people.before, people.known, people))


def able(person: Mind, skill: int | None, people: Population) -> tuple[float, float]:
    """General ability and skill together: mean and variance."""
    if skill is None:
        return person.theta, person.variance
    mean, variance = person.skills.get(skill, (0.0, people.skill))
    return person.theta + mean, person.variance + variance


def ready(person: Mind, required: Iterable[Subject], at: float, people: Population) -> float:
    """The chance that what a notion builds on is there: the weakest of it decides."""
    return min([sight(person, each, at, people).held for each in required], default=1.0)


def answered(
    person: Mind,
    subject: Subject,
    required: Iterable[Subject],
    question: float,
    guess: float,
    outcome: Outcome,
    at: float,
    people: Population,
) -> Belief:
    """The belief after an answer. `question`: its difficulty against the notion's. Changes nothing."""
    now = sight(person, subject, at, people)
    return belief.answered(
        now.belief,
        now.kept,
        question,
        guess,
        outcome,
        ready(person, required, at, people),
        people,
    )
