"""A pack half read: what has been understood, and where each thing was said."""

from dataclasses import dataclass, field
from typing import TypeVar

from academy.catalog.findings import Findings
from academy.catalog.folder import read_text
from academy.catalog.lines import Entries, Rows, read_lines
from academy.catalog.record import Record, rows_of_records
from academy.catalog.timetable import Season
from academy.catalog.tracks import Track
from academy.catalog.tree import Lesson, Module, Notion, Question, Theme

Thing = TypeVar("Thing", Theme, Module, Lesson, Notion, Question, Track, Season)


@dataclass(slots=True)
class Draft:
    """`places` tells where a thing was said, by its kind and key."""

    files: dict[str, bytes]
    findings: Findings
    themes: dict[str, Theme] = field(default_factory=dict)
    modules: dict[str, Module] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    notions: dict[str, Notion] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)
    seasons: dict[str, Season] = field(default_factory=dict)
    captions: dict[str, bytes] = field(default_factory=dict)
    places: dict[tuple[str, str], Record] = field(default_factory=dict)

    def add(self, kind: str, shelf: dict[str, Thing], thing: Thing, record: Record) -> None:
        """Puts `thing` on its shelf, unless its key is taken."""
        if thing.key in shelf:
            first = self.places[kind, thing.key]
            where = f"{first.path}:{first.line_of('key')}"
            record.note(
                f"The {kind} `{thing.key}` exists already at {where}", "Choose another key", "key"
            )
        elif thing.key:
            shelf[thing.key] = thing
            self.places[kind, thing.key] = record

    def mapping(self, path: str) -> Record | None:
        """The mapping a YAML file holds; None after a mistake."""
        text = read_text(self.files, path, self.findings)
        value = None if text is None else read_lines(text, path, self.findings)
        if isinstance(value, Entries):
            return Record(value, path, self.findings)
        self._blame(path, text, value, "a mapping: `name: value` on each line")
        return None

    def rows(self, path: str) -> list[Record]:
        """The mappings a YAML file lists; none after a mistake."""
        text = read_text(self.files, path, self.findings)
        value = None if text is None else read_lines(text, path, self.findings)
        if isinstance(value, Rows):
            return rows_of_records(value, path, self.findings)
        self._blame(path, text, value, "a list: each item starts with `- `")
        return []

    def _blame(self, path: str, text: str | None, value: object, wanted: str) -> None:
        """Says what the file should hold, unless it is missing or told to be broken."""
        told = any(mistake.path == path for mistake in self.findings.mistakes)
        if text is not None and not (value is None and told):
            self.findings.note(path, 1, "The file is empty or of another shape", f"Write {wanted}")
