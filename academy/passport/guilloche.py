"""The fine lines behind a passport, drawn from its code: each passport is visibly its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import cos, pi, sin

POINTS_PER_PETAL = 6
WAVES = 14


@dataclass(frozen=True, slots=True)
class Rosette:
    """A closed curve of `petals` lobes, drawn `copies` times, each time turned and shrunk."""

    x: float
    y: float
    radius: float
    petals: int
    depth: float
    copies: int
    shrink: float


def guilloche(code: str, width: int = 640, height: int = 400) -> str:
    """The lines as SVG, under 12 kB, styled by its classes; a code always gives the same."""
    seed = sha256(code.encode()).digest()
    name = seed[:4].hex()
    lines = _waves(seed[4:8], width, height)
    for index, rosette in enumerate(_rosettes(seed[8:], width, height)):
        lines += _drawn(rosette, f"guilloche-{name}-{index}", "accent" if index == 1 else "line")
    return (
        f'<svg class="guilloche" viewBox="0 0 {width} {height}" '
        f'preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">{lines}</svg>'
    )


def _waves(seed: bytes, width: int, height: int) -> str:
    """Parallel waves across the page; their length, height and slant come from the code."""
    step = width / (4 + seed[0] % 4)
    swing = height * (0.05 + seed[1] / 4000)
    lines = ""
    for wave in range(WAVES):
        top = height * (wave + 0.5) / WAVES
        half = step / 2
        start = -step + (seed[2] / 255 * wave * step / 3) % step
        turns = "t" + " ".join(f"{step:.0f} 0" for _ in range(int(width / step) + 2))
        lines += (
            f'<path class="guilloche-line" d="M{start:.0f} {top:.0f}'
            f'q{half:.0f} {swing:.0f} {step:.0f} 0{turns}"/>'
        )
    return lines


def _rosettes(seed: bytes, width: int, height: int) -> tuple[Rosette, ...]:
    places = ((0.3, 0.4, 0.46), (0.8, 0.7, 0.36), (0.86, 0.16, 0.2))
    return tuple(
        _rosette(seed[index * 6 : index * 6 + 6], x * width, y * height, size * height)
        for index, (x, y, size) in enumerate(places)
    )


def _rosette(seed: bytes, x: float, y: float, radius: float) -> Rosette:
    return Rosette(
        x=x + (seed[0] - 128) / 128 * 0.2 * radius,
        y=y + (seed[1] - 128) / 128 * 0.2 * radius,
        radius=radius * (0.85 + seed[2] / 850),
        petals=5 + seed[3] % 11,
        depth=0.12 + seed[4] / 900,
        copies=9 + seed[5] % 6,
        shrink=0.93 + seed[5] % 4 / 100,
    )


def _drawn(rosette: Rosette, name: str, line: str) -> str:
    turn = 360 / rosette.petals / rosette.copies
    copies = "".join(
        f'<use href="#{name}" '
        f'transform="rotate({turn * copy:.1f}) scale({rosette.shrink**copy:.2f})"/>'
        for copy in range(1, rosette.copies)
    )
    return (
        f'<g class="guilloche-{line}" transform="translate({rosette.x:.0f} {rosette.y:.0f})">'
        f'<path id="{name}" d="{_curve(rosette)}"/>{copies}</g>'
    )


def _curve(rosette: Rosette) -> str:
    """A smooth closed line: the points steer it, and it passes half-way between each two."""
    points = list(_points(rosette))
    steps = [
        f"Q{x:.0f} {y:.0f} {(x + next_x) / 2:.0f} {(y + next_y) / 2:.0f}"
        for (x, y), (next_x, next_y) in zip(points, points[1:] + points[:1], strict=True)
    ]
    last_x, last_y = points[-1]
    first_x, first_y = points[0]
    return f"M{(last_x + first_x) / 2:.0f} {(last_y + first_y) / 2:.0f}{''.join(steps)}Z"


def _points(rosette: Rosette) -> Iterator[tuple[float, float]]:
    count = rosette.petals * POINTS_PER_PETAL
    for step in range(count):
        angle = step / count * 2 * pi
        reach = rosette.radius * (1 - rosette.depth + rosette.depth * sin(rosette.petals * angle))
        yield reach * cos(angle), reach * sin(angle)
