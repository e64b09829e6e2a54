"""Questions answered by choosing: single, multiple, situation, true or false."""

from collections.abc import Iterable
from typing import Final

from academy.catalog.record import Record
from academy.catalog.scoring import ALL
from academy.catalog.tree import Body, Choice, Option, Words
from academy.catalog.twins import refuse_same_words, refuse_twins

FEWEST: Final = 3
MOST: Final = 5
MOST_TO_TICK: Final = 6

VERDICTS: Final = ("if_true", "if_false")
_TRUE_FALSE: Final = {"true": Words("Vrai", "True"), "false": Words("Faux", "False")}


def _option(record: Record, grade: int) -> Option:
    both = record.both("text", "why")
    return Option(record.key(), both.html("text"), both.html("why"), grade)


def _options(record: Record, high: int, mark: str) -> list[Record]:
    rows = record.records("options", FEWEST, high)
    for row in rows:
        row.allow(("key", mark, "fr", "en"))
    return rows


def _choice(record: Record, options: Iterable[Option]) -> Choice:
    choice = Choice(tuple(options))
    refuse_twins(record, "options", (option.key for option in choice.options), "key")
    refuse_same_words(record, "options", [option.text_html for option in choice.options])
    return choice


def _marked_right(record: Record, high: int) -> Choice:
    rows = _options(record, high, "right")
    return _choice(record, (_option(row, ALL if row.flag("right", False) else 0) for row in rows))


def _rights(choice: Choice) -> int:
    return sum(option.grade == ALL for option in choice.options)


def single(record: Record) -> Body:
    choice = _marked_right(record, MOST)
    if choice.options and _rights(choice) != 1:
        record.note(
            f"{_rights(choice)} options are right", "Mark exactly one with `right: true`", "options"
        )
    return choice


def multiple(record: Record) -> Body:
    choice = _marked_right(record, MOST_TO_TICK)
    if choice.options and not 0 < _rights(choice) < len(choice.options):
        record.note(
            f"{_rights(choice)} of {len(choice.options)} options are right",
            "Mark at least one as right and leave at least one wrong",
            "options",
        )
    return choice


def situation(record: Record) -> Body:
    rows = _options(record, MOST, "grade")
    choice = _choice(record, (_option(row, row.whole("grade", 0, ALL)) for row in rows))
    if choice.options and _rights(choice) != 1:
        record.note(
            f"{_rights(choice)} options have grade {ALL}",
            f"Give exactly one grade {ALL}",
            "options",
        )
    return choice


def true_false(record: Record) -> Body:
    answer = record.flag("answer")
    both = record.both("ask", "explain", *VERDICTS)
    return Choice(
        tuple(
            Option(key, words, both.html(f"if_{key}"), ALL if answer is (key == "true") else 0)
            for key, words in _TRUE_FALSE.items()
        )
    )
