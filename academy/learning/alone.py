"""One question alone on its page, answered by one tap: in the minute, and aboard the voyage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from academy.catalog import releases
from academy.catalog.sheet import Sheet
from academy.catalog.tree import Catalog, Question

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Alone:
    """The question of one slot, and where its answer goes; `filled` is what was posted when it comes back."""

    slot: int
    of: int
    sheet: Sheet
    action: str
    release: str
    error: str | None = None
    filled: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer as it was posted, and the sheet it was given on: its release; its question, when said."""

    slot: int
    release: str
    language: str
    fields: Fields
    question: str = ""

    def sheet(self, key: str) -> tuple[Catalog, Question] | None:
        """The content it was made from, and its question; None when that is gone, or is not this one."""
        if self.question not in {"", key}:  # another tab was given another question meanwhile
            return None
        catalog = releases.named(self.release)
        question = catalog.questions.get(key) if catalog else None
        return (catalog, question) if catalog and question else None
