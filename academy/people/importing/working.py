"""What the worker does with an import, one part after the other. Each part is a transaction of its own.

A part is claimed by moving the cursor in its transaction: whoever comes second finds it moved, and what a
killed worker had begun was never written.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from academy import database
from academy.database import db, insert, table
from academy.people import audit
from academy.people.audit import Act
from academy.people.importing import entities, keeping, managers, queries, staff
from academy.people.importing.deciding import World
from academy.people.importing.models import (
    Import,
    ImportRow,
    Kind,
    Stage,
    State,
    Verdict,
)

PROPOSED_AT_ONCE = 500
CLOSED_AT_ONCE = 50
THE_WORKERS = (State.RECEIVED, State.EXAMINING, State.APPLYING)


def find(number: int) -> Import | None:
    """An import that the worker has something to do for."""
    return db.session.scalar(
        database.fresh(select(Import).where(Import.id == number, Import.state.in_(THE_WORKERS)))
    )


def step(work: Import, world: World, at: datetime) -> bool:
    """The next part; False when it was not ours to do. The caller commits."""
    if not _claim(work):
        return False
    if work.kind == Kind.ENTITIES:
        _all_entities(work, world, at)
    elif work.stage == Stage.ABSENT:
        _absent(work, world, at)
    elif work.cursor >= work.parts:
        _next_stage(work, world, at)
    else:
        piece = queries.piece(work.id, work.cursor) or []
        _PARTS[State(work.state), Stage(work.stage)](work, piece, world, at)
    return True


def _claim(work: Import) -> bool:
    mine = update(Import).where(
        Import.id == work.id,
        Import.state == work.state,
        Import.stage == work.stage,
        Import.cursor == work.cursor,
    )
    moved = mine.values(cursor=Import.cursor + 1).returning(Import.id)
    moved = moved.execution_options(synchronize_session=False)
    return db.session.execute(moved).scalar_one_or_none() is not None


def _next_stage(work: Import, world: World, at: datetime) -> None:
    if work.stage == Stage.ROWS and "manager" in work.mapping:
        keeping.note(work.id, stage=Stage.MANAGERS, cursor=0)
    elif work.options.get("complete"):
        keeping.note(work.id, stage=Stage.ABSENT, cursor=0)
    else:
        _finish(work, world, at)


def _examine_rows(work: Import, piece: staff.Piece, world: World, _at: datetime) -> None:
    rows = staff.said_in(work, piece)
    keeping.keep(work, rows, staff.decide(work, rows, world))


def _examine_managers(work: Import, piece: staff.Piece, _world: World, _at: datetime) -> None:
    if piece:
        managers.examine(work, piece, queries.lines_of(work.id, [line for line, _cells in piece]))


def _apply_rows(work: Import, piece: staff.Piece, world: World, at: datetime) -> None:
    if not piece:
        return
    lines = queries.lines_of(work.id, [line for line, _cells in piece])
    idle = (Verdict.WRONG, Verdict.SAME)
    skipped = frozenset(line for line, row in lines.items() if row.verdict in idle)
    for each in staff.apply(work, staff.said_in(work, piece), skipped, world, at):
        row = lines[each.line]
        if each.verdict is Verdict.WRONG:
            row.verdict, row.said = Verdict.WRONG, keeping.said_of(each)
        elif row.person_id is None:
            row.person_id = each.person_id
    if work.options.get("invite"):
        new = [row for row in lines.values() if row.verdict == Verdict.NEW]
        staff.invite([row.person_id for row in new if row.person_id], at)


def _apply_managers(work: Import, piece: staff.Piece, world: World, _at: datetime) -> None:
    if piece:
        lines = queries.lines_of(work.id, [line for line, _cells in piece])
        managers.apply(work, piece, lines, world)


_PARTS = {
    (State.EXAMINING, Stage.ROWS): _examine_rows,
    (State.EXAMINING, Stage.MANAGERS): _examine_managers,
    (State.APPLYING, Stage.ROWS): _apply_rows,
    (State.APPLYING, Stage.MANAGERS): _apply_managers,
}


def _absent(work: Import, world: World, at: datetime) -> None:
    """Those whom a complete list does not name: proposed first; closed are never others than those."""
    if work.state == State.EXAMINING:
        _propose_absent(work, world, at)
    else:
        _close_absent(work, world, at)


def _propose_absent(work: Import, world: World, at: datetime) -> None:
    after = db.session.scalar(
        select(func.max(ImportRow.person_id)).where(
            ImportRow.import_id == work.id, ImportRow.line.is_(None)
        )
    )
    found = queries.absent(work.id, world, after or 0, PROPOSED_AT_ONCE)
    known = queries.people(found)
    rows = []
    for number in found:
        stays = known[number].keeps_keys and not world.administers(known[number])
        said = {"mistakes": [["", "admin-leaves", ""]]} if stays else {"absent": True}
        verdict = Verdict.WRONG if stays else Verdict.LEAVING
        rows.append({"import_id": work.id, "person_id": number, "verdict": verdict, "said": said})
    if rows:
        db.session.execute(insert(table(ImportRow)), rows)
    else:
        _finish(work, world, at)


def _close_absent(work: Import, world: World, at: datetime) -> None:
    rows = db.session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == work.id, ImportRow.line.is_(None))
        .where(ImportRow.verdict == Verdict.LEAVING)
        .order_by(ImportRow.id)
        .offset(work.cursor * CLOSED_AT_ONCE)
        .limit(CLOSED_AT_ONCE)
    ).all()
    known = queries.people({row.person_id or 0 for row in rows})
    for row in rows:
        somebody = known.get(row.person_id or 0)
        mine = somebody is not None and world.reaches(somebody.entity_id)
        if not mine or not staff.close(row.person_id or 0, work, None, at):
            row.said = {"absent": True, "stays": True}
    if not rows:
        _finish(work, world, at)


def _all_entities(work: Import, world: World, at: datetime) -> None:
    pieces = (queries.piece(work.id, place) or [] for place in range(work.parts))
    rows = [said for piece in pieces for said in entities.said_in(work, piece)]
    decisions = entities.decide(rows, entities.tree(), world)
    if work.state == State.EXAMINING:
        keeping.keep(work, rows, decisions)
    else:
        entities.apply(rows, decisions, world)
        db.session.execute(delete(ImportRow).where(ImportRow.import_id == work.id))
        keeping.keep(work, rows, decisions)
    _finish(work, world, at)


def _finish(work: Import, world: World, at: datetime) -> None:
    """What was found, or what was done."""
    counts: dict[str, Any] = queries.count_verdicts(work.id)
    if work.state == State.EXAMINING:
        counts["here"] = queries.count_in_reach(world)
        counts["nameless"] = _nameless(work)
        keeping.note(work.id, state=State.EXAMINED, counts=counts)
        return
    counts["here"] = work.counts.get("here", 0)
    keeping.note(work.id, state=State.DONE, counts=counts, finished_at=at, samples=[])
    keeping.drop_pieces(work.id)
    mine = update(ImportRow).where(ImportRow.import_id == work.id)
    mine = mine.execution_options(synchronize_session=False)
    db.session.execute(mine.values(key=None, address=None))
    if work.kind == Kind.PEOPLE:
        db.session.execute(mine.where(ImportRow.verdict == Verdict.NEW).values(said={}))
    act = Act.PEOPLE_IMPORTED if work.kind == Kind.PEOPLE else Act.ENTITIES_IMPORTED
    told = {str(name): counts[name] for name in Verdict if counts.get(name)}
    audit.record(work.uploaded_by, act, f"import:{work.id}", at, told)


def _nameless(work: Import) -> int:
    """Wrong rows that do not tell who they are about."""
    rows = db.session.scalars(
        select(ImportRow).where(
            ImportRow.import_id == work.id,
            ImportRow.verdict == Verdict.WRONG,
            ImportRow.person_id.is_(None),
            ImportRow.line.is_not(None),
        )
    )
    keys = {"number", "email"}
    return sum(any(each[0] in keys for each in row.said.get("mistakes", ())) for row in rows)
