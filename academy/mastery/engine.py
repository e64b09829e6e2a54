"""The adaptive engine: what to ask next, and what an answer changes. Pure: facts in, decisions out.

This first engine keeps one FSRS-6 memory per notion (open-spaced-repetition/py-fsrs, default weights).
It asks first what is fading, then what is new, then what is least sure; and within a notion the
questions of middle difficulty that were not asked, or were asked longest ago.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from random import Random
from statistics import median

from fsrs import Card, Rating, Scheduler, State

FADING = 0.6
"""Below this chance of remembering, a notion goes before new ones (docs/decisions/005-first-engine.md)."""

_scheduler = Scheduler(
    desired_retention=FADING, learning_steps=(), relearning_steps=(), enable_fuzzing=False
)


class Reason(StrEnum):
    """Why a notion was chosen."""

    NEW = "new"
    READ = "read"
    FADING = "fading"
    WEAKEST = "weakest"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is believed of one notion in one head.

    `fades_at` is when the chance of remembering falls to FADING; `asked` tells when each question was
    last put.
    """

    stability: float
    difficulty: float
    last_at: datetime
    fades_at: datetime
    answers: int
    right: int
    asked: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that may be asked, with its difficulty from 1 to 5."""

    key: str
    difficulty: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A notion that may be asked today. `read`: its lesson was done; `ready`: what it requires was met."""

    notion: str
    questions: tuple[Askable, ...]
    memory: Memory | None
    read: bool = False
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """The round: one notion, its questions in asking order, and the reason with its own figure.

    `recall` is the chance of remembering that was computed, or None for a notion never met.
    """

    notion: str
    questions: tuple[str, ...]
    reason: Reason
    recall: float | None


def recall(memory: Memory, at: datetime) -> float:
    """The chance, 0 to 1, that the notion is still there at the moment `at`."""
    return float(_scheduler.get_card_retrievability(_card(memory), max(at, memory.last_at)))


def learn(memory: Memory | None, question: str, right: bool, at: datetime, day: date) -> Memory:
    """The memory after one answer. "I don't know" is an answer that is not right."""
    card = _card(memory) if memory else Card(card_id=1)
    moment = max(at, memory.last_at) if memory else at
    card, _log = _scheduler.review_card(card, Rating.Good if right else Rating.Again, moment)
    answers, rights, asked = (memory.answers, memory.right, memory.asked) if memory else (0, 0, {})
    return Memory(
        stability=card.stability or 0.0,
        difficulty=card.difficulty or 0.0,
        last_at=moment,
        fades_at=card.due,
        answers=answers + 1,
        right=rights + int(right),
        asked={**asked, question: day},
    )


def days_until_fading(memory: Memory, at: datetime) -> int:
    """In how many days from `at`, at least 1, the chance of remembering falls to FADING."""
    return max(1, (memory.fades_at - at).days)


def choose(candidates: Sequence[Candidate], wanted: int, at: datetime, seed: int) -> Choice | None:
    """The notion to ask at the moment `at` and up to `wanted` of its questions; None without candidates.

    Candidates come in the order of the path. Deterministic: the same facts and seed give the same choice.
    """
    open_ones = [each for each in candidates if each.questions]
    if not open_ones:
        return None
    best = min(open_ones, key=lambda each: _rank(each, at))
    sure = recall(best.memory, at) if best.memory else None
    return Choice(best.notion, _questions(best, wanted, seed), _reason(best, sure), sure)


_LAST = 5


def _rank(candidate: Candidate, at: datetime) -> tuple[int, float]:
    """Fading first, then new (lessons read first, what is ready first), then the rest; weakest first.

    `min` keeps the path's order among equals.
    """
    if candidate.memory is None:
        return (1 if candidate.read else 2) + (0 if candidate.ready else 2), 0.0
    sure = recall(candidate.memory, at)
    return (0 if sure < FADING else _LAST), sure


def _reason(candidate: Candidate, sure: float | None) -> Reason:
    if sure is None:
        return Reason.READ if candidate.read else Reason.NEW
    return Reason.FADING if sure < FADING else Reason.WEAKEST


def _questions(candidate: Candidate, wanted: int, seed: int) -> tuple[str, ...]:
    """Never asked before asked long ago; then nearest to the notion's middle difficulty; easier first."""
    middle = median(question.difficulty for question in candidate.questions)
    asked = candidate.memory.asked if candidate.memory else {}

    def order(question: Askable) -> tuple[date, float, float]:
        tie = Random(f"{seed}{question.key}").random()  # noqa: S311  # a tie-break
        return asked.get(question.key, date.min), abs(question.difficulty - middle), tie

    chosen = sorted(candidate.questions, key=order)[:wanted]
    return tuple(question.key for question in sorted(chosen, key=lambda each: each.difficulty))


def _card(memory: Memory) -> Card:
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.fades_at,
        last_review=memory.last_at,
    )
