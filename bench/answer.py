"""What one answer costs beside the least it could: `python -m bench.answer [--json] [--small]`.

Three servers on granian with SQLite, loaded in turn over the loopback, every request another learner or
slot: the academy with everything on, and two floors that do the same work by hand (`bench.floors`). CPU is
that of the server's processes, user and system; figures are medians of the rounds, ratios medians of the
ratios within a round. The database is asked afterwards that each answer was kept exactly once.

On a machine that is busy with something else, the larger program loses more of the processor's caches: the
ratios rise by half and more. Believe them on a quiet one, and the instructions on any.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from flask.sessions import SecureCookieSessionInterface
from flask_migrate import upgrade

from academy import clock, create_app, settings
from academy.database import db
from academy.learning.services import Learner
from bench import floors, instructions, statements
from bench.crowd import TOKEN, academy_batches, crowd, veteran
from bench.load import Post, Server, send, serving

SITES = 50
WORKERS, THREADS, CONNECTIONS = 1, 1, 4


@dataclass(frozen=True, slots=True)
class Size:
    """How much is sent: rounds that count, and learners of each (two answers apiece)."""

    rounds: int
    learners: int


USUAL, SMALL = Size(7, 500), Size(3, 150)


@dataclass(frozen=True, slots=True)
class Contender:
    name: str
    target: str
    environment: dict[str, str]
    batches: list[list[bytes]]
    """Two for each round: the first answers, then the last ones."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one answer: CPU milliseconds of the server; how long the client waited."""

    cpu: float
    waits: list[float]


def main() -> None:
    size = SMALL if "--small" in sys.argv else USUAL
    with TemporaryDirectory() as home:
        figures = measured(Path(home), size)
    figures["statements"] = counted()
    figures["python_instructions"] = instructions_counted()
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:<24}", figure if isinstance(figure, dict) else f"{figure:.2f}")


def measured(home: Path, size: Size) -> dict[str, object]:
    contenders = [academy(home, size), *floor_contenders(home, size)]
    costs: dict[str, list[Cost]] = {each.name: [] for each in contenders}
    with ExitStack() as stack:
        servers = {
            each.name: stack.enter_context(serving(each.target, each.environment, WORKERS, THREADS))
            for each in contenders
        }
        for number in range(size.rounds + 1):
            for each in contenders:
                cost = loaded(servers[each.name], each.batches[2 * number : 2 * number + 2])
                if number:  # the first round warms up
                    costs[each.name].append(cost)
        memory = {name: round(server.memory(), 1) for name, server in servers.items()}
    check_kept(home, size)
    return told(costs) | {"memory_per_worker_mib": memory}


def loaded(server: Server, batches: Sequence[Sequence[bytes]]) -> Cost:
    before = server.cpu_seconds()
    waits = [wait for batch in batches for wait in send(server.port, batch, CONNECTIONS)]
    return Cost((server.cpu_seconds() - before) * 1000 / len(waits), waits)


def told(costs: dict[str, list[Cost]]) -> dict[str, object]:
    ours = costs["academy"]
    figures: dict[str, object] = {
        f"cpu_ratio_to_{floor}": round(
            median(mine.cpu / theirs.cpu for mine, theirs in zip(ours, costs[floor], strict=True)),
            2,
        )
        for floor in ("raw", "flask")
    }
    figures["cpu_ms_per_answer"] = {
        name: round(median(cost.cpu for cost in each), 3) for name, each in costs.items()
    }
    for what, place in (("median", 49), ("p99", 98)):
        figures[f"wait_ms_{what}"] = {
            name: round(quantiles([wait for cost in each for wait in cost.waits], n=100)[place], 2)
            for name, each in costs.items()
        }
    return figures


def check_kept(home: Path, size: Size) -> None:
    """Every answer sent is there once, for the academy and for the floors."""
    sent = 2 * size.learners * (size.rounds + 1)
    today = "SELECT count(*), count(DISTINCT {}) FROM {}"
    for name, of in (
        ("raw", "answer"),
        ("flask", "answer"),
        ("academy", "answer WHERE context_id > 0 AND person_id > 1"),
    ):
        one = "context_id || '/' || slot" if name == "academy" else "learner_id || '/' || slot"
        with sqlite3.connect(home / name / "academy.sqlite") as there:
            kept = there.execute(today.format(one, of)).fetchone()
        assert kept == (sent, sent), (name, kept, sent)


def academy(home: Path, size: Size) -> Contender:
    """Learners with a history, their round of today drawn, and their answers ready to be sent."""
    place = home / "academy"
    environment = {"ACADEMY_HOME": str(place), "ACADEMY_SECRET_KEY": floors.SECRET}
    app = create_app(settings.read(environment))
    with app.app_context():
        upgrade()
        learners = [
            Learner(number, clock.now().date())
            for number in crowd(size.learners * (size.rounds + 1))
        ]
        batches = list(academy_batches(app, learners, size.learners))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return Contender("academy", "wsgi:app", environment, batches)


