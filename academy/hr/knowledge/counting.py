"""Counting what large groups know, from what the engine believes of each person. Nothing of anybody stays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy import delete, select

from academy import database
from academy.catalog import releases
from academy.catalog.tree import Catalog
from academy.database import db
from academy.folio.models import Folio
from academy.hr.knowledge.models import LEAST, NOTION, THEME, HrKnowledge
from academy.hr.rollup import cells, crowds
from academy.hr.rollup.cells import Crowd, Numbers, Tree
from academy.hr.rollup.counting import in_parts
from academy.hr.rollup.models import HrReader
from academy.hr.rollup.rounding import Cell, rounded
from academy.mastery import glance, numbers
from academy.mastery.mind import tag

HOLDS = 0.75
"""A notion is known by who was right last and would be so three times in four today, or more often."""
AT_ONCE = 2_000


@dataclass(slots=True)
class Sums:
    """Of each entity (rows) and notion (columns): how many people, and the sum of their numbers."""

    count: Numbers
    who: Numbers

    @classmethod
    def empty(cls, entities: int, notions: int) -> "Sums":
        return cls(*(np.zeros((entities, notions), dtype=np.int64) for _each in range(2)))

    def add(self, entity: Numbers, notion: Numbers, ids: Numbers) -> None:
        np.add.at(self.count, (entity, notion), 1)
        np.add.at(self.who, (entity, notion), ids)

    def cell(self, entity: int, columns: list[int]) -> Cell:
        return Cell(int(self.count[entity, columns].sum()), int(self.who[entity, columns].sum()))


def count(at: datetime, day: date) -> int:
    """Count what is known at that moment, in a transaction of its own; gives the number of rows.

    The caller commits.
    """
    database.reading_only()
    where = crowds.tree(day)
    rows = crowds.at_work(day, where)
    people = crowds.crowd(day, where, rows, crowds.stands(rows))
    catalog = releases.current()
    salt = bytes.fromhex(db.session.scalar(select(HrReader.salt)) or "")
    if not salt:
        return 0  # nobody has been counted yet
    met, known = _sums(where, people, list(catalog.notions), at)
    db.session.rollback()
    found = [
        {"day": day, "entity_id": entity, "subject": subject, "met": some, "known": those}
        for entity, subject, some, those in _told(where, people, catalog, met, known, salt)
    ]
    _replace(day, found)
    return len(found)


def _sums(where: Tree, people: Crowd, notions: list[str], at: datetime) -> tuple[Sums, Sums]:
    """Who met each notion, and who knows it, entity by entity with all below."""
    column = {tag(key): number for number, key in enumerate(notions)}
    entity_of = dict(zip(people.ids.tolist(), people.entity.tolist(), strict=True))
    met, known = (Sums.empty(len(where.ids), len(notions)) for _each in range(2))
    memory = numbers.in_force().model.memory
    for ids, minds in _minds():
        seen = glance.glance(minds, at, memory)
        columns = np.array([column.get(each, -1) for each in seen.notion.tolist()], dtype=np.int64)
        places = np.array([entity_of.get(each, -1) for each in ids], dtype=np.int64)[seen.whose]
        here = (columns >= 0) & (places >= 0)
        who = np.array(ids, dtype=np.int64)[seen.whose]
        met.add(places[here], columns[here], who[here])
        knows = here & seen.right & (seen.there >= HOLDS)
        known.add(places[knows], columns[knows], who[knows])
    for entity in cells.deepest_first(where):
        if (above := int(where.parent[entity])) >= 0:
            for sums in (met, known):
                sums.count[above] += sums.count[entity]
                sums.who[above] += sums.who[entity]
    return met, known


def _minds() -> Iterator[tuple[list[int], list[bytes]]]:
    """Everybody's mind, some thousands at a time."""
    last = 0
    while True:
        rows = db.session.execute(
            select(Folio.person_id, Folio.mind)
            .where(Folio.person_id > last, Folio.mind.is_not(None))
            .order_by(Folio.person_id)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return
        last = rows[-1].person_id
        yield [row.person_id for row in rows], [row.mind for row in rows]


def _told(
    where: Tree, people: Crowd, catalog: Catalog, met: Sums, known: Sums, salt: bytes
) -> Iterator[tuple[int, str, int, int]]:
    """Rounded, of the entities that are told of and have twenty people."""
    columns = _columns(catalog)
    for entity, group in cells.told_wholes(where, people):
        if group.count < LEAST or not where.detailed[entity]:
            continue
        for subject, those in columns.items():
            chances = Cell(group.count * len(those), group.who * len(those))
            some = rounded(met.cell(entity, those), chances, f"met:{subject}", salt)
            sure = rounded(known.cell(entity, those), chances, f"known:{subject}", salt)
            yield int(where.ids[entity]), subject, some, min(some, sure)


def _columns(catalog: Catalog) -> Mapping[str, list[int]]:
    """Each theme and notion, and the columns of its notions."""
    found: dict[str, list[int]] = {f"{THEME}{key}": [] for key in catalog.themes}
    for number, notion in enumerate(catalog.notions.values()):
        found[f"{NOTION}{notion.key}"] = [number]
        found[f"{THEME}{catalog.modules[notion.module].theme}"].append(number)
    return {subject: those for subject, those in found.items() if those}


def _replace(day: date, found: list[dict[str, object]]) -> None:
    """The rows of that day, and of days before it only the last of each month."""
    database.about_to_write()
    db.session.execute(delete(HrKnowledge).where(HrKnowledge.day == day))
    for rows in in_parts(found):
        db.session.execute(database.insert(database.table(HrKnowledge)), list(rows))
    days = db.session.scalars(select(HrKnowledge.day).distinct()).all()
    kept = {max(same) for same in _by_month(days)}
    for old in set(days) - kept:
        db.session.execute(delete(HrKnowledge).where(HrKnowledge.day == old))


def _by_month(days: Sequence[date]) -> Iterator[list[date]]:
    for month in {(each.year, each.month) for each in days}:
        yield [each for each in days if (each.year, each.month) == month]
