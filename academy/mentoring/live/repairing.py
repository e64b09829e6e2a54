"""The rounds to come, when somebody comes or goes. Pure; slow to load, hence imported where it is used."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from academy.mentoring.rotation.plan import fill_in, replan
from academy.mentoring.rotation.ring import Company, Pair, Round
from academy.mentoring.rotation.situation import Situation, waits


@dataclass(frozen=True, slots=True)
class Facts:
    """`rounds`: who talked and will talk, by number, without those that no longer count.

    `current` is the last round that is not planned anew. `fill`: it has just begun, so that people left alone
    may still talk. `arrived`: the round each came in.
    """

    company: Company
    rounds: Mapping[int, Round]
    last: int
    current: int
    fill: bool
    arrived: Mapping[int, int]
    forbidden: frozenset[Pair] = frozenset()
    fit: Mapping[Pair, int] = field(default_factory=dict)
    seed: int = 0


def repaired(facts: Facts) -> dict[int, Round]:
    """The rounds from the current one on. Nobody meets anybody twice, nor somebody they may not meet."""
    held = [facts.rounds.get(number, ()) for number in range(1, facts.current + 1)]
    if facts.fill and held:
        held[-1] = tuple(sorted((*held[-1], *fill_in(_situation(facts, held[:-1]), held[-1]))))
    plan = replan(_situation(facts, held))
    found = dict(enumerate(plan, facts.current + 1))
    return found | ({facts.current: held[-1]} if held else {})


def _situation(facts: Facts, held: list[Round]) -> Situation:
    everybody = facts.company.everybody
    to_come = range(facts.current + 1, facts.last + 1)
    return Situation(
        facts.company,
        rounds_left=facts.last - facts.current,
        met=frozenset(pair for round_ in held for pair in round_),
        forbidden=facts.forbidden,
        waited=waits(held, {each: facts.arrived.get(each, 1) - 1 for each in everybody}),
        fit=facts.fit,
        published=tuple(facts.rounds.get(number, ()) for number in to_come),
        seed=facts.seed,
    )
