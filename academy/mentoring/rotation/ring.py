"""The plan published before a session: a ring, in which the larger side moves one seat a round. Pure.

The smaller side stays at its tables. The larger side has one place more for each person too many: break
seats, spread evenly round the ring. Whoever moves one seat a round meets nobody twice, and passes the
break seats at an even pace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from academy.mentoring.nonsense import refuse_twice, refuse_unless

Pair: TypeAlias = tuple[int, int]
"""A mentor and a mentee, in that order."""
Round: TypeAlias = tuple[Pair, ...]
"""Who meets at the same time, ordered by mentor."""


@dataclass(frozen=True, slots=True)
class Company:
    """The two sides of a session: numbers of people, nobody twice."""

    mentors: tuple[int, ...]
    mentees: tuple[int, ...]

    def __post_init__(self) -> None:
        refuse_twice(self.mentors, "the mentors")
        refuse_twice(self.mentees, "the mentees")
        both = set(self.mentors) & set(self.mentees)
        refuse_unless(not both, f"{sorted(both)} would be mentors and mentees of the same session")

    @property
    def everybody(self) -> tuple[int, ...]:
        return self.mentors + self.mentees

    @property
    def mentors_stay(self) -> bool:
        """The smaller side keeps its tables; mentors, if the sides are equal."""
        return len(self.mentors) <= len(self.mentees)

    @property
    def staying(self) -> tuple[int, ...]:
        return self.mentors if self.mentors_stay else self.mentees

    @property
    def moving(self) -> tuple[int, ...]:
        return self.mentees if self.mentors_stay else self.mentors


def rounds_of(company: Company, rounds: int | None = None) -> int:
    """How many rounds: those asked for, else as many as let everybody meet everybody."""
    most = len(company.moving)
    refuse_unless(len(company.staying) > 0, "nobody can meet when one side is empty")
    if rounds is None:
        return most
    refuse_unless(rounds >= 1, f"a session of {rounds} rounds is none")
    refuse_unless(rounds <= most, f"after {most} rounds everybody has met everybody, not {rounds}")
    return rounds


def ring(company: Company, rounds: int | None = None) -> tuple[Round, ...]:
    """Everybody in the order given: no pair twice, break counts within one, waits as short as can be."""
    moving, chairs = company.moving, seats(company)
    size = len(moving)
    plan = []
    for turn in range(rounds_of(company, rounds)):
        met = [
            (one, moving[(chair - turn) % size])
            for one, chair in zip(company.staying, chairs, strict=True)
        ]
        plan.append(oriented(met, company))
    return tuple(plan)


def seats(company: Company) -> tuple[int, ...]:
    """The place on the ring of each who stays: break seats fall evenly between them."""
    size, staying = len(company.moving), len(company.staying)
    return tuple(at * size // staying for at in range(staying))


def oriented(met: Sequence[Pair], company: Company) -> Round:
    """Pairs of one who stays and one who moves, as mentor and mentee."""
    return tuple(sorted(met if company.mentors_stay else [(two, one) for one, two in met]))
