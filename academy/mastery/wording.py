"""Which wording of a notion to put: the least asked, that fits the minute, the most useful. Pure."""

from collections.abc import Sequence
from math import exp
from random import Random
from typing import NamedTuple

from academy.mastery import belief, valuing
from academy.mastery.mind import Mind
from academy.mastery.shelf import Notion, Question
from academy.mastery.taste import Chooser, Taste
from academy.mastery.valuing import Survey


class Drawn(NamedTuple):
    """A question drawn, with its chance given the notion, and the chances of recall and of success."""

    question: Question
    propensity: float
    recall: float
    chance: float


def ask(chooser: Chooser, survey: Survey, place: int, asked: Sequence[Drawn], rng: Random) -> Drawn:
    """One question of the notion: among the least asked, those that fit in the minute, the most useful first.

    Colleagues get different ones: near equals are drawn by the seed.
    """
    notion = chooser.shelf.notions[place]
    allowed = _short(_fresh(notion, chooser.mind, asked), asked, chooser.taste)
    values = [_worth(chooser, survey, place, each) for each in allowed]
    top = max(value for value, _recall, _chance in values)
    heat = chooser.taste.temperature * valuing.wide(chooser.mind, chooser.taste)
    shares = [exp((value - top) / heat) for value, _recall, _chance in values]
    whole = sum(shares)
    position = rng.choices(range(len(allowed)), shares)[0]
    _value, recall, chance = values[position]
    return Drawn(allowed[position], shares[position] / whole, recall, chance)


def _fresh(notion: Notion, mind: Mind, asked: Sequence[Drawn]) -> list[Question]:
    """The least asked; of those asked as often, not the last one put."""
    trace = mind.traces.get(notion.tag)
    before = trace.asked if trace is not None else {}
    now = {drawn.question.key for drawn in asked}

    def times(question: Question) -> tuple[int, int]:
        seen = before.get(question.tag)
        count = seen.times if seen is not None else 0
        return question.key in now, count

    least = min(times(each) for each in notion.questions)
    fresh = [each for each in notion.questions if times(each) == least]
    if least[1] == 0 or len(fresh) == 1:
        return fresh
    latest = max(before[each.tag].day for each in fresh)
    return [each for each in fresh if before[each.tag].day < latest] or fresh


def _short(questions: list[Question], asked: Sequence[Drawn], taste: Taste) -> list[Question]:
    """Those that leave the round within its minute, or the quickest."""
    spent = sum(drawn.question.seconds for drawn in asked)
    left = taste.minute - spent - (0.0 if asked else _QUICK)
    quickest = min(each.seconds for each in questions)
    return [each for each in questions if each.seconds <= max(left, quickest)]


_QUICK = 15.0
"""Seconds kept for a second question."""


def _worth(
    chooser: Chooser, survey: Survey, place: int, question: Question
) -> tuple[float, float, float]:
    """What this wording is worth, and its chances of recall and of success."""
    people, taste = chooser.people, chooser.taste
    kappa, kept, stability = survey.kappa[place], survey.kept[place], survey.stability[place]
    came = belief.coming(kept, question.difficulty)
    recall = kappa * came
    guess = people.luck * question.guess
    chance = belief.right(recall, guess, people.slip)
    ahead = valuing.horizon_of(chooser.situation, taste)
    up = belief.retention(ahead, belief.grown(stability, came, people), people)
    new = belief.retention(ahead, belief.relearnt(stability, people), people)
    teaches = belief.learning(valuing.prerequisite(chooser, survey, place), people)
    value = recall * up + (1.0 - recall) * teaches * new
    value += taste.information * valuing.information(recall, chance, people)
    value += valuing.comfort(chance, taste)
    value += valuing.kindness(chooser.mind.failures, taste) * chance
    return value, recall, chance
