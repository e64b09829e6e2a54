"""What the engine believes of each notion, as pages show it: the only place that asks it for that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from academy.daily.hearing import Heards, Verdict, Word, verdict
from academy.daily.states import HOLDS, State, Went, state_of
from academy.mastery import belief
from academy.mastery.belief import Belief, Population
from academy.mastery.mind import EPOCH, Trace, moment

A_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """The chance of remembering now and in thirty days, and when it starts to fade.

    `word` is what the person said of it; `verdict` what came of "I know this already".
    """

    state: State
    now: float | None = None
    in_a_month: float | None = None
    fades_at: datetime | None = None
    went: Went = Went.NEVER
    word: Word | None = None
    verdict: Verdict | None = None

    @property
    def shown(self) -> State | None:
        """The state to show; None for what is not for this job."""
        return None if self.word is Word.NOT_MINE else self.state


def standing(
    notion: str, trace: Trace | None, heard: Heards, at: datetime, people: Population
) -> Standing:
    """One notion at the moment `at`."""
    said = heard.get(notion)
    found = verdict(said, trace) if said and said.word is Word.KNOWN else None
    word = said.word if said else None
    if trace is None:
        return Standing(State.TO_COME, word=word, verdict=found)
    now, later = _held(trace, at, people), _held(trace, at + A_MONTH, people)
    went = _went(trace)
    lasts = belief.lasts(Belief(trace.kappa, trace.stability), HOLDS, people)
    return Standing(
        state_of(now, later, went, found is Verdict.CONFIRMED),
        now,
        later,
        EPOCH + timedelta(days=trace.last + lasts),
        went,
        word,
        found,
    )


def _went(trace: Trace) -> Went:
    if trace.right == 0:
        return Went.NEVER
    return Went.RIGHT if trace.last_right else Went.MISSED


def _held(trace: Trace, at: datetime, people: Population) -> float:
    return trace.kappa * belief.retention(moment(at) - trace.last, trace.stability, people)
