"""Making parts of rows out of a file, so that each can be worked on by itself."""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from academy import database
from academy.database import db, insert, table
from academy.people.importing import keeping, queries, reading
from academy.people.importing.columns import guess
from academy.people.importing.limits import MOST_ENTITIES, Unreadable
from academy.people.importing.models import Import, ImportPiece, Kind, State

PART = 500
PARTS_AT_ONCE = 20
SAMPLES = 3


def read(work: Import, between: Callable[[], None]) -> None:
    """Make parts of rows out of the file, and guess its columns. A large file takes a minute or two.

    `between` is called whenever a transaction may end, and may raise when the work is somebody else's by now.
    """
    number, kind = work.id, Kind(work.kind)
    content = queries.raw_file(number)
    known = queries.remembered(kind)
    keeping.drop_pieces(number, ImportPiece.raw.is_(False))
    between()
    try:
        headings, samples, parts, rows = _read_all(number, kind, content, between)
    except Unreadable as reason:
        db.session.rollback()
        database.may_write()
        keeping.note(number, state=State.REFUSED, failure=str(reason)[:20])
        keeping.drop_pieces(number)
        return
    database.may_write()
    keeping.note(
        number,
        state=State.OPENED,
        headings=headings,
        samples=samples,
        mapping=guess(kind, headings, known),
        parts=parts,
        rows=rows,
    )
    keeping.drop_pieces(number, ImportPiece.raw.is_(True))


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
