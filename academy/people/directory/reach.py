"""How far somebody's word goes in a role: the whole company, or entities and all under them. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from academy.people.models import Role


@dataclass(frozen=True, slots=True)
class Reach:
    """`entities` are the roots; nothing of them matters when `everywhere`."""

    everywhere: bool
    entities: frozenset[int]

    def holds(self, chain: Iterable[int]) -> bool:
        """Is this place within reach? `chain` goes from the place up to the company."""
        return self.everywhere or not self.entities.isdisjoint(chain)

    def part_of(self, chain: Sequence[int]) -> frozenset[int]:
        """Which places of a chain are within reach: those up to the highest root it meets."""
        if self.everywhere:
            return frozenset(chain)
        roots = [height for height, place in enumerate(chain) if place in self.entities]
        return frozenset(chain[: roots[-1] + 1]) if roots else frozenset()


def reach(
    roles: Collection[tuple[str, int | None]], acting: Collection[str] = (Role.ADMIN,)
) -> Reach:
    """The reach of somebody with these roles, acting in one of `acting`: as administrator unless said."""
    mine = {entity for role, entity in roles if role in acting}
    return Reach(None in mine, frozenset(entity for entity in mine if entity is not None))
