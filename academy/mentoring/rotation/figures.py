"""What a plan asks of each person: their breaks, and the longest wait. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from academy.mentoring.rotation.ring import Round


def meetings(rounds: Sequence[Round], people: Iterable[int]) -> dict[int, int]:
    """How many meetings each has."""
    held = Counter(person for each in rounds for pair in each for person in pair)
    return {person: held[person] for person in people}


def breaks(rounds: Sequence[Round], people: Iterable[int]) -> dict[int, int]:
    """How many rounds each sits out."""
    return {person: len(rounds) - held for person, held in meetings(rounds, people).items()}


def longest_wait(rounds: Sequence[Round], person: int) -> int:
    """The most rounds in a row that somebody sits out."""
    longest = waited = 0
    for each in rounds:
        waited = 0 if any(person in pair for pair in each) else waited + 1
        longest = max(longest, waited)
    return longest
