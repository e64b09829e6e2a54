"""A rehearsal: whom a new award would reach, were it in force today. Reads only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from academy.database import db
from academy.people import places
from academy.rewards import services
from academy.rewards.badges import Award
from academy.rewards.publishing import histories
from academy.rewards.publishing.places import Told, told
from academy.rewards.publishing.summing import needs
from academy.rewards.rules import Facts, Walked, leaves
from academy.rewards.watching import Plan, plan
from academy.tracks import queries as tracks

NOWHERE = ""
TOGETHER = 500
"""People whose sums are in memory together."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """For each award, whom it would reach and where; `looked` is how many did anything that counts."""

    looked: int
    reached: tuple[tuple[Award, Told], ...]


def rehearse(awards: Sequence[Award], today: date) -> Rehearsal:
    """Walk past everybody, a few at a time."""
    rules = plan((award.key, award.rule) for award in awards)
    asked = services.steps_asked(awards)
    needed = needs(award.rule for award in awards)
    counts: dict[str, Counter[str]] = {award.key: Counter() for award in awards}
    looked = last = 0
    while people := histories.after(last, TOGETHER):
        won: dict[int, tuple[str, ...]] = {}
        for person_id, facts in histories.summed_up(people, rules, needed, asked):
            looked += 1
            if keys := _met(person_id, facts, rules, awards, today):
                won[person_id] = keys
        ways = places.chains(list(won), today)
        for person_id, keys in won.items():
            site = places.site_of(ways.get(person_id, ()))
            for key in keys:
                counts[key][site.name if site else NOWHERE] += 1
        last = people[-1]
        db.session.rollback()  # a snapshot held for minutes keeps the database from tidying
    return Rehearsal(looked, tuple((award, told(counts[award.key])) for award in awards))


def _met(
    person_id: int, facts: Facts, rules: Plan, awards: Sequence[Award], today: date
) -> tuple[str, ...]:
    """What they would be granted; of tracks, only those that are theirs."""
    found = rules.met_by(facts)
    if not any(isinstance(leaf, Walked) for award in awards for leaf in leaves(award.rule)):
        return found
    mine = tracks.theirs(person_id, today) if found else frozenset()
    theirs = {key: steps for key, steps in facts.tracks.items() if key in mine}
    return rules.met_by(replace(facts, tracks=theirs)) if found else ()
