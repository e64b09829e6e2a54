"""How long a search may take."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from academy.mentoring.pairing.nonsense import Nonsense, Reason


@dataclass(frozen=True, slots=True)
class Limit:
    """Seconds for the whole search, read on a stopwatch (an argument, so that a test can stop it)."""

    seconds: float = 20.0
    stopwatch: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            raise Nonsense(Reason.LIMIT, "a search needs some time")

    def start(self) -> Callable[[], float]:
        """A function that tells what is left."""
        begun = self.stopwatch()
        return lambda: self.seconds - (self.stopwatch() - begun)
