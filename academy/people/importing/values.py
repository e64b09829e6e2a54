"""What a cell says: each field as it is kept, or what is wrong with it. Pure.

An empty cell leaves things as they are; a dash empties what may be empty.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale

from academy.people.forms import ZONES
from academy.people.importing.columns import HEADINGS
from academy.people.importing.models import Kind
from academy.people.models import EntityKind
from academy.people.names import filed
from academy.people.newcomers.services import EARLIEST
from academy.post.mail import is_address

NONE = frozenset({"-", "–", "—"})
MAY_BE_EMPTY = frozenset(
    {
        "manager",
        "contract",
        "shift",
        "leaves_on",
        "parent",
        "country",
        "region",
        "zone",
        "closed_on",
    }
)
LATEST = date(2200, 1, 1)
KEY = re.compile(r"[^\s\x00-\x1f]{1,60}")
NUMBER = re.compile(r"[^\s@][^@]{0,39}")
REGION = re.compile(r"[A-Z0-9-]{1,6}")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
OTHER = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?")
ALL_ZONES = frozenset(available_timezones())
KINDS = {
    "company": EntityKind.COMPANY,
    "societe": EntityKind.COMPANY,
    "entreprise": EntityKind.COMPANY,
    "division": EntityKind.DIVISION,
    "direction": EntityKind.DIVISION,
    "branche": EntityKind.DIVISION,
    "site": EntityKind.SITE,
    "etablissement": EntityKind.SITE,
    "team": EntityKind.TEAM,
    "equipe": EntityKind.TEAM,
    "service": EntityKind.TEAM,
}
LANGUAGES = {
    "fr": "fr",
    "fra": "fr",
    "fre": "fr",
    "fr-fr": "fr",
    "francais": "fr",
    "french": "fr",
    "en": "en",
    "eng": "en",
    "en-gb": "en",
    "en-us": "en",
    "anglais": "en",
    "english": "en",
}
TRADES = {
    "direction": "management",
    "encadrement": "management",
    "ressources humaines": "human-resources",
    "informatique": "it",
    "information technology": "it",
    "commercial": "sales",
    "vente": "sales",
    "logistique": "logistics",
    "qualite": "quality",
    "relation client": "customer-service",
    "service client": "customer-service",
    "customer service": "customer-service",
    "apprentissage": "apprenticeship",
    "human resources": "human-resources",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a cell (or in the whole row, without a field), and what stands there."""

    field: str
    problem: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A row as it was understood. A field that is not in `values` is left as it is; None empties it."""

    line: int
    values: Mapping[str, Any]
    mistakes: tuple[Mistake, ...] = field(default=())


class Odd(ValueError):
    """The message names the problem."""


def understood(
    kind: Kind, line: int, cells: Sequence[str], mapping: Mapping[str, int], month_first: bool
) -> Said:
    """One row, each mapped cell by itself; mistakes come in the order of the fields."""
    values: dict[str, Any] = {}
    mistakes = []
    for name in (each for each in HEADINGS[kind] if each in mapping):
        cell = cells[mapping[name]] if mapping[name] < len(cells) else ""
        if not cell:
            continue
        try:
            values[name] = _value(kind, name, cell, month_first)
        except Odd as odd:
            mistakes.append(Mistake(name, str(odd), cell[:120]))
    return Said(line, values, tuple(mistakes))


def _value(kind: Kind, name: str, cell: str, month_first: bool) -> Any:
    if cell in NONE:
        if name in MAY_BE_EMPTY:
            return None
        raise Odd("needed")
    if name in DATES:
        return _day(cell, month_first)
    return READERS[kind][name](cell)


def _day(cell: str, month_first: bool) -> date:
    """A year first, or as asked: day first or month first."""
    iso, other = ISO.fullmatch(cell), OTHER.fullmatch(cell)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif other:
        first, second, year = (int(part) for part in other.groups())
        day, month = (second, first) if month_first else (first, second)
    else:
        raise Odd("no-date")
    try:
        found = date(year, month, day)
    except ValueError:
        raise Odd("no-date") from None
    if not EARLIEST <= found <= LATEST:
        raise Odd("far-date")
    return found


def _text(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise Odd("too-long")
        return cell

    return read


def _address(cell: str) -> str:
    cell = cell.lower()
    if len(cell) > 254 or not is_address(cell):  # noqa: PLR2004  # as long as its column
        raise Odd("no-address")
    return cell


def _number(cell: str) -> str:
    if not NUMBER.fullmatch(cell):
        raise Odd("no-number")
    return cell


def _somebody(cell: str) -> str:
    """A manager: a number or an address, as the file says."""
    return _address(cell) if "@" in cell else _number(cell)


def _key(cell: str) -> str:
    cell = cell.lower()
    if not KEY.fullmatch(cell):
        raise Odd("no-key")
    return cell


def _one_of(known: Mapping[str, str], problem: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        found = known.get(filed(cell))
        if found is None:
            raise Odd(problem)
        return found

    return read


def _trade(cell: str) -> str:
    """One of the usual trades by its name in either language; another one as it is written."""
    said = filed(cell)
    return _text(60)(TRADES.get(said) or (said if said in TRADES.values() else cell))


def _zone(cell: str) -> str:
    if cell not in ALL_ZONES or cell not in ZONES:
        raise Odd("no-zone")
    return cell


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Codes and names of countries, in both languages."""
    found: dict[str, str] = {}
    for language in ("fr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():  # noqa: PLR2004  # the others are parts of the world
                found[filed(code)] = found[filed(str(name))] = code
    return found


def _country(cell: str) -> str:
    return _one_of(_countries(), "no-country")(cell)


def _region(cell: str) -> str:
    cell = cell.upper()
    if not REGION.fullmatch(cell):
        raise Odd("no-region")
    return cell


DATES = frozenset({"joined_on", "leaves_on", "since", "closed_on"})
READERS: dict[Kind, dict[str, Callable[[str], Any]]] = {
    Kind.PEOPLE: {
        "number": _number,
        "email": _address,
        "given_name": _text(80),
        "family_name": _text(80),
        "entity": _key,
        "job_family": _trade,
        "manager": _somebody,
        "contract": _text(40),
        "shift": _text(40),
        "language": _one_of(LANGUAGES, "no-language"),
        "zone": _zone,
    },
    Kind.ENTITIES: {
        "key": _key,
        "name": _text(120),
        "kind": _one_of(KINDS, "no-kind"),
        "parent": _key,
        "country": _country,
        "region": _region,
        "zone": _zone,
    },
}
