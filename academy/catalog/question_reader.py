"""One entry of questions.yaml becomes one Question."""

from collections.abc import Callable
from typing import Final, NamedTuple

from academy.catalog.choice_reader import VERDICTS, multiple, single, situation, true_false
from academy.catalog.record import Record
from academy.catalog.rendering import rendered
from academy.catalog.sheets import GAP
from academy.catalog.tree import (
    LANGUAGES,
    Barrier,
    Blank,
    Body,
    Cloze,
    Item,
    KnownAnswer,
    KnownNumber,
    Matching,
    MatchPair,
    Numeric,
    Ordering,
    Question,
    QuestionType,
    Short,
)
from academy.catalog.twins import refuse_same_words, refuse_twins
from academy.catalog.typed import folded

HARDEST: Final = 5

_COMMON: Final = ("key", "notion", "type", "difficulty", "fr", "en", "source", "not_for")


class Shape(NamedTuple):
    """What one type of question needs beside the rest: names, words in each language, a reader."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    read: Callable[[Record], Body]


def read_question(record: Record, module: str) -> Question | None:
    """None when not even its type can be told; mistakes are in the record's findings."""
    kind = record.member("type", QuestionType)
    if kind is None:
        return None
    shape = SHAPES[kind]
    record.allow(_COMMON + shape.names)
    both = record.both("ask", "explain", *shape.words)
    return Question(
        key=record.key(),
        notion=record.key("notion"),
        module=module,
        type=kind,
        difficulty=record.whole("difficulty", 1, HARDEST),
        ask_html=both.html("ask"),
        explain_html=both.html("explain"),
        body=shape.read(record),
        source=record.optional_text("source"),
        not_for=record.members("not_for", Barrier),
    )


def _items(record: Record, name: str, low: int, high: int) -> tuple[Item, ...]:
    rows = record.records(name, low, high)
    for row in rows:
        row.allow(("key", "fr", "en"))
    return tuple(Item(row.key(), row.words()) for row in rows)


def _ordering(record: Record) -> Body:
    items = _items(record, "items", 3, 6)
    refuse_twins(record, "items", (item.key for item in items), "key")
    refuse_same_words(record, "items", (item.text for item in items))
    return Ordering(items)


def _pair(row: Record) -> MatchPair:
    row.allow(("key", "fr", "en"))
    both = row.both("left", "right")
    return MatchPair(row.key(), both.plain("left"), both.plain("right"))


def _matching(record: Record) -> Body:
    pairs = tuple(_pair(row) for row in record.records("pairs", 3, 5))
    extra = _items(record, "extra", 0, 5) if record.has("extra") else ()
    refuse_twins(
        record, "pairs", [*(pair.key for pair in pairs), *(item.key for item in extra)], "key"
    )
    refuse_same_words(record, "pairs", (pair.left for pair in pairs))
    refuse_same_words(
        record, "pairs", [*(pair.right for pair in pairs), *(item.text for item in extra)]
    )
    return Matching(pairs, extra)


def _known_number(row: Record) -> KnownNumber:
    row.allow(("value", "fr", "en"))
    return KnownNumber(row.number("value"), rendered(row.words()))


def _numeric(record: Record) -> Body:
    answer, tolerance = record.number("answer"), record.number("tolerance", 0)
    unit = record.record("unit", LANGUAGES).words() if record.has("unit") else None
    rows = record.records("wrong") if record.has("wrong") else []
    wrong = tuple(_known_number(row) for row in rows)
    for row, known in zip(rows, wrong, strict=True):
        if row.has("value") and abs(known.value - answer) <= tolerance:
            row.note(f"{known.value:g} counts as right", "Choose a value out of tolerance", "value")
    refuse_twins(record, "wrong", (f"{known.value:g}" for known in wrong), "value")
    return Numeric(answer, tolerance, unit, wrong)


def _known_answer(row: Record) -> KnownAnswer:
    row.allow(LANGUAGES)
    both = row.both("said", "why")
    return KnownAnswer(
        {"fr": both.fr.texts("said", 1), "en": both.en.texts("said", 1)}, both.html("why")
    )


def _short(record: Record) -> Body:
    accepted = record.record("accept", LANGUAGES)
    accept: dict[str, tuple[str, ...]] = {
        language: accepted.texts(language, 1) for language in LANGUAGES
    }
    right = {folded(said) for texts in accept.values() for said in texts}
    if "" in right:
        accepted.note("An accepted answer has no letters", "Write a word", "fr")
    rows = record.records("wrong") if record.has("wrong") else []
    wrong = tuple(_known_answer(row) for row in rows)
    for row, known in zip(rows, wrong, strict=True):
        for said in {*known.said["fr"], *known.said["en"]}:
            if folded(said) in right:
                row.note(f"`{said}` is also accepted as right", "Remove it here or there")
    return Short(accept, wrong)


def _words_of_blank(row: Record, language: str) -> tuple[str, ...]:
    side = row.record(language, ("right", "wrong"))
    choices = (side.text("right"), *side.texts("wrong", 1))
    refuse_twins(side, "wrong", (choice.casefold() for choice in choices), "word")
    return choices


def _blank(row: Record) -> Blank:
    row.allow(("key", "fr", "en"))
    blank = Blank(row.key(), {language: _words_of_blank(row, language) for language in LANGUAGES})
    if len(blank.choices["fr"]) != len(blank.choices["en"]):
        row.note("`wrong` has not as many words in French as in English", "Even them out", "en")
    return blank


def _cloze(record: Record) -> Body:
    blanks = tuple(_blank(row) for row in record.records("blanks", 1, 8))
    refuse_twins(record, "blanks", (blank.key for blank in blanks), "key")
    text = record.both("ask", "explain", "text").plain("text")
    for language in LANGUAGES:
        _compare_gaps(record, text.said(language), language, {blank.key for blank in blanks})
    return Cloze(text, blanks)


def _compare_gaps(record: Record, text: str, language: str, keys: set[str]) -> None:
    """The text has each gap once, and no brace besides."""
    gaps = GAP.findall(text)
    refuse_twins(record, language, gaps, "gap")
    for key in sorted((keys ^ set(gaps)) - {""}):
        missing = "`blanks`" if key in gaps else f"the text in `{language}`"
        record.note(
            f"The gap `{key[:60]}` is missing in {missing}",
            "Name the same gaps in all three places",
            language,
        )
    if "{" in (rest := GAP.sub("", text)) or "}" in rest:
        record.note(
            "A brace is not part of a gap",
            "Write gaps as {key}, with a key in lower case",
            language,
        )


SHAPES: Final[dict[QuestionType, Shape]] = {
    QuestionType.SINGLE: Shape(("options",), (), single),
    QuestionType.MULTIPLE: Shape(("options",), (), multiple),
    QuestionType.SITUATION: Shape(("options",), (), situation),
    QuestionType.TRUE_FALSE: Shape(("answer",), VERDICTS, true_false),
    QuestionType.ORDERING: Shape(("items",), (), _ordering),
    QuestionType.MATCHING: Shape(("pairs", "extra"), (), _matching),
    QuestionType.NUMERIC: Shape(("answer", "tolerance", "unit", "wrong"), (), _numeric),
    QuestionType.SHORT: Shape(("accept", "wrong"), (), _short),
    QuestionType.CLOZE: Shape(("blanks",), ("text",), _cloze),
}
