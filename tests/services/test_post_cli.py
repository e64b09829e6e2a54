"""What an operator does about mail from a terminal."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask

from academy import create_app
from academy.database import db
from academy.post import handlers, jobs, services
from academy.post.handlers import Undeliverable
from academy.post.services import Leased
from tests.conftest import MONDAY
from tests.mail_server import MailServer, mail_server
from tests.services.packs import quick


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["academy", *words])


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def sending(app: Flask, server: MailServer) -> Iterator[Flask]:
    config = replace(app.config["SETTINGS"], smtp_url=server.url, mail_from="academy@b.example")
    other = create_app(quick(config))
    yield other
    with other.app_context():
        db.engine.dispose()


def test_a_test_mail_goes_to_the_server_at_once(sending: Flask, server: MailServer) -> None:
    answer = run(sending, "send-test-mail", "ada@aurore.example", "--language", "en")

    assert (answer.exit_code, answer.output) == (0, "The mail server took it.\n")
    assert [str(found["Subject"]) for found in server.mails] == ["A test mail from the academy"]


def test_a_test_mail_that_is_refused_says_why(sending: Flask, server: MailServer) -> None:
    server.stage = lambda at, _to: "550 not from you" if at == "RCPT" else None

    answer = run(sending, "send-test-mail", "ada@aurore.example")

    assert answer.exit_code == 1
    assert "Not sent: 550 not from you" in answer.output


def test_without_a_server_the_demonstration_says_where_the_mail_is(app: Flask) -> None:
    assert run(app, "send-test-mail", "ada@aurore.example").output == "It is in the mailbox.\n"


def test_a_slip_in_the_address_is_told_before_anything_is_written(app: Flask) -> None:
    answer = run(app, "send-test-mail", "ada@")

    assert answer.exit_code == 1
    assert "ada@ is not an address." in answer.output
    assert run(app, "outbox").output == "0 waiting (0 late, 0 begun), 0 dead.\n"


def test_the_dead_are_listed_with_their_reason_and_may_be_revived(app: Flask) -> None:
    def refuse(_letter: Leased) -> None:
        raise Undeliverable("550 nobody here")

    handlers.register(app, "note", refuse)
    with app.app_context():
        services.put("note", {}, "letter", MONDAY)
        db.session.commit()
        jobs.drain()

    stands, dead = run(app, "outbox").output.splitlines()
    assert stands == "0 waiting (0 late, 0 begun), 1 dead."
    assert dead.endswith(" note after 1 tries: 550 nobody here")
    assert run(app, "outbox", "--revive").output.splitlines() == [
        "1 dead letters are due again.",
        "1 waiting (1 late, 0 begun), 0 dead.",
    ]
