"""Whose a track is, and where somebody stands in it. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from academy.catalog.audience import Facts, Reason, judge
from academy.catalog.tracks import Step, Track


class Whose(StrEnum):
    """`MEANT` for the person, `CHOSEN` by them, `WALKED` to its end, `OFFERED` to whoever wishes."""

    MEANT = "meant"
    CHOSEN = "chosen"
    WALKED = "walked"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Claim:
    whose: Whose
    because: tuple[Reason, ...] = ()

    @property
    def mine(self) -> bool:
        return self.whose is not Whose.OFFERED


class State(StrEnum):
    DONE = "done"
    NEXT = "next"
    LATER = "later"
    ANNOUNCED = "announced"


def claim(
    track: Track, facts: Facts, followed: Collection[str], has_visa: bool = False
) -> Claim | None:
    """Why the track is the person's; None when it is neither theirs nor open."""
    if track.audience is not None:
        verdict = judge(track.audience, facts)
        if verdict.belongs:
            return Claim(Whose.MEANT, verdict.because)
    if track.key in followed:
        return Claim(Whose.CHOSEN)
    if has_visa:
        return Claim(Whose.WALKED)
    return Claim(Whose.OFFERED) if track.open else None


def states(
    steps: Sequence[Step],
    done: Collection[Step],
    there: Collection[Step],
    early: Collection[Step] = (),
) -> tuple[State, ...]:
    """Each step's state: the first that is there and not done is next; order advises, it locks nothing.

    An `early` step is there, and better done later: a quiz whose lessons are still to appear is never next.
    """
    ready = (step for step in steps if step in there and step not in done and step not in early)
    following = next(ready, None)

    def state(step: Step) -> State:
        if step in done:
            return State.DONE
        if step not in there:
            return State.ANNOUNCED
        return State.NEXT if step == following else State.LATER

    return tuple(state(step) for step in steps)
