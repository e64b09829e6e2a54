"""Figures of groups and of campaigns: those of the dashboards, read where the dashboards read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort

from academy.api import entities, sight
from academy.api.guarding import asking
from academy.api.sight import Sight
from academy.hr.campaigns import pages, queries, reaching
from academy.hr.campaigns.models import Campaign
from academy.hr.campaigns.pages import Line
from academy.hr.campaigns.queries import Standing, Within
from academy.hr.campaigns.rules import Population, population
from academy.hr.dashboards import queries as figures
from academy.hr.dashboards.pages import told_apart, visas_of
from academy.hr.dashboards.queries import Told
from academy.hr.rollup.cuts import ALL

TOLD = ("passport", "begun", "month", "week")


@dataclass(frozen=True, slots=True)
class Group:
    people: int | None
    figures: Mapping[str, int] | None


def of_entity(key: str, wanted: date | None) -> dict[str, Any]:
    """The entity, its cuts and its parts, on a day that was kept; ends with 404 where nothing is told."""
    counted = figures.as_of() or abort(404)
    latest, at = counted
    kept = latest if wanted is None or wanted >= latest else figures.kept_day(wanted)
    day = kept or abort(404)
    here = sight.way_to(sight.entity(key).id, day)[0]
    below = figures.below(here.id, day)
    told = figures.of_day(here.id, [each.id for each in below], day)
    whole = next((each for each in told if (each.entity_id, each.cut) == (here.id, ALL)), None)
    parts = {each.entity_id: each for each in told if each.cut == ALL}
    named = entities.keys([each.id for each in below])
    return {
        "entity": here.key,
        "day": day,
        "counted_at": at,
        "whole": _group(whole),
        "visas": [{"award": key, "people": count} for key, count in visas_of(whole)],
        "cuts": [
            {"cut": cut, "value": each.value, **_group(each)}
            for cut, groups in told_apart(here.id, told)
            for each in groups
        ],
        "parts": [
            {"entity": named[each.id], "name": each.name, **_group(parts[each.id])}
            for each in below
            if each.id in parts
        ],
    }


def campaigns(before: int | None) -> tuple[list[dict[str, Any]], int | None]:
    """Those that were announced, newest first."""
    reach = reaching.sight_of(*_seeing())
    found, older = queries.seen_from(reach.near, reach.under, before)
    return [_campaign(each) for each in found if each.announced_at is not None], older


def campaign(number: int) -> dict[str, Any]:
    """One campaign, and how far the groups are that the token sees."""
    found, _entities = _announced(number)
    reach, today = _seeing()
    lines = pages.lines(number, reach, today)
    named = entities.keys([line.entity_id for line in lines])
    return {**_campaign(found), "parts": [_part(line, named) for line in lines]}


def standings(number: int, after: int | None, seen: Sight) -> tuple[list[Standing], int | None]:
    """Who is where in a mandatory campaign, by name, of those who were told; else 404, as on its page."""
    found, places = _announced(number)
    if not pages.tells_names(found):
        abort(404)
    everybody = population(found.population, places) == Population()
    return queries.standings(number, Within(seen.under, "", seen.today, everybody), after)


def _announced(number: int) -> tuple[Campaign, list[int]]:
    found = queries.campaign(number) or abort(404)
    places = queries.entities_of(number)
    if found.announced_at is None or not reaching.sight_of(*_seeing()).sees(places):
        abort(404)
    return found, places


def _seeing() -> tuple[Any, date]:
    return asking().reach, sight.today()


def _group(told: Told | None) -> dict[str, Any]:
    if told is None or told.people is None:
        return {"people": None, "figures": None}
    return {"people": told.people, "figures": {name: told.figures.get(name, 0) for name in TOLD}}


def _campaign(found: Campaign) -> dict[str, Any]:
    goal = {"kind": found.goal, "award": found.goal_key or None, "days": found.goal_days or None}
    columns = ("id", "name", "mandatory", "state", "starts_on", "due_on", "counted_at")
    return {**{name: getattr(found, name) for name in columns}, "goal": goal}


def _part(line: Line, named: Mapping[int, str]) -> dict[str, Any]:
    return {
        "entity": named[line.entity_id],
        "name": line.name,
        "people": line.people,
        "done": line.done,
    }
