"""What forms of several features are made of."""

from typing import Any

from wtforms import Field, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from academy.web.incoming import one_line

_DIGITS = 10


class Ticks(SelectMultipleField):
    """Several of a list, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def lines(typed: str | None) -> list[str]:
    """What was typed, one thing on each line."""
    return [one for line in (typed or "").splitlines() if (one := one_line(line))]


def version_of(field: Field) -> int:
    """The version a form was filled from; 0 for what cannot be one."""
    typed = field.data or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < _DIGITS else 0


def wrong(field: Any, is_wrong: bool, said: object) -> bool:
    """Say on the field what is wrong, if it is; gives back whether it is."""
    if is_wrong:
        field.errors = [*field.errors, said]
    return is_wrong
