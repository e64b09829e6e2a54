"""The voyage drawn: the airship, where it is, and the road behind it. Pure; styled by its classes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from academy.surveys.profiles import HIGH, LOW

FILE = Path(__file__).with_name("landmarks.yaml")
WIDTH, HEIGHT = 360, 150
REACH = 2.5
"""Levels beyond are drawn at the edge of the ruler."""

_AIRSHIP = (
    '<g class="v-ship" transform="translate({x} {y}) rotate({tilt})">'
    '<path class="v-paper" d="M-66-6C-62-34-30-44 4-44c36 0 62 16 66 36C66 14 38 28 4 28-32 28-62 18-66-6Z"/>'
    '<path d="M-66-6 4 6l66-14M4 6l-30 21M4 6l26 20M-26-41l30 47 26-46"/>'
    '<path class="v-cover" d="M-66-6l-20-14-2 30Z"/>'
    '<path class="v-cover" d="M-20 40h46l-6 18h-34Z"/><path d="M-22 27l4 13M24 26l-2 14"/>'
    '<g transform="translate(46 -20) rotate(8)"><path class="v-stamp" d="M-11-13h22v26h-22Z"/>'
    '<path d="M-5 4c2-8 8-8 10 0M0-5v.1"/></g></g>'
)


@cache
def landmarks() -> Mapping[str, str]:
    """The drawings by name."""
    read: Mapping[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def scene(picture: str, slot: int) -> str:
    """One scene: the ship on the left, a landmark on the right; it leans a little, never the same way."""
    y = 62 + 6 * (slot % 3) - 2 * (slot % 2)
    tilt = (-4, 2, -1, 3)[slot % 4]
    ship = _AIRSHIP.format(x=112, y=y, tilt=tilt)
    clouds = (
        '<path class="v-cloud" d="M8 132c8-16 26-16 34-6 12-14 40-10 44 6Z"/>'
        '<path class="v-cloud" d="M170 34c6-12 20-12 26-4 10-10 30-6 32 4Z"/>'
    )
    ground = '<path d="M196 142q40-6 82 0t76-1"/>'
    return (
        f'<svg class="voyage-scene" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'focusable="false">{clouds}{ship}{ground}{landmark(picture)}</svg>'
    )


def portrait(picture: str) -> str:
    """A landmark alone, for a traveller's card."""
    return (
        '<svg class="voyage-portrait" viewBox="-66 -58 132 132" aria-hidden="true" '
        f'focusable="false">{landmarks()[picture]}</svg>'
    )


def landmark(picture: str) -> str:
    return f'<g transform="translate(276 78)">{landmarks()[picture]}</g>'


def ruler(mean: float, sd: float) -> str:
    """A level on a ruler of three parts: a mark, and a bar for what is not sure."""
    low, high = _across(mean - sd), _across(mean + sd)
    cuts = "".join(f'<path d="M{_across(cut):.0f} 8v16"/>' for cut in (LOW, HIGH))
    return (
        '<svg class="voyage-ruler" viewBox="0 0 300 32" aria-hidden="true" focusable="false">'
        f'<path d="M6 16h288M6 10v12M294 10v12"/>{cuts}'
        f'<rect class="v-range" x="{low:.0f}" y="9" width="{high - low:.0f}" height="14" rx="7"/>'
        f'<circle class="v-mark" cx="{_across(mean):.0f}" cy="16" r="6"/></svg>'
    )


def _across(level: float) -> float:
    return 150 + 144 * max(-1.0, min(1.0, level / REACH))
