"""Sign-ins under way, kept in the browser in which they began: each comes back once, in time."""

from collections.abc import MutableMapping
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

LASTS = timedelta(minutes=10)
TABS = 4
"""How many may be under way in one browser; the oldest gives way."""
LONGEST_TARGET = 300
KEPT = "signing_on"

Session = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Begun:
    """One sign-in: what was sent along, and where to go after it."""

    provider: str
    target: str
    until: int
    state: str
    nonce: str
    verifier: str

    @classmethod
    def now(
        cls, provider: str, target: str, at: datetime, state: str, nonce: str, verifier: str
    ) -> "Begun":
        """An address too long for a cookie is not come back to."""
        until = int((at + LASTS).timestamp())
        near = target if len(target) <= LONGEST_TARGET else "/"
        return cls(provider, near, until, state, nonce, verifier)

    def in_time(self, at: datetime) -> bool:
        return at.timestamp() < self.until


def keep(session: Session, begun: Begun) -> None:
    session[KEPT] = [*session.get(KEPT, []), list(astuple(begun))][-TABS:]


def take(session: Session, provider: str, state: str) -> Begun | None:
    """The sign-in of this state, with this provider; whoever asks again finds nothing."""
    waiting = [Begun(*each) for each in session.get(KEPT, [])]
    found = next(
        (each for each in waiting if (each.state, each.provider) == (state, provider)), None
    )
    if found is not None:
        session[KEPT] = [list(astuple(each)) for each in waiting if each is not found]
    return found


def forget(session: Session) -> None:
    """Somebody is in: what else was under way in this browser is over."""
    session.pop(KEPT, None)
