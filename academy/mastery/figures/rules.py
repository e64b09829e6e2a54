"""What the answers say of a question: how hard it is, whether it tells who knows, which options serve. Pure.

Everything is read from tallies over everybody: how often each answer was given, and how sure the engine had
been, beforehand, of the people who gave it. An answer without such an expectation counts in the shares only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import atanh, exp, log, sqrt, tanh

from academy.mastery.figures.known import Figures, Interval, OptionUse, Tally
from academy.mastery.figures.suspicion import ENOUGH_TO_SUSPECT, SURE, with_flags

FEWEST = 10
"""Answers below which nothing is said."""
ENOUGH_QUESTIONS = 20


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
    return with_flags(known, chance)


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
