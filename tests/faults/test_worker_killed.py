"""Two hundred mails and a worker that is killed again and again: every mail arrives.

A mail is in the outbox from its commit on, and marked done as soon as the mail server has answered 250.
Killed anywhere else, the worker sends nothing twice. Killed between that answer and the mark, it sends one
mail again, with the same Message-ID: no sender can know better (RFC 5321, 4.2.5 and 6.1).
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

import pytest
from flask import Flask

from academy.database import db
from academy.post import mail, queries
from academy.post.composing import Composed
from academy.post.mail import Reader
from tests.faults.conftest import LONG, Worker
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.faults

MAILS = 200
PATIENCE = 60
WORDS = Composed("en", "News", "News\n", "<p>News</p>\n")


@pytest.fixture(autouse=True)
def letters(app: Flask) -> list[str]:
    """The Message-IDs of the mails that were put."""
    onces = [f"news:{number}" for number in range(MAILS)]
    with app.app_context():
        for once in onces:
            reader = Reader(f"{once.replace(':', '')}@aurore.example", "A reader")
            mail.put(reader, WORDS, once, datetime.now(UTC))
        db.session.commit()
    return [mail.message_id(once, "academy@aurore.example") for once in onces]


def until(true: Callable[[], bool], worker: Worker) -> None:
    """Wait, starting the worker again whenever it died."""
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, "it takes too long"
        if worker.dead:
            worker.start()
        time.sleep(0.02)


def all_done(app: Flask) -> bool:
    with app.app_context():
        found = queries.outbox(datetime.now(UTC))
    return found.waiting == 0


def work_off(app: Flask, worker: Worker, server: MailServer) -> None:
    worker.environment["ACADEMY_SMTP_URL"] = server.url
    until(lambda: len(set(server.ids)) == MAILS and all_done(app), worker)
    assert worker.stop() == 0


def test_killed_at_any_stage_of_a_mail_nothing_is_lost_and_nothing_comes_twice(
    app: Flask, worker: Worker, letters: list[str]
) -> None:
    """At its sender, at its reader, and when its words were sent but the server had not taken it yet."""
    stages = {15: "MAIL", 80: "RCPT", 150: "DATA"}
    seen = Counter[str]()

    def mischief(stage: str, _address: str) -> str | None:
        seen[stage] += 1
        if stages.get(seen["MAIL"]) != stage:
            return None
        del stages[seen["MAIL"]]
        worker.kill()
        return "451 not taken"

    with mail_server(mischief) as server:
        work_off(app, worker, server)

    assert worker.deaths == 3
    assert Counter(server.ids) == Counter(letters)


def test_killed_before_it_heard_the_answer_one_mail_comes_twice_and_is_the_same_mail(
    app: Flask, worker: Worker, letters: list[str]
) -> None:
    """The gap that no sender can close. Whoever looks at the Message-ID shows the mail once."""
    killed: list[str] = []

    def mischief(stage: str, address: str) -> str | None:
        if stage == "STORED" and address == "news100@aurore.example" and not killed:
            killed.append(address)
            worker.kill()
        return None

    with mail_server(mischief) as server:
        work_off(app, worker, server)

    twice = [once for once, times in Counter(server.ids).items() if times > 1]
    assert set(server.ids) == set(letters)
    assert twice == [mail.message_id("news:100", "academy@aurore.example")]
    first, second = (raw for raw in server.raw if twice[0].encode() in raw)
    assert first == second


@pytest.mark.parametrize("app", ["sqlite", "postgresql"] if LONG else ["sqlite"], indirect=True)
def test_killed_at_random_moments_nothing_is_lost_and_only_what_was_in_doubt_comes_twice(
    app: Flask, worker: Worker, letters: list[str]
) -> None:
    dice = Random(20261122)  # noqa: S311  # moments, not secrets
    with mail_server() as server:
        worker.environment["ACADEMY_SMTP_URL"] = server.url
        for _death in range(2):
            before = len(server.mails)
            until(lambda: len(server.mails) > before, worker)  # noqa: B023  # used at once
            time.sleep(dice.uniform(0, 0.15))
            worker.kill()
        work_off(app, worker, server)

    times = Counter(server.ids)
    assert set(times) == set(letters)
    assert sum(times.values()) - MAILS <= worker.deaths  # at most the one in hand, each time
