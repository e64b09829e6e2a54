"""The words of the voyage, read once from scenes.yaml: twelve scenes and four travellers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from academy.catalog.tree import Words
from academy.surveys.profiles import Profile

FILE = Path(__file__).with_name("scenes.yaml")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the airship is, what happens there, and the drawing beside it."""

    picture: str
    place: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Card:
    """One of four travellers."""

    picture: str
    title: Words
    text: Words


@cache
def scenes() -> tuple[Scene, ...]:
    return tuple(
        Scene(told["picture"], _both(told, "place"), _both(told, "text"))
        for told in _read()["scenes"]
    )


@cache
def cards() -> Mapping[Profile, Card]:
    return {
        Profile(name): Card(told["picture"], _both(told, "title"), _both(told, "text"))
        for name, told in _read()["profiles"].items()
    }


def scene(slot: int, of: int) -> Scene:
    """The scene of a slot, from 1; a short voyage still ends with the last letter of the bag."""
    told = scenes()
    return told[-1] if slot >= of else told[min(slot, len(told)) - 1]


def _both(told: Mapping[str, Any], what: str) -> Words:
    return Words(told["fr"][what], told["en"][what])


@cache
def _read() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read
