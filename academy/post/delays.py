"""How long to wait before trying again. Pure."""

from datetime import timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=6)
TRIES = 12  # the last one comes about a day after the first


def before_next(tries: int) -> timedelta | None:
    """The wait after this many failed tries: twice as long each time; None when it is time to give up."""
    if tries < 1:
        raise ValueError("nothing has been tried yet")
    if tries >= TRIES:
        return None
    return min(FIRST * 2 ** (tries - 1), LONGEST)
