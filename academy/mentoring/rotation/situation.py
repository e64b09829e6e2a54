"""What is known in the middle of a session, when the rest of it must be planned anew. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from academy.mentoring.nonsense import refuse_unless
from academy.mentoring.rotation.ring import Company, Pair, Round

BEST_FIT = 100
"""Topic fit of a pair is a whole number from 0 to this."""
MOST_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is present now, what has been, and how many rounds are left to plan.

    `met`: pairs of this speed meeting that have met or are talking, whoever has left since. `forbidden`:
    vetoes, reporting lines, and whom one met in other speed meetings. `waited`: how many rounds in a row
    each has just sat out. `published`: the rounds left as they were announced, of which what can stays.
    """

    company: Company
    rounds_left: int
    met: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    waited: Mapping[int, int] = field(default_factory=dict)
    fit: Mapping[Pair, int] = field(default_factory=dict)
    published: tuple[Round, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        refuse_unless(
            0 <= self.rounds_left <= MOST_ROUNDS, f"{self.rounds_left} rounds cannot be left"
        )
        for what, pairs in (("met", self.met), ("forbidden", self.forbidden), ("fit", self.fit)):
            _refuse_turned(what, pairs, self.company)
        refuse_unless(min(self.waited.values(), default=0) >= 0, "nobody waits less than 0 rounds")
        refuse_unless(
            all(0 <= each <= BEST_FIT for each in self.fit.values()),
            f"topic fit goes from 0 to {BEST_FIT}",
        )

    def may_meet(self) -> list[Pair]:
        """Every pair present that has not met and is not forbidden."""
        barred = self.met | self.forbidden
        return [
            (mentor, mentee)
            for mentor in self.company.mentors
            for mentee in self.company.mentees
            if (mentor, mentee) not in barred
        ]

    def meetings_had(self) -> dict[int, int]:
        """How many meetings each person present has had."""
        had = dict.fromkeys(self.company.everybody, 0)
        for pair in self.met:
            for person in pair:
                if person in had:
                    had[person] += 1
        return had


def _refuse_turned(what: str, pairs: Iterable[Pair], company: Company) -> None:
    """A pair written mentee first would be overlooked."""
    mentors, mentees = set(company.mentors), set(company.mentees)
    for first, second in pairs:
        turned = first in mentees or second in mentors or first == second
        refuse_unless(not turned, f"{what}: ({first}, {second}) is not a mentor and a mentee")


def waits(held: Sequence[Round], arrived: Mapping[int, int]) -> dict[int, int]:
    """How many rounds in a row each has just sat out, from the round they arrived in (0 is the first)."""
    found = {}
    for person, since in arrived.items():
        sat_out = 0
        for number in range(len(held) - 1, since - 1, -1):
            if any(person in pair for pair in held[number]):
                break
            sat_out += 1
        found[person] = sat_out
    return found
