"""Pools written by hand: "11 12=13 !14" ranks 11 first, then 12 and 13 alike, and vetoes 14."""

from collections.abc import Mapping
from typing import Any

from academy.mentoring.pairing.pool import Participant, Pool, Unlisted, Wishes


def wishes(said: str) -> Wishes:
    words = said.split()
    ranked = tuple(tuple(map(int, word.split("="))) for word in words if word[0] != "!")
    return Wishes(ranked, frozenset(int(word[1:]) for word in words if word[0] == "!"))


def people(said: Mapping[int, str], places: Mapping[int, int]) -> tuple[Participant, ...]:
    return tuple(Participant(key, wishes(each), places.get(key, 1)) for key, each in said.items())


def pool(
    mentors: Mapping[int, str],
    mentees: Mapping[int, str],
    places: Mapping[int, int] | None = None,
    **more: Any,
) -> Pool:
    return Pool(people(mentors, places or {}), people(mentees, places or {}), **more)


def strict(mentors: Mapping[int, str], mentees: Mapping[int, str]) -> Pool:
    """Not listed means not acceptable."""
    return pool(mentors, mentees, unlisted=Unlisted.REFUSED)
