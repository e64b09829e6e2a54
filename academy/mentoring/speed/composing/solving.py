"""From rows to a pool, from a composition to meetings. For the worker: composing loads numpy and scipy."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from sqlalchemy import and_, select

from academy.database import db
from academy.mentoring.apart import apart
from academy.mentoring.composition.compose import compose, recompose
from academy.mentoring.composition.pool import Candidate, Cell, Pool, Sizes
from academy.mentoring.composition.reasons import LeftOut
from academy.mentoring.composition.sessions import Session
from academy.mentoring.models import Kind, Work
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.rules import REMOTE, Side
from academy.mentoring.speed.composing import queries
from academy.mentoring.speed.composing.asked import Asked, Composed, Missed, Placed
from academy.mentoring.speed.models import SpeedMeeting
from academy.mentoring.speed.rules import free_at, seated, weighted
from academy.people import places
from academy.people.models import Person, Posting

Watch = Callable[[float], bool]
LEEWAY = 2
"""People fewer or more than wanted that a meeting may have before that is worth avoiding."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """`moments` by the number of their slot; `versions` of the planned meetings, as they were read."""

    kind: Kind
    pool: Pool
    moments: tuple[datetime, ...]
    before: tuple[Session, ...]
    locked: frozenset[int]
    versions: dict[int, int]


def gathered(work: Work, programme: Programme, today: date, at: datetime) -> Gathered:
    """Everything composing needs, in nine statements at most."""
    asked, kind = Asked.read(work.asked), Kind(work.kind)
    meetings = queries.planned(programme.id)
    seats = queries.seats_of(each.id for each in meetings)
    kept = _kept(kind, meetings, seats, at)
    seats = [row for row in seats if row.meeting_id in {each.id for each in kept}]
    moments = _moments(asked, kept, at)
    mentors, mentees = _candidates(_volunteers(programme.id, today), seats, moments)
    numbers = [each.number for each in mentors], [each.number for each in mentees]
    pool = Pool(
        mentors,
        mentees,
        _cells(asked, programme, kept, moments),
        apart(programme, *numbers, queries.to_place(programme.id), today),
        _sizes(asked),
        seed=work.seed,
    )
    return Gathered(
        kind,
        pool,
        moments,
        _sessions(kept, seats, moments),
        frozenset(row.person_id for row in seats if row.locked) & {*numbers[0], *numbers[1]},
        {each.id: each.version for each in meetings},
    )


def composed(facts: Gathered, watch: Watch) -> Composed:
    """The meetings to plan. Raises Nonsense when locks contradict one another, Stopped when told to stop."""
    solve = recompose if facts.kind is Kind.RECOMPOSE else compose
    found = solve(facts.pool, facts.before, facts.locked, watch)
    kept = {each.key for each in facts.before}
    return Composed(
        tuple(_placed(each, facts.moments, kept) for each in found.sessions),
        tuple(_missed(each, facts.moments) for each in found.left_out),
        found.meetings,
        found.fit,
        found.mixed,
        facts.versions,
        facts.locked,
    )


def _volunteers(number: int, today: date) -> list[Any]:
    """Volunteers to be placed, with their time zone and where they work."""
    at_work = and_(Posting.person_id == Volunteer.person_id, places.true_on(Posting, today))
    rows = db.session.execute(
        select(Volunteer, Person.zone, Posting.entity_id)
        .join(Person, Person.id == Volunteer.person_id)
        .outerjoin(Posting, at_work)
        .where(
            Volunteer.programme_id == number,
            Volunteer.person_id.in_(queries.to_place(number)),
        )
        .order_by(Volunteer.person_id, Posting.id)
    )
    return list({row.Volunteer.person_id: row for row in rows}.values())


def _kept(
    kind: Kind, meetings: Iterable[SpeedMeeting], seats: Iterable[Any], at: datetime
) -> list[SpeedMeeting]:
    """The planned meetings that stay: all when composing again, else those that hold a locked seat."""
    holding = {row.meeting_id for row in seats if row.locked}
    return [
        each
        for each in meetings
        if each.starts_at > at and (kind is Kind.RECOMPOSE or each.id in holding)
    ]


def _moments(asked: Asked, kept: Sequence[SpeedMeeting], at: datetime) -> tuple[datetime, ...]:
    """Those offered that are still to come, and those of the meetings kept."""
    offered = {each for each in asked.moments if each > at}
    return tuple(sorted(offered | {each.starts_at for each in kept}))


def _candidates(
    rows: Sequence[Any], seats: Iterable[Any], moments: tuple[datetime, ...]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Mentors and mentees; whoever is both and sat somewhere stays on that side."""
    sides = {row.Volunteer.person_id: Side(row.Volunteer.side) for row in rows}
    sitting = seated(sides, {row.person_id: row.side for row in seats})
    found: dict[Side, list[Candidate]] = {Side.MENTOR: [], Side.MENTEE: []}
    for row in rows:
        side = sitting[row.Volunteer.person_id]
        found[side].append(_candidate(row, side, moments))
    return tuple(found[Side.MENTOR]), tuple(found[Side.MENTEE])


def _candidate(row: Any, side: Side, moments: tuple[datetime, ...]) -> Candidate:
    said: Volunteer = row.Volunteer
    return Candidate(
        said.person_id,
        free_at(moments, said.slots, row.zone),
        frozenset(said.places),
        frozenset(said.languages),
        weighted(said.offered if side is Side.MENTOR else said.wanted),
        row.entity_id,
    )


def _sessions(
    kept: Iterable[SpeedMeeting], seats: Iterable[Any], moments: tuple[datetime, ...]
) -> tuple[Session, ...]:
    on: dict[tuple[int, str], list[int]] = {}
    for row in seats:
        on.setdefault((row.meeting_id, row.side), []).append(row.person_id)
    return tuple(
        Session(
            each.id,
            Cell(moments.index(each.starts_at), each.place, each.language),
            tuple(on.get((each.id, Side.MENTOR), ())),
            tuple(on.get((each.id, Side.MENTEE), ())),
        )
        for each in kept
    )


def _cells(
    asked: Asked, programme: Programme, kept: Iterable[SpeedMeeting], moments: tuple[datetime, ...]
) -> tuple[Cell, ...]:
    """Every time, place and language offered; those of meetings kept, for these meetings alone if not."""
    taken = queries.announced_at(programme.id) if asked.at_once else {}
    offered = [at for at, moment in enumerate(moments) if moment in asked.moments]
    cells = {}
    for slot, place, language in product(offered, asked.places, programme.languages):
        most = None
        if asked.at_once and place != REMOTE:
            most = max(asked.at_once - taken.get((moments[slot], place), 0), 0)
        cells[slot, place, language] = Cell(slot, place, language, most)
    for each in kept:
        where = moments.index(each.starts_at), each.place, each.language
        cells.setdefault(where, Cell(*where, most=0))
    return tuple(cells.values())


def _sizes(asked: Asked) -> Sizes:
    least = max(asked.fewest, asked.wanted - LEEWAY)
    return Sizes(least, asked.wanted, asked.most, asked.fewest)


def _placed(session: Session, moments: tuple[datetime, ...], kept: set[int]) -> Placed:
    cell = session.cell
    return Placed(
        session.key if session.key in kept else None,
        moments[cell.slot],
        cell.place,
        cell.language,
        session.mentors,
        session.mentees,
    )


def _missed(left: LeftOut, moments: tuple[datetime, ...]) -> Missed:
    cell = left.cell
    where = (moments[cell.slot], cell.place, cell.language) if cell else None
    return Missed(left.person, str(left.why), where, left.mentors, left.mentees)
