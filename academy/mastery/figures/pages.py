"""What the pages about questions show, put together."""

from collections.abc import Mapping
from dataclasses import dataclass

from academy.catalog.tree import Catalog, Choice, Question, Words
from academy.mastery.figures.known import Figures, Flag, Interval, OptionUse
from academy.mastery.figures.suspicion import idle_options
from academy.mastery.figures.words import FLAGS, FlagWords
from academy.web.words import bare

PER_CENT = 100
URGENCY = {flag: place for place, flag in enumerate(Flag)}


@dataclass(frozen=True, slots=True)
class Share:
    """A share and its interval, in whole per cent."""

    middle: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question of the list. `share` is None while it was answered too rarely."""

    key: str
    ink: str
    ask: str
    notion: Words
    answers: int
    share: Share | None
    flags: tuple[FlagWords, ...]


@dataclass(frozen=True, slots=True)
class OptionRow:
    """How one answer was used; `able` is what was expected of those who gave it, in per cent."""

    text: Words | None
    named: str
    right: bool
    idle: bool
    times: int
    share: int
    able: int | None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    key: str
    ink: str
    ask: Words
    notion: Words
    level: int
    figures: Figures | None
    share: Share | None
    expected: int | None
    dont_know: int
    discrimination: tuple[float, ...] | None
    seconds: int | None
    options: tuple[OptionRow, ...]
    flags: tuple[FlagWords, ...]


def rows(
    catalog: Catalog, known: Mapping[str, Figures], theme: str, language: str
) -> list[QuestionRow]:
    """The questions of a theme (of all, when empty): the most suspect first, then by number of answers."""
    found = [
        _row(catalog, question, known.get(question.key), language)
        for question in catalog.questions.values()
        if theme in ("", catalog.modules[question.module].theme)
    ]

    def order(row: QuestionRow) -> tuple[int, int, str]:
        flags = known[row.key].flags if row.key in known else ()
        return (URGENCY[flags[0]] if flags else len(URGENCY)), -row.answers, row.key

    return sorted(found, key=order)


def page(catalog: Catalog, question: Question, known: Figures | None) -> QuestionPage:
    return QuestionPage(
        key=question.key,
        ink=_ink(catalog, question),
        ask=question.ask_html,
        notion=catalog.notions[question.notion].name,
        level=question.difficulty,
        figures=known,
        share=_share(known.right) if known else None,
        expected=_per_cent(known.expected) if known and known.expected is not None else None,
        dont_know=_per_cent(known.dont_know) if known else 0,
        discrimination=_discrimination(known),
        seconds=round(known.seconds) if known and known.seconds is not None else None,
        options=_options(question, known) if known else (),
        flags=_flags(known),
    )


def _row(catalog: Catalog, question: Question, known: Figures | None, language: str) -> QuestionRow:
    return QuestionRow(
        key=question.key,
        ink=_ink(catalog, question),
        ask=bare(question.ask_html.said(language)),
        notion=catalog.notions[question.notion].name,
        answers=known.answers if known else 0,
        share=_share(known.right) if known else None,
        flags=_flags(known),
    )


def _options(question: Question, known: Figures) -> tuple[OptionRow, ...]:
    body = question.body
    texts = (
        {option.key: option.text_html for option in body.options}
        if isinstance(body, Choice)
        else {}
    )
    idle = idle_options(known)
    return tuple(_option(use, texts, use.answered in idle) for use in known.options)


def _option(use: OptionUse, texts: Mapping[str, Words], idle: bool) -> OptionRow:
    return OptionRow(
        text=_said(use.answered, texts),
        named=use.answered,
        right=use.right,
        idle=idle,
        times=use.times,
        share=_per_cent(use.share),
        able=_per_cent(use.able) if use.able is not None else None,
    )


def _said(answered: str, texts: Mapping[str, Words]) -> Words | None:
    """The chosen options one after the other; None for what was not chosen from a list."""
    keys = answered.split("+")
    if not all(key in texts for key in keys):
        return None
    return Words(" ".join(texts[key].fr for key in keys), " ".join(texts[key].en for key in keys))


def _flags(known: Figures | None) -> tuple[FlagWords, ...]:
    return tuple(FLAGS[flag] for flag in known.flags) if known else ()


def _discrimination(known: Figures | None) -> tuple[float, ...] | None:
    """The correlation and its interval, to the hundredth."""
    if known is None or known.discrimination is None:
        return None
    return tuple(round(value, 2) for value in known.discrimination)


def _share(interval: Interval) -> Share:
    return Share(_per_cent(interval.share), _per_cent(interval.low), _per_cent(interval.high))


def _per_cent(share: float) -> int:
    return round(PER_CENT * share)


def _ink(catalog: Catalog, question: Question) -> str:
    return catalog.themes[catalog.modules[question.module].theme].ink
