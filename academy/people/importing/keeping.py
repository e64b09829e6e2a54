"""What is kept of an import while the worker is at it: how far it is, its parts, what its rows mean."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, update

from academy.database import db, insert, table
from academy.people.importing.deciding import Decision
from academy.people.importing.models import Import, ImportPiece, ImportRow, Verdict
from academy.people.importing.values import Said
from academy.people.names import full_name


def keep(work: Import, rows: Sequence[Said], decisions: Sequence[Decision]) -> None:
    """What each row means, for the preview and the report."""
    made = [
        {
            "import_id": work.id,
            "line": said.line,
            "key": said.values.get("number") or said.values.get("key"),
            "address": said.values.get("email"),
            "person_id": each.person_id,
            "verdict": each.verdict,
            "said": {**said_of(each), **_named(said, each)},
        }
        for said, each in zip(rows, decisions, strict=True)
    ]
    if made:
        db.session.execute(insert(table(ImportRow)), made)


def said_of(decision: Decision) -> dict[str, Any]:
    """What changes and what is wrong, in plain values."""
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
    return {"who": full_name(values["given_name"], values["family_name"])}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def drop_pieces(number: int, *which: ColumnElement[bool]) -> None:
    """The parts of an import go; all of them, or those that are meant."""
    gone = delete(ImportPiece).where(ImportPiece.import_id == number, *which)
    db.session.execute(gone.execution_options(synchronize_session=False))


def note(number: int, **values: Any) -> None:
    """How far an import is, and what is known of it."""
    db.session.execute(
        update(Import)
        .where(Import.id == number)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
