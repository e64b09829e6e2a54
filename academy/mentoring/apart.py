"""Who must not be brought together: people of one reporting line, or who would rather not meet."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Select, select

from academy.database import db
from academy.mentoring.composition.lines import reporting_lines
from academy.mentoring.composition.pool import Pair
from academy.mentoring.programmes.models import Programme
from academy.mentoring.wishes.models import Avoidance
from academy.people import places
from academy.people.models import Posting


def apart(
    programme: Programme,
    mentors: Collection[int],
    mentees: Collection[int],
    whom: Select[int],
    today: date,
) -> frozenset[Pair]:
    """Every mentor and mentee to be kept apart, whatever the reason; `whom` selects them. Two statements."""
    lines: frozenset[Pair] = frozenset()
    if programme.line_depth != 0:
        lines = kept_apart(managers_of(whom, today), mentors, mentees, programme.line_depth)
    return lines | _avoided(programme.id, frozenset(mentors), frozenset(mentees))


def managers_of(whom: Select[int], today: date) -> dict[int, int]:
    """The manager of each of these people, and of everybody above them. One statement."""
    columns = Posting.person_id, Posting.manager_id, Posting.id
    now = places.true_on(Posting, today)
    led = Posting.manager_id.is_not(None)
    up = select(*columns).where(Posting.person_id.in_(whom), led, now).cte("up", recursive=True)
    up = up.union(  # each once, so that a circle ends
        select(*columns).join(up, Posting.person_id == up.c.manager_id).where(led, now)
    )
    rows = db.session.execute(select(up).order_by(up.c.id))
    return {row.person_id: row.manager_id for row in rows}  # the later written wins


def kept_apart(
    managers: Mapping[int, int],
    mentors: Collection[int],
    mentees: Collection[int],
    depth: int | None,
) -> frozenset[Pair]:
    """The pairs of one line. Where it goes round in a circle, it is cut, and the two there are kept apart."""
    straight, cut = _straightened(managers)
    found = reporting_lines(straight, mentors, mentees, depth)
    first, second = frozenset(mentors), frozenset(mentees)
    around = {pair for link in cut for pair in (link, link[::-1])}
    return found | {(one, other) for one, other in around if one in first and other in second}


def _straightened(managers: Mapping[int, int]) -> tuple[dict[int, int], list[tuple[int, int]]]:
    straight = dict(managers)
    cut, done = list[tuple[int, int]](), set[int]()
    for start in sorted(managers):
        way, person = set[int](), start
        while person in straight and person not in done:
            way.add(person)
            if straight[person] in way:
                cut.append((person, straight.pop(person)))
                break
            person = straight[person]
        done |= way
    return straight, cut


def _avoided(number: int, mentors: frozenset[int], mentees: frozenset[int]) -> frozenset[Pair]:
    rows = db.session.execute(
        select(Avoidance.person_id, Avoidance.other_id).where(Avoidance.programme_id == number)
    )
    both = {pair for row in rows for pair in ((row[0], row[1]), (row[1], row[0]))}
    return frozenset(pair for pair in both if pair[0] in mentors and pair[1] in mentees)
