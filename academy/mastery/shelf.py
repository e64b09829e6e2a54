"""What may be asked, as the engine sees it: notions, their questions, and what builds on what. Pure.

A shelf is made once for a release (and for each set of needs: some questions cannot fairly be put to
everybody) and shared by all; nothing in it is about a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from academy.mastery.remembering import Subject
from academy.mastery.tutor import Item

USUAL_SECONDS = 25.0
"""Until answers tell."""


@dataclass(frozen=True, slots=True)
class Question:
    """One wording.

    `difficulty`: in logits, against its notion's, known to within `variance`. `guess`: the odds of a lucky
    answer. `seconds`: the median time it takes.
    """

    key: str
    tag: int
    difficulty: float = 0.0
    variance: float = 1.0
    guess: float = 0.25
    seconds: float = USUAL_SECONDS


@dataclass(frozen=True, slots=True)
class Notion:
    """One notion. `difficulty`: in logits; `requires`: keys of the notions it builds on."""

    key: str
    tag: int
    skill: int | None
    difficulty: float
    questions: tuple[Question, ...]
    requires: tuple[str, ...] = ()

    @property
    def subject(self) -> Subject:
        return Subject(self.tag, self.skill, self.difficulty)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The notions in the order of the path; by position, what each needs, opens, and shares a skill with."""

    notions: tuple[Notion, ...]
    needs: tuple[tuple[int, ...], ...]
    opens: tuple[tuple[int, ...], ...]
    kin: tuple[tuple[int, ...], ...]
    place: dict[str, int]

    def notion(self, key: str) -> Notion:
        return self.notions[self.place[key]]

    def item(self, key: str, question: Question) -> Item:
        """The question as `tutor` takes it."""
        place = self.place[key]
        notion = self.notions[place]
        return Item(
            question=question.tag,
            notion=notion.tag,
            skill=notion.skill,
            difficulty=notion.difficulty + question.difficulty,
            variance=question.variance,
            guess=question.guess,
            level=notion.difficulty,
            requires=tuple(self.notions[each].subject for each in self.needs[place]),
        )


def shelve(notions: Sequence[Notion]) -> Shelf:
    """The shelf of these notions; what is required and is not among them is left out."""
    place = {notion.key: position for position, notion in enumerate(notions)}
    needs = tuple(
        tuple(place[key] for key in notion.requires if key in place) for notion in notions
    )
    opens: list[list[int]] = [[] for _ in notions]
    for position, required in enumerate(needs):
        for each in required:
            opens[each].append(position)
    same: dict[int | None, list[int]] = {}
    for position, notion in enumerate(notions):
        same.setdefault(notion.skill, []).append(position)
    same[None] = []
    kin = tuple(tuple(same[notion.skill]) for notion in notions)
    return Shelf(tuple(notions), needs, tuple(tuple(each) for each in opens), kin, place)
