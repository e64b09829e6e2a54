"""What the organiser's pages of pairs show, put together.

Organisers who take part themselves do not see what others said of them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from math import ceil
from typing import Any, Final

from flask_babel import gettext as _

from academy.mentoring.pairs.models import Proposal
from academy.mentoring.pairs.proposing import gathering, publishing, queries, services, words
from academy.mentoring.pairs.proposing.queries import Sketch
from academy.mentoring.pairs.proposing.shown import (
    Broken,
    Card,
    ContestLine,
    Difference,
    ElsewhereLine,
    Figure,
    Overview,
    PairLine,
    PairPage,
    PersonPage,
    Tie,
    Who,
    Whole,
)
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.people import queries as people

MOST_LISTED: Final = 300
ON_A_PAGE: Final = 100
"""Pairs of a proposal."""


class Names:
    """The names of some people, in one statement."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._known = people.named(number for number in numbers if number > 0)

    def who(self, number: int) -> Who:
        found = self._known.get(number)
        return Who(number, found.name) if found else Who(None, _("Somebody who left"))

    def all(self, numbers: Iterable[int]) -> tuple[Who, ...]:
        return tuple(self.who(number) for number in numbers)

    def two(self, pair: Sequence[int]) -> tuple[Who, Who]:
        return self.who(pair[0]), self.who(pair[1])


def overview(programme: Programme, at: datetime) -> Overview:
    """How many handed in, what is proposed, what organisers want. Ten statements."""
    number = programme.id
    sketches, bonds = queries.sketches(number), queries.orders(number)
    latest = [each for each in sketches if each.run == sketches[0].run]
    older = [each for each in sketches if each not in latest]
    both = gathering.sides_now(number)
    listed = sorted(both.mentors)[:MOST_LISTED], sorted(both.mentees)[:MOST_LISTED]
    tied = [person for bond in bonds for person in (bond.mentor_id, bond.mentee_id)]
    names = Names([*listed[0], *listed[1], *tied])
    turnout = queries.turnout(number)
    saved = turnout.last_saved_at
    return Overview(
        programme,
        turnout,
        _cards(sorted(latest, key=lambda each: each.number)),
        tuple(older),
        tuple(Tie(bond, names.who(bond.mentor_id), names.who(bond.mentee_id)) for bond in bonds),
        _by_name(names.all(listed[0])),
        _by_name(names.all(listed[1])),
        queries.under_way(number, at - services.WAITED_FOR),
        queries.published(number),
        bool(latest and saved and saved > latest[0].made_at),
    )


def whole(programme: Programme, proposal: Proposal, viewer: int, turn: int) -> Whole:
    """A page of the pairs with their reasons, and who has none. Four statements beside the proposal's own."""
    read = explained(proposal)
    numbers = sorted(read.people)
    names, takers = Names(numbers), queries.still_in(programme.id, numbers)
    mentors, mentees = read.alone()
    facing = sorted(read.facing(), key=lambda each: tuple(who.name for who in names.two(each.pair)))
    turns = max(1, ceil(len(facing) / ON_A_PAGE))
    turn = min(turn, turns)
    shown = facing[(turn - 1) * ON_A_PAGE : turn * ON_A_PAGE]
    return Whole(
        programme,
        proposal,
        queries.published(programme.id),
        tuple(_line(each, names, takers, viewer) for each in shown),
        len(facing),
        turn,
        turns,
        _by_name(names.all(mentors)),
        _by_name(names.all(mentees)),
        tuple(_line(each, names, takers, viewer) for each in read.tempted()),
        _contests(proposal, names),
        _figures(proposal.objective["figures"], None),
    )


def pair_page(
    programme: Programme, proposal: Proposal, pair: tuple[int, int], viewer: int
) -> PairPage | None:
    """Why these two; None when the proposal does not hold them."""
    if list(pair) not in proposal.pairs:
        return None
    read = explained(proposal)
    [facing] = [each for each in read.facing() if each.pair == pair]
    told = next((e for e in proposal.objective["broken"] if e["pair"] == list(pair)), None)
    others = [one for each in (told["ended"] + told["begun"] if told else []) for one in each]
    names = Names([*pair, *others])
    line = _line(facing, names, queries.still_in(programme.id, pair), viewer)
    broken = _broken(told, names) if told else None
    return PairPage(programme, proposal, queries.published(programme.id), line, broken)


