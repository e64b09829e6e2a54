"""The rounds of a session: published before it, planned anew whenever somebody comes or goes. Pure.

The same facts and seed give the same plan.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from academy.mentoring.nonsense import refuse_unless
from academy.mentoring.rotation.meetings import chosen
from academy.mentoring.rotation.ring import Company, Pair, Round, ring, rounds_of
from academy.mentoring.rotation.schedule import scheduled, spaced
from academy.mentoring.rotation.seating import seated
from academy.mentoring.rotation.situation import Situation


@dataclass(frozen=True, slots=True)
class Published:
    """What is announced: the rounds, and the table (from 1) of each person of the side that stays seated."""

    rounds: tuple[Round, ...]
    tables: Mapping[int, int]


def publish(
    company: Company,
    rounds: int | None = None,
    fit: Mapping[Pair, int] | None = None,
    forbidden: frozenset[Pair] = frozenset(),
    seed: int = 0,
) -> Published:
    """A plan for everybody invited; `rounds` unset lets everybody meet everybody.

    Places follow topic fit when there are fewer rounds than people. A forbidden pair never meets.
    """
    fit = fit or {}
    turns = rounds_of(company, rounds)
    facts = Situation(company, turns, forbidden=forbidden, fit=fit, seed=seed)
    order = seated(company, turns, fit, forbidden, seed)
    plan = ring(order, turns)
    if any(pair in forbidden for round_ in plan for pair in round_):
        plan = spaced(replan(replace(facts, company=order, published=plan)), company.everybody)
    return Published(plan, {person: at for at, person in enumerate(order.staying, 1)})


def replan(situation: Situation) -> tuple[Round, ...]:
    """The rounds left, as many as asked; the last may be empty. No pair that has met, none forbidden."""
    return scheduled(chosen(situation), situation)


def fill_in(situation: Situation, talking: Collection[Pair]) -> Round:
    """Meetings to add at once to the round under way, among those present whom nobody is talking to."""
    busy = {person for pair in talking for person in pair}
    refuse_unless(len(busy) == 2 * len(talking), "somebody talks to two people at once")
    company = Company(
        tuple(each for each in situation.company.mentors if each not in busy),
        tuple(each for each in situation.company.mentees if each not in busy),
    )
    met = situation.met | frozenset(talking)
    free = replace(situation, company=company, met=met, rounds_left=1, published=())
    return replan(free)[0]


def tables_for(newcomers: Iterable[int], tables: Mapping[int, int]) -> dict[int, int]:
    """Tables with those of newcomers to the side that stays: the lowest numbers nobody has."""
    found, number = dict(tables), 1
    for person in newcomers:
        if person in found:
            continue
        while number in found.values():
            number += 1
        found[person] = number
    return found
