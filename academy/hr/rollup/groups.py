"""Every group of a day, counted: the part of counting that needs numpy."""

from datetime import date

from sqlalchemy import select

from academy.database import db
from academy.hr.rollup import cells, crowds
from academy.hr.rollup.models import HrReader
from academy.hr.rollup.standing import Known

Figures = dict[tuple[int, str, str], tuple[int | None, dict[str, int]]]
"""By entity, cut and value: people, and the figures told of them."""
Cohorts = dict[tuple[int, date], tuple[int, int]]
"""By entity and month: how many began in it, and how many of them came in the month of the day."""


def counted(day: date, closed: bool, known: Known | None = None) -> tuple[Figures, Cohorts]:
    """As people stand by now: as is written down, or as is `known` of them."""
    where = crowds.tree(day)
    rows = crowds.at_work(day, where)
    stand = crowds.stands(rows, known)
    salt = bytes.fromhex(db.session.scalars(select(HrReader.salt)).one())
    found = cells.groups(where, crowds.crowd(day, where, rows, stand, closed), salt)
    figures = {
        (each.entity_id, each.cut, each.value): (each.people, each.figures) for each in found
    }
    begun = cells.cohorts(
        where, crowds.beginners(day, where, rows, stand), crowds.BEGAN, crowds.CAME, salt
    )
    cohorts = {
        (each.entity_id, date.fromisoformat(f"{each.began}-01")): (each.people, each.came)
        for each in begun
    }
    return figures, cohorts
