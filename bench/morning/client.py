"""The crowd, in a process of its own: `python -m bench.morning.client JOB RESULT`, two files.

Open loop: people arrive by chance at a rate, whatever the server does, and go from page to page at moments
set beforehand; a request waits from the moment it was meant to be sent. Closed loop: so many people at a
time, each of whom sends once the answer before has come and a pause is over.
"""

import asyncio
import json
import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench.morning import visits
from bench.morning.wire import Lines, Reply

PATIENCE = 30


@dataclass(slots=True)
class Person:
    id: int
    cookie: str
    address: str
    question: visits.Asked | None = None
    token: str = ""
    """Of the form seen last, for signing in."""


@dataclass(slots=True)
class Crowd:
    """Everybody who comes, what they meet, and what became of it."""

    job: dict[str, Any]
    lines: Lines
    dice: Random
    begun: float
    rows: list[tuple[str, float, float, int, int, int]] = field(default_factory=list)
    """Name, when it was meant, how long it took (s), status, microseconds of CPU, statements."""
    acknowledged: list[tuple[int, int, int]] = field(default_factory=list)
    """Person, round, slot."""
    next: int = 0

    def somebody(self) -> Person | None:
        if self.next >= len(self.job["people"]):
            return None
        number, cookie = self.job["people"][self.next]
        self.next += 1
        return Person(number, cookie, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")

    def now(self) -> float:
        return time.perf_counter() - self.begun

    async def until(self, moment: float) -> None:
        ahead = moment - self.now()
        if ahead > 0:
            await asyncio.sleep(ahead)

    async def visit(self, person: Person, at: float, *, closed: bool) -> None:
        """The whole morning of one person, begun at this moment."""
        steps = visits.script(self.dice)
        if "sign_in" not in steps:
            person.address = ""  # the browser their session was opened in
        for name in steps:
            await self.until(at)
            meant = self.now() if closed else at
            if not await self._step(name, person, meant):
                return
            pause = self.dice.expovariate(1 / self.job["think"]) if self.job["think"] else 0.0
            at = (self.now() if closed else at) + min(pause, 4 * self.job["think"])

    async def _step(self, name: str, person: Person, meant: float) -> bool:
        """One request; False when the morning ends here."""
        request = self._request(name, person)
        if request is None:
            return False
        try:
            async with asyncio.timeout(PATIENCE):
                reply = await self.lines.send(request)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            reply = Reply(0, "", "", 0, 0)
        wanted = 302 if name == "sign_in" else 200
        took = self.now() - meant
        self.rows.append((name, meant, took, reply.status, reply.micros, reply.statements))
        if reply.status != wanted:
            return False
        self._learn(name, person, reply)
        return True

    def _request(self, name: str, person: Person) -> bytes | None:
        match name:
            case "sign_in_page":
                return visits.get("/sign-in", "", person.address)
            case "sign_in":
                typed = [("csrf_token", person.token), ("password", self.job["password"])]
                typed += [("email", f"person{person.id}@aurore.example"), ("submit", "1")]
                return visits.post("/sign-in", person.cookie, typed, person.address)
            case "answer" | "answer_last":
                asked = person.question
                if asked is None:
                    return None
                given = visits.given(asked, self.dice)
                return visits.post(asked.path, person.cookie, given, person.address)
            case "dashboard":
                path, cookie = self.dice.choice(self.job["dashboards"])
                return visits.get(path, cookie)
            case "lesson" | "verify":
                return visits.get(self.dice.choice(self.job[name]), person.cookie, person.address)
        path = {"home": "/", "passport": "/passport"}.get(name, "/minute")
        return visits.get(path, person.cookie, person.address)

    def _learn(self, name: str, person: Person, reply: Reply) -> None:
        if name in visits.ANSWERS and person.question is not None:
            self.acknowledged.append((person.id, person.question.round, person.question.slot))
            person.question = None
        elif name in {"show", "show_next"}:
            person.question = visits.asked(reply.body)
        elif name == "sign_in_page":
            person.token, person.cookie = visits.token(reply.body), reply.cookie
        elif name == "sign_in":
            person.cookie = reply.cookie

    async def open_loop(self) -> None:
        running = set()
        for moment in self._arrivals():
            await self.until(moment)
            person = self.somebody()
            if person is None:
                break
            task = asyncio.create_task(self.visit(person, moment, closed=False))
            running.add(task)
            task.add_done_callback(running.discard)
        if running:
            await asyncio.gather(*running)

    def _arrivals(self) -> Iterator[float]:
        """A Poisson process; with a curve, thinned to a morning that rises and falls once."""
        length, rate, at = self.job["length"], self.job["rate"] / visits.A_PERSON, 0.0
        while (at := at + self.dice.expovariate(rate)) < length:
            height = 0.2 + 0.8 * math.sin(math.pi * at / length) ** 2 if self.job["curve"] else 1.0
            if self.dice.random() < height:
                yield at

    async def closed_loop(self) -> None:
        await asyncio.gather(*(self._one_after_the_other() for _ in range(self.job["closed"])))

    async def _one_after_the_other(self) -> None:
        await asyncio.sleep(self.dice.random() * self.job["think"])
        while self.now() < self.job["length"] and (person := self.somebody()):
            await self.visit(person, self.now(), closed=True)


async def _run(job: dict[str, Any]) -> dict[str, Any]:
    lines = Lines(job["port"])
    crowd = Crowd(job, lines, Random(job["seed"]), time.perf_counter())
    print("begun", flush=True)
    await (crowd.closed_loop() if job["closed"] else crowd.open_loop())
    lines.close()
    return {
        "rows": crowd.rows,
        "acknowledged": crowd.acknowledged,
        "used": crowd.next,
        "cpu": time.process_time(),
        "connections": lines.opened,
    }


def main() -> None:
    job, result = map(Path, sys.argv[1:3])
    found = asyncio.run(_run(json.loads(job.read_text("utf-8"))))
    result.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
