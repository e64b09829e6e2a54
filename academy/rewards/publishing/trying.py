"""A rehearsal: whom a new award would reach, were it in force today. Reads only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from academy.database import db
from academy.people import places
from academy.rewards import evidence, services
from academy.rewards.badges import Award
from academy.rewards.publishing import histories
from academy.rewards.publishing.histories import Life
from academy.rewards.publishing.places import Told, told
from academy.rewards.rules import Walked, leaves
from academy.rewards.watching import Plan, plan
from academy.tracks import queries as tracks

NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """For each award, whom it would reach and where; `looked` is how many people have done anything."""

    looked: int
    reached: tuple[tuple[Award, Told], ...]


def rehearse(awards: Sequence[Award], today: date) -> Rehearsal:
    """Walk past everybody, a few at a time."""
    rules = plan((award.key, award.rule) for award in awards)
    asked = services.steps_asked(awards)
    verbs = frozenset(verb for award in awards for verb in evidence.verbs(award.rule))
    counts: dict[str, Counter[str]] = {award.key: Counter() for award in awards}
    looked = last = 0
    while people := histories.after(last):
        won: dict[int, tuple[str, ...]] = {}
        for life in histories.lives(people, rules, asked, verbs):
            looked += 1
            if keys := _met(life, rules, awards, today):
                won[life.person_id] = keys
        ways = places.chains(list(won), today)
        for person_id, keys in won.items():
            site = places.site_of(ways.get(person_id, ()))
            for key in keys:
                counts[key][site.name if site else NOWHERE] += 1
        last = people[-1]
        db.session.rollback()  # a snapshot held for minutes keeps the database from tidying
    return Rehearsal(looked, tuple((award, told(counts[award.key])) for award in awards))


def _met(life: Life, rules: Plan, awards: Sequence[Award], today: date) -> tuple[str, ...]:
    """What they would be granted; of tracks, only those that are theirs."""
    found = rules.met_by(life.facts)
    if not any(isinstance(leaf, Walked) for award in awards for leaf in leaves(award.rule)):
        return found
    mine = tracks.theirs(life.person_id, today) if found else frozenset()
    theirs = {key: steps for key, steps in life.facts.tracks.items() if key in mine}
    return rules.met_by(replace(life.facts, tracks=theirs)) if found else ()
