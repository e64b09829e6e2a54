"""Two machines, their networks, one PostgreSQL and one mail server: all that serves a company."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask

from academy.database import db
from academy.passport.credentials.keys import new_pair
from tests.conftest import opened, settings
from tests.faults.callers import Caller, Tally
from tests.faults.hosts import Host, environment
from tests.faults.networks import Network
from tests.faults.postgres import Postgres
from tests.mail_server import MailServer, mail_server

EVERYWHERE = "0.0.0.0"  # noqa: S104  # the mail server's: both networks reach it
MINE = os.getpid()
"""Tests run side by side: each names its networks after its process."""
NETWORKS = tuple(
    Network(f"{name}{MINE}", f"198.{block}.{MINE % 250}.1", f"198.{block}.{MINE % 250}.2")
    for name, block in (("one", 18), ("two", 19))
)


@dataclass
class Estate:
    """All that runs: the academy as the tests see it, its database, its two machines, its mail server."""

    app: Flask
    postgres: Postgres
    hosts: list[Host]
    mails: MailServer
    tally: Tally = field(default_factory=Tally)

    def caller(self, person: int, hosts: Sequence[Host] | None = None) -> Caller:
        return Caller(self.app, person, hosts or self.hosts, self.tally)


@contextmanager
def built(networks: Sequence[Network], folders: pytest.TempPathFactory) -> Iterator[Estate]:
    """Each machine in a network of its own; without networks, at ports of their own."""
    with ExitStack() as ends:
        # Not in pytest's own folder: every pytest that starts closes that to the database's user.
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        for network in networks:
            ends.callback(network.close)
            network.open()
        addresses = ("127.0.0.1", *(network.here for network in networks))
        postgres = Postgres(folder / "database", addresses)
        postgres.start()
        ends.callback(postgres.stop)
        app = opened(settings(folder, postgres.url))
        ends.callback(dispose, app)
        mails = ends.enter_context(mail_server(hostname=EVERYWHERE))
        hosts = _hosts(app, postgres, mails, networks, folders)
        for host in hosts:
            ends.callback(host.stop)
            host.start()
        for host in hosts:
            host.wait()
        yield Estate(app, postgres, hosts, mails)


def _hosts(
    app: Flask,
    postgres: Postgres,
    mails: MailServer,
    networks: Sequence[Network],
    folders: pytest.TempPathFactory,
) -> list[Host]:
    """Two machines that differ in where they are and in what is in their folder, and in nothing else."""
    keys, hosts = new_pair().text, []
    for number in range(2):
        home = folders.mktemp("host")
        here = networks[number].here if networks else "127.0.0.1"
        more = {
            "ACADEMY_DATABASE_URL": postgres.url_at(here),
            "ACADEMY_SMTP_URL": f"smtp://{here}:{mails.port}",
            "ACADEMY_MAIL_FROM": "academy@aurore.example",
            "ACADEMY_SIGNING_KEYS": keys,
            "ACADEMY_TRUSTED_PROXIES": "1",
            "ACADEMY_PUBLIC_URL": "https://academy.example",
        }
        settings_ = environment(app.config["SETTINGS"], home, **more)
        place = (
            {"address": networks[number].there, "before": networks[number].inside}
            if networks
            else {}
        )
        hosts.append(Host(home, settings_, home.with_suffix(".log"), **place))  # type: ignore[arg-type]  # fields by name
    return hosts


def dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
