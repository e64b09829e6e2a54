"""What the page of rankings shows, put together."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from academy.people import places
from academy.people.calendar import Span as Days
from academy.people.models import EntityKind
from academy.people.workdays.words import days
from academy.rewards.rankings import queries, words
from academy.rewards.rankings.queries import Around, Rate
from academy.rewards.rankings.rules import Span
from academy.web.words import day_within


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    share: str
    per_cent: int
    place: int | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """The upper part of one kind of entity."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RankingsPage:
    """`joined` is whether one takes part oneself; `around` is None while fewer than five do.

    `mine` are my entities that are not among those named: with their rate, without a place.
    """

    joined: bool
    points: int
    month: str
    around: Around | None
    spans: tuple[tuple[str, str, bool], ...]
    counted: str
    kinds: tuple[Kind, ...]
    mine: tuple[Line, ...]


def rankings_page(person_id: int, span: Span, today: date) -> RankingsPage:
    """Seven statements for who takes part, four for who does not, the reader's own apart."""
    entrant = queries.entrant(person_id)
    mine = [place.id for place in places.chain(person_id, today)]
    named, known = queries.named(span), queries.rates_of(mine, span)
    own = [known[entity] for entity in mine if entity in known]
    told = next(iter((*named, *own)), None)
    return RankingsPage(
        joined=entrant is not None,
        points=entrant.points if entrant else 0,
        month=day_within(entrant.month, "MMMM y") if entrant else "",
        around=queries.around(entrant) if entrant else None,
        spans=tuple(
            (str(words.SPANS[each]), url_for(".rankings", span=each.value), each is span)
            for each in Span
        ),
        counted=days(Days(told.first, told.last)) if told else "",
        kinds=tuple(_kinds(named, mine)),
        mine=tuple(_line(rate, mine) for rate in own if rate not in named),
    )


def _kinds(named: list[Rate], mine: list[int]) -> list[Kind]:
    by_kind = {kind: [rate for rate in named if rate.kind == kind] for kind in reversed(EntityKind)}
    return [
        Kind(str(words.KINDS[kind]), tuple(_line(rate, mine) for rate in rates))
        for kind, rates in by_kind.items()
        if rates
    ]


def _line(rate: Rate, mine: list[int]) -> Line:
    return Line(
        rate.name,
        words.share(rate.per_cent),
        rate.per_cent,
        rate.place,
        rate.entity_id in mine,
    )
