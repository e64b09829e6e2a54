"""What to ask next: the notions worth most now, their questions, why, and when each comes again. Pure.

The same mind, shelf, situation and seed give the same round. There is no queue: after sixty days away, a
round is two questions, the most useful ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp
from random import Random
from typing import NamedTuple

from academy.mastery import belief, remembering, valuing, wording
from academy.mastery.mind import Trace
from academy.mastery.returning import rivals_of
from academy.mastery.taste import NEUTRAL, Chooser, Leaning, Reason, Taste
from academy.mastery.valuing import Survey
from academy.mastery.wording import Drawn


@dataclass(frozen=True, slots=True)
class Choice:
    """One notion and its questions in asking order.

    `terms` add up to `score`, which won; `reason` is the largest term, LOOK when the lot decided, and CONFIRM
    for what somebody says they know. `recall`
    is kappa R and `chance` the chance of success at the first question, both as believed. `propensity`: with
    which chance the notion was drawn, given what was drawn before it in the round; `propensities`: each
    question, given the notion. `rivals`: see `returning.rivals_of`.
    """

    notion: str
    questions: tuple[str, ...]
    reason: Reason
    terms: Mapping[Reason, float]
    score: float
    recall: float
    chance: float
    propensity: float
    propensities: tuple[float, ...]
    rivals: tuple[float, ...]


def compose(chooser: Chooser, wanted: int = 2) -> tuple[Choice, ...]:
    """The round: up to `wanted` questions; two notions of one subject where possible.

    A second question stays on the first notion when it adds nearly as much there as elsewhere, or when there
    is nothing else to ask.
    """
    survey = valuing.look_over(*chooser)
    rng = Random(chooser.situation.seed)  # noqa: S311  # a lot among questions, no secret
    if not survey.total or wanted < 1:
        return ()
    first = _draw(_pool(survey.total, chooser), chooser.taste, rng)
    drawn = wording.ask(chooser, survey, first.place, (), rng)
    others = _after(chooser, survey.total, first.place)
    pool = _pool(others if wanted > 1 else {}, chooser)
    if wanted > 1 and _stays(chooser, survey, first.place, drawn, pool):
        second = wording.ask(chooser, survey, first.place, (drawn,), rng)
        return (_choice(chooser, survey, first, (drawn, second), rivals_of(others.values())),)
    if not pool.worth:
        return (_choice(chooser, survey, first, (drawn,), rivals_of(others.values())),)
    then = _draw(pool, chooser.taste, rng)
    other = wording.ask(chooser, survey, then.place, (drawn,), rng)
    rivals = rivals_of(each for place, each in others.items() if place != then.place)
    return (
        _choice(chooser, survey, first, (drawn,), rivals),
        _choice(chooser, survey, then, (other,), rivals, first.place),
    )


class Ahead(NamedTuple):
    """A notion that is among the next, and why."""

    notion: str
    reason: Reason


def outlook(chooser: Chooser, wanted: int) -> list[Ahead]:
    """The notions worth most now, the best first: what the next rounds ask if nothing changes until then.

    Kindness is for the very next question: it says nothing of the days to come.
    """
    chooser = chooser._replace(taste=replace(chooser.taste, kindness=0.0))
    survey = valuing.look_over(*chooser)
    best = sorted(survey.total, key=survey.total.__getitem__, reverse=True)[:wanted]
    return [
        Ahead(chooser.shelf.notions[place].key, _reason(_terms(chooser, survey, place, None)))
        for place in best
    ]


class Lot(NamedTuple):
    """A notion drawn: its place, its chance, and whether the lot decided."""

    place: int
    propensity: float
    by_lot: bool


class _Pool(NamedTuple):
    """What may be drawn: the worth of each place, and the chances of near equals of the best."""

    worth: Mapping[int, float]
    near: Mapping[int, float]
    least: float
    whole: float

    def lot(self, place: int) -> float:
        """The share of the lot: by worth; nothing has none."""
        return max(self.worth[place], self.least) / self.whole


_SOME = 0.01
_FARTHEST = 6.0
"""Spreads below the best at which nothing is near any more."""


def _pool(worth: Mapping[int, float], chooser: Chooser) -> _Pool:
    if not worth:
        return _Pool(worth, {}, 0.0, 0.0)
    top = max(worth.values())
    least = _SOME * max(top, _SOME)
    whole = sum([each if each > least else least for each in worth.values()])
    spread = chooser.taste.spread * valuing.wide(chooser.mind, chooser.taste) * max(top, _SOME)
    return _Pool(worth, _near(worth, top, spread), least, whole)


def _near(worth: Mapping[int, float], top: float, spread: float) -> dict[int, float]:
    """The chance of each near equal: less by a factor e for each spread below the best."""
    close = {
        place: exp((each - top) / spread)
        for place, each in worth.items()
        if each >= top - _FARTHEST * spread
    }
    total = sum(close.values())
    return {place: share / total for place, share in close.items()}


def _propensity(pool: _Pool, place: int, taste: Taste) -> float:
    return taste.look * pool.lot(place) + (1.0 - taste.look) * pool.near.get(place, 0.0)


def _draw(pool: _Pool, taste: Taste, rng: Random) -> Lot:
    """One of the near equals of the best, or one by lot."""
    by_lot = rng.random() < taste.look
    shares = {each: pool.lot(each) for each in pool.worth} if by_lot else pool.near
    place = rng.choices(list(shares), list(shares.values()))[0]
    return Lot(place, _propensity(pool, place, taste), by_lot)


def _after(chooser: Chooser, totals: Mapping[int, float], first: int) -> dict[int, float]:
    """What may come second: the others, those of the same subject a little before the rest."""
    others = dict(totals)
    del others[first]
    for place in chooser.shelf.kin[first]:
        if place in others:
            others[place] += chooser.taste.near
    return others


def _stays(chooser: Chooser, survey: Survey, place: int, drawn: Drawn, others: _Pool) -> bool:
    """Is a second question about the same notion worth enough?"""
    if len(chooser.shelf.notions[place].questions) == 1:
        return False
    if not others.worth:
        return True
    best = max(others.worth.values())
    return again(chooser, survey, place, drawn) >= chooser.taste.together * best


def again(chooser: Chooser, survey: Survey, place: int, drawn: Drawn) -> float:
    """What a second question adds at once: the explanation once more, if the first was missed in vain.

    A success minutes after a success adds nothing to memory.
    """
    people = chooser.people
    teaches = belief.learning(valuing.prerequisite(chooser, survey, place), people)
    missed = 1.0 - drawn.chance
    there = people.slip * drawn.recall / max(missed, 1e-9)
    left = 1.0 - there - (1.0 - there) * teaches
    ahead = valuing.horizon_of(chooser.situation, chooser.taste)
    return missed * left * teaches * belief.retention(ahead, people.first, people)


def _reason(terms: Mapping[Reason, float], by_lot: bool = False) -> Reason:
    """The largest, or the lot; but of what waits to be confirmed it is that, there being no other choice."""
    if Reason.CONFIRM in terms:
        return Reason.CONFIRM
    return Reason.LOOK if by_lot else max(terms, key=terms.__getitem__)


def _choice(
    chooser: Chooser,
    survey: Survey,
    lot: Lot,
    drawn: tuple[Drawn, ...],
    rivals: tuple[float, ...],
    after: int | None = None,
) -> Choice:
    notion, people = chooser.shelf.notions[lot.place], chooser.people
    seen = remembering.sight(chooser.mind, notion.subject, chooser.situation.now, people)
    first = drawn[0].question
    recall = belief.recalled(seen.belief.kappa, seen.kept, first.difficulty)
    terms = _terms(chooser, survey, lot.place, after)
    return Choice(
        notion=notion.key,
        questions=tuple(each.question.key for each in drawn),
        reason=_reason(terms, lot.by_lot),
        terms=terms,
        score=sum(terms.values()),
        recall=seen.held,
        chance=belief.right(recall, people.luck * first.guess, people.slip),
        propensity=lot.propensity,
        propensities=tuple(each.propensity for each in drawn),
        rivals=rivals,
    )


def _terms(chooser: Chooser, survey: Survey, place: int, after: int | None) -> dict[Reason, float]:
    """What the score is made of, under the names people read."""
    notion, taste = chooser.shelf.notions[place], chooser.taste
    trace = chooser.mind.traces.get(notion.tag)
    leaning = chooser.leanings.get(notion.key, NEUTRAL)
    main = _main(trace, leaning)
    worth, opening = survey.gain[place], survey.opening[place]
    base = (worth + opening) * valuing.reading(leaning, trace, taste)
    terms = {main: base - opening, Reason.OPENS: opening}
    terms[Reason.SEASON] = base * (leaning.season - 1.0)
    terms[Reason.TRACK] = base * leaning.season * (leaning.track - 1.0)
    terms.update(valuing.manners(survey.held[place], chooser.mind.failures, chooser.people, taste))
    if main is Reason.CONFIRM:
        terms[main] += taste.confirm
    if after is not None and notion.skill is not None:
        same = chooser.shelf.notions[after].skill == notion.skill
        terms[Reason.NEAR] = taste.near if same else 0.0
    return terms


def _main(trace: Trace | None, leaning: Leaning) -> Reason:
    if leaning.claimed:
        return Reason.CONFIRM
    if trace is None:
        return Reason.READ if leaning.read else Reason.NEW
    return Reason.FADING
