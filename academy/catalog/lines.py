"""YAML that remembers its lines.

Only plain things come out: text, numbers, true and false, days, nothing, lists and mappings.
Tags and anchors are mistakes, never instructions. `yes`, `no` and `on` are text, as in YAML 1.2.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeAlias, Union

import yaml

from academy.catalog.findings import Findings

Value = Union[str, int, float, bool, date, None, "Entries", "Rows"]

Event: TypeAlias = Any
"""What the parser tells next; its stubs leave every field of it optional."""

DEEPEST: Final = 12
"""Lists and mappings within one another; garbage may hold thousands."""

LONGEST_EXACT: Final = 15
"""Digits of a whole number read exactly; longer ones become floating point."""

_CONSTANTS: Final = {"": None, "~": None} | {
    spelling: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for spelling in (word, word.title(), word.upper())
}
_WHOLE: Final = re.compile(r"[-+]?[0-9]+")
_DECIMAL: Final = re.compile(
    r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Entries(dict[str, Value]):
    """A mapping that knows the line of each of its names."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Rows(list[Value]):
    """A list that knows the line of each of its items."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_lines(text: str, path: str, findings: Findings, offset: int = 0) -> Value:
    """What `text` says; None after a mistake that leaves nothing to read.

    `offset` lines stand before `text` in its file.
    """
    try:
        return _Builder(text, path, findings, offset + 1).document()
    except yaml.YAMLError as error:
        line = _line_of(error, text)
        findings.note(path, line + offset, f"This is not YAML: {_reason(error)}", _cure(text, line))
        return None


def meaning(word: str) -> Value:
    """What an unquoted word stands for."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if word[0] not in "+-.0123456789":
        return word
    if _WHOLE.fullmatch(word):
        return int(word) if len(word) <= LONGEST_EXACT else float(word)
    if _DECIMAL.fullmatch(word):
        return float(word.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return _day(word) if _DAY.fullmatch(word) else word


def _day(word: str) -> Value:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return word


def _line_of(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", 0)
    return text.encode("utf-8", "replace")[:position].count(b"\n") + 1


def _reason(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return " ".join(str(said).split())


def _cure(text: str, line: int) -> str:
    rows = text.splitlines()
    if line <= len(rows) and "\t" in rows[line - 1]:
        return "Indent with spaces, not with tabs"
    return "Check the indentation, the quotes and the brackets here and on the line above"


class _Builder:
    """Turns the events of one file into plain things."""

    def __init__(self, text: str, path: str, findings: Findings, first: int) -> None:
        self.next: Callable[[], Event] = yaml.CSafeLoader(text).get_event
        self.path = path
        self.findings = findings
        self.first = first

    def document(self) -> Value:
        """The first document; a second one is a mistake."""
        self.next()
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self._value(self.next(), 0)
        self.next()
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._note(event, "A second document starts here", "Keep one document in a file")
        return value

    def _value(self, event: Event, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            self._note(event, "Anchors and aliases are not used here", "Write the words out")
            return None
        if event.anchor is not None:
            self._note(event, "Anchors and aliases are not used here", "Write the words out")
        if event.tag is not None:
            self._note(event, f"The tag `{event.tag[:60]}` is not used here", "Remove it")
        if isinstance(event, yaml.ScalarEvent):
            return meaning(event.value) if event.implicit[0] else str(event.value)
        return self._collection(event, depth + 1)

    def _collection(self, event: Event, depth: int) -> Value:
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._entries(event, depth)
        return self._rows(event, depth)

    def _entries(self, start: Event, depth: int) -> Entries:
        entries = Entries(start.start_mark.line + self.first)
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            name = self._value(event, DEEPEST)
            value = self._value(self.next(), depth)
            if not isinstance(name, str):
                self._note(event, "The name of an entry must be a word", "Write a name there")
            elif name in entries:
                self._note(event, f"`{name[:60]}` is written twice here", "Keep one of the two")
            else:
                entries.lines[name] = event.start_mark.line + self.first
                entries[name] = value
        return entries

    def _rows(self, start: Event, depth: int) -> Rows:
        rows = Rows(start.start_mark.line + self.first)
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            rows.lines.append(event.start_mark.line + self.first)
            rows.append(self._value(event, depth))
        return rows

    def _note(self, event: Event, problem: str, remedy: str) -> None:
        line = event.start_mark.line + self.first if event.start_mark else self.first
        self.findings.note(self.path, line, problem, remedy)
