"""One version of the engine's numbers, and how it is written in a row, for ever. Pure.

What a row does not say takes today's default, so that old versions stay readable; what is not a number, or
would break the arithmetic, makes the whole row unreadable.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from math import isfinite
from typing import Any, Final, NamedTuple

from academy.mastery import ability, belief, tutor
from academy.mastery.calibration import INPUTS, Calibration
from academy.mastery.remembering import Subject
from academy.mastery.tutor import Item, Model, Outcome

SHIPPED_VERSION: Final = 1


class Hardness(NamedTuple):
    """How hard a question is, in logits, and the variance of that; told by answers to one `edition` of it."""

    difficulty: float
    variance: float
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """One version. `hardness`: of a question, where answers told; `seconds`: the median time it takes, where
    that is known; `starts`: the ability people begin with by trade, in logits, where trades differ."""

    version: int = SHIPPED_VERSION
    model: Model = field(default_factory=Model)
    hardness: Mapping[str, Hardness] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    starts: Mapping[str, float] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Quick; equality looks at everything: a database put back may number other nights alike."""
        return hash(self.version)


SHIPPED: Final = Numbers()


class UnreadableNumbers(Exception):
    """The row is damaged, or of a later academy."""


_DECIMALS: Final = 5
_MONTH: Final = 30.0


def rounded(value: float) -> float:
    """As fine as a difficulty or a time is ever known."""
    return round(value, _DECIMALS) + 0.0


def written(numbers: Numbers) -> dict[str, Any]:
    """As the row keeps them; `read` gives back the same to the last bit, but for what is rounded."""
    model = numbers.model
    return {
        "ability": model.population._asdict(),
        "calibration": asdict(model.calibration),
        "memory": asdict(model.memory),
        "hardness": {
            key: [rounded(told.difficulty), rounded(told.variance), told.edition]
            for key, told in numbers.hardness.items()
        },
        "seconds": {key: rounded(value) for key, value in numbers.seconds.items()},
        "starts": {key: rounded(value) for key, value in numbers.starts.items()},
    }


def read(kept: Any, version: int) -> Numbers:
    """What `written` wrote. Raises UnreadableNumbers."""
    try:
        model = Model(
            ability.Population(**_told(kept["ability"], ability.Population._fields)),
            _calibration(kept["calibration"]),
            belief.Population(
                **_told(kept["memory"], [each.name for each in fields(belief.Population)])
            ),
        )
        _tried(model)
        return Numbers(
            version,
            model,
            {key: _hardness(*told) for key, told in kept["hardness"].items()},
            {key: _number(value) for key, value in kept["seconds"].items()},
            {key: _number(value) for key, value in kept.get("starts", {}).items()},
        )
    except (ArithmeticError, AttributeError, KeyError, LookupError, TypeError, ValueError) as wrong:
        raise UnreadableNumbers(f"{type(wrong).__name__}: {wrong}") from wrong


def _told(kept: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The values by name; one that this academy does not know was fitted for another arithmetic."""
    if unknown := kept.keys() - set(names):
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    return {
        name: int(value) if name == "version" else _number(value) for name, value in kept.items()
    }


def _calibration(kept: Mapping[str, Any]) -> Calibration:
    return Calibration(
        int(kept["version"]),
        _number(kept["constant"]),
        _slopes(kept["slopes"]),
        tuple(
            (_number(constant), _slopes(slopes), _number(counts))
            for constant, slopes, counts in kept["hidden"]
        ),
    )


def _slopes(kept: Iterable[Any]) -> tuple[float, ...]:
    """An input added since then has no weight."""
    slopes = tuple(_number(each) for each in kept)
    if len(slopes) > len(INPUTS):
        raise ValueError("more inputs than there are")
    return slopes + (0.0,) * (len(INPUTS) - len(slopes))


def _hardness(difficulty: Any, variance: Any, edition: Any) -> Hardness:
    found = Hardness(_number(difficulty), _number(variance), str(edition))
    if found.variance < 0.0:
        raise ValueError("a variance below zero")
    return found


def _number(value: Any) -> float:
    number = float(value)
    if isinstance(value, str) or not isfinite(number):
        raise ValueError(f"not a number: {value!r}")
    return number


def _tried(model: Model) -> None:
    """A stranger is asked, answers in each way, and is asked again a month later: no step may fail."""
    memory = model.memory
    if min(memory.growth, memory.first, memory.scale, memory.learns) <= 0.0:
        raise ValueError("a memory that is none")
    item = Item(1, 2, 3, requires=(Subject(4, 3, 0.0),))
    for outcome in Outcome:
        person = tutor.stranger(model)
        for at in (0.0, _MONTH):
            told = tutor.predict(person, item, at, model)
            if not all(0.0 <= each <= 1.0 for each in told):
                raise ValueError("a chance that is none")
            tutor.learn(person, item, outcome, at, model)
            trace = person.traces[item.notion]
            if not (0.0 <= trace.kappa <= 1.0 and trace.stability > 0.0 and person.variance > 0.0):
                raise ValueError("a belief that is none")
