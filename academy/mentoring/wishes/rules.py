"""What may be wished, as a form says it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FIELD: Final = "wish-"
VETO: Final = "no"
LONGEST_TYPED: Final = 4


class Act(StrEnum):
    """What the two buttons of the form do."""

    DRAFT = "draft"
    HAND_IN = "hand-in"


class Wrong(StrEnum):
    """Why a form is refused; the page has its words."""

    TWICE = "twice"
    NOT_MET = "not met"
    OUT_OF_RANGE = "out of range"


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wishes of one person met. Neither rank nor veto: whatever comes is fine."""

    rank: int | None = None
    veto: bool = False

    @property
    def typed(self) -> str:
        """As the list of the form says it."""
        return VETO if self.veto else str(self.rank or "")


FINE: Final = Choice()
Choices = Mapping[int, Choice]


class Unreadable(ValueError):
    """A form that no page of ours would send."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def read(fields: Iterable[tuple[str, Sequence[str]]], met: frozenset[int]) -> dict[int, Choice]:
    """Everybody's choice out of a form; who is not in it is fine. Raises Unreadable, nothing is guessed."""
    said = dict.fromkeys(sorted(met), FINE)
    for name, values in fields:
        if not name.startswith(FIELD):
            continue
        if len(values) > 1:
            raise Unreadable(Wrong.TWICE)
        person = _number(name.removeprefix(FIELD))
        if person not in met:
            raise Unreadable(Wrong.NOT_MET)
        said[person] = _choice(values[0], len(met))
    return said


def in_order(choices: Choices) -> tuple[list[int], list[int], list[int]]:
    """People ranked, the dearest first; those who are fine; those refused."""
    ranked = [one for one, choice in choices.items() if choice.rank]
    ranked.sort(key=lambda one: choices[one].rank or 0)
    fine = [one for one, choice in choices.items() if choice == FINE]
    refused = [one for one, choice in choices.items() if choice.veto]
    return ranked, fine, refused


def _choice(typed: str, most: int) -> Choice:
    if typed == "":
        return FINE
    if typed == VETO:
        return Choice(veto=True)
    rank = _number(typed) if len(typed) <= LONGEST_TYPED else None
    if rank is None or not 0 < rank <= most:
        raise Unreadable(Wrong.OUT_OF_RANGE)
    return Choice(rank)


def _number(typed: str) -> int | None:
    """A number as our pages write it: digits alone, none too many."""
    plain = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(2**63))
    return int(typed) if plain and str(int(typed)) == typed else None
