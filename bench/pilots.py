"""What is fitted before `bench.policy` measures: the engine's numbers, on learners who are not measured."""

import importlib
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from academy.mastery import ability, belief, remembering, tutor
from academy.mastery.belief import Outcome, Population
from academy.mastery.mind import Mind
from academy.mastery.shelf import Notion, Question, Shelf, shelve
from academy.mastery.tutor import Model
from bench.pupils import Pupil

PILOTS, SEED, DAYS = 150, 99, 60
LOW, HIGH = math.log(0.05), math.log(3.0)

Life = list[tuple[int, int, int, bool]]
"""Day, place of the notion, place of the question, right."""


def fit(sim: Any, world: str, guess: float, fitted: Sequence[float]) -> Model:
    """By maximum likelihood on other learners.

    Memory by the simulator's own pilot (`fitted`); ability, what links the two, and `needs` by one where
    questions fall anywhere: the simulator's finds prerequisites even in the world without.
    """
    truth = sim.world(PILOTS, world, lseed=SEED)
    truth["guess"] = guess
    start = Model(population=_ability(truth), memory=_memory(truth, fitted))
    lives = _Lives(content(truth), [_life(sim, truth, learner) for learner in range(PILOTS)])
    able = _found(
        lambda point: lives.surprise(_able(start, point))[0],
        [start.population.bias, math.log(0.5), math.log(1.0), math.log(1.0)],
        [(-4.0, 3.0), (LOW, HIGH), (LOW, HIGH), (LOW, math.log(10.0))],
    )
    best = _able(start, able)
    link = _found(
        lambda point: lives.surprise(_linked(best, point))[1],
        [best.memory.level, 1.0, best.memory.needs],
        [(-5.0, 3.0), (0.3, 2.5), (0.0, 0.95)],
    )
    return _linked(best, link)


def _ability(truth: Any) -> ability.Population:
    return ability.Population(
        bias=truth["base_hat"],
        ability_variance=1.0,
        skill_variance=0.36,
        tau=20.0,
        fade=0.3,
        luck=1.0,
        slip=truth["slip"],
    )


def _memory(truth: Any, fitted: Sequence[float]) -> Population:
    growth, first, learns, decay, known, needs, rest = (float(each) for each in fitted)
    return Population(
        growth=growth,
        first=first,
        learns=learns,
        decay=decay,
        known=known,
        needs=needs,
        rest=rest,
        level=truth["base_hat"],
        luck=1.0,
        slip=truth["slip"],
    )


def _able(model: Model, point: Sequence[float]) -> Model:
    bias, right, wrong, saturation = point
    population = model.population._replace(
        bias=bias,
        gain_right=math.exp(right),
        gain_wrong=math.exp(wrong),
        saturation=math.exp(saturation),
    )
    return replace(model, population=population)


def _linked(model: Model, point: Sequence[float]) -> Model:
    level, scale, needs = point
    return replace(model, memory=replace(model.memory, level=level, scale=scale, needs=needs))


def content(truth: Any) -> Shelf:
    """The content as the engine may see it: noisy difficulties, chains of ten notions."""
    notions = []
    for number, (difficulty, items) in enumerate(
        zip(truth["bh"].tolist(), truth["ih"].tolist(), strict=True)
    ):
        questions = tuple(
            Question(f"{number}-{at}", at, item, 0.04, truth["guess"])
            for at, item in enumerate(items)
        )
        required = (str(number - 1),) if number % 10 else ()
        notions.append(Notion(str(number), number, number // 10, difficulty, questions, required))
    return shelve(notions)


def _found(
    loss: Callable[[Sequence[float]], float],
    start: list[float],
    bounds: list[tuple[float, float]],
) -> list[float]:
    optimize = importlib.import_module("scipy.optimize")
    found = optimize.minimize(
        loss, start, method="Nelder-Mead", bounds=bounds, options={"maxfev": 70}
    )
    return [float(each) for each in found.x]


def _life(sim: Any, truth: Any, learner: int) -> Life:
    """Sixty days of a learner who is asked by turns something new and something met."""
    pupil, dice = Pupil(sim, truth, learner), random.Random(f"pilot:{learner}")
    fresh, life = list(range(len(pupil.times))), []
    dice.shuffle(fresh)
    met = [fresh.pop()]
    for day in range(DAYS):
        if not pupil.comes(day):
            continue
        for place in (fresh.pop() if fresh else dice.choice(met), dice.choice(met)):
            question = dice.randrange(len(pupil.items[place]))
            life.append((day, place, question, pupil.answers(place, question, day)))
            met.append(place)
    return life


@dataclass(frozen=True, slots=True)
class _Lives:
    """The pilots, lived again under other numbers."""

    shelf: Shelf
    lives: list[Life]

    def surprise(self, model: Model) -> tuple[float, float]:
        """The log loss of the ability layer, and of the memory layer."""
        both = [_surprise(model, self.shelf, life) for life in self.lives]
        return sum(able for able, _ in both), sum(remembered for _, remembered in both)


def _surprise(model: Model, shelf: Shelf, life: Life) -> tuple[float, float]:
    """The log loss over one life: of the ability layer, of the memory layer."""
    mind, able, remembered = tutor.stranger(model), 0.0, 0.0
    for day, place, question, right in life:
        notion = shelf.notions[place]
        wording = notion.questions[question]
        item = shelf.item(notion.key, wording)
        p = tutor.predict(mind, item, day, model).chance
        able -= math.log(p if right else 1 - p)
        p = expected(mind, notion, wording, day, model.memory)
        remembered -= math.log(p if right else 1 - p)
        tutor.learn(mind, item, Outcome(right), day, model)
    return able, remembered


def expected(
    mind: Mind, notion: Notion, question: Question, day: float, people: Population
) -> float:
    """The memory layer's chance of a right answer."""
    seen = remembering.sight(mind, notion.subject, day, people)
    recall = belief.recalled(seen.belief.kappa, seen.kept, question.difficulty)
    return belief.right(recall, question.guess, people.slip)
