"""Conditions of a whole-number program, gathered as triples, and the call of the solver.

scipy is loaded when first asked: a web process that pairs nobody does without its 50 MB.
"""

import importlib
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def load(name: str) -> Any:
    """A part of scipy, the first time it is needed."""
    return importlib.import_module(name)


class Rows:
    """Linear conditions over columns that are all between 0 and 1."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.least: list[float] = []
        self.most: list[float] = []
        self._parts: list[tuple[ArrayLike, ArrayLike, ArrayLike]] = []

    def column(self, many: int) -> int:
        """Room for `many` more columns; the number of the first."""
        first = self.columns
        self.columns += many
        return first

    def open(self, least: ArrayLike, most: ArrayLike) -> int:
        """Room for new conditions between these bounds; the number of the first."""
        first = len(self.least)
        both = np.broadcast_arrays(np.atleast_1d(least), np.atleast_1d(most))
        self.least.extend(both[0].tolist())
        self.most.extend(both[1].tolist())
        return first

    def put(self, rows: ArrayLike, columns: ArrayLike, numbers: ArrayLike = 1) -> None:
        """Numbers at these places; every place once."""
        rows, columns, numbers = np.broadcast_arrays(rows, columns, numbers)
        self._parts.append((rows.ravel(), columns.ravel(), numbers.ravel()))

    def solve(
        self,
        cost: Floats,
        bounds: tuple[Floats, Floats],
        whole: Floats,
        seconds: float | None = None,
    ) -> Any:
        """The cheapest columns, by HiGHS, to the last unit."""
        optimize, sparse = load("scipy.optimize"), load("scipy.sparse")
        rows, columns, numbers = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        shape = (len(self.least), self.columns)
        matrix = sparse.csr_array((numbers.astype(np.float64), (rows, columns)), shape=shape)
        options: dict[str, float] = {"mip_rel_gap": 0.0}
        if seconds is not None:
            options["time_limit"] = seconds
        return optimize.milp(
            cost,
            constraints=optimize.LinearConstraint(matrix, self.least, self.most),
            bounds=optimize.Bounds(*bounds),
            integrality=whole,
            options=options,
        )
