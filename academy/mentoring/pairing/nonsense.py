"""What makes no sense in a pool or in an order, said with a reason and the people concerned."""

from collections.abc import Iterable
from enum import StrEnum


class Reason(StrEnum):
    """Why something was refused; the page has its words."""

    TWICE = "twice"
    CAPACITY = "capacity"
    ONESELF = "oneself"
    UNKNOWN = "unknown"
    NOT_MET = "not met"
    RANKED_TWICE = "ranked twice"
    RANKED_AND_VETOED = "ranked and vetoed"
    EMPTY_GROUP = "empty group"
    FIT = "fit"
    NOT_POSSIBLE = "not possible"
    PINNED_AND_FORBIDDEN = "pinned and forbidden"
    TOO_MANY_PINS = "too many pins"
    LIMIT = "limit"


class Nonsense(ValueError):
    """The pool or an order cannot be what anybody meant. Nothing was computed."""

    def __init__(self, reason: Reason, words: str, people: Iterable[int] = ()) -> None:
        self.reason = reason
        self.people = tuple(sorted(people))
        who = ", ".join(map(str, self.people))
        super().__init__(f"{words}: {who}" if who else words)


def refuse(bad: Iterable[int], reason: Reason, words: str) -> None:
    """Stop if there is anybody in `bad`."""
    people = set(bad)
    if people:
        raise Nonsense(reason, words, people)
