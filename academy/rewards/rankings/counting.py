"""Everybody's days, added up by entity: read first, some people at a time, then written all at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, func, insert, or_, select

from academy.database import db
from academy.deeds import queries as log
from academy.people.calendar import A_DAY
from academy.people.models import Entity, Person, Placement, Posting
from academy.people.places import true_on
from academy.people.workdays import queries as workdays
from academy.rewards.rankings import rules
from academy.rewards.rankings.models import EntityDay, EntityRate
from academy.rewards.rankings.rules import Count, Span, begins

AT_ONCE = 500
"""People whose days are in memory together."""
AGAIN = 7
"""Days counted anew each night: leave told a little late is heard, and slow clocks are waited for."""
LONGEST = 35
"""Never more days than a month needs."""


@dataclass(slots=True)
class Tally:
    """How many worked, and did their minute, by entity and day."""

    days: Sequence[date]
    expected: Counter[tuple[int, date]] = field(default_factory=Counter)
    done: Counter[tuple[int, date]] = field(default_factory=Counter)


def days_to_count(last: date) -> list[date]:
    """The last ones again, and all since the last count; a whole month the first time."""
    known = db.session.scalar(select(func.max(EntityDay.day)))
    month = begins(Span.MONTH, last)
    first = min(last - (AGAIN - 1) * A_DAY, (known or month - A_DAY) + A_DAY)
    first = max(first, last - LONGEST * A_DAY)
    return [first + number * A_DAY for number in range((last - first).days + 1)]


def is_counted(last: date) -> bool:
    counted = select(EntityDay.day).where(EntityDay.day == last).limit(1)
    return db.session.scalar(counted) is not None


def people_after(person_id: int) -> list[int]:
    """The next people, by number; not those to whom the academy opens later."""
    active = select(Person.id).where(Person.id > person_id, Person.active, ~Person.waits)
    return list(db.session.scalars(active.order_by(Person.id).limit(AT_ONCE)))


def tally(people: Sequence[int], into: Tally) -> None:
    """Take these people into account. Six statements, however many there are."""
    first, last = into.days[0], into.days[-1]
    calendars = workdays.calendars_of(people, last)
    rounds = set(log.rounds(people, first, last))
    for person_id, entities in _entities(people, first, last).items():
        calendar = calendars[person_id]
        for day in into.days:
            entity = _on(entities, day)
            if entity is None:
                continue
            into.expected[entity, day] += (works := calendar.is_working(day))
            into.done[entity, day] += works and (person_id, day) in rounds


def keep(found: Tally, last: date) -> None:
    """Put what was counted in the place of what was known of these days, and tell the rates anew."""
    db.session.execute(
        delete(EntityDay).where(
            or_(EntityDay.day >= found.days[0], EntityDay.day < last - LONGEST * A_DAY)
        )
    )
    rows = [
        {"entity_id": entity, "day": day, "expected": expected, "done": found.done[entity, day]}
        for (entity, day), expected in sorted(found.expected.items())
    ]
    if rows:
        db.session.execute(insert(EntityDay), rows)
    db.session.execute(delete(EntityRate))
    rates = [row for span in Span for row in _rates(span, last)]
    if rates:
        db.session.execute(insert(EntityRate), rates)


def _rates(span: Span, last: date) -> Iterator[dict[str, object]]:
    """What may be told of the week or the month of this day."""
    first = begins(span, last)
    counts = rules.added(
        rules.told_on(direct, parent)
        for parent in [_parents(last)]
        for direct in _by_day(first, last).values()
    )
    kinds = dict(db.session.execute(select(Entity.id, Entity.kind)).all())
    for kind in sorted(set(kinds.values())):
        of_kind = {entity: count for entity, count in counts.items() if kinds[entity] == kind}
        for standing in rules.standings(of_kind):
            yield {
                "entity_id": standing.entity,
                "span": span.value,
                "first": first,
                "last": last,
                "kind": kind,
                "per_cent": standing.per_cent,
                "place": standing.place,
            }


def _by_day(first: date, last: date) -> dict[date, dict[int, Count]]:
    rows = db.session.execute(
        select(EntityDay.day, EntityDay.entity_id, EntityDay.expected, EntityDay.done).where(
            EntityDay.day.between(first, last)
        )
    )
    found: dict[date, dict[int, Count]] = {}
    for day, entity, expected, done in rows:
        found.setdefault(day, {})[entity] = Count(expected, done)
    return found


def _parents(day: date) -> dict[int, int]:
    """Where each entity stands that day; the later written is right."""
    placed = select(Placement.child_id, Placement.parent_id).where(true_on(Placement, day))
    return dict(db.session.execute(placed.order_by(Placement.id)).all())


def _entities(
    people: Sequence[int], first: date, last: date
) -> Mapping[int, list[tuple[date, date | None, int]]]:
    """Where each of them worked meanwhile, in the order it was written."""
    rows = db.session.execute(
        select(Posting.person_id, Posting.starts_on, Posting.ends_on, Posting.entity_id)
        .where(
            Posting.person_id.in_(people),
            Posting.starts_on <= last,
            or_(Posting.ends_on.is_(None), Posting.ends_on >= first),
        )
        .order_by(Posting.id)
    )
    found: dict[int, list[tuple[date, date | None, int]]] = {}
    for person_id, starts, ends, entity in rows:
        found.setdefault(person_id, []).append((starts, ends, entity))
    return found


def _on(entities: Sequence[tuple[date, date | None, int]], day: date) -> int | None:
    there = [
        entity
        for starts, ends, entity in entities
        if starts <= day and (ends is None or ends >= day)
    ]
    return there[-1] if there else None
