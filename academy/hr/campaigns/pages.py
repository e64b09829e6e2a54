"""What the page of a campaign shows human resources, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from academy.hr.campaigns import queries, taking, words
from academy.hr.campaigns.models import Campaign
from academy.hr.campaigns.queries import Standing, Within
from academy.hr.campaigns.reaching import Sight
from academy.hr.campaigns.rules import Move, Population, State, moves_from, population
from academy.hr.dashboards import queries as figures
from academy.people.directory.reach import Reach

MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: people in which state, after whom; and how far the reader sees."""

    state: str
    after: int | None
    sight: Sight
    reach: Reach
    today: date


@dataclass(frozen=True, slots=True)
class Line:
    """An entity with all under it; `people` is None when it is too small, `share` of a hundred."""

    entity_id: int
    name: str
    people: int | None
    done: int | None
    root: bool

    @property
    def share(self) -> float | None:
        if self.people is None or self.done is None:
            return None
        return min(100.0, 100 * self.done / self.people) if self.people else 0.0


@dataclass(frozen=True, slots=True)
class CampaignPage:
    campaign: Campaign
    state: State
    whom: list[str]
    goal: str
    moves: tuple[Move, ...]
    """What the reader may do next; nothing when some of its people are not theirs."""
    draft_of: int | None
    """How many people a draft would take today."""
    lines: tuple[Line, ...]
    names: bool
    people: tuple[Standing, ...]
    wanted: str
    next_url: str | None
    first_url: str | None

    @property
    def headline(self) -> Line | None:
        """The one entity that holds all of the reader's people, if its figures are told."""
        roots = [line for line in self.lines if line.root]
        return roots[0] if len(roots) == 1 and roots[0].share is not None else None


def campaign(found: Campaign, entities: Sequence[int], asked: Asked) -> CampaignPage:
    whom = population(found.population, entities)
    mine, state = asked.sight.holds(entities), State(found.state)
    told = tells_names(found)
    within = Within(asked.sight.under, asked.state, asked.today, everybody=whom == Population())
    people, following = queries.standings(found.id, within, asked.after) if told else ([], None)
    here: dict[str, Any] = {"number": found.id, "state": asked.state or None}
    return CampaignPage(
        campaign=found,
        state=state,
        whom=words.whom(whom, queries.names(entities) if entities else {}),
        goal=words.goal(found.aim),
        moves=moves_from(state) if mine else (),
        draft_of=taking.how_many(whom, asked.today) if state is State.DRAFT else None,
        lines=() if state is State.DRAFT else lines(found.id, asked.reach, asked.today),
        names=told,
        people=tuple(people),
        wanted=asked.state,
        next_url=url_for("campaigns.campaign", **here, after=following) if following else None,
        first_url=url_for("campaigns.campaign", **here) if asked.after else None,
    )


def tells_names(found: Campaign) -> bool:
    """Names are for what is mandatory and was told."""
    return found.mandatory and found.announced_at is not None


def row(each: Standing) -> Sequence[object]:
    return (each.name, each.entity, words.STANDING[standing(each)], each.done_on)


def standing(each: Standing) -> str:
    if each.done_on:
        return "done"
    return "paused" if each.paused else "not-yet"


def lines(number: int, reach: Reach, today: date) -> tuple[Line, ...]:
    """The highest entities within reach; of a single one also what is under it. Three statements."""
    roots = figures.roots(reach, today)[:MOST_PARTS]
    parts = figures.below(roots[0].id, today)[:MOST_PARTS] if len(roots) == 1 else ()
    counts = queries.counts(number, [each.id for each in (*roots, *parts)])
    return (*_told(roots, counts, root=True), *_told(parts, counts, root=False))


def _told(
    places: Sequence[figures.Below],
    counts: Mapping[int, tuple[int | None, int | None]],
    root: bool,
) -> tuple[Line, ...]:
    return tuple(
        Line(each.id, each.name, *counts[each.id], root) for each in places if each.id in counts
    )
