"""Reading a folio."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from academy.database import table
from academy.folio.models import Folio
from academy.prepared import Prepared

PAGE = table(Folio)
COLUMNS = (PAGE.c.mind, PAGE.c.tallies, PAGE.c.awards, PAGE.c.stars_ever, PAGE.c.keys_ever)
"""What `Page.of` reads; a statement that brings a folio along with something else selects these."""


@dataclass(slots=True)
class Page:
    """A folio in hand: what stands there, and what was earned since, to be added to it.

    `stars_ever` and `keys_ever` stand there: what was earned since is not in them yet.
    """

    person_id: int
    mind: bytes | None
    tallies: dict[str, int]
    awards: list[str]
    stars_ever: int = 0
    keys_ever: int = 0
    points: int = 0
    stars: int = 0
    keys: int = 0

    @classmethod
    def of(cls, person_id: int, row: Any) -> "Page":
        """Out of a row of COLUMNS."""
        return cls(person_id, *row)


@dataclass(frozen=True, slots=True)
class Balances:
    """What was ever earned, and what is left of it to spend. Points are never spent."""

    points: int = 0
    stars: int = 0
    keys: int = 0
    stars_ever: int = 0
    keys_ever: int = 0


_MINE = PAGE.c.person_id == bindparam("person")
_READ = Prepared(lambda: select(*COLUMNS).where(_MINE))
_LOCKED = Prepared(lambda: select(*COLUMNS).where(_MINE).with_for_update())
_BALANCES = Prepared(
    lambda: select(Folio.points, Folio.stars, Folio.keys, Folio.stars_ever, Folio.keys_ever).where(
        _MINE
    )
)


def page_of(person_id: int, for_update: bool = False) -> Page | None:
    """To look at, or to keep; None for somebody who has none yet."""
    row = (_LOCKED if for_update else _READ).row({"person": person_id})
    return None if row is None else Page.of(person_id, row)


def balances(person_id: int) -> Balances:
    row = _BALANCES.row({"person": person_id})
    return Balances() if row is None else Balances(*row)
