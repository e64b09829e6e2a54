"""What somebody does with an import: hand a file in, say its columns, confirm it, drop it."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, select, update

from academy.database import db, insert, table
from academy.people.importing.columns import heading
from academy.people.importing.limits import MOST_BYTES
from academy.people.importing.models import (
    LONGEST_NAME,
    Import,
    ImportHeading,
    ImportPiece,
    ImportRow,
    Kind,
    Stage,
    State,
    Verdict,
)
from academy.post import services as post
from academy.refusal import Refusal

LETTER = "people-import"
RAW_PART = 1024 * 1024
TENTH = 10


class NotNow(Refusal):
    """It is not the time for it, or another tab was first."""

    def __init__(self) -> None:
        super().__init__(_("This import has gone on meanwhile. Look where it stands."), 409)


class TooBig(Refusal):
    """More than one import may hold."""

    def __init__(self) -> None:
        super().__init__(_("The file is larger than 48 MB. Split it, or send it as CSV."), 413)


class NotConfirmed(Refusal):
    """Something must be said first; the words say what."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in; `once` names the form, so that it counts once."""

    kind: Kind
    file_name: str
    content: bytes
    once: str
    author_id: int
    language: str
    day: date


@dataclass(frozen=True, slots=True)
class Wished:
    """How a file is to be read."""

    month_first: bool = False
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`without_wrong`: apply the right rows only. `leaving`: the number typed in."""

    without_wrong: bool = False
    invite: bool = False
    leaving: int | None = None


def hand_in(handed: Handed, at: datetime) -> int:
    """Keep the file for the worker to read; the same form gives the same number. Raises TooBig."""
    if len(handed.content) > MOST_BYTES:
        raise TooBig
    values = {
        "once": handed.once,
        "kind": handed.kind,
        "state": State.RECEIVED,
        "stage": Stage.ROWS,
        "cursor": 0,
        "parts": 0,
        "rows": 0,
        "file_name": handed.file_name[:LONGEST_NAME],
        "uploaded_by": handed.author_id,
        "uploaded_at": at,
        "day": handed.day,
        "headings": [],
        "samples": [],
        "mapping": {},
        "options": {"language": handed.language, "turn": 0},
        "counts": {},
        "failure": "",
    }
    made = insert(table(Import)).values(values).on_conflict_do_nothing(index_elements=["once"])
    number: int | None = db.session.scalar(made.returning(Import.id))
    if number is None:
        return _handed_before(handed)
    _keep(number, handed.content)
    _wake(number, "read", at)
    return number


def _handed_before(handed: Handed) -> int:
    mine = select(Import.id).where(
        Import.once == handed.once, Import.uploaded_by == handed.author_id
    )
    number = db.session.scalar(mine)
    if number is None:
        raise NotNow
    return number


def _keep(number: int, content: bytes) -> None:
    starts = range(0, max(len(content), 1), RAW_PART)
    rows = [
        {
            "import_id": number,
            "raw": True,
            "number": place,
            "content": zlib.compress(content[start : start + RAW_PART], 1),
        }
        for place, start in enumerate(starts)
    ]
    db.session.execute(insert(table(ImportPiece)), rows)


def examine(work: Import, mapping: Mapping[str, int], wished: Wished, at: datetime) -> None:
    """Try the file out with these columns, and remember them. Raises NotNow."""
    turn = int(work.options.get("turn", 0)) + 1
    options = {**work.options, "turn": turn, "month_first": wished.month_first}
    options["complete"] = wished.complete and work.kind == Kind.PEOPLE
    values = {"mapping": dict(mapping), "options": options, "counts": {}}
    _go_on(work, (State.OPENED, State.EXAMINED), State.EXAMINING, values)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == work.id))
    _remember(Kind(work.kind), work.headings, mapping)
    _wake(work.id, f"examine:{turn}", at)


def _remember(kind: Kind, headings: Sequence[str], mapping: Mapping[str, int]) -> None:
    field_at = {place: name for name, place in mapping.items()}
    rows = {
        heading(said): {"kind": kind, "heading": heading(said), "field": field_at.get(place, "")}
        for place, said in enumerate(headings)
        if heading(said)
    }
    if rows:
        made = insert(table(ImportHeading))
        made = made.on_conflict_do_update(
            index_elements=["kind", "heading"], set_={"field": made.excluded.field}
        )
        db.session.execute(made, list(rows.values()))


def confirm(work: Import, said: Confirmed, at: datetime) -> None:
    """Let the worker apply it. Raises NotConfirmed with what must be said first, NotNow."""
    counts = work.counts
    if counts.get(Verdict.WRONG) and not said.without_wrong:
        raise NotConfirmed(_("Some rows are wrong: tick the box to apply the others without them."))
    if work.options.get("complete") and counts.get("nameless"):
        raise NotConfirmed(
            _(
                "Rows whose number or address is wrong stand for somebody, who would be taken for "
                "a leaver. Mend them, or do not say that the list is complete."
            )
        )
    if many_leave(work) and said.leaving != counts.get(Verdict.LEAVING):
        raise NotConfirmed(_("Type how many people leave, as it is written above."))
    options = {**work.options, "invite": said.invite and work.kind == Kind.PEOPLE}
    _go_on(work, (State.EXAMINED,), State.APPLYING, {"options": options})
    _wake(work.id, f"apply:{options['turn']}", at)


def many_leave(work: Import) -> bool:
    """More than one person in ten: somebody must mean it."""
    leaving = work.counts.get(Verdict.LEAVING, 0)
    here = work.counts.get("here", 0)
    return work.kind == Kind.PEOPLE and leaving * TENTH > here


def drop(work: Import) -> None:
    """Nothing of it stays; what is being applied goes on. Raises NotNow."""
    gone = db.session.execute(
        delete(Import)
        .where(Import.id == work.id, Import.state != State.APPLYING)
        .returning(Import.id)
        .execution_options(synchronize_session=False)
    )
    if gone.scalar_one_or_none() is None:
        raise NotNow


def forget_waiting(before: datetime) -> int:
    """Lists handed in before that and left lying; what is being applied goes on."""
    return _forget(Import.state.not_in([State.DONE, State.APPLYING]), before)


def forget_reports(before: datetime) -> int:
    """What came of lists that were handed in before that."""
    return _forget(Import.state == State.DONE, before)


def _forget(which: ColumnElement[bool], before: datetime) -> int:
    """One at a time: each brings its rows along."""
    old = select(Import.id).where(which, Import.uploaded_at < before).limit(1)
    gone = db.session.execute(
        delete(Import)
        .where(Import.id.in_(old))
        .returning(Import.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def _go_on(
    work: Import, before: tuple[State, ...], state: State, values: Mapping[str, Any]
) -> None:
    """From one state to the next, if nobody was first."""
    fresh: dict[str, Any] = {"state": state, "stage": Stage.ROWS, "cursor": 0, **values}
    turn = work.options.get("turn", 0)
    found = db.session.scalar(
        select(Import)
        .where(Import.id == work.id, Import.state.in_(before))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None or found.options.get("turn", 0) != turn:
        raise NotNow
    db.session.execute(
        update(Import)
        .where(Import.id == work.id)
        .values(fresh)
        .execution_options(synchronize_session=False)
    )


def _wake(number: int, step: str, at: datetime) -> None:
    post.put(LETTER, {"import": number}, f"{LETTER}:{number}:{step}", at - post.AHEAD)
