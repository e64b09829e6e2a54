"""A rehearsal: whom a new award would reach, were it in force today. Reads only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from academy.database import db
from academy.people import places
from academy.people.models import EntityKind
from academy.people.places import Place
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
        sites = {who: _site(way) for who, way in places.chains(list(won), today).items()}
        for person_id, keys in won.items():
            for key in keys:
                counts[key][sites.get(person_id, NOWHERE)] += 1
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


def _site(way: Sequence[Place]) -> str:
    """The site someone works at, or the nearest place that is known."""
    named = (place.name for place in way if place.kind == EntityKind.SITE)
    return next(named, way[0].name if way else NOWHERE)
