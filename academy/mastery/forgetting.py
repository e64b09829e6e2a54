"""What a mind remembers of the questions asked, and what it forgets when its row is full. Pure."""

from academy.mastery.mind import Asked, Mind, Trace
from academy.mastery.packing import MOST_QUESTIONS, MOST_TIMES, size

ROOM = 8192
"""Bytes of a row above which the oldest details of questions are forgotten; traces stay."""

MOST_NOTIONS = 2000
MOST_SKILLS = 255
"""Above these, as above MOST_QUESTIONS of one notion, the oldest goes, or the skill least known: no row
exceeds 50 KB."""

_KEPT = 256
"""Details that stay however many notions there are."""

_AT_ONCE = 32
"""How many details are forgotten together: looking for the oldest takes a walk through all."""


def note(mind: Mind, trace: Trace, question: int, day: int, right: bool) -> None:
    """Remember that the question was asked that day, and forget the oldest details when the row is full."""
    before = trace.asked.get(question)
    times = min(MOST_TIMES, before.times + 1) if before else 1
    trace.asked[question] = Asked(min(0xFFFF, max(0, day)), times, right)
    if before is None:
        mind.details += 1
        make_room(mind, trace)


def has_room(row: int, details: int, skills: int, notions: int) -> bool:
    """Does nothing have to be forgotten in a row of so many bytes that holds so much?"""
    return (row <= ROOM or details <= _KEPT) and skills <= MOST_SKILLS and notions <= MOST_NOTIONS


def make_room(mind: Mind, trace: Trace) -> None:
    """Forget the oldest where the row is full, but never this trace."""
    if len(trace.asked) > MOST_QUESTIONS:
        del trace.asked[min(trace.asked, key=lambda each: (trace.asked[each].day, each))]
        mind.details -= 1
    if has_room(size(mind), mind.details, len(mind.skills), len(mind.traces)):
        return
    if len(mind.skills) > MOST_SKILLS:
        del mind.skills[max(mind.skills, key=lambda each: (mind.skills[each][1], each))]
    if len(mind.traces) > MOST_NOTIONS:
        oldest = min(
            (key for key, each in mind.traces.items() if each is not trace),
            key=lambda key: (mind.traces[key].last, key),
        )
        mind.details -= len(mind.traces.pop(oldest).asked)
    if size(mind) > ROOM and mind.details > _KEPT:
        _forget_details(mind)


def _forget_details(mind: Mind) -> None:
    details = sorted(
        (asked.day, key, question)
        for key, trace in mind.traces.items()
        for question, asked in trace.asked.items()
    )
    for _day, key, question in details[:_AT_ONCE]:
        del mind.traces[key].asked[question]
    mind.details -= _AT_ONCE
