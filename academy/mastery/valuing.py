"""What asking each notion now would add to what somebody will know. Plain arithmetic. Pure.

The value of a notion is the chance, a horizon on, that it is remembered if it is asked now, less that chance
if it is not; plus a share of what it opens. A caller's weights multiply it. Comfort and kindness are added.
"""

from collections.abc import Mapping
from math import exp
from typing import NamedTuple

from academy.mastery import belief, remembering
from academy.mastery.belief import Belief, Population
from academy.mastery.logistic import sigmoid
from academy.mastery.mind import Mind, Trace
from academy.mastery.shelf import Notion, Shelf
from academy.mastery.taste import NEUTRAL, Chooser, Leaning, Reason, Situation, Taste


class Survey(NamedTuple):
    """Of each notion, by position: kappa, R, stability; `held` is kappa R now. Then what asking it is worth:
    `gain`, `opening`, and `total` of those that may be asked now."""

    kappa: list[float]
    kept: list[float]
    stability: list[float]
    held: list[float]
    gain: list[float]
    opening: list[float]
    total: dict[int, float]


_FIRM = 2
"""Failures in a row from which the choice is kind."""

_KINDEST = 3


def look_over(
    mind: Mind,
    shelf: Shelf,
    leanings: Mapping[str, Leaning],
    situation: Situation,
    people: Population,
    taste: Taste,
) -> Survey:
    """Values every notion of the shelf. One walk through the person's traces, linear in the notions.

    What was asked today rests, unless there is nothing else.
    """
    survey, later, up, new = _remembered(mind, shelf, situation, people, taste)
    _value(survey, later, up, new, shelf, people, taste, horizon_of(situation, taste))
    floor = people.luck * _GUESS
    span, kind = 1.0 - floor - people.slip, kindness(mind.failures, taste)
    now, met = situation.now, mind.traces
    resting: dict[int, float] = {}
    for position, notion in enumerate(shelf.notions):
        trace = met.get(notion.tag)
        leaning = leanings.get(notion.key, NEUTRAL)
        if leaning.excluded or not notion.questions:
            continue
        worth = survey.gain[position] + survey.opening[position]
        if leaning is not NEUTRAL:
            worth *= weight(leaning, trace, taste)
        p = floor + span * survey.held[position]
        if leaning.claimed:
            worth += taste.confirm
        rests = trace is not None and abs(now - trace.last) < taste.rest
        (resting if rests else survey.total)[position] = worth + kind * p + comfort(p, taste)
    survey.total.update({} if survey.total else resting)
    return survey


_NEVER = 1e-9
_GUESS = 0.25
"""Of a question not yet chosen."""


def chance(held: float, people: Population) -> float:
    """The chance of success at a question of middle difficulty."""
    return belief.right(held, people.luck * _GUESS, people.slip)


def manners(held: float, failures: int, people: Population, taste: Taste) -> dict[Reason, float]:
    """The terms of kindness and comfort."""
    p = chance(held, people)
    return {
        Reason.COMFORT: comfort(p, taste),
        Reason.KIND: kindness(failures, taste) * p,
    }


def information(recall: float, p: float, people: Population) -> float:
    """How much an answer tells: the expected square of what it changes in the chance of recall."""
    after_right = (1.0 - people.slip) * recall / max(p, _NEVER)
    after_wrong = people.slip * recall / max(1.0 - p, _NEVER)
    return p * (after_right - recall) ** 2 + (1.0 - p) * (after_wrong - recall) ** 2


class Ahead:
    """What asking one notion will be worth on days to come. Days are counted from its last question.

    The arithmetic of `belief` and `gain`, with what does not depend on the day worked out once. A test holds
    that it is the same.
    """

    __slots__ = (
        *("_bend", "_decay", "_floor", "_growing", "_kappa", "_learnt"),
        *("_left", "_soon", "_span", "_taste", "_weight"),
    )

    def __init__(
        self, now: Belief, teaches: float, weight: float, people: Population, taste: Taste
    ) -> None:
        kappa, stability = now
        new = belief.retention(taste.horizon, belief.relearnt(stability, people), people)
        self._kappa, self._weight, self._taste = kappa, weight, taste
        self._bend, self._decay = people.bend / stability, -people.decay
        self._soon = self._bend * taste.horizon
        self._growing = people.growth * stability**belief.DIMINISHES
        self._learnt, self._left = teaches * new, (1.0 - teaches) * people.rest
        self._floor = people.luck * _GUESS
        self._span = 1.0 - self._floor - people.slip

    def worth(self, days: float) -> float:
        """Comfort counted."""
        held, up, later = self._then(days)
        gained = held * up + (1.0 - held) * (self._learnt + self._left * later) - later
        return self._weight * gained + comfort(self._floor + self._span * held, self._taste)

    def at_most(self, first: float, last: float) -> float:
        """What it is worth on no day between these two.

        Day by day less is held, and more is gained by recalling it: of each, the better end of the time.
        """
        held, _up, _later = self._then(first)
        left, up, later = self._then(last)
        forgotten = later * (1.0 - (1.0 - left) * self._left)
        return self._weight * (
            self._learnt - forgotten + held * max(0.0, up - self._learnt) + _ROUNDING
        )

    def _then(self, days: float) -> tuple[float, float, float]:
        """After so many days: kappa R; R a horizon later if it was recalled; kappa R then if it was not."""
        faded = 1.0 + self._bend * days
        kept = faded**self._decay
        growth = self._growing * (exp(belief.SPACING * (1.0 - kept)) - 1.0)
        up = (1.0 + self._soon / (1.0 + growth)) ** self._decay
        return self._kappa * kept, up, self._kappa * (faded + self._soon) ** self._decay


