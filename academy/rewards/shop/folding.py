"""Figures that point at nobody: places where fewer than five ordered are put together. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """Orders of one gift from one place; `place` is None for several put together."""

    place: int | None
    people: int
    orders: int
    handed: int
    given_back: int
    spent: int

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            None,
            self.people + other.people,
            self.orders + other.orders,
            self.handed + other.handed,
            self.given_back + other.given_back,
            self.spent + other.spent,
        )


NOBODY = Cell(None, 0, 0, 0, 0, 0)


def folded(cells: Iterable[Cell]) -> list[Cell]:
    """The places with five people or more, largest first, then the others as one.

    Should the others be fewer than five together, the smallest place that stands alone joins them:
    otherwise they would be found by subtracting from the whole. Nothing is left of fewer than five in all.
    """
    ordered = sorted(cells, key=lambda cell: (-cell.people, -cell.orders, cell.place or 0))
    alone = [cell for cell in ordered if cell.people >= FEWEST]
    others = sum((cell for cell in ordered if cell.people < FEWEST), NOBODY)
    while 0 < others.people < FEWEST and alone:
        others += alone.pop()
    return [*alone, others] if others.people >= FEWEST else alone
