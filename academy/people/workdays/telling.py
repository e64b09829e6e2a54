"""Days off told afterwards: `people` knows no awards, so it leaves letters that features above carry."""

from collections.abc import Sequence
from datetime import datetime

from academy.post import services as post
from academy.post.services import Sealed

DAYS_OFF = "days-off"
"""Letters of this kind say whose days of work, up to today, are others than before."""
CLOSED = "site-closed"
"""Letters of this kind say which entity turns out to have been closed; they become one for each person."""
AT_ONCE = 1_000


def changed_for(person_id: int, at: datetime) -> None:
    """This person had days off that nobody knew of: whoever counts working days may count again."""
    once = f"{DAYS_OFF}:{person_id}:{at.isoformat()}"
    post.put(DAYS_OFF, {"person": person_id}, once, at, about=person_id)


def changed_at(entity_id: int, at: datetime) -> None:
    """The same for all who work in this entity or below."""
    once = f"{CLOSED}:{entity_id}:{at.isoformat()}"
    post.put(CLOSED, {"entity": entity_id, "at": at.isoformat()}, once, at)


def changed_for_all(person_ids: Sequence[int], told: str, at: datetime) -> None:
    """A letter for each; `told` names the closure, so that twice is as good as once."""
    for first in range(0, len(person_ids), AT_ONCE):
        post.put_all(
            DAYS_OFF,
            [
                Sealed({"person": number}, f"{DAYS_OFF}:{number}:{told}", at, number)
                for number in person_ids[first : first + AT_ONCE]
            ],
        )
