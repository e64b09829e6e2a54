"""What an organiser asks for when meetings are to be composed. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """`at_once`: meetings at one time in one place, if that is limited. Sizes are people of each side."""

    moments: tuple[datetime, ...]
    zone: str
    places: tuple[str, ...]
    at_once: int | None
    wanted: int
    fewest: int
    most: int
    talk_seconds: int

    def kept(self) -> dict[str, Any]:
        """In plain values, for a row."""
        moments = [each.isoformat() for each in self.moments]
        return {**asdict(self), "moments": moments, "places": list(self.places)}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Asked":
        moments = tuple(datetime.fromisoformat(each) for each in kept["moments"])
        return cls(**{**kept, "moments": moments, "places": tuple(kept["places"])})


@dataclass(frozen=True, slots=True)
class Placed:
    """A meeting as composed; `number` is that of the planned one it was, if it was one."""

    number: int | None
    starts_at: datetime
    place: str
    language: str
    mentors: tuple[int, ...]
    mentees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody in no meeting, and why. `where`: the moment, place and language where most could come."""

    person: int
    why: str
    where: tuple[datetime, str, str] | None
    mentors: int
    mentees: int


@dataclass(frozen=True, slots=True)
class Composed:
    """`talks`: one-to-ones there will be; `fit`: topics in common, `mixed`: between entities, on average.

    `versions` are those of the planned meetings as they were read; `locked` people stayed.
    """

    placed: tuple[Placed, ...]
    missed: tuple[Missed, ...]
    talks: int
    fit: float
    mixed: float
    versions: Mapping[int, int]
    locked: frozenset[int]
