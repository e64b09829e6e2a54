"""Who has shown the right password and no code yet, kept in the browser for ten minutes. It opens nothing.

It holds only while the account stays as it was: a new password or a factor taken off makes it void.
"""

from collections.abc import MutableMapping
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

LASTS = timedelta(minutes=10)
LONGEST_TARGET = 300
KEPT = "half_way"

Session = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Half:
    """Half a sign-in: whose, what it wants afterwards, and until when it may be completed."""

    person_id: int
    epoch: int
    remember: bool
    target: str
    until: int


def keep(
    session: Session, person_id: int, epoch: int, remember: bool, target: str, at: datetime
) -> None:
    """An address too long for a cookie is not come back to."""
    near = target if len(target) <= LONGEST_TARGET else "/"
    until = int((at + LASTS).timestamp())
    session[KEPT] = list(astuple(Half(person_id, epoch, remember, near, until)))


def found(session: Session, at: datetime) -> Half | None:
    kept = session.get(KEPT)
    half = Half(*kept) if kept else None
    return half if half and at.timestamp() < half.until else None


def forget(session: Session) -> None:
    session.pop(KEPT, None)
