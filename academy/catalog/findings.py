"""Mistakes in a pack: noted one by one while reading, told all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to mend. `path` is relative to the pack; `line` counts from 1."""

    path: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        end = "?" if self.remedy.startswith("Did you mean") else "."
        return f"{self.path}:{self.line}: {self.problem}. {self.remedy}{end}"


class BrokenPack(Exception):
    """A pack with mistakes cannot be opened; `mistakes` are sorted by path and line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


class Findings:
    """What has been found wrong so far."""

    __slots__ = ("mistakes",)

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def note(self, path: str, line: int, problem: str, remedy: str) -> None:
        self.mistakes.append(Mistake(path, line, problem, remedy))


def suggestion(said: str, known: Iterable[str], otherwise: str) -> str:
    """The known word that looks most alike, as a remedy; `otherwise` when none does."""
    alike = get_close_matches(said[:100], list(known), 1)
    return f"Did you mean `{alike[0]}`" if alike else otherwise