def instructions_counted() -> dict[str, int]:
    """What the interpreter executes for one answer: see `bench.instructions`."""
    with TemporaryDirectory() as home:
        size, place = Size(1, 150), Path(home)
        contenders = (academy(place, size), *floor_contenders(place, size))
        return {each.name: _instructions(each) for each in contenders}


def _instructions(contender: Contender) -> int:
    return instructions.within(
        contender.environment,
        lambda: instructions.per_answer(_loaded(contender), contender.batches),
    )


def _loaded(contender: Contender) -> instructions.Application:
    if contender.name == "academy":
        return create_app(settings.read(contender.environment))
    return floors.raw if contender.name == "raw" else floors.bare


def floor_contenders(home: Path, size: Size) -> Iterator[Contender]:
    for name, target in (("raw", "bench.floors:raw"), ("flask", "bench.floors:bare")):
        place = home / name
        place.mkdir()
        file = place / "academy.sqlite"
        questions = _fill(file, size)
        yield Contender(
            name, target, {"FLOOR": str(file)}, list(floor_batches(name, size, questions))
        )


def _fill(file: Path, size: Size) -> int:
    """The learners and questions of a floor; gives how many questions."""
    from academy.catalog.pack import read_pack  # noqa: PLC0415  # only here

    content = read_pack(settings.ROOT / "content")
    rows = [
        (
            question.ask_html.en,
            json.dumps(
                [
                    {"text": each.text_html.en, "why": each.why_html.en, "right": each.grade == 100}
                    for each in question.body.options
                ]
            ),
            question.explain_html.en,
            content.notions[question.notion].keep.en,
        )
        for question in content.questions.values()
        if hasattr(question.body, "options")
    ]
    with sqlite3.connect(file) as there:
        there.execute("PRAGMA journal_mode=WAL")
        there.executescript(floors.TABLES)
        there.executemany(
            "INSERT INTO entity (name) VALUES (?)", [(f"Site {n}",) for n in range(SITES)]
        )
        there.executemany(
            "INSERT INTO question (ask, options, explain, keep) VALUES (?, ?, ?, ?)", rows
        )
        learners = size.learners * (size.rounds + 1)
        there.executemany(
            "INSERT INTO learner (name, entity_id, points, stars, state) VALUES (?, ?, 300, 60, 0.5)",
            [("Karim Benali", 1 + number % SITES) for number in range(learners)],
        )
    return len(rows)


def floor_batches(name: str, size: Size, questions: int) -> Iterator[list[bytes]]:
    dice = Random(3)
    flask = SecureCookieSessionInterface().get_signing_serializer(floors.bare)
    assert flask is not None
    for number in range(size.rounds + 1):
        learners = range(1 + number * size.learners, 1 + (number + 1) * size.learners)
        for slot in (1, 2):
            yield [
                Post(
                    f"/minute/{slot}",
                    floors.signed(learner, TOKEN)
                    if name == "raw"
                    else str(flask.dumps({"learner": learner, "csrf": TOKEN})),
                    [
                        ("choice", str(dice.randrange(2))),
                        ("question", str(1 + dice.randrange(questions))),
                        ("csrf_token", TOKEN),
                    ],
                ).raw()
                for learner in learners
            ]


def counted() -> dict[str, int]:
    """SQL statements of one minute of somebody with a history, BEGIN and COMMIT apart; no award falls due."""
    with TemporaryDirectory() as home:
        app = create_app(settings.read({"ACADEMY_HOME": home, "ACADEMY_SECRET_KEY": floors.SECRET}))
        with app.app_context():
            upgrade()
            number = veteran()
        app.testing = True  # nothing else asks the database meanwhile
        client = app.test_client()
        with client.session_transaction() as held:
            held.update({"_user_id": f"{number}.0", "_fresh": True})

        def posting() -> Callable[[], object]:
            page = client.get("/minute").text
            action, token = statements.ROUND.search(page), statements.TOKEN.search(page)
            assert action
            assert token
            fields = {**dict(statements.FIELD.findall(page)), "csrf_token": token[1]}
            return lambda: client.post(action[1], data={**fields, "dont_know": "1"})

        show = partial(client.get, "/minute")
        return {
            "draw_and_show": statements.count(app, show),
            "show": statements.count(app, show),
            "answer_first": statements.count(app, posting()),
            "show_second": statements.count(app, show),
            "answer_last": statements.count(app, posting()),
        }


if __name__ == "__main__":
    main()
