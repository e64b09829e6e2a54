"""When somebody is free, which side they take, how long a meeting lasts. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from academy.mentoring.programmes.rules import Side

NOON: Final = 12
WELCOME: Final = timedelta(minutes=15)
"""Finding one's table, a word from the organiser, and goodbye."""
WEIGHTS: Final = (3, 2, 1)
"""What a first, second and third topic weigh."""


def half_day(at: datetime, zone: str) -> str:
    """The half-day of that moment where somebody lives: "0-am" for a Monday morning."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.weekday()}-{'am' if there.hour < NOON else 'pm'}"


def weighted(topics: Iterable[str]) -> dict[str, int]:
    """Topics in the order somebody gave, the dearest first."""
    return dict(zip(topics, WEIGHTS, strict=False))


def seated(sides: Mapping[int, Side], before: Mapping[int, str] | None = None) -> dict[int, Side]:
    """The side each person sits on: who is both helps the one that is short, the first by number first.

    Whoever sat on a side `before` stays there, if they still may.
    """
    known = before or {}
    found: dict[int, Side] = {p: side for p, side in sides.items() if side is not Side.BOTH}
    both = sorted(person for person, side in sides.items() if side is Side.BOTH)
    found |= {person: Side(known[person]) for person in both if person in known}
    mentors = sum(side is Side.MENTOR for side in found.values())
    mentees = len(found) - mentors
    for person in both:
        if person in found:
            continue
        if mentors <= mentees:
            found[person], mentors = Side.MENTOR, mentors + 1
        else:
            found[person], mentees = Side.MENTEE, mentees + 1
    return found


def lasts(rounds: int, talk: int, note: int, change: int) -> timedelta:
    """A whole meeting of so many rounds of so many seconds, up to the next five minutes."""
    minutes = (timedelta(seconds=rounds * (talk + note + change)) + WELCOME) / timedelta(minutes=5)
    return timedelta(minutes=5 * -(-minutes // 1))


def free_at(moments: Collection[datetime], slots: Collection[str], zone: str) -> frozenset[int]:
    """The places in the list of the moments at which somebody is usually free."""
    return frozenset(at for at, each in enumerate(moments) if half_day(each, zone) in slots)
