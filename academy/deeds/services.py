"""Writing to the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import bindparam

from academy.database import insert, table
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Act:
    """A deed about to be recorded. `day` is the day at the person's place, `theme` a content key.

    `once` says what may count only once for this person: "lesson:cloud-has-an-address".
    """

    person_id: int
    verb: Verb
    subject: str
    at: datetime
    day: date
    once: str
    theme: str | None = None
    result: Mapping[str, int] = field(default_factory=dict)


def record(act: Act) -> int | None:
    """Write the deed and give its number; None when it was already there (nothing is written)."""
    row = _INSERT.row(
        {
            "person_id": act.person_id,
            "verb": act.verb.value,
            "subject": act.subject,
            "theme": act.theme,
            "at": act.at,
            "day": act.day,
            "result": dict(act.result),
            "once": f"{act.person_id}:{act.once}",
        }
    )
    return int(row[0]) if row else None


_DEED = table(Deed)
_INSERT = Prepared(
    lambda: (
        insert(_DEED)
        .values({each.name: bindparam(each.name) for each in _DEED.c if each.name != "id"})
        .on_conflict_do_nothing(index_elements=[_DEED.c.once])
        .returning(_DEED.c.id)
    )
)