_ROUNDING = 1e-12
"""More than sums of a few numbers below one are wrong by."""


def prerequisite(chooser: Chooser, survey: Survey, place: int) -> float:
    """The chance that what the notion builds on is there."""
    return min([survey.held[each] for each in chooser.shelf.needs[place]], default=1.0)


def horizon_of(situation: Situation, taste: Taste) -> float:
    return taste.horizon if situation.horizon is None else situation.horizon


def kindness(failures: int, taste: Taste) -> float:
    """What a likely success is worth after failures in a row; nothing before the second."""
    return taste.kindness * min(max(failures - _FIRM + 1, 0), _KINDEST)


_ALIKE = 4
"""Answers after which minds are half as alike."""


def wide(mind: Mind, taste: Taste) -> float:
    """How many times farther than usual a choice goes over near equals: more while minds are alike."""
    return 1.0 + taste.alike / (1.0 + mind.answers / _ALIKE)


def comfort(p: float, taste: Taste) -> float:
    """Nothing inside the zone; below zero outside, in proportion to the distance."""
    if p < taste.low:
        return taste.comfort * (p - taste.low)
    return taste.comfort * (taste.high - p) if p > taste.high else 0.0


def weight(leaning: Leaning, trace: Trace | None, taste: Taste) -> float:
    """The caller's weights, multiplied."""
    return leaning.season * leaning.track * reading(leaning, trace, taste)


def reading(leaning: Leaning, trace: Trace | None, taste: Taste) -> float:
    """The weight of a lesson read, until its notion is asked."""
    return taste.read if leaning.read and trace is None else 1.0


def gain(held: float, later: float, up: float, new: float, learns: float, rest: float) -> float:
    """What asking adds: recalled and grown, or missed and learnt, or neither; less leaving it alone."""
    missed = (1.0 - held) * (learns * new + (1.0 - learns) * rest * later)
    return held * up + missed - later


def _remembered(
    mind: Mind, shelf: Shelf, situation: Situation, people: Population, taste: Taste
) -> tuple[Survey, list[float], list[float], list[float]]:
    """The beliefs of today, and for each: kept if left alone, R if recalled now, R if learnt now.

    The arithmetic of `belief`, written out: calls take three times as long. A test holds that it is the same.
    """
    ahead = horizon_of(situation, taste)
    bend, decay, now = people.bend, -people.decay, situation.now
    idle = people.before
    unmet = belief.retention(idle, people.known, people)
    unmet_later = belief.retention(idle + ahead, people.known, people)
    unmet_up = belief.retention(ahead, belief.grown(people.known, unmet, people), people)
    first = belief.retention(ahead, people.first, people)
    saved = (people.first / belief.SAVED) ** 2
    power, spacing = belief.DIMINISHES, belief.SPACING
    prior = _Strangers(mind, people, taste.curiosity)
    kappas: list[float] = []
    keeps: list[float] = []
    stabilities: list[float] = []
    held: list[float] = []
    later: list[float] = []
    up: list[float] = []
    new: list[float] = []
    for notion in shelf.notions:
        trace = mind.traces.get(notion.tag)
        if trace is None or trace.stability <= 0.0:
            kappa, kept, stability = prior(notion), unmet, people.known
            later.append(kappa * unmet_later)
            up.append(unmet_up)
            new.append(first)
        else:
            kappa, stability = trace.kappa, trace.stability
            days = max(now - trace.last, 0.0)
            kept = (1.0 + bend * days / stability) ** decay
            later.append(kappa * (1.0 + bend * (days + ahead) / stability) ** decay)
            growth = people.growth * stability**power * (exp(spacing * (1.0 - kept)) - 1.0)
            up.append((1.0 + bend * ahead / (stability * (1.0 + growth))) ** decay)
            new.append(
                first
                if stability <= saved
                else belief.retention(ahead, belief.relearnt(stability, people), people)
            )
        kappas.append(kappa)
        keeps.append(kept)
        stabilities.append(stability)
        held.append(kappa * kept)
    return (
        Survey(kappas, keeps, stabilities, held, [], [], {}),
        later,
        up,
        new,
    )


def _value(
    survey: Survey,
    later: list[float],
    up: list[float],
    new: list[float],
    shelf: Shelf,
    people: Population,
    taste: Taste,
    ahead: float,
) -> None:
    """Fills gain and opening."""
    held, rest = survey.held, people.rest
    learns, needs = people.learns, people.needs
    soon = belief.retention(min(ahead, taste.horizon), people.first, people)
    opening_weight = taste.opens * needs * learns * soon
    for position, required in enumerate(shelf.needs):
        ready = min([held[each] for each in required]) if required else 1.0
        teaches = learns * (1.0 - needs + needs * ready)
        here = held[position]
        survey.gain.append(gain(here, later[position], up[position], new[position], teaches, rest))
        opened = shelf.opens[position]
        waiting = sum([1.0 - held[each] for each in opened]) if opened else 0.0
        survey.opening.append(opening_weight * (1.0 - here) * teaches * waiting)


class _Strangers:
    """Kappa of notions never met: the person's general and special ability, once per skill."""

    def __init__(self, mind: Mind, people: Population, curiosity: float) -> None:
        self._mind, self._people, self._curiosity = mind, people, curiosity
        self._skills: dict[int | None, tuple[float, float]] = {}

    def __call__(self, notion: Notion) -> float:
        found = self._skills.get(notion.skill)
        if found is None:
            found = self._skills[notion.skill] = self._able(notion.skill)
        level, wide = found
        return sigmoid((level - notion.difficulty) / wide)

    def _able(self, skill: int | None) -> tuple[float, float]:
        able = remembering.able(self._mind, skill, self._people)
        level, wide = belief.standing(*able, self._people)
        return level - self._curiosity, wide
