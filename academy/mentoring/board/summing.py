"""Pairs summed up for their organisers, and written as a table."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from statistics import median

from academy.mentoring.board.queries import Line
from academy.mentoring.pairs.rules import Condition, condition, due

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula to spreadsheets: it gets an apostrophe first."""


@dataclass(frozen=True, slots=True)
class Card:
    """One pair on the board."""

    line: Line
    condition: Condition
    due: int

    @property
    def held(self) -> int:
        return self.line.life.held


@dataclass(frozen=True, slots=True)
class Summary:
    """`wait` is the median number of days from publication to the first meeting; None before there is one."""

    cards: tuple[Card, ...]
    health: dict[Condition, int]
    held: int
    due: int
    wait: float | None


def summed(lines: Iterable[Line], at: datetime, today: date) -> Summary:
    """The pairs that need somebody first."""
    order = list(Condition)
    cards = [Card(line, condition(line.life, at), due(line.life, today)) for line in lines]
    cards.sort(key=lambda card: (order.index(card.condition), card.line.id))
    counted = Counter(card.condition for card in cards)
    waits = [
        (line.first_on - line.published_at.date()).days
        for line in (card.line for card in cards)
        if line.first_on is not None
    ]
    return Summary(
        tuple(cards),
        {each: counted[each] for each in Condition},
        sum(card.held for card in cards),
        sum(card.due for card in cards),
        median(waits) if waits else None,
    )


def table(head: Sequence[str], rows: Iterable[Sequence[object]], separator: str) -> str:
    """A file that spreadsheets open as it is: UTF-8 with its mark, every cell quoted, no formula."""
    file = StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_safe(cell) for cell in head])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return file.getvalue()


def _safe(cell: object) -> str:
    said = "" if cell is None else str(cell)
    return f"'{said}" if said.startswith(FORMULA) else said
