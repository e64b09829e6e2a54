"""The page of what human resources see of one person, put together from what they read themselves."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from academy.catalog import releases
from academy.hr.campaigns import pages as campaign_pages
from academy.hr.campaigns import words as campaign_words
from academy.hr.campaigns.queries import Standing
from academy.hr.dashboards import adoption, coverage, pages
from academy.hr.dashboards import queries as figures
from academy.hr.dashboards.meanings import SEASON, SHORT
from academy.hr.dashboards.naming import CUTS, value_name, wave_names
from academy.hr.dashboards.pages import Line
from academy.hr.dashboards.queries import Cohort, Told
from academy.hr.rollup.apart import DETAILED, TOLD_APART
from academy.hr.rollup.cuts import ALL, HERE
from academy.hr.seen import queries
from academy.hr.seen.queries import Key, Known
from academy.people import places
from academy.people.places import Place
from academy.web.words import day_within, language

COUNTS = ("month", "week", "day", "rounds", "new", "back", "lost")


@dataclass(frozen=True, slots=True)
class Group:
    """One entity I am counted in: a line for it and for each group of mine in it.

    `shares`, `season`, `counts`, `visas` and `themes` are what is told of the entity as a whole; `cohort` how
    many began when I did (`began`), and how many of these came this month.
    """

    place: Place
    lines: tuple[Line, ...]
    told: bool
    detailed: bool
    shares: tuple[tuple[str, float], ...]
    season: tuple[tuple[str, float], ...]
    counts: Mapping[str, int]
    visas: tuple[tuple[str, float], ...]
    themes: tuple[coverage.Known, ...]
    began: str
    cohort: Cohort | None

    @property
    def cohort_told(self) -> bool:
        """Of few beginners human resources read how many there are, and no share."""
        return self.cohort is not None and self.cohort.people >= adoption.LARGE


@dataclass(frozen=True, slots=True)
class Concern:
    """A campaign that concerns me; `word` is what stands beside my name, empty where no name is shown.

    `parts` are the entities I count in, with people and how many are done; None is not told.
    """

    number: int
    name: str
    mandatory: bool
    word: str
    done_on: date | None
    counted_at: datetime | None
    parts: tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class Access:
    role: str
    entity: str
    people: int


@dataclass(frozen=True, slots=True)
class SeenPage:
    """`counted_at` is None before the first count, `groups` empty for somebody who is not counted."""

    counted_at: datetime | None
    groups: tuple[Group, ...]
    campaigns: tuple[Concern, ...]
    access: tuple[Access, ...]


def page(person_id: int, today: date) -> SeenPage:
    """Eleven statements at most, whatever the person did."""
    counted = figures.as_of()
    chain = places.chain(person_id, counted[0] if counted else today)
    row = queries.row_of(person_id, counted[0]) if counted else None
    return SeenPage(
        counted_at=counted[1] if counted else None,
        groups=_groups(chain, row, counted[0]) if counted and row else (),
        campaigns=_campaigns(person_id, chain, today),
        access=_access(chain, today),
    )


def keys_of(row: Any, chain: Sequence[Place], day: date) -> list[Key]:
    """The groups this person is counted in: each entity above them, and what they share in it."""
    found: list[Key] = [(chain[0].id, HERE, ALL)] if chain else []
    for place in chain:
        found.append((place.id, ALL, ALL))
        if place.kind in DETAILED:
            found += [(place.id, cut, which(row, day)) for cut, which in TOLD_APART.items()]
    return found


def _groups(chain: Sequence[Place], row: Any, day: date) -> tuple[Group, ...]:
    entities = [place.id for place in chain]
    told = queries.groups(keys_of(row, chain, day), day)
    known = queries.knowledge(entities, day)
    waves = wave_names(cut for _entity, cut, _value in told)
    began = row.first_on
    cohorts = queries.beginners(entities, began, day) if began else {}
    return tuple(
        _group(place, told, known.get(place.id, {}), (began, cohorts.get(place.id)), waves)
        for place in chain
        if (place.id, ALL, ALL) in told
    )


def _group(
    place: Place,
    told: Mapping[Key, Told],
    known: Mapping[str, tuple[int, int]],
    began: tuple[date | None, Cohort | None],
    waves: Mapping[str, str],
) -> Group:
    whole = told[place.id, ALL, ALL]
    people = whole.people or 0
    month, cohort = began
    return Group(
        place=place,
        lines=tuple(_lines(place, whole, told, waves)),
        told=whole.people is not None,
        detailed=place.kind in DETAILED,
        shares=tuple((str(words), whole.share(name) or 0.0) for name, words in SHORT.items()),
        season=tuple(
            (str(words), whole.share(name) or 0.0)
            for name, words in SEASON.items()
            if name in whole.figures
        ),
        counts={name: whole.figures[name] for name in COUNTS if name in whole.figures},
        visas=pages.visas(whole),
        themes=_themes(known, people),
        began=day_within(month, "LLLL y") if month else "",
        cohort=cohort,
    )


def _themes(known: Mapping[str, tuple[int, int]], people: int) -> tuple[coverage.Known, ...]:
    if not (known and people):
        return ()
    return tuple(each.known for each in coverage.themes_of(releases.current(), known, people))


def _lines(
    place: Place, whole: Told, told: Mapping[Key, Told], waves: Mapping[str, str]
) -> Iterator[Line]:
    """The entity; then my groups in it, but for those that hold all of its people: no page shows them."""
    yield pages.line(_("Everybody in it and under it"), None, whole)
    for (entity, cut, value), each in told.items():
        if entity != place.id or cut == ALL or (each.people and each.people == whole.people):
            continue
        if cut == HERE:
            yield pages.line(_("In no entity under it"), None, each)
        else:
            name = _("%(cut)s: %(group)s", cut=CUTS[cut], group=value_name(cut, value, waves))
            yield pages.line(name, None, each)


def _campaigns(person_id: int, chain: Sequence[Place], today: date) -> tuple[Concern, ...]:
    mine = queries.campaigns(person_id, today)
    numbers = [each.campaign.id for each in mine]
    counts = queries.campaign_counts(numbers, [place.id for place in chain]) if mine else {}
    return tuple(_concern(each, chain, counts) for each in mine)


def _concern(
    known: Known,
    chain: Sequence[Place],
    counts: Mapping[tuple[int, int], tuple[int | None, int | None]],
) -> Concern:
    campaign = known.campaign
    named = campaign_pages.tells_names(campaign) and known.told
    paused = known.away and known.done_on is None
    standing = Standing(0, "", "", known.done_on, paused)
    word = campaign_words.STANDING[campaign_pages.standing(standing)] if named else ""
    return Concern(
        number=campaign.id,
        name=campaign.name.said(language()),
        mandatory=campaign.mandatory,
        word=str(word),
        done_on=known.done_on if named else None,
        counted_at=campaign.counted_at,
        parts=tuple(
            (place.name, *counts[campaign.id, place.id])
            for place in chain
            if (campaign.id, place.id) in counts
        ),
    )


def _access(chain: Collection[Place], today: date) -> tuple[Access, ...]:
    names = {place.id: place.name for place in chain}
    return tuple(
        Access(each.role, names[each.entity_id] if each.entity_id else "", each.people)
        for each in queries.looking(names, today)
    )
