"""What is suspect in the figures of a question: a wrong key, two right answers, idle options. Pure."""

from dataclasses import replace
from math import sqrt

from academy.mastery.figures.known import Figures, Flag, OptionUse

SURE = 1.96
"""Standard deviations of a 95 % interval."""

VERY_SURE = 3.0
ENOUGH_TO_SUSPECT = 30
ENOUGH_CHOSEN = 10
ENOUGH_TO_JUDGE_OPTIONS = 60
ENOUGH_TO_DISCRIMINATE = 100
RIVAL_SHARE = 0.25
IDLE_SHARE = 0.02
EASY = 0.97
ABOVE_CHANCE = 0.10
FLAT = 0.10
GAP = 0.10
LONG = 45.0


def with_flags(known: Figures, chance: float) -> Figures:
    """The same with what is suspect; `chance` is the share of right answers of blind guessing."""
    raised = tuple(flag for flag, is_raised in _checks(known, chance) if is_raised)
    return replace(known, flags=raised)


def _checks(known: Figures, chance: float) -> tuple[tuple[Flag, bool], ...]:
    doubtful = _key_doubtful(known)
    return (
        (Flag.KEY_DOUBTFUL, doubtful),
        (Flag.TWO_RIGHT, not doubtful and _two_right(known)),
        (Flag.HARDER, not doubtful and _harder(known)),
        (Flag.FLAT, _flat(known)),
        (Flag.TOO_HARD, _is_told(known) and known.right.high < chance + ABOVE_CHANCE),
        (Flag.TOO_EASY, _is_told(known) and known.right.low > EASY),
        (Flag.IDLE_OPTION, bool(idle_options(known))),
        (Flag.LONG, known.seconds is not None and known.seconds > LONG),
    )


def _is_told(known: Figures) -> bool:
    return known.answers >= ENOUGH_TO_SUSPECT


def _key_doubtful(known: Figures) -> bool:
    """Far fewer right answers than expected, and abler people choose another option than the key."""
    if not _is_told(known) or known.surprise is None or known.surprise > -VERY_SURE:
        return False
    return any(lead > SURE for _rival, lead in _rivals(known))


def _two_right(known: Figures) -> bool:
    """An option that many choose, by people who know as much as those who choose the key."""
    if not _is_told(known) or known.surprise is None or known.surprise > -SURE:
        return False
    return any(
        rival.share >= RIVAL_SHARE and abs(lead) <= SURE and not _tells_apart(known)
        for rival, lead in _rivals(known)
    )


def _tells_apart(known: Figures) -> bool:
    return known.discrimination is not None and known.discrimination[1] > FLAT


def _harder(known: Figures) -> bool:
    """Clearly below what was expected, by more than chance and by enough to matter."""
    return (
        _is_told(known) and known.expected is not None and known.right.high < known.expected - GAP
    )


def _flat(known: Figures) -> bool:
    """Those expected to know do hardly better than the others."""
    enough = known.answers >= ENOUGH_TO_DISCRIMINATE and known.discrimination is not None
    return enough and known.discrimination is not None and known.discrimination[2] < FLAT


def _rivals(known: Figures) -> list[tuple[OptionUse, float]]:
    """Wrong options chosen often enough, and by how many standard errors their choosers are the abler."""
    keys = [use for use in known.options if use.right]
    if not keys:
        return []
    wrong = [
        use
        for use in known.options
        if not use.right
        and use.times >= ENOUGH_CHOSEN
        and use.answered not in ("dont_know", "other")
    ]
    return [(rival, _lead(rival, keys[0])) for rival in wrong]


def _lead(rival: OptionUse, key: OptionUse) -> float:
    if rival.able is None or key.able is None:
        return float("-inf")
    error = sqrt((rival.able_error or 0.0) ** 2 + (key.able_error or 0.0) ** 2)
    return (rival.able - key.able) / error if error else 0.0


def idle_options(known: Figures) -> tuple[str, ...]:
    """Wrong options that next to nobody chooses: they make the question easier than it looks."""
    if known.answers < ENOUGH_TO_JUDGE_OPTIONS:
        return ()
    return tuple(
        use.answered
        for use in known.options
        if not use.right
        and use.answered not in ("dont_know", "other")
        and "+" not in use.answered
        and use.share < IDLE_SHARE
    )
