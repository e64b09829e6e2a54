"""Noting the longest row."""

from academy.database import db, insert
from academy.rewards.regularity.models import LongestRow
from academy.rewards.regularity.rhythm import Row


def note_longest(person_id: int, row: Row) -> None:
    """Keep it if it is longer than the one kept, whoever else notes one. Nothing gets shorter."""
    statement = insert(LongestRow).values(person_id=person_id, length=row.length, until=row.until)
    new = statement.excluded
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[LongestRow.person_id],
            set_={"length": new.length, "until": new.until},
            where=LongestRow.length < new.length,
        )
    )


def longer(found: Row | None, kept: Row | None) -> Row | None:
    """The one of them to be proud of: the one kept, unless the other is longer."""
    if found is None or kept is None:
        return found or kept
    return found if found.length > kept.length else kept
