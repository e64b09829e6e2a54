"""What the content says: frozen objects, parsed once, held in memory by every worker.

Words exist in both languages. Fields called `*_html` are rendered from Markdown and sanitised when the
pack is read; everything else is plain text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from academy.catalog.said import LANGUAGES as LANGUAGES
from academy.catalog.said import Language as Language
from academy.catalog.said import Words as Words
from academy.catalog.timetable import Season
from academy.catalog.tracks import Track


class QuestionType(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SITUATION = "situation"
    ORDERING = "ordering"
    MATCHING = "matching"
    NUMERIC = "numeric"
    SHORT = "short"
    CLOZE = "cloze"


class Barrier(StrEnum):
    """Who cannot fairly answer a question."""

    BLIND = "blind"
    COLOUR_BLIND = "colour_blind"
    MOTOR = "motor"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. `grade` is 100 for a right option, less for a near miss, 0 for a wrong one."""

    key: str
    text_html: Words
    why_html: Words
    grade: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Single, multiple, true or false, situation: the options in the author's order."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Item:
    key: str
    text: Words


@dataclass(frozen=True, slots=True)
class Ordering:
    """The items in the right order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class MatchPair:
    key: str
    left: Words
    right: Words


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs, and right-hand words that fit nothing."""

    pairs: tuple[MatchPair, ...]
    extra: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownNumber:
    value: float
    why_html: Words


@dataclass(frozen=True, slots=True)
class Numeric:
    answer: float
    tolerance: float
    unit: Words | None = None
    wrong: tuple[KnownNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """A usual mistake: what people type in each language, and what to say of it."""

    said: Mapping[str, tuple[str, ...]]
    why_html: Words


@dataclass(frozen=True, slots=True)
class Short:
    accept: Mapping[str, tuple[str, ...]]
    wrong: tuple[KnownAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """One gap: the first word of `choices` in each language is the right one."""

    key: str
    choices: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cloze:
    """`text` holds gaps written `{key}`, in plain text."""

    text: Words
    blanks: tuple[Blank, ...]


Body = Choice | Ordering | Matching | Numeric | Short | Cloze


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    notion: str
    module: str
    type: QuestionType
    difficulty: int
    ask_html: Words
    explain_html: Words
    body: Body
    source: str | None = None
    not_for: frozenset[Barrier] = frozenset()


@dataclass(frozen=True, slots=True)
class Notion:
    key: str
    module: str
    lesson: str
    order: int
    name: Words
    keep: Words
    digcomp: tuple[str, ...]
    pix: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Film:
    """A video file of the academy's own: its name is that of its content, `path` its place in the pack."""

    name: str
    type: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Video:
    """What a lesson shows moving: a film of ours, or the `address` of a player elsewhere.

    The transcript says all that is seen and heard, so that nobody needs the video.
    """

    title: Words
    seconds: int
    transcript_html: Words
    film: Film | None = None
    address: str | None = None

    @property
    def host(self) -> str:
        """Who is told of the reader when a video elsewhere is played; nobody for our own."""
        return self.address.split("/")[2] if self.address else ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """`minutes` is measured from the longer of the two texts, at least 1."""

    key: str
    module: str
    title: Words
    summary: Words
    body_html: Words
    minutes: int
    check: tuple[str, ...]
    best_before: date
    sources: tuple[Source, ...]
    picture: str | None = None
    picture_alt: Words | None = None
    video: Video | None = None


@dataclass(frozen=True, slots=True)
class QuizRule:
    """How many questions a module quiz draws, and the pass mark in per cent."""

    questions: int
    pass_mark: int


@dataclass(frozen=True, slots=True)
class Module:
    """Whoever likes may read it. With a `track`, it is proposed to, and asked of, those whose track it is."""

    key: str
    theme: str
    order: int
    title: Words
    summary: Words
    quiz: QuizRule
    lessons: tuple[str, ...]
    notions: tuple[str, ...]
    track: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    key: str
    order: int
    ink: str
    title: Words
    summary: Words
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """A whole pack. `release` names this exact content: two packs with the same files have the same name."""

    release: str
    themes: Mapping[str, Theme]
    modules: Mapping[str, Module]
    lessons: Mapping[str, Lesson]
    notions: Mapping[str, Notion]
    questions: Mapping[str, Question]
    questions_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Notion key to the keys of its questions, in the author's order."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """`<lesson key>.svg` to the sanitised bytes of the picture."""
    tracks: Mapping[str, Track] = field(default_factory=dict)
    seasons: Mapping[str, Season] = field(default_factory=dict)
    """In the order in which they come; lessons of no season have always been there."""
    captions: Mapping[str, bytes] = field(default_factory=dict)
    """`<lesson key>.<language>.vtt` to the captions of a film."""
