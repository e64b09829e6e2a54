"""A question as it is put to one person: shuffled, in one language, without its answer.

Tokens stand for options. They are positions in an order shuffled by `seed` and the question's key, so the
page never carries the author's keys (whose order would give the answer away).
"""

from dataclasses import dataclass

from academy.catalog.tree import QuestionType


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to choose: what the form posts, and what the person reads (safe HTML or plain text)."""

    token: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A place to fill: a left-hand word, an item to number, a gap. `choices` are what may be chosen there.

    `field` is the name of the form field. `text` is what stands before the field; `after` what follows it.
    """

    field: str
    text: str
    choices: tuple[Shown, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page needs to ask one question.

    - single, true_false, situation: radio buttons named `choice`, one per `options`;
    - multiple: check boxes named `choice`;
    - ordering, matching, cloze: one select per prompt in `prompts` (a drag layer may set the selects);
    - numeric: a text field `number`, with `unit` behind it; short: a text field `text`.
    A button or box named `dont_know` (value 1) is always there.
    """

    key: str
    type: QuestionType
    ask_html: str
    options: tuple[Shown, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedOption:
    """An option after the answer: was it chosen, was it right (or how near), and why."""

    text_html: str
    why_html: str
    chosen: bool
    right: bool
    grade: int


@dataclass(frozen=True, slots=True)
class ReviewedPrompt:
    """A place filled: what was put there (empty when nothing), what belongs there."""

    text: str
    given: str
    expected: str
    right: bool
    after: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A question with its answer, once it is due.

    `given` and `expected` are words, for numeric and short answers. `why_html` is the feedback to what was
    said, when the author foresaw it.
    """

    key: str
    type: QuestionType
    ask_html: str
    right: bool
    score: float
    dont_know: bool
    explain_html: str
    keep: str
    options: tuple[ReviewedOption, ...] = ()
    prompts: tuple[ReviewedPrompt, ...] = ()
    given: str = ""
    expected: str = ""
    why_html: str = ""
    source: str | None = None
