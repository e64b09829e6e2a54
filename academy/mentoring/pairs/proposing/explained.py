"""A proposal read again from what was kept of it: why each pair, and why not another. It loads numpy."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from academy.mentoring.pairing import audit
from academy.mentoring.pairing.explaining import Missed, Reading, Why
from academy.mentoring.pairing.figures import Figures, Level, Policy
from academy.mentoring.pairing.pool import Pair, Participant
from academy.mentoring.pairing.proposal import Comparison, Proposal, compare


@dataclass(frozen=True, slots=True)
class Facing:
    """Two people, and the place each gave the other; None where they gave none."""

    pair: Pair
    mentor_place: int | None
    mentee_place: int | None
    fit: int = 0
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Partner:
    person: int
    place: int | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody they would rather have: both places, whom that person has, and why it is not to be."""

    person: int
    why: str
    place: int | None
    place_back: int | None
    instead: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """What one person got, and whom they would rather have."""

    person: int
    mentor: bool
    partners: tuple[Partner, ...]
    places_left: int
    elsewhere: tuple[Elsewhere, ...]


class Explained:
    """One proposal; every answer is worked out from its own inputs, not from what was said since."""

    def __init__(
        self, inputs: Mapping[str, Any], objective: Mapping[str, Any], pairs: list[list[int]]
    ) -> None:
        self.pool, self.orders, _earlier = audit.restored(inputs)
        self.proposal = _restored(objective, pairs)
        self._reading = Reading(self.pool, self.proposal, self.orders)
        self._mentors = {each.key: each for each in self.pool.mentors}
        self._mentees = {each.key: each for each in self.pool.mentees}
        people = {**self._mentors, **self._mentees}
        self._places = {key: _places(person) for key, person in people.items()}

    @property
    def people(self) -> frozenset[int]:
        return frozenset(self._places)

    def facing(self) -> list[Facing]:
        """Every pair."""
        return [
            replace(self._facing(made.pair), fit=made.fit, pinned=made.pinned)
            for made in self._reading.made()
        ]

    def alone(self) -> tuple[list[int], list[int]]:
        """Mentors and mentees who have nobody."""
        paired = {person for pair in self.proposal.pairs for person in pair}
        return sorted(self._mentors.keys() - paired), sorted(self._mentees.keys() - paired)

    def tempted(self) -> list[Facing]:
        """Pairs of people who would both rather have each other."""
        return [self._facing(each.pair) for each in self._reading.temptations()]

    def portrait(self, person: int) -> Portrait:
        """What one person got, and every candidate they would rather have, the dearest first."""
        served = self._reading.served(person)
        partners = tuple(self._partner(person, other) for other, _rank in served.partners)
        elsewhere = tuple(self._elsewhere(person, each) for each in served.missed)
        return Portrait(person, person in self._mentors, partners, served.places_left, elsewhere)

    def _facing(self, pair: Pair) -> Facing:
        mentor, mentee = pair
        return Facing(pair, self._places[mentor].get(mentee), self._places[mentee].get(mentor))

    def _partner(self, person: int, other: int) -> Partner:
        return Partner(other, self._places[person].get(other))

    def _elsewhere(self, person: int, missed: Missed) -> Elsewhere:
        """Of what is not possible nothing is told but the name."""
        if missed.why is Why.NOT_POSSIBLE:
            return Elsewhere(missed.candidate, missed.why.name, None, None, ())
        return Elsewhere(
            missed.candidate,
            missed.why.name,
            self._places[person].get(missed.candidate),
            self._places[missed.candidate].get(person),
            tuple(self._partner(missed.candidate, other) for other, _rank in missed.instead),
        )


def between(before: Explained, after: Explained) -> Comparison:
    """What differs between two proposals."""
    return compare(before.proposal, after.proposal)


def _restored(objective: Mapping[str, Any], pairs: list[list[int]]) -> Proposal:
    return Proposal(
        frozenset((one, other) for one, other in pairs),
        Figures(**objective["figures"]),
        Policy(objective["policy"]),
        tuple(Level(each) for each in objective["sought"]),
        tuple(Level(each) for each in objective["proven"]),
        objective["bound"],
        objective["seed"],
    )


def _places(person: Participant) -> dict[int, int]:
    """The place of each person ranked: one more than the number of people ranked better."""
    places: dict[int, int] = {}
    for group in person.wishes.ranked:
        here = len(places) + 1
        places |= dict.fromkeys(group, here)
    return places
