"""The product's own fit, compiled for speed."""

from collections.abc import Iterator, Sequence
from types import FunctionType, ModuleType
from typing import Any

from academy.mastery import ability, calibration, descent, difficulty, logistic, replay
from academy.mastery.sampling import Loops


def compiled() -> Loops:
    """The product's own functions, compiled; the sources are the modules of the product."""
    try:
        import numpy as np  # noqa: PLC0415  # packages for benchmarks only
        from numba import njit  # noqa: PLC0415  # only measuring needs it
    except ModuleNotFoundError as missing:
        raise SystemExit(f"{missing.name} is missing: make bench.") from missing
    names: dict[str, Any] = {"__builtins__": __builtins__, "__name__": "compiled"}
    for module in (logistic, ability, calibration, replay, difficulty, descent):
        names |= {k: v for k, v in vars(module).items() if not k.startswith("__")}
    for module in (logistic, ability, calibration, replay, difficulty, descent):
        for name, function in own_functions(module):
            names[name] = njit(FunctionType(function.__code__, names, name, function.__defaults__))

    def ints(values: Sequence[int]) -> Any:
        return np.array(values, dtype=np.int64)

    taken = {name: names[name] for name in Loops.__slots__ if name in names}
    return Loops(**taken | {"floats": np.zeros, "ints": ints})


def own_functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in vars(module).items():
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield name, value
