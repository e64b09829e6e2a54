"""How many people, and where, without telling of small groups. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Told:
    """`places` are those with FEWEST people or more, the largest first; `elsewhere` is all the others.

    With fewer than FEWEST in all, `people` is None: nothing is told but that there are so few.
    """

    people: int | None
    places: tuple[tuple[str, int], ...] = ()
    elsewhere: int = 0


def told(counts: Mapping[str, int]) -> Told:
    """What may be said of these counts: nobody finds a small group by subtraction either."""
    total = sum(counts.values())
    if 0 < total < FEWEST:
        return Told(None)
    ordered = sorted(counts.items(), key=lambda place: (-place[1], place[0]))
    large = [place for place in ordered if place[1] >= FEWEST]
    rest = total - sum(count for _name, count in large)
    if 0 < rest < FEWEST and large:
        rest += large.pop()[1]
    return Told(total, tuple(large), rest)
