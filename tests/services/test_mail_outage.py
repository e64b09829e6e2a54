"""The mail server is away, refuses all or goes silent for an hour: afterwards every mail leaves, once."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.post import jobs, mail, relay
from academy.post.mail import Reader
from academy.post.models import Letter
from tests.conftest import MONDAY
from tests.mail_server import free_port, mail_server
from tests.services.test_mail import WORDS, sender

Clock = Callable[[datetime], None]
MAILS = 4
MINUTE = timedelta(minutes=1)
AN_HOUR = 60
MOST_TRIES = 6  # after 1, 2, 4, 8, 16 and 32 minutes
LONGEST_AFTER = 64

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def put() -> None:
    for number in range(MAILS):
        mail.put(Reader(f"p{number}@aurore.example", "P"), WORDS, f"mail:{number}", MONDAY)
    db.session.commit()


def pass_by(now: Clock, first: int, last: int) -> None:
    """The worker looks every minute."""
    for minute in range(first, last):
        now(MONDAY + minute * MINUTE)
        jobs.drain()


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).execution_options(populate_existing=True)))


def test_away_for_an_hour_no_try_is_counted_and_all_leave_as_soon_as_it_is_back(
    app: Flask, now: Clock
) -> None:
    port = free_port()
    with sender(app, f"smtp://127.0.0.1:{port}"):
        put()
        pass_by(now, 0, AN_HOUR)
        assert {letter.tries for letter in letters()} == {0}

    with mail_server() as server, sender(app, server.url):
        pass_by(now, AN_HOUR, AN_HOUR + 1)

    assert len(server.ids) == len(set(server.ids)) == MAILS


def test_refused_for_an_hour_each_is_tried_ever_less_often_and_leaves_within_another(
    app: Flask, now: Clock
) -> None:
    trouble = {"MAIL": "421 try later", "RCPT": "450 busy", "DATA": "452 no room"}
    turn = iter(range(1_000_000))

    def refuse(stage: str, _address: str) -> str | None:
        """Now at one stage, now at another."""
        order = list(trouble)
        return (
            trouble[stage] if order[next(turn) % len(order)] == stage or stage == "DATA" else None
        )

    with mail_server(refuse) as server, sender(app, server.url):
        put()
        pass_by(now, 0, AN_HOUR)
        tried = [letter.tries for letter in letters()]
        server.stage = lambda *_anything: None
        pass_by(now, AN_HOUR, AN_HOUR + LONGEST_AFTER)
        assert all(letter.done_at for letter in letters())

    assert max(tried) <= MOST_TRIES
    assert Counter(server.ids).most_common(1)[0][1] == 1
    assert len(server.ids) == MAILS


@contextmanager
def silent(*words: bytes) -> Iterator[int]:
    """A server that takes the call, says so much, and nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    caller, _address = listening.accept()
                except OSError:
                    return
                held.append(caller)
                for each in words:
                    caller.sendall(each)

        Thread(target=take, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    for each in held:
        each.close()


@pytest.mark.parametrize("words", [(), (b"220 here\r\n",)])
def test_a_server_that_takes_the_call_and_goes_silent_is_given_up_soon_and_no_try_is_counted(
    app: Flask, now: Clock, monkeypatch: pytest.MonkeyPatch, words: tuple[bytes, ...]
) -> None:
    monkeypatch.setattr(relay, "TIMEOUT_SECONDS", 0.1)
    with silent(*words) as port, sender(app, f"smtp://127.0.0.1:{port}"):
        put()
        pass_by(now, 0, 2)
        assert {(letter.tries, letter.done_at, letter.dead_at) for letter in letters()} == {
            (0, None, None)
        }

    with mail_server() as server, sender(app, server.url):
        pass_by(now, 2, 3)
    assert len(set(server.ids)) == len(server.ids) == MAILS
