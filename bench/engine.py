"""How well the engine predicts real answers, and what a prediction costs.

`python -m bench.engine [--data FOLDER] [--only NAME] [--json]`. The folder holds gzip CSV files with columns
`learner,item,skill,correct,t`, and if there are: `part` or `module` (a group of skills), `item_p_pop` (share
of right answers, stands for the author's level), `split` (train or test). Where `t` counts answers instead
of seconds, one answer is one day.

Parameters, difficulties and coefficients are fitted on some learners by the product's own fit, compiled for
speed; answers of other learners are then predicted one by one, and learnt from, by the product's own
`tutor`, plain Python, rounding included. Five folds by learner, unless the file says its split. Needs
`make bench`.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log
from pathlib import Path
from typing import Any

from academy.mastery import (
    calibration,
    logistic,
    mind,
    packing,
    tutor,
)
from academy.mastery.fitting import Effort, Fitted, fit
from academy.mastery.replay import PLACES, SKILL_PLACES, Rows
from academy.mastery.sampling import Catalogue, Loops, cut
from academy.mastery.tutor import Item, Model, Outcome
from bench.compiling import compiled
from bench.histories import Answers, read, splits

DATA = Path(__file__).parents[2] / "shared" / "data" / "answers"
BINS = 15
GUESS = 0.25  # no file tells the number of options; the fit finds how much of it people have
EFFORT = Effort(most=10**9, answers=60_000, searches=(300, 300, 600), epochs=20)


@dataclass(slots=True)
class Scores:
    """Pooled over folds: what happened and what each model said."""

    right: list[int] = field(default_factory=list)
    said: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    seconds: float = 0.0


def main() -> None:
    folder = Path(argument("--data") or DATA)
    files = [
        path for path in sorted(folder.glob("*.csv.gz")) if (argument("--only") or "") in path.name
    ]
    if not files:
        told = {"files": {}, "absent": f"No answers (*.csv.gz) in {folder}."}
        print(json.dumps(told) if "--json" in sys.argv else told["absent"])
        return
    loops, figures, seconds, answers = compiled(), {}, 0.0, 0
    for path in files:
        scores = measured(read(path), loops)
        figures[path.name] = {
            "answers": len(scores.right),
            **summary(scores.right, scores.said.pop("engine")),
            **{name: summary(scores.right, said) for name, said in scores.said.items()},
        }
        seconds, answers = seconds + scores.seconds, answers + len(scores.right)
        if "--json" not in sys.argv:
            show(path.name, figures[path.name])
    cost = {
        "cpu_us_per_answer": round(seconds / answers * 1e6, 1),
        "state_bytes": len(packing.pack(full_mind())),
    }
    print(json.dumps({"files": figures, **cost}) if "--json" in sys.argv else cost)


def argument(name: str) -> str | None:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def show(name: str, figures: dict[str, Any]) -> None:
    print(f"{name}, {figures['answers']} answers", flush=True)
    rows = {"engine": figures} | {k: v for k, v in figures.items() if isinstance(v, dict)}
    for model, row in rows.items():
        print(f"  {model:<28}" + "".join(f"{row[k]:>10.4f}" for k in ("auc", "log_loss", "ece")))


def measured(answers: Answers, loops: Loops) -> Scores:
    scores = Scores()
    rows, catalogue = columns(answers, loops), offered(answers, loops)
    for tested in splits(answers):
        learners = range(len(answers.learners))
        train = cut(rows, [k for k in learners if k not in tested], loops)
        fitted = fit(train, catalogue, effort=EFFORT, loops=loops)
        test = cut(rows, sorted(tested), loops)
        first = len(scores.right)
        scores.right += [int(y) for y in test.outcome]
        predicted(test, catalogue, fitted, scores)
        agree(test, catalogue, fitted, scores.said["first layer"][first:], loops)
        controls(train, test, catalogue, scores)
    return scores


def columns(answers: Answers, loops: Loops) -> Rows:
    earlier, times = [], []
    for first, end in zip(answers.starts, answers.starts[1:], strict=False):
        before: dict[int, tuple[int, int]] = {}
        for row in range(first, end):
            last, count = before.get(answers.question[row], (-1, 0))
            earlier.append(last)
            times.append(count)
            before[answers.question[row]] = row, count + 1
    guess, days = loops.floats(len(times)), loops.floats(len(times))
    guess[:] = GUESS
    days[:] = answers.days
    return Rows(
        loops.ints(answers.starts),
        loops.ints(answers.question),
        loops.ints(answers.notion),
        loops.ints(answers.module),
        loops.ints(answers.right),
        guess,
        days,
        loops.ints(earlier),
        loops.ints(times),
    )


def offered(answers: Answers, loops: Loops) -> Catalogue:
    questions = len(answers.notion_of)
    levels = loops.floats(questions)
    if answers.levels:
        middle = sum(answers.levels.values()) / len(answers.levels)
        for question, level in answers.levels.items():
            levels[question] = level - middle
    return Catalogue(
        loops.ints([answers.notion_of[question] for question in range(questions)]),
        levels,
        max(answers.notion) + 1,
        max(answers.module) + 1,
    )


def predicted(test: Rows, catalogue: Catalogue, fitted: Fitted, scores: Scores) -> None:
    """Through the product's front, one person after the other."""
    places = within_notions(catalogue)
    for said, model in (("engine", fitted.model), ("as shipped", Model())):
        for person in range(len(test.starts) - 1):
            items = [
                Item(
                    places[int(test.question[row])],
                    int(test.notion[row]),
                    None if test.skill[row] < 0 else int(test.skill[row]),
                    float(fitted.difficulty[test.question[row]]),
                    float(fitted.variance[test.question[row]]),
                    GUESS,
                )
                for row in range(test.starts[person], test.starts[person + 1])
            ]
            outcomes = [
                Outcome(int(test.outcome[row]))
                for row in range(test.starts[person], test.starts[person + 1])
            ]
            days = [
                float(test.days[row]) for row in range(test.starts[person], test.starts[person + 1])
            ]
            began = time.process_time()
            told = lived(items, outcomes, days, model)
            if said == "engine":
                scores.seconds += time.process_time() - began
                scores.said["first layer"] += [each.chance for each in told]
            scores.said[said] += [each.probability for each in told]


