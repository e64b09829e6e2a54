"""Whom a programme keeps apart because one reports to the other."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from academy.database import db
from academy.mentoring.composition.lines import reporting_lines
from academy.mentoring.pairing.pool import Pair
from academy.mentoring.programmes.models import Programme
from academy.people import places
from academy.people.models import Posting


def forbidden(
    programme: Programme, mentors: Collection[int], mentees: Collection[int], today: date
) -> frozenset[Pair]:
    """Mentors and mentees of whom one reports to the other, as far as the programme says, either way.

    Raises Nonsense where the directory makes people report to one another in a circle.
    """
    depth = programme.line_depth
    if depth == 0:
        return frozenset()
    above = managers({*mentors, *mentees}, today)
    return reporting_lines(above, mentors, mentees, depth)


def managers(people: Collection[int], today: date) -> dict[int, int]:
    """Who reports to whom today, from these people up; one statement for each level."""
    found: dict[int, int] = {}
    asked: set[int] = set()
    level = set(people)
    while level:
        asked |= level
        rows = db.session.execute(
            select(Posting.person_id, Posting.manager_id)
            .where(
                Posting.person_id.in_(level),
                Posting.manager_id.is_not(None),
                places.true_on(Posting, today),
            )
            .order_by(Posting.id)  # the later written wins
        )
        here = {row.person_id: row.manager_id for row in rows}
        found |= here
        level = set(here.values()) - asked
    return found
