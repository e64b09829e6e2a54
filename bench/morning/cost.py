"""CPU of one answer on a company with a past, in turn with the floors of `bench.answer`."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from academy.database import db
from bench import answer
from bench.crowd import signing
from bench.load import Server, serving
from bench.morning import accounts, kept, visits
from bench.morning.place import Place
from bench.morning.wire import Lines

SIZE = answer.Size(7, 300)
CONNECTIONS = 4


@dataclass(slots=True)
class Somebody:
    id: int
    cookie: str
    asked: visits.Asked | None = None


def measured(place: Place) -> dict[str, Any]:
    """Medians of the rounds, and of the ratios within a round. Each is one process of one thread."""
    groups, start = _people(place), kept.before(place)
    told: list[kept.Told] = []
    costs: dict[str, list[float]] = {"academy": [], "raw": [], "flask": []}
    with TemporaryDirectory() as home, ExitStack() as stack:
        floors = list(answer.floor_contenders(Path(home), SIZE))
        ours = stack.enter_context(serving("wsgi:app", place.environment(), 1, 1))
        servers = [
            stack.enter_context(serving(each.target, each.environment, 1, 1)) for each in floors
        ]
        for number, group in enumerate(groups):
            spent = [_answered(ours, group, slot, place, told) for slot in (1, 2)]
            row = {"academy": sum(spent) / 2}
            for floor, server in zip(floors, servers, strict=True):
                row[floor.name] = answer.loaded(
                    server, floor.batches[2 * number : 2 * number + 2]
                ).cpu
            if number:  # the first round warms up
                for name, figure in row.items():
                    costs[name].append(figure)
    pairs = {name: zip(costs["academy"], costs[name], strict=True) for name in ("raw", "flask")}
    return {
        "cpu_ms_per_answer": {name: round(median(each), 3) for name, each in costs.items()},
        **{
            f"cpu_ratio_to_{name}": round(median(mine / theirs for mine, theirs in each), 2)
            for name, each in pairs.items()
        },
        "kept": kept.check(place, start, told),
    }


def _people(place: Place) -> list[list[Somebody]]:
    """So many for each round, of all the company; they come once a day."""
    notes, wanted = place.notes(), (SIZE.rounds + 1) * SIZE.learners
    first = notes["lived"] + 41
    order = list(range(first, notes["people"] + 1))
    Random(notes["made_at"]).shuffle(order)
    begin = notes["next"] - first + 1
    chosen = order[begin : begin + wanted]
    if len(chosen) < wanted:
        raise SystemExit(f"{wanted} people are needed who have not done their minute today.")
    place.note(next=notes["next"] + wanted)
    with place.app().app_context() as context:
        cookie_of = signing(context.app)
        people = [Somebody(number, cookie_of(number)) for number in chosen]
        db.engine.dispose()
    return [people[start : start + SIZE.learners] for start in range(0, wanted, SIZE.learners)]


def _answered(
    server: Server, people: Sequence[Somebody], slot: int, place: Place, told: list[kept.Told]
) -> float:
    """CPU milliseconds of one answer alone: the pages that ask are opened before."""
    dice = Random(slot)
    asyncio.run(_opened(server.port, people))
    requests = [
        visits.post(each.asked.path, each.cookie, visits.given(each.asked, dice))
        for each in people
        if each.asked
    ]
    before = _spent(server, place)
    asyncio.run(_all(server.port, requests))
    told += [(each.id, each.asked.round, each.asked.slot) for each in people if each.asked]
    return (_spent(server, place) - before) * 1000 / len(requests)


def _spent(server: Server, place: Place) -> float:
    return server.cpu_seconds() + accounts.spent(place.postmaster)


async def _opened(port: int, people: Sequence[Somebody]) -> None:
    pages = await _all(port, [visits.get("/minute", each.cookie) for each in people])
    for each, page in zip(people, pages, strict=True):
        each.asked = visits.asked(page)


async def _all(port: int, requests: Sequence[bytes]) -> list[str]:
    """Every request, a few at a time; gives the pages in order. All must be 200."""
    lines, pages = Lines(port), dict[int, str]()
    waiting = iter(enumerate(requests))

    async def some() -> None:
        for number, request in waiting:
            reply = await lines.send(request)
            assert reply.status == 200, (reply.status, request[:80], reply.body[:2000])
            pages[number] = reply.body

    await asyncio.gather(*(some() for _ in range(CONNECTIONS)))
    lines.close()
    return [pages[number] for number in range(len(requests))]
