"""What the engine believes of each notion, as pages show it: the only place that asks it for that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from academy.daily.hearing import Heards, Verdict, Word, verdict
from academy.daily.states import State, state_of
from academy.mastery import engine
from academy.mastery import queries as mastery
from academy.mastery.engine import Candidate, Memory, Reason

A_MONTH = timedelta(days=30)
ANY_SEED = 0
"""Which questions would be asked is not shown; the notion does not depend on it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The chance of remembering now and in thirty days, and when it starts to fade.

    `word` is what the person said of it; `verdict` what came of "I know this already".
    """

    state: State
    now: float | None = None
    in_a_month: float | None = None
    fades_at: datetime | None = None
    ever_right: bool = False
    word: Word | None = None
    verdict: Verdict | None = None

    @property
    def shown(self) -> State | None:
        """The state to show; None for what is not for this job."""
        return None if self.word is Word.NOT_MINE else self.state


@dataclass(frozen=True, slots=True)
class Ahead:
    """A notion that the minute will ask, and the engine's reason."""

    notion: str
    reason: Reason


def memories(person_id: int) -> dict[str, Memory]:
    """What the engine keeps, by notion; one statement."""
    return mastery.memories(person_id)


def standing(notion: str, memory: Memory | None, heard: Heards, at: datetime) -> Standing:
    """One notion at the moment `at`."""
    said = heard.get(notion)
    found = verdict(said, memory) if said and said.word is Word.KNOWN else None
    word = said.word if said else None
    if memory is None:
        return Standing(State.TO_COME, word=word, verdict=found)
    now, later = engine.recall(memory, at), engine.recall(memory, at + A_MONTH)
    return Standing(
        state_of(now, later, memory.right > 0, found is Verdict.CONFIRMED),
        now,
        later,
        memory.fades_at,
        memory.right > 0,
        word,
        found,
    )


def ahead(candidates: Sequence[Candidate], wanted: int, at: datetime) -> list[Ahead]:
    """The notions of the next minutes, in order, if nothing changed until then."""
    left = list(candidates)
    found: list[Ahead] = []
    while len(found) < wanted and (choice := engine.choose(left, 1, at, ANY_SEED)) is not None:
        found.append(Ahead(choice.notion, choice.reason))
        left = [each for each in left if each.notion != choice.notion]
    return found
