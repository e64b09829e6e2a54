"""The conditions that rules are made of: what each asks of a person. Pure; only data."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; without one of them, open at that end."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def __str__(self) -> str:
        return f"{self.since or ''}..{self.until or ''}"


@dataclass(frozen=True, slots=True)
class Count:
    """At least so many deeds of one verb, in one theme or anywhere, in one period or ever."""

    verb: str
    at_least: int
    theme: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """At least so many deeds of one verb within so many days in a row, whichever."""

    verb: str
    at_least: int
    days: int
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A deed of one verb on so many of the person's working days in a row: see `diary.longest`."""

    verb: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Distinct:
    """Deeds of one verb in at least so many different themes."""

    verb: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Sum:
    """At least so much of a figure that deeds of one verb carry."""

    verb: str
    figure: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """At least so many stars, or keys, ever earned: what was spent counts too."""

    currency: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A level is reached, or a higher one: `awards` are those that will do.

    They are no part of what the rule says: a ladder may grow without another version of this rule.
    """

    level: str
    awards: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """Another award is held."""

    award: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A medal of that badge is held, of this metal or a better one: `awards` are those that will do."""

    badge: str
    metal: str
    awards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """This very award was given by hand, by somebody who holds one of these roles."""

    award: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """Every step of a track is done, by somebody whose track it is."""

    track: str


Leaf = Count | Within | Run | Distinct | Sum | Gathered | Held | AtLeast | Reached | Given | Walked
