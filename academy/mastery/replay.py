"""Answers lived again, in order, as the engine lived them: for fitting. Plain loops on plain sequences. Pure.

No object per person or notion: a night's fit walks hundreds of times through the same answers, and the
benchmark compiles these very loops. The arithmetic is that of `ability` and `calibration`; a test holds that
a replay predicts what `tutor` predicts, but for the rounding of a row.
"""

from collections.abc import MutableSequence, Sequence
from math import log
from typing import NamedTuple

from academy.mastery.ability import (
    Belief,
    Population,
    chance,
    doubt,
    faded,
    learnt,
    lessons,
    signal,
    widened,
)
from academy.mastery.calibration import Past, inputs
from academy.mastery.logistic import logit, width

RIGHT = 1
DONT_KNOW = 2
RECENT = 0.3
FAST = 0.1
SLOW = 0.02
"""How much one answer weighs in the averages of a notion, and of a person: the last ten, the last fifty."""

PLACES = 9
"""Numbers kept of a notion while replaying: whose, mean, variance, gain, last, answers, right, ewma, last."""

SKILL_PLACES = 3
"""Of a skill: whose, mean, variance. The last place of all is for questions without a skill."""

SIDES = 4


class Rows(NamedTuple):
    """Answers in columns, person by person, each person's in order.

    `starts`: where each person begins, and the end. `skill` is -1 for none. `earlier`: the row where that
    person was last asked the same question, or -1; `times`: how often before.
    """

    starts: Sequence[int]
    question: Sequence[int]
    notion: Sequence[int]
    skill: Sequence[int]
    outcome: Sequence[int]
    guess: Sequence[float]
    days: Sequence[float]
    earlier: Sequence[int]
    times: Sequence[int]


def replay(
    people: Population,
    rows: Rows,
    difficulty: Sequence[float],
    spread: Sequence[float],
    notions: MutableSequence[float],
    skills: MutableSequence[float],
    sides: MutableSequence[float],
    fields: MutableSequence[float],
) -> float:
    """The log loss of the first layer, summed; fills `sides` and `fields` where they are not empty.

    `sides`, four numbers a row: the signal from general ability alone and its width, then the whole signal
    and its width, both without the question's difficulty. `fields`: the calibration's inputs.
    """
    total = 0.0
    empty(notions, PLACES)
    empty(skills, SKILL_PLACES)
    for person in range(len(rows.starts) - 1):
        ability, ability_variance = 0.0, people.ability_variance
        answers, rights, fast, slow = 0.0, 0.0, 0.5, 0.5
        last = rows.days[rows.starts[person]]
        for row in range(rows.starts[person], rows.starts[person + 1]):
            n = rows.notion[row] * PLACES
            s = rows.skill[row] * SKILL_PLACES
            now = max(rows.days[row], last)
            if notions[n] != person:
                meet(notions, n, person, people.notion_variance, now)
            if (
                skills[s] != person
            ):  # without a skill, s counts from the end: a place that stays at 0
                skills[s], skills[s + 1] = person, 0.0
                skills[s + 2] = people.skill_variance if s >= 0 else 0.0
            idle, away = now - last, now - notions[n + 4]
            belief = Belief(
                ability,
                widened(ability_variance, idle, people.ability_drift),
                skills[s + 1],
                skills[s + 2],
                notions[n + 1],
                widened(notions[n + 2], away, people.notion_drift),
                faded(notions[n + 3], away, people.tau, people.fade),
            )
            x, wide = signal(belief, difficulty[row], people.bias), width(doubt(belief))
            lucky = people.luck * rows.guess[row]
            p = chance(x / wide, lucky, people.slip)
            right = rows.outcome[row] == RIGHT
            y = 1.0 if right else 0.0
            total -= log(max(p if right else 1.0 - p, 1e-12))
            if len(sides) > 0:
                sides[SIDES * row] = people.bias + ability
                sides[SIDES * row + 1] = width(belief.ability_variance + people.notion_variance)
                sides[SIDES * row + 2] = x + difficulty[row]
                sides[SIDES * row + 3] = wide
            if len(fields) > 0:
                past = Past(
                    answers,
                    rights,
                    fast,
                    slow,
                    idle,
                    notions[n + 5],
                    notions[n + 6],
                    notions[n + 7],
                    notions[n + 8],
                    away,
                    *asked(rows, row, now),
                )
                write(
                    fields, row, inputs(logit(p), belief, difficulty[row], spread[row], past, 0.0)
                )
            gone = rows.outcome[row] == DONT_KNOW
            push, pull = lessons(
                x / wide, wide, 0.0 if gone else lucky, 0.0 if gone else people.slip, right
            )
            after = learnt(people, belief, push, pull, right)
            ability, ability_variance = after.ability, after.ability_variance
            skills[s + 1], skills[s + 2] = after.skill, after.skill_variance
            notions[n + 1], notions[n + 2] = after.notion, after.notion_variance
            notions[n + 3] = after.practice
            notions[n + 4] = now
            notions[n + 5] += 1.0
            notions[n + 6] += y
            notions[n + 7] += RECENT * (y - notions[n + 7])
            notions[n + 8] = 2.0 * y - 1.0
            answers, rights = answers + 1.0, rights + y
            fast, slow = fast + FAST * (y - fast), slow + SLOW * (y - slow)
            last = now
    return total


