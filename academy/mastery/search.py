"""Finding the numbers that make something smallest, without derivatives (Nelder and Mead). Pure."""

from collections.abc import Callable, Sequence

Point = tuple[float, ...]


def lowest(
    of: Callable[[Point], float], start: Sequence[float], evaluations: int, size: float = 0.5
) -> tuple[Point, float]:
    """The lowest point found in about so many evaluations, and its value; never worse than the start.

    The steps adapt to the number of dimensions (Gao and Han).
    """
    n = len(start)
    expand, contract, shrink = 1 + 2 / n, 0.75 - 1 / (2 * n), 1 - 1 / n
    corners = [tuple(start)] + [
        tuple(value + (size if k == axis else 0.0) for k, value in enumerate(start))
        for axis in range(n)
    ]
    simplex = sorted((of(corner), corner) for corner in corners)
    used = n + 1
    while used < evaluations:
        worst_value, worst = simplex[-1]
        middle = tuple(sum(corner[k] for _, corner in simplex[:-1]) / n for k in range(n))
        mirrored = _along(middle, worst, -1.0)
        value = of(mirrored)
        used += 1
        if value < simplex[0][0]:
            farther = _along(middle, worst, -expand)
            far_value = of(farther)
            used += 1
            simplex[-1] = min((far_value, farther), (value, mirrored))
        elif value < simplex[-2][0]:
            simplex[-1] = value, mirrored
        else:
            nearer = _along(middle, worst, -contract if value < worst_value else contract)
            near_value = of(nearer)
            used += 1
            if near_value < min(value, worst_value):
                simplex[-1] = near_value, nearer
            else:
                simplex = _shrunk(of, simplex, shrink)
                used += n
        simplex.sort()
    return simplex[0][1], simplex[0][0]


def _along(middle: Point, worst: Point, share: float) -> Point:
    return tuple(m + share * (w - m) for m, w in zip(middle, worst, strict=True))


def _shrunk(
    of: Callable[[Point], float], simplex: list[tuple[float, Point]], share: float
) -> list[tuple[float, Point]]:
    best = simplex[0][1]
    moved = [_along(best, corner, share) for _, corner in simplex[1:]]
    return [simplex[0], *((of(corner), corner) for corner in moved)]
