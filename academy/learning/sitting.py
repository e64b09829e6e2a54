"""Marking all the questions of one sitting at once. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from academy.catalog.marking import Mark, Reason, Unmarkable, mark
from academy.catalog.tree import Question

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks by slot (from 1), and what is wrong with the answers that could not be marked."""

    marks: Mapping[int, Mark]
    refused: Mapping[int, Reason]


def prefix(slot: int) -> str:
    """What the form fields of a slot start with."""
    return f"q{slot}-"


def fields_of(slot: int, fields: Fields) -> dict[str, Sequence[str]]:
    """The form fields of one slot, without their prefix."""
    start = prefix(slot)
    return {
        name.removeprefix(start): values
        for name, values in fields.items()
        if name.startswith(start)
    }


def mark_all(questions: Sequence[Question], language: str, seed: int, fields: Fields) -> Marks:
    """Marks every question, in slot order; one bad answer does not hide the others."""
    marks: dict[int, Mark] = {}
    refused: dict[int, Reason] = {}
    for slot, question in enumerate(questions, 1):
        try:
            marks[slot] = mark(question, language, seed, fields_of(slot, fields))
        except Unmarkable as unmarkable:
            refused[slot] = unmarkable.reason
    return Marks(marks, refused)