def asked(rows: Rows, row: int, now: float) -> tuple[float, float, float]:
    """The same question to the same person: how often, how it last went, and days since."""
    before = rows.earlier[row]
    if before < 0:
        return 0.0, 0.0, 0.0
    went = 1.0 if rows.outcome[before] == RIGHT else -1.0
    return float(rows.times[row]), went, float(int(now) - int(rows.days[before]))


def write(fields: MutableSequence[float], row: int, seen: Sequence[float]) -> None:
    """One row of inputs, in its place."""
    for k in range(len(seen)):
        fields[row * len(seen) + k] = seen[k]


def empty(places: MutableSequence[float], step: int) -> None:
    """Nobody's any more."""
    for k in range(0, len(places), step):
        places[k] = -1.0


def meet(
    notions: MutableSequence[float], at: int, person: int, variance: float, now: float
) -> None:
    """A notion as it is to somebody who never met it."""
    for k in range(PLACES):
        notions[at + k] = 0.0
    notions[at] = person
    notions[at + 2] = variance
    notions[at + 4] = now
    notions[at + 7] = 0.5


def tally(
    people: Population,
    rows: Rows,
    of: Sequence[int],
    part: Sequence[int],
    parts: int,
    sides: Sequence[float],
    side: int,
    difficulty: Sequence[float],
    size: int,
    sums: MutableSequence[float],
) -> None:
    """What answers say of difficulties: slope and information, summed for each of the `size` values of `of`.

    Everything is summed parts + 1 times: the sums of part p leave out the people of part p, the last leave
    out nobody. `difficulty` has parts + 1 tables of questions.
    """
    questions = len(difficulty) // (parts + 1)
    for k in range(len(sums)):
        sums[k] = 0.0
    for person in range(len(rows.starts) - 1):
        for row in range(rows.starts[person], rows.starts[person + 1]):
            x, wide = sides[SIDES * row + side], sides[SIDES * row + side + 1]
            lucky = people.luck * rows.guess[row]
            gone = rows.outcome[row] == DONT_KNOW
            for each in range(parts + 1):
                if each == part[person]:
                    continue
                b = difficulty[each * questions + rows.question[row]]
                push, pull = lessons(
                    (x - b) / wide,
                    wide,
                    0.0 if gone else lucky,
                    0.0 if gone else people.slip,
                    rows.outcome[row] == RIGHT,
                )
                k = 2 * (each * size + of[row])
                sums[k] -= push
                sums[k + 1] += pull
