"""The engine's numbers in force: the fitted model, how hard each question is, how long it takes.

Every answer names the version that learnt from it, so that a mind can be made again as it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Flask, current_app

from academy.mastery.tutor import Model

_HELD: Final = "academy.mastery.numbers"
SHIPPED_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Numbers:
    """One version.

    `hardness`: of a question, its difficulty in logits and the variance of that, where answers told.
    `seconds`: the median time it takes, where that is known.
    """

    version: int = SHIPPED_VERSION
    model: Model = field(default_factory=Model)
    hardness: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


SHIPPED: Final = Numbers()


def init_app(app: Flask) -> None:
    app.extensions[_HELD] = SHIPPED


def in_force() -> Numbers:
    """What this worker goes by just now."""
    held: Numbers = current_app.extensions[_HELD]
    return held


def numbered(version: int) -> Numbers | None:
    """A version by its number, in force or not; None when there is none."""
    held = in_force()
    if version == held.version:
        return held
    return SHIPPED if version == SHIPPED_VERSION else None
