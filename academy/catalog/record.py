"""Reading a mapping entry by entry.

Whatever is wrong is noted, and an empty value stands in for it, so that reading goes on to the next
mistake. A pack with mistakes is never opened: the stand-ins are never shown to anybody.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self, TypeVar

from academy.catalog.findings import Findings, suggestion
from academy.catalog.lines import Entries, Rows
from academy.catalog.rendering import rendered
from academy.catalog.tags import is_key
from academy.catalog.tree import Words

LONGEST_TEXT: Final = 2000
BIGGEST: Final = 1e15
MANY: Final = 500

_BLANKS: Final = re.compile(r"[ \t\n]+")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_KINDS: Final[dict[type, str]] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    date: "a day",
    Entries: "a mapping",
    Rows: "a list",
}

Member = TypeVar("Member", bound=StrEnum)
Plain = TypeVar("Plain")


class Record:
    """One mapping of one file."""

    __slots__ = ("entries", "findings", "path")

    def __init__(self, entries: Entries, path: str, findings: Findings) -> None:
        self.entries = entries
        self.path = path
        self.findings = findings

    @classmethod
    def absent(cls, path: str) -> Self:
        """Stands in for a mapping that is missing; what it lacks is not told again."""
        return cls(Entries(1), path, Findings())

    def note(self, problem: str, remedy: str, name: str = "") -> None:
        self.findings.note(self.path, self.line_of(name), problem, remedy)

    def line_of(self, name: str) -> int:
        return self.entries.lines.get(name, self.entries.line)

    def has(self, name: str) -> bool:
        return name in self.entries

    def allow(self, names: Iterable[str]) -> None:
        """Every other name is a mistake."""
        known = set(names)
        for name in self.entries.keys() - known:
            listed = "Use only " + ", ".join(f"`{one}`" for one in sorted(known))
            self.note(f"`{name[:60]}` is not known here", suggestion(name, known, listed), name)

    def text(self, name: str) -> str:
        return self._clean(
            self._given(name, str, "Put it in double quotes"), name, self.line_of(name)
        )

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def key(self, name: str = "key") -> str:
        """An empty text after a mistake."""
        said = self.text(name)
        if not said or is_key(said):
            return said
        self.note(
            f"`{said[:60]}` is not a key",
            "Use lower-case words joined by hyphens, at most 60 characters",
            name,
        )
        return ""

    def whole(self, name: str, low: int, high: int) -> int:
        remedy = f"Write a whole number from {low} to {high}"
        value = self._given(name, int, remedy)
        if value is None or low <= value <= high:
            return low if value is None else value
        self.note(f"`{name}` is {value}", remedy, name)
        return low

    def number(self, name: str, low: float = -BIGGEST) -> float:
        """Finite, and no smaller than `low`."""
        remedy = f"Write a number from {low:g} to {BIGGEST:g}"
        value = self.entries.get(name)
        if type(value) is not int and type(value) is not float:
            self._given(name, float, remedy)
            return max(low, 0.0)
        if math.isfinite(value) and low <= value <= BIGGEST:
            return float(value)
        self.note(f"`{name}` is {value}", remedy, name)
        return max(low, 0.0)

    def flag(self, name: str, otherwise: bool | None = None) -> bool:
        """Required, unless `otherwise` says what its absence means."""
        if otherwise is not None and not self.has(name):
            return otherwise
        return bool(self._given(name, bool, "Write true or false, without quotes"))

    def day(self, name: str) -> date:
        value = self._given(name, date, "Write a day that exists as year-month-day, without quotes")
        return value or date.min

    def member(self, name: str, kind: type[Member]) -> Member | None:
        return self._member(self.text(name), kind, name)

    def members(self, name: str, kind: type[Member]) -> frozenset[Member]:
        """Empty when nothing is said."""
        if not self.has(name):
            return frozenset()
        found = (self._member(said, kind, name) for said in self.texts(name))
        return frozenset(one for one in found if one is not None)

    def texts(self, name: str, low: int = 0, high: int = MANY) -> tuple[str, ...]:
        rows = self._rows(name, low, high)
        texts = [self._text_at(rows, place, name) for place in range(len(rows))]
        return tuple(text for text in texts if text)

    def record(self, name: str, names: Iterable[str]) -> "Record":
        """The mapping under `name`, which may hold only `names`."""
        value = self._given(name, Entries, f"Write `{name}:` and its entries below it")
        if value is None:
            return Record.absent(self.path)
        record = Record(value, self.path, self.findings)
        record.allow(names)
        return record

    def records(self, name: str, low: int = 0, high: int = MANY) -> "list[Record]":
        return rows_of_records(self._rows(name, low, high), self.path, self.findings)

    def both(self, *names: str) -> "Both":
        """What `fr` and `en` say, each a mapping of `names`."""
        return Both(self.record("fr", names), self.record("en", names))

    def words(self) -> Words:
        """What `fr` and `en` say, each a text."""
        return Words(self.text("fr"), self.text("en"))

    def _given(self, name: str, kind: type[Plain], remedy: str) -> Plain | None:
        """What is under `name` if it is there and of that very kind; None after a mistake."""
        value = self.entries.get(name)
        if type(value) is kind:
            return value
        wanted, found = _KINDS[kind], _KINDS.get(type(value), "empty")
        if name not in self.entries:
            self.note(f"`{name}` is missing", f"Add `{name}:` ({wanted})")
        elif value is None:
            self.note(f"`{name}` is empty", remedy, name)
        else:
            self.note(f"`{name}` must be {wanted}, not {found}", remedy, name)
        return None

    def _clean(self, said: str | None, name: str, line: int) -> str:
        """On one line, without blanks around."""
        if said is None:
            return ""
        text = _BLANKS.sub(" ", said).strip(" ")
        if not text.strip():
            self.findings.note(self.path, line, f"`{name}` is empty", "Write the words")
        elif _CONTROLS.search(text):
            self.findings.note(self.path, line, f"`{name}` holds a control character", "Remove it")
        elif len(text) > LONGEST_TEXT:
            self.findings.note(
                self.path, line, f"`{name}` is too long", f"Keep it under {LONGEST_TEXT} characters"
            )
        else:
            return text
        return ""

    def _member(self, said: str, kind: type[Member], name: str) -> Member | None:
        known = [member.value for member in kind]
        if said in known:
            return kind(said)
        if said:
            remedy = suggestion(said, known, "Use one of " + ", ".join(known))
            self.note(f"`{name}` cannot be `{said[:60]}`", remedy, name)
        return None

    def _rows(self, name: str, low: int, high: int) -> Rows:
        rows = self._given(name, Rows, f"Write `{name}:` and a list below it")
        if rows is None:
            return Rows(self.line_of(name))
        if not low <= len(rows) <= high:
            self.note(f"`{name}` has {len(rows)} entries", f"Write {_range(low, high)}", name)
        return rows

    def _text_at(self, rows: Rows, place: int, name: str) -> str:
        value, line = rows[place], rows.lines[place]
        if isinstance(value, str):
            return self._clean(value, name, line)
        self.findings.note(
            self.path, line, f"An entry of `{name}` must be text", "Put it in double quotes"
        )
        return ""


@dataclass(frozen=True, slots=True)
class Both:
    """The French and the English side of something."""

    fr: Record
    en: Record

    def plain(self, name: str) -> Words:
        return Words(self.fr.text(name), self.en.text(name))

    def html(self, name: str) -> Words:
        return rendered(self.plain(name))


def rows_of_records(rows: Rows, path: str, findings: Findings) -> list[Record]:
    """The mappings in a list; anything else in it is a mistake."""
    records = []
    for value, line in zip(rows, rows.lines, strict=True):
        if isinstance(value, Entries):
            records.append(Record(value, path, findings))
        else:
            findings.note(path, line, "This item must be a mapping", "Write `name: value` entries")
    return records


def _range(low: int, high: int) -> str:
    return f"at least {low}" if high == MANY else f"{low} to {high}"
