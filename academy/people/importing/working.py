"""What the worker does with an import, one part after the other. Each part is a transaction of its own.

A part is claimed by moving the cursor in its transaction: whoever comes second finds it moved, and what a
killed worker had begun was never written.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, select, update

from academy import database
from academy.database import db, insert, table
from academy.people import audit
from academy.people.audit import Act
from academy.people.importing import entities, managers, queries, reading, staff
from academy.people.importing.columns import guess
from academy.people.importing.deciding import Decision, World
from academy.people.importing.limits import MOST_ENTITIES, Unreadable
from academy.people.importing.models import (
    Import,
    ImportPiece,
    ImportRow,
    Kind,
    Stage,
    State,
    Verdict,
)
from academy.people.importing.values import Said

PART = 500
PARTS_AT_ONCE = 20
CLOSED_AT_ONCE = 50
SAMPLES = 3
THE_WORKERS = (State.RECEIVED, State.EXAMINING, State.APPLYING)


def find(number: int) -> Import | None:
    """An import that the worker has something to do for."""
    return db.session.scalar(
        database.fresh(select(Import).where(Import.id == number, Import.state.in_(THE_WORKERS)))
    )


def read(work: Import, between: Callable[[], None]) -> None:
    """Make parts of rows out of the file, and guess its columns. A large file takes a minute or two.

    `between` is called whenever a transaction may end, and may raise when the work is somebody else's by now.
    """
    number, kind = work.id, Kind(work.kind)
    content = queries.raw_file(number)
    known = queries.remembered(kind)
    db.session.execute(_pieces(number).where(ImportPiece.raw.is_(False)))
    between()
    try:
        headings, samples, parts, rows = _read_all(number, kind, content, between)
    except Unreadable as reason:
        db.session.rollback()
        database.may_write()
        _set(number, state=State.REFUSED, failure=str(reason)[:20])
        db.session.execute(_pieces(number))
        return
    database.may_write()
    mapping = guess(kind, headings, known)
    _set(number, state=State.OPENED, headings=headings, samples=samples, parts=parts)
    _set(number, mapping=mapping, rows=rows)
    db.session.execute(_pieces(number).where(ImportPiece.raw))


def _read_all(
    number: int, kind: Kind, content: bytes, between: Callable[[], None]
) -> tuple[list[str], list[Any], int, int]:
    lines = reading.rows(content)
    _line, headings = next(lines)
    samples: list[Any] = []
    parts = rows = 0
    while batch := list(islice(lines, PART * PARTS_AT_ONCE)):
        rows += len(batch)
        if kind is Kind.ENTITIES and rows > MOST_ENTITIES:
            raise Unreadable("too-many-rows")
        samples = samples or [cells for _number, cells in batch[:SAMPLES]]
        database.may_write()
        made = [_part(number, parts + place, some) for place, some in enumerate(_in_parts(batch))]
        db.session.execute(insert(table(ImportPiece)), made)
        between()
        parts += len(made)
    if not rows:
        raise Unreadable("empty")
    return headings, samples, parts, rows


def _in_parts(batch: Sequence[reading.Line]) -> Iterator[Sequence[reading.Line]]:
    for start in range(0, len(batch), PART):
        yield batch[start : start + PART]


def _part(number: int, place: int, some: Sequence[reading.Line]) -> dict[str, Any]:
    content = zlib.compress(json.dumps(some, ensure_ascii=False).encode(), 1)
    return {"import_id": number, "raw": False, "number": place, "content": content}


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
        _set(work.id, stage=Stage.MANAGERS, cursor=0)
    elif work.options.get("complete"):
        _set(work.id, stage=Stage.ABSENT, cursor=0)
    else:
        _finish(work, world, at)


def _examine_rows(work: Import, piece: staff.Piece, world: World, _at: datetime) -> None:
    rows = staff.said_in(work, piece)
    _keep(work, rows, staff.decide(work, rows, world))


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
            row.verdict, row.said = Verdict.WRONG, _said(each)
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
    found = queries.absent(work.id, world, after or 0, PART)
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
        _keep(work, rows, decisions)
    else:
        entities.apply(rows, decisions, world)
        db.session.execute(delete(ImportRow).where(ImportRow.import_id == work.id))
        _keep(work, rows, decisions)
    _finish(work, world, at)


def _keep(work: Import, rows: Sequence[Said], decisions: Sequence[Decision]) -> None:
    made = [
        {
            "import_id": work.id,
            "line": said.line,
            "key": said.values.get("number") or said.values.get("key"),
            "address": said.values.get("email"),
            "person_id": each.person_id,
            "verdict": each.verdict,
            "said": {**_said(each), **_named(said, each)},
        }
        for said, each in zip(rows, decisions, strict=True)
    ]
    if made:
        db.session.execute(insert(table(ImportRow)), made)


def _said(decision: Decision) -> dict[str, Any]:
    """Plain values, for the preview and the report."""
    said: dict[str, Any] = {}
    if decision.changes:
        said["changes"] = {
            name: [_plain(before), _plain(after)]
            for name, (before, after) in decision.changes.items()
        }
    if decision.mistakes:
        said["mistakes"] = [[each.field, each.problem, each.found] for each in decision.mistakes]
    return said


def _named(said: Said, decision: Decision) -> dict[str, Any]:
    """Who is new has no name here yet but that of the file."""
    values = said.values
    if "key" in values:
        return {"who": values.get("name") or values["key"], "key": values["key"]}
    if decision.verdict is not Verdict.NEW:
        return {}
    return {"who": f"{values['given_name']} {values['family_name']}"}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _finish(work: Import, world: World, at: datetime) -> None:
    """What was found, or what was done."""
    counts: dict[str, Any] = queries.count_verdicts(work.id)
    if work.state == State.EXAMINING:
        counts["here"] = queries.count_in_reach(world)
        counts["nameless"] = _nameless(work)
        _set(work.id, state=State.EXAMINED, counts=counts)
        return
    counts["here"] = work.counts.get("here", 0)
    _set(work.id, state=State.DONE, counts=counts, finished_at=at, samples=[])
    db.session.execute(_pieces(work.id))
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


def _pieces(number: int) -> Any:
    gone = delete(ImportPiece).where(ImportPiece.import_id == number)
    return gone.execution_options(synchronize_session=False)


def _set(number: int, **values: Any) -> None:
    db.session.execute(
        update(Import)
        .where(Import.id == number)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
