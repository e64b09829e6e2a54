"""What the answers say of a question: how hard it is, whether it tells who knows, which options serve. Pure.

Everything is read from tallies over everybody: how often each answer was given, and how sure the engine had
been, beforehand, of the people who gave it. An answer without such an expectation counts in the shares only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import atanh, exp, log, sqrt, tanh

FEWEST = 10
"""Answers below which nothing is said."""

SURE = 1.96
"""Standard deviations of a 95 % interval."""

VERY_SURE = 3.0

ENOUGH_TO_SUSPECT = 30
ENOUGH_CHOSEN = 10
ENOUGH_QUESTIONS = 20
ENOUGH_TO_JUDGE_OPTIONS = 60
ENOUGH_TO_DISCRIMINATE = 100

RIVAL_SHARE = 0.25
IDLE_SHARE = 0.02
EASY = 0.97
ABOVE_CHANCE = 0.10
FLAT = 0.10
GAP = 0.10
LONG = 45.0
"""Seconds: two such questions do not fit in a minute."""


class Flag(StrEnum):
    """What an author should look at, the most urgent first."""

    KEY_DOUBTFUL = "key_doubtful"
    TWO_RIGHT = "two_right"
    HARDER = "harder"
    FLAT = "flat"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    IDLE_OPTION = "idle_option"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one answer was given.

    `answered` is what was answered in the author's keys (several joined by `+`), `dont_know`, or `other`.
    Over the `expected_of` answers that had an expectation: `expected` is the sum of those chances of being
    right, `squares` the sum of their squares.
    """

    answered: str
    right: bool
    times: int
    expected_of: int = 0
    expected: float = 0.0
    squares: float = 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A share and its 95 % interval (Wilson's), all between 0 and 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OptionUse:
    """One answer among the others. `able` is the mean chance of being right of those who gave it."""

    answered: str
    right: bool
    times: int
    share: float
    able: float | None
    able_error: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a question; `options` most chosen first.

    `expected` is the mean chance the engine had given, `surprise` how many standard deviations the answers
    lie from it (negative: harder than believed). `discrimination` is the correlation of expectation and
    success, with its interval.
    """

    answers: int
    right: Interval
    dont_know: float
    expected: float | None
    surprise: float | None
    discrimination: tuple[float, float, float] | None
    options: tuple[OptionUse, ...]
    seconds: float | None
    flags: tuple[Flag, ...]


def figures(
    tallies: Sequence[Tally],
    options: Sequence[str],
    chance: float,
    seconds: float | None,
    lean: float = 0.0,
) -> Figures | None:
    """What the tallies of one question say; None below FEWEST answers.

    `options` are the keys that may be chosen singly (empty for other kinds), `chance` is the share of right
    answers blind guessing would give, `seconds` the median answering time if known, `lean` what all
    questions together say of the engine's level (see `lean_of`): a question is not accused of it.
    """
    tallies = [_levelled(tally, lean) for tally in tallies]
    answers = sum(tally.times for tally in tallies)
    if answers < FEWEST:
        return None
    rights = sum(tally.times for tally in tallies if tally.right)
    uses = _uses(tallies, options, answers)
    known = Figures(
        answers=answers,
        right=wilson(rights, answers),
        dont_know=sum(t.times for t in tallies if t.answered == "dont_know") / answers,
        expected=_expected(tallies),
        surprise=_surprise(tallies),
        discrimination=_discrimination(tallies),
        options=uses,
        seconds=seconds,
        flags=(),
    )
    return _with_flags(known, chance)


def lean_of(tallies: Iterable[Tally], questions: int) -> float:
    """By how many logits, over all questions, people did better (above 0) or worse than expected.

    Nought while there are few questions: what they have in common would be their own trouble.
    """
    logged, rights, expected = 0, 0, 0.0
    for tally in tallies:
        logged += tally.expected_of
        expected += tally.expected
        rights += tally.expected_of if tally.right else 0
    if questions < ENOUGH_QUESTIONS or logged < ENOUGH_TO_SUSPECT:
        return 0.0
    return _logit(rights / logged) - _logit(expected / logged)


def _levelled(tally: Tally, lean: float) -> Tally:
    """The expectation of these people, moved by so many logits; its spread stays what it was."""
    if not lean or not tally.expected_of:
        return tally
    mean = tally.expected / tally.expected_of
    moved = 1 / (1 + exp(-_logit(mean) - lean))
    spread = tally.squares / tally.expected_of - mean * mean
    return replace(
        tally,
        expected=moved * tally.expected_of,
        squares=(spread + moved * moved) * tally.expected_of,
    )


def _logit(share: float) -> float:
    inside = min(max(share, _EDGE), 1 - _EDGE)
    return log(inside / (1 - inside))


_EDGE = 0.005


def wilson(rights: int, answers: int) -> Interval:
    """The share of `rights` and Wilson's 95 % score interval (Wilson 1927)."""
    share = rights / answers
    square = SURE * SURE
    spread = SURE * sqrt(share * (1 - share) / answers + square / (4 * answers * answers))
    middle, scale = share + square / (2 * answers), 1 + square / answers
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return Interval(share, max(0.0, min(low, share)), min(1.0, max(high, share)))


def median_seconds(buckets: Sequence[tuple[float, float, int]]) -> float | None:
    """The median of a histogram of (from, to, times), within its bucket by proportion; None when empty."""
    total = sum(times for _low, _high, times in buckets)
    if total == 0:
        return None
    before, half = 0, total / 2
    for low, high, times in sorted(buckets):
        if times and before + times >= half:
            return low + (high - low) * (half - before) / times
        before += times
    return None


def _expected(tallies: Sequence[Tally]) -> float | None:
    logged = sum(tally.expected_of for tally in tallies)
    return sum(tally.expected for tally in tallies) / logged if logged >= FEWEST else None


def _surprise(tallies: Sequence[Tally]) -> float | None:
    """(rights - expected rights) / its standard deviation, were every expectation true."""
    logged = sum(tally.expected_of for tally in tallies)
    rights = sum(tally.expected_of for tally in tallies if tally.right)
    expected = sum(tally.expected for tally in tallies)
    variance = expected - sum(tally.squares for tally in tallies)
    if logged < FEWEST or variance <= 0:
        return None
    return (rights - expected) / sqrt(variance)


def _discrimination(tallies: Sequence[Tally]) -> tuple[float, float, float] | None:
    """Pearson's correlation and its 95 % interval by Fisher's z; None when it cannot be told."""
    logged = sum(tally.expected_of for tally in tallies)
    if logged < FEWEST:
        return None
    rights = sum(tally.expected_of for tally in tallies if tally.right)
    expected = sum(tally.expected for tally in tallies)
    together = sum(tally.expected for tally in tallies if tally.right)
    squares = sum(tally.squares for tally in tallies)
    spread = (squares - expected * expected / logged) * (rights - rights * rights / logged)
    if spread <= 0:
        return None
    r = max(-0.999, min(0.999, (together - expected * rights / logged) / sqrt(spread)))
    return r, *_fisher(r, logged)


def _fisher(r: float, count: int) -> tuple[float, float]:
    z, error = atanh(r), SURE / sqrt(max(1, count - 3))
    return tanh(z - error), tanh(z + error)


def _uses(tallies: Sequence[Tally], options: Sequence[str], answers: int) -> tuple[OptionUse, ...]:
    """Each answer that was given, and each option that nobody chose."""
    chosen = {tally.answered for tally in tallies}
    silent = [Tally(key, False, 0) for key in options if key not in chosen]
    uses = [_use(tally, answers) for tally in (*tallies, *silent)]
    return tuple(sorted(uses, key=lambda use: (-use.times, use.answered)))


def _use(tally: Tally, answers: int) -> OptionUse:
    able = tally.expected / tally.expected_of if tally.expected_of else None
    error = None
    if able is not None and tally.expected_of > 1:
        variance = max(0.0, tally.squares / tally.expected_of - able * able)
        error = sqrt(variance / (tally.expected_of - 1))
    return OptionUse(tally.answered, tally.right, tally.times, tally.times / answers, able, error)


def _with_flags(known: Figures, chance: float) -> Figures:
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
