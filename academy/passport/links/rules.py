"""What a link may show, for how long, and where it stands. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Span(StrEnum):
    """For how long; without an end, until its holder withdraws it."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"


LENGTHS = {
    Span.WEEK: timedelta(days=7),
    Span.MONTH: timedelta(days=31),
    Span.YEAR: timedelta(days=366),
}


class State(StrEnum):
    LIVE = "live"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown besides the holder's name and where the passport stands."""

    entity: bool = True
    visas: bool = True
    awards: bool = True

    @property
    def is_all(self) -> bool:
        return self.entity and self.visas and self.awards


ALL = Choice()


def ends(span: Span, at: datetime) -> datetime | None:
    length = LENGTHS.get(span)
    return at + length if length else None


def state(ends_at: datetime | None, withdrawn_at: datetime | None, now: datetime) -> State:
    """The very moment of its end belongs to those after."""
    if withdrawn_at is not None:
        return State.WITHDRAWN
    return State.ENDED if ends_at is not None and ends_at <= now else State.LIVE
