"""What a directory says of a person, in the academy's words; what it means, and who says it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """A word that was not said is empty; of the places, the most precise comes first."""

    name_filed: str
    external_id: str | None
    email: str
    given_name: str
    family_name: str
    language: str
    active: bool | None
    places: tuple[str, ...]
    title: str
    manager: str

    @property
    def name(self) -> tuple[str, str]:
        return self.given_name, self.family_name


@dataclass(frozen=True, slots=True)
class Writer:
    """The directory that speaks, and when it does."""

    name: str
    at: datetime

    @property
    def today(self) -> date:
        return self.at.date()
