"""Real answers in files, as `bench.engine` reads and splits them."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log
from pathlib import Path

FOLDS = 5
DAY = 86400.0


@dataclass(slots=True)
class Answers:
    """One file, in columns; questions and notions are numbers from 0."""

    name: str
    learners: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    question: list[int] = field(default_factory=list)
    notion: list[int] = field(default_factory=list)
    module: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    days: list[float] = field(default_factory=list)
    levels: dict[int, float] = field(default_factory=dict)
    tested: dict[str, bool] = field(default_factory=dict)
    notion_of: dict[int, int] = field(default_factory=dict)


def read(path: Path) -> Answers:
    answers = Answers(path.name)
    questions: dict[str, int] = {}
    notions: dict[str, int] = {}
    modules: dict[str, int] = {}
    with gzip.open(path, "rt", newline="") as text:
        for row in csv.DictReader(text):
            if not answers.learners or row["learner"] != answers.learners[-1]:
                answers.learners.append(row["learner"])
                answers.starts.append(len(answers.right))
            question = questions.setdefault(row["item"], len(questions))
            notion = notions.setdefault(row["skill"], len(notions))
            module = row.get("part") or row.get("module")
            answers.question.append(question)
            answers.notion.append(notion)
            answers.module.append(modules.setdefault(module, len(modules)) if module else -1)
            answers.right.append(int(float(row["correct"])))
            answers.days.append(float(row["t"]))
            answers.notion_of.setdefault(question, notion)
            if row.get("item_p_pop"):
                share = min(max(float(row["item_p_pop"]), 0.01), 0.99)
                answers.levels[question] = -log(share / (1 - share))
            if row.get("split"):
                answers.tested[row["learner"]] = row["split"] == "test"
    answers.starts.append(len(answers.right))
    if has_clock(answers):
        answers.days = [t / DAY for t in answers.days]
    return answers


def has_clock(answers: Answers) -> bool:
    """Whether `t` is a time: somewhere it does not simply go up by one."""
    return any(
        answers.days[k + 1] - answers.days[k] != 1.0
        for first, end in zip(answers.starts, answers.starts[1:], strict=False)
        for k in range(first, end - 1)
    )


def splits(answers: Answers) -> Iterator[set[int]]:
    """The learners to test on, fold by fold: as KFold(5, shuffle=True, random_state=0) over sorted ids."""
    import numpy as np  # noqa: PLC0415  # a package for benchmarks only

    if answers.tested:
        yield {k for k, each in enumerate(answers.learners) if answers.tested[each]}
        return
    numbers = all(each.lstrip("-").isdigit() for each in answers.learners)
    places = range(len(answers.learners))
    ranked = sorted(places, key=lambda k: int(answers.learners[k]) if numbers else 0)
    if not numbers:
        ranked = sorted(places, key=lambda k: answers.learners[k])
    order = np.arange(len(ranked))
    np.random.RandomState(0).shuffle(order)
    for part in np.array_split(order, FOLDS):
        yield {ranked[int(k)] for k in part}
