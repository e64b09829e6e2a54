"""What people may be told of, and which of it goes by mail unless they say otherwise. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    BADGE = "badge"
    VISA = "visa"
    PASSPORT = "passport"
    COMMENT = "comment"
    REPLY = "reply"
    CHOSEN = "chosen"
    REPORT = "report"
    ANSWERED = "answered"
    ROLE = "role"
    MEETING = "meeting"
    WISHES = "wishes"
    PAIR = "pair"
    PAIR_LIFE = "pair_life"
    PAIR_CARE = "pair_care"
    WITHDRAWN = "withdrawn"
    GIFT = "gift"
    CAMPAIGN = "campaign"
    BACKUP = "backup"
    ORDERS = "orders"
    WAVE = "wave"


WRITTEN = frozenset({Kind.ROLE, Kind.MEETING, Kind.WAVE})
"""What is told by a mail of its own, always."""

MAILABLE = tuple(kind for kind in Kind if kind not in WRITTEN)
MAILED = frozenset(
    {
        Kind.PASSPORT,
        Kind.REPLY,
        Kind.REPORT,
        Kind.WISHES,
        Kind.PAIR,
        Kind.PAIR_LIFE,
        Kind.PAIR_CARE,
        Kind.WITHDRAWN,
        Kind.GIFT,
        Kind.CAMPAIGN,
        Kind.BACKUP,
        Kind.ORDERS,
    }
)
"""By mail unless the person says otherwise: the great days, an answer somebody waits for, a duty,
what was taken back, what they paid for, and what is expected of them by a day."""

EVEN_READ = frozenset({Kind.PASSPORT})
"""Worth a mail to keep; any other mail is spared to whoever has read the notice already."""

TIME_TO_READ = timedelta(minutes=10)


def by_mail(kind: Kind, wishes: Mapping[str, bool]) -> bool:
    """Does a notice of this kind go by mail too? `wishes` holds what the person chose, kind by kind."""
    return kind in MAILABLE and wishes.get(kind, kind in MAILED)


def wait(kind: Kind) -> timedelta:
    """How long a mail leaves the person time to read the notice first."""
    return timedelta() if kind in EVEN_READ else TIME_TO_READ