def lived(
    items: Sequence[Item], outcomes: Sequence[Outcome], days: Sequence[float], model: Model
) -> list[tutor.Prediction]:
    """One person's answers: predict, then learn."""
    person, told = tutor.stranger(model), []
    for item, outcome, at in zip(items, outcomes, days, strict=True):
        told.append(tutor.predict(person, item, at, model))
        tutor.learn(person, item, outcome, at, model)
    return told


def within_notions(catalogue: Catalogue) -> list[int]:
    """The number of each question within its notion, its tag."""
    counts: dict[int, int] = defaultdict(int)
    places = []
    for notion in catalogue.notion_of:
        places.append(counts[int(notion)])
        counts[int(notion)] += 1
    return places


def agree(
    test: Rows, catalogue: Catalogue, fitted: Fitted, chances: Sequence[float], loops: Loops
) -> None:
    """What was fitted is what was scored: compiled loops and product tell the same, but for rounding."""
    size = len(calibration.INPUTS)
    fields = loops.floats(size * len(test.outcome))
    loops.replay(
        fitted.model.population,
        test,
        picked(fitted.difficulty, test.question, loops),
        picked(fitted.variance, test.question, loops),
        loops.floats(PLACES * catalogue.notions),
        loops.floats(SKILL_PLACES * (catalogue.skills + 1)),
        loops.floats(0),
        fields,
    )
    far = [
        abs(logistic.sigmoid(float(fields[k * size])) - chance)
        for k, chance in enumerate(chances[:5000])
    ]
    assert sum(far) / len(far) < 0.002, f"The fit and the product differ by {sum(far) / len(far)}."


def picked(values: Sequence[float], of: Sequence[int], loops: Loops) -> Any:
    made = loops.floats(len(of))
    made[:] = [values[k] for k in of]
    return made


def controls(train: Rows, test: Rows, catalogue: Catalogue, scores: Scores) -> None:
    counts, rights = [0.0] * len(catalogue.notion_of), [0.0] * len(catalogue.notion_of)
    notion_counts, notion_rights = [4.0] * catalogue.notions, [3.0] * catalogue.notions
    for question, notion, y in zip(train.question, train.notion, train.outcome, strict=True):
        counts[question] += 1
        rights[question] += y
        notion_counts[notion] += 1
        notion_rights[notion] += y
    scores.said["item mean"] += [
        (rights[q] + 8 * notion_rights[n] / notion_counts[n]) / (counts[q] + 8)
        for q, n in zip(test.question, test.notion, strict=True)
    ]
    elo = Elo()
    elo.walk(train)
    scores.said["Elo"] += elo.walk(test)


@dataclass(slots=True)
class Elo:
    """The plain rating: a person, a person's notion and a question, K = 0.8 / (1 + 0.05 n)."""

    questions: dict[int, list[float]] = field(default_factory=dict)

    def walk(self, rows: Rows) -> list[float]:
        said = []
        for first, end in zip(rows.starts, rows.starts[1:], strict=False):
            person, notions = [0.0, 0.0], {}  # type: ignore[var-annotated]
            for row in range(first, end):
                notion = notions.setdefault(int(rows.notion[row]), [0.0, 0.0])
                question = self.questions.setdefault(int(rows.question[row]), [0.0, 0.0])
                p = 1 / (1 + exp(-(person[0] + notion[0] - question[0])))
                said.append(p)
                for rating, sign in ((person, 1), (notion, 1), (question, -1)):
                    rating[0] += sign * 0.8 / (1 + 0.05 * rating[1]) * (rows.outcome[row] - p)
                    rating[1] += 1
        return said


def summary(right: Sequence[int], said: Sequence[float]) -> dict[str, float]:
    """Area under the curve, log loss, and calibration error over 15 bins of equal size."""
    ranked = sorted(range(len(said)), key=lambda k: said[k])
    losses = sum(-log(max(p if y else 1 - p, 1e-12)) for y, p in zip(right, said, strict=True))
    gap, size = 0.0, len(ranked) / BINS
    for part in range(BINS):
        rows = ranked[round(part * size) : round((part + 1) * size)]
        gap += abs(sum(right[k] - said[k] for k in rows))
    return {
        "auc": round(area(right, said, ranked), 4),
        "log_loss": round(losses / len(said), 4),
        "ece": round(gap / len(said), 4),
    }


def area(right: Sequence[int], said: Sequence[float], ranked: Sequence[int]) -> float:
    """The chance that a right answer was said likelier than a wrong one; ties count half."""
    ranks, k = 0.0, 0
    while k < len(ranked):
        end = k
        while end < len(ranked) and said[ranked[end]] == said[ranked[k]]:
            end += 1
        ranks += (k + 1 + end) / 2 * sum(right[row] for row in ranked[k:end])
        k = end
    good = sum(right)
    return (ranks - good * (good + 1) / 2) / (good * (len(right) - good))


def full_mind() -> mind.Mind:
    """200 notions in 20 modules, 650 questions asked."""
    model, person = Model(), tutor.stranger(Model())
    for number in range(650):
        item = Item(number // 200, number % 200, number % 20)
        tutor.learn(person, item, Outcome(number % 3), float(number), model)
    return person


if __name__ == "__main__":
    main()
