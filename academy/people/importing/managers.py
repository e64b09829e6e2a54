"""Who manages whom: looked at when every row of the file is there. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, update

from academy.database import db, table
from academy.people.importing import queries, staff
from academy.people.importing.deciding import Known, World
from academy.people.importing.models import Import, ImportRow, Verdict
from academy.people.importing.values import Said
from academy.people.models import Posting

_NAMED = (
    update(table(Posting))
    .where(table(Posting).c.id == bindparam("posting"))
    .values(manager_id=bindparam("manager"))
)
FIELDS = ("number", "email", "manager", "since")


def rows(work: Import, piece: staff.Piece) -> list[Said]:
    """The rows that say something of a manager."""
    return [said for said in staff.said_in(work, piece, FIELDS) if "manager" in said.values]


def examine(work: Import, piece: staff.Piece, lines: Mapping[int, ImportRow]) -> None:
    """Add to the rows what becomes of managers, and which are nobody."""
    said_of = rows(work, piece)
    wanted = queries.unique(said.values["manager"] for said in said_of)
    found = queries.referred(wanted)
    in_file = queries.said_of(work.id, wanted - found.keys())
    found |= {name: number for name, number in in_file.items() if number is not None}
    known = queries.people({lines[each.line].person_id or 0 for each in said_of})
    for said in said_of:
        row, wish = lines[said.line], said.values["manager"]
        if row.verdict == Verdict.WRONG:
            continue
        problem = _problem(said, row, wish, {**in_file, **found})
        if problem:
            _spoil(row, problem, wish)
        elif row.person_id in known and _differs(known[row.person_id], wish, found):
            _note(row, wish)


def _problem(said: Said, row: ImportRow, wish: str | None, found: Mapping[str, int | None]) -> str:
    if wish is None:
        return ""
    oneself = wish in (said.values.get("number"), said.values.get("email"))
    if oneself or (row.person_id is not None and found.get(wish) == row.person_id):
        return "own-manager"
    return "" if wish in found else "no-manager"


def _differs(known: Known, wish: str | None, found: Mapping[str, int]) -> bool:
    """Somebody who is not there yet is not the manager of today."""
    if not known.active or known.posting_id is None:
        return False
    return (found.get(wish, -1) if wish else None) != known.manager_id


def _spoil(row: ImportRow, problem: str, wish: str | None) -> None:
    row.verdict = Verdict.WRONG
    row.said = {"mistakes": [["manager", problem, wish or ""]]}


def _note(row: ImportRow, wish: str | None) -> None:
    changes = {**row.said.get("changes", {}), "manager": ["", wish or ""]}
    row.said = {**row.said, "changes": changes}
    if row.verdict == Verdict.SAME:
        row.verdict = Verdict.CHANGED


def apply(work: Import, piece: staff.Piece, lines: Mapping[int, ImportRow], world: World) -> None:
    """Give everybody the manager their row names. One who was refused is said beside the row."""
    said_of = [each for each in rows(work, piece) if _counts(lines.get(each.line))]
    found = queries.referred(queries.unique(each.values["manager"] for each in said_of))
    known = queries.people({lines[each.line].person_id or 0 for each in said_of})
    at_once = []
    for said in said_of:
        row, wish = lines[said.line], said.values["manager"]
        somebody = known.get(row.person_id or 0)
        if somebody is None or not somebody.active or somebody.posted_on is None:
            continue
        manager = found.get(wish) if wish else None
        if (wish and manager is None) or manager == somebody.id:
            row.said = {**row.said, "without": wish}
        elif manager != somebody.manager_id:
            first = row.verdict == Verdict.NEW
            since = somebody.posted_on if first else _since(said, somebody, world)
            if since == somebody.posted_on:
                at_once.append({"posting": somebody.posting_id, "manager": manager})
            else:
                staff.repost(somebody, since, {"manager_id": manager})
    if at_once:
        db.session.execute(_NAMED, at_once)


def _counts(row: ImportRow | None) -> bool:
    return row is not None and row.verdict != Verdict.WRONG and row.person_id is not None


def _since(said: Said, known: Known, world: World) -> Any:
    return max(said.values.get("since") or world.day, known.posted_on or world.day)
