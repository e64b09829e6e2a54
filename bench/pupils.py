"""Make-believe learners for `bench.policy`: nature as the simulator has it, and what a round may be."""

import random
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

from academy.mastery import choosing
from academy.mastery.taste import Chooser, Situation

SURE = 0.95
MASTERED = 0.8
KEPT_OF_A_MISS = 0.7


class Form(StrEnum):
    """What a round is made of.

    The product's, valued at the end date or 30 days ahead; two questions always on one notion; a second
    question chosen after the first answer.
    """

    END = "end"
    AHEAD = "ahead"
    ONE_NOTION = "one-notion"
    AFTER_FIRST = "after-first"

    def horizon(self, day: int, days: int, after: int) -> float | None:
        return None if self is Form.AHEAD else max(days + after / 2 - day, 1)

    def round(self, chooser: Chooser, wanted: int) -> Iterator[tuple[int, int]]:
        """Places of notions and questions. Lazy: the mind may learn between two."""
        if self is Form.AFTER_FIRST:
            for turn in range(wanted):
                yield from _asked(chooser._replace(situation=_next(chooser, turn)), 1)
        elif self is Form.ONE_NOTION:
            yield from _asked(chooser._replace(taste=replace(chooser.taste, together=0.0)), wanted)
        else:
            yield from _asked(chooser, wanted)


def _next(chooser: Chooser, turn: int) -> Situation:
    return replace(chooser.situation, seed=chooser.situation.seed + turn)


def _asked(chooser: Chooser, wanted: int) -> Iterator[tuple[int, int]]:
    for choice in choosing.compose(chooser, wanted):
        for key in choice.questions:
            place, question = key.split("-")
            yield int(place), int(question)


class Pupil:
    """The hidden truth of one learner. Every chance is drawn from the learner, the notion and how many times
    it was asked: what is asked elsewhere moves no dice."""

    def __init__(self, sim: Any, truth: Any, learner: int) -> None:
        self.sim, self.truth, self.learner = sim, truth, learner
        self.stability = truth["S"][learner].tolist()
        self.last = truth["last"][learner].tolist()
        self.traits = {
            name: float(truth[name][learner]) for name in ("rho", "G", "S0", "dec", "adh")
        }
        self.ease = truth["ease"].tolist()
        self.items = truth["item"].tolist()
        self.times = [0] * len(self.stability)
        self.asked = self.zone = self.right = self.wasted = 0
        self._days = random.Random(f"days:{learner}")

    def comes(self, _day: int) -> bool:
        return self._days.random() <= self.traits["adh"]

    def answers(self, place: int, question: int, day: int) -> bool:
        """Nature's answer, and what it does to the memory."""
        truth, sim, traits = self.truth, self.sim, self.traits
        dice = random.Random(f"{self.learner}:{place}:{self.times[place]}")
        one, two, three = dice.random(), dice.random(), dice.random()
        strength = self.stability[place]
        kept = self._kept(place, day)
        comes = _sigmoid(sim, kept, self.items[place][question]) if strength > 0 else 0.0
        guess, slip = truth["guess"], truth["slip"]
        self._count(guess + (1 - guess - slip) * comes, kept)
        recalled = one < comes
        right = two < (1 - slip if recalled else guess)
        if recalled:
            ease = traits["G"] * self.ease[place]
            self.stability[place], self.last[place] = sim.grow(strength, comes, ease), day
        else:
            self._explained(place, day, three, right)
        self.right += right
        self.times[place] += 1
        return right

    def _explained(self, place: int, day: int, die: float, right: bool) -> None:
        traits, pre = self.traits, self.truth["pre"]
        base = self._kept(place - 1, day) if place % 10 else 1.0
        learns = traits["rho"] * (1 - pre + pre * base) * (KEPT_OF_A_MISS if right else 1.0)
        strength = self.stability[place]
        if die < learns:
            self.stability[place] = max(traits["S0"] * self.ease[place], 0.5 * strength**0.5)
            self.last[place] = day
        else:
            self.stability[place] = strength * KEPT_OF_A_MISS

    def _kept(self, place: int, day: float) -> float:
        return float(self.sim.tR(self.stability[place], day - self.last[place], self.traits["dec"]))

    def _count(self, chance: float, kept: float) -> None:
        self.asked += 1
        self.zone += 0.55 <= chance <= 0.9
        self.wasted += kept > SURE

    def figures(self, days: int, after: int) -> list[float]:
        """In the order of the simulator's own."""
        places = range(len(self.times))
        now = [self._kept(place, days) for place in places]
        then = [self._kept(place, days + after) for place in places]
        return [
            sum(now) / len(now),
            sum(then) / len(then),
            sum(each >= MASTERED for each in now),
            sum(each >= MASTERED for each in then),
            self.asked,
            self.zone,
            sum(times > 0 for times in self.times),
            self.right,
            self.wasted,
        ]


def _sigmoid(sim: Any, kept: float, difficulty: float) -> float:
    return float(sim.sig(sim.lgt(kept) - difficulty))