def person_page(
    programme: Programme, proposal: Proposal, person: int, viewer: int
) -> PersonPage | None:
    """Whom somebody got and whom they would rather have; none about whoever asks, or not in the pool."""
    read = explained(proposal)
    if person not in read.people or person == viewer:
        return None
    portrait = read.portrait(person)
    elsewhere = [each for each in portrait.elsewhere if each.person != viewer]
    numbers = [person, *(each.person for each in (*portrait.partners, *elsewhere))]
    numbers += [one.person for each in elsewhere for one in each.instead]
    names = Names(numbers)
    return PersonPage(
        programme,
        proposal,
        queries.published(programme.id),
        names.who(person),
        portrait.mentor,
        tuple(
            (names.who(one.person), _said(one.place, one.person, viewer))
            for one in portrait.partners
        ),
        portrait.places_left,
        tuple(
            ElsewhereLine(
                names.who(each.person),
                words.WHY[each.why],
                words.place(each.place),
                words.place(each.place_back),
                names.all(one.person for one in each.instead),
                each.why != "NOT_POSSIBLE",
            )
            for each in elsewhere
        ),
    )


def difference(programme: Programme, before: Proposal, after: Proposal) -> Difference:
    """Two proposals, pair by pair and figure by figure."""
    old, new = (frozenset((one, other) for one, other in each.pairs) for each in (before, after))
    ended, begun = sorted(old - new), sorted(new - old)
    names = Names(person for pair in (*ended, *begun) for person in pair)
    one, other = before.objective["figures"], after.objective["figures"]
    return Difference(
        programme,
        before,
        after,
        tuple(names.two(pair) for pair in ended),
        tuple(names.two(pair) for pair in begun),
        tuple((words.FIGURES[each], one[each], other[each]) for each in words.COMPARED),
    )


def explained(proposal: Proposal) -> Any:
    """The proposal read again; numpy is loaded by the first page that asks."""
    room = import_module("academy.mentoring.pairs.proposing.explained")
    return room.Explained(proposal.inputs, proposal.objective, proposal.pairs)


def _cards(latest: Sequence[Sketch]) -> tuple[Card, ...]:
    first: dict[str, int] = {}
    found = []
    for each in latest:
        same = first.setdefault(str(each.pairs), each.number)
        figures = _figures(each.objective["figures"], [one.objective["figures"] for one in latest])
        found.append(Card(each, figures, same if same != each.number else None))
    return tuple(found)


def _figures(
    mine: dict[str, int], all_of_them: Sequence[dict[str, int]] | None
) -> tuple[Figure, ...]:
    """Marked as best where others are not as good."""
    found = []
    for each in words.COMPARED:
        values = [one[each] for one in all_of_them or ()]
        best = len(set(values)) > 1 and mine[each] == words.best(each, values)
        found.append(Figure(words.FIGURES[each], mine[each], best))
    return tuple(found)


def _line(facing: Any, names: Names, takers: dict[int, Volunteer], viewer: int) -> PairLine:
    mentor, mentee = facing.pair
    return PairLine(
        names.who(mentor),
        names.who(mentee),
        _said(facing.mentor_place, mentee, viewer),
        _said(facing.mentee_place, mentor, viewer),
        publishing.shared(takers[mentor], takers[mentee])
        if mentor in takers and mentee in takers
        else (),
        facing.pinned,
    )


def _said(place: int | None, of: int, viewer: int) -> str:
    """The place somebody gave; not to the one it was given to."""
    return _("not shown to you") if of == viewer else words.place(place)


def _contests(proposal: Proposal, names: Names) -> tuple[ContestLine, ...]:
    return tuple(
        ContestLine(names.all(each["people"]), names.all(each["candidates"]), each["places"])
        for each in proposal.objective["contests"]
    )


def _broken(told: dict[str, Any], names: Names) -> Broken:
    delta = told["delta"]
    return Broken(
        tuple(names.two(pair) for pair in told["ended"]),
        tuple(names.two(pair) for pair in told["begun"]),
        tuple((words.FIGURES[each], delta[each]) for each in words.COMPARED if delta[each]),
    )


def _by_name(found: Iterable[Who]) -> tuple[Who, ...]:
    return tuple(sorted(found, key=lambda who: (who.name, who.number or 0)))
