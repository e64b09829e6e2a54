"""Ranks in a group, and which act leads from one to another. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Rank(StrEnum):
    """Nobody without a rank belongs; `removed` comes back only when an animator lets them in."""

    ASKED = "asked"
    MEMBER = "member"
    ANIMATOR = "animator"
    REMOVED = "removed"


class Act(StrEnum):
    JOIN = "join"
    ASK = "ask"
    ADMIT = "admit"
    ACCEPT = "accept"
    REFUSE = "refuse"
    APPOINT = "appoint"
    STEP_DOWN = "step-down"
    REMOVE = "remove"
    LEAVE = "leave"


BELONG = frozenset({Rank.MEMBER, Rank.ANIMATOR})


@dataclass(frozen=True, slots=True)
class Step:
    """Who may be moved, and where to. Anybody else stays where they are: an act done twice is done once."""

    before: frozenset[Rank | None]
    after: Rank | None


STEPS = {
    Act.JOIN: Step(frozenset({None}), Rank.MEMBER),
    Act.ASK: Step(frozenset({None}), Rank.ASKED),
    Act.ADMIT: Step(frozenset({None, Rank.ASKED, Rank.REMOVED}), Rank.MEMBER),
    Act.ACCEPT: Step(frozenset({Rank.ASKED}), Rank.MEMBER),
    Act.REFUSE: Step(frozenset({Rank.ASKED}), None),
    Act.APPOINT: Step(frozenset({Rank.MEMBER}), Rank.ANIMATOR),
    Act.STEP_DOWN: Step(frozenset({Rank.ANIMATOR}), Rank.MEMBER),
    Act.REMOVE: Step(BELONG, Rank.REMOVED),
    Act.LEAVE: Step(BELONG | {Rank.ASKED}, None),
}


@dataclass(frozen=True, slots=True)
class Seats:
    """How many belong to a group, and how many of them animate it."""

    members: int
    animators: int


def moved(rank: Rank | None, act: Act) -> Rank | None:
    """The rank after the act; the same when the act does not concern this rank."""
    step = STEPS[act]
    return step.after if rank in step.before else rank


def seated(seats: Seats, before: Rank | None, after: Rank | None) -> Seats:
    """The seats once somebody went from one rank to another."""
    return Seats(
        seats.members + (after in BELONG) - (before in BELONG),
        seats.animators + (after is Rank.ANIMATOR) - (before is Rank.ANIMATOR),
    )
