"""Two machines with a folder each and one PostgreSQL between them serve one company as one."""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from academy import database
from academy.catalog import releases
from academy.database import db
from academy.passport.credentials.keys import new_pair
from academy.people.models import Role
from academy.post import mail, queries
from academy.post.composing import Composed
from academy.post.mail import Reader
from tests.conftest import opened, settings
from tests.factories import PASSWORD, make_person
from tests.faults.callers import Caller, Said, Tally
from tests.faults.conftest import LONG
from tests.faults.hosts import Host, environment, until
from tests.faults.mornings import ACTS, check, prepared
from tests.faults.networks import Network, why_not
from tests.faults.postgres import Postgres
from tests.mail_server import MailServer, mail_server
from tests.services.packs import publish, reworded, shipped

NO_NETWORKS = why_not()
EVERYWHERE = "0.0.0.0"  # noqa: S104  # the mail server's: both networks reach it
MINE = os.getpid()
"""Tests run side by side: each names its networks after its process."""
NETWORKS = tuple(
    Network(f"{name}{MINE}", f"198.{block}.{MINE % 250}.1", f"198.{block}.{MINE % 250}.2")
    for name, block in (("one", 18), ("two", 19))
)
PEOPLE = 60 if LONG else 10
MAILS = 50
LESSON = "web-versus-internet"
OK, FOUND, REFUSED, FORBIDDEN, TOO_MANY = 200, 302, 401, 403, 429

pytestmark = [
    pytest.mark.faults,
    pytest.mark.allow_hosts(["127.0.0.1", EVERYWHERE, *(network.there for network in NETWORKS)]),
]


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


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(
            "networks", marks=pytest.mark.skipif(bool(NO_NETWORKS), reason=NO_NETWORKS or "-")
        ),
        pytest.param(
            "ports",
            marks=pytest.mark.skipif(
                not NO_NETWORKS and not LONG, reason="seen in networks of their own already"
            ),
        ),
    ],
)
def estate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Estate]:
    """Each machine in a network of its own; where these cannot be made, at ports of their own."""
    networks = NETWORKS if request.param == "networks" else ()
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
        ends.callback(_dispose, app)
        mails = ends.enter_context(mail_server(hostname=EVERYWHERE))
        hosts = _hosts(app, postgres, mails, networks, tmp_path_factory)
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
        hosts.append(Host(home, settings_, home.with_suffix(".log"), **place))  # type: ignore[arg-type]
    return hosts


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def somebody(estate: Estate, *roles: Role, password: str | None = None) -> tuple[int, str]:
    """A colleague, and their address."""
    with estate.app.app_context():
        database.may_write()
        person = make_person(*roles, password=password)
        return person.id, person.email


def test_what_is_done_at_one_machine_holds_at_the_other_at_once(estate: Estate) -> None:
    """Signing in, going on with a minute, wishes for pages, a role taken back, signing out everywhere."""
    one, two = estate.hosts
    number, email = somebody(estate, Role.ADMIN, password=PASSWORD)
    admin, _email = somebody(estate, Role.ADMIN)
    stranger = estate.caller(0, [one])

    page = stranger.get("/sign-in")
    entered = stranger.submit(page, "/sign-in", {"email": email, "password": PASSWORD})
    assert entered.status == FOUND
    stranger.hosts = [two]
    question = stranger.get("/minute")
    stranger.hosts = [one]
    assert stranger.submit(question, "/minute/", {"dont_know": "1"}).status == OK
    stranger.hosts = [two]
    again = stranger.submit(question, "/minute/", {"dont_know": "1"})
    assert again.status == OK  # the same form, at another machine: the same explanation
    assert stranger.get("/minute").form("/minute/").action.endswith("/2")

    assert stranger.get("/people").status == OK
    boss = estate.caller(admin, [one])
    taken = boss.submit(boss.get(f"/people/{number}"), "/revoke", {})
    assert taken.status == FOUND
    assert stranger.get("/people").status == FORBIDDEN

    elsewhere = estate.caller(number, [one])
    assert (
        elsewhere.submit(elsewhere.get("/preferences"), "/sign-out-everywhere", {}).status == FOUND
    )
    assert stranger.get("/").status == FOUND  # to the sign-in page
    assert estate.tally.broken == []


def test_tries_are_counted_together(estate: Estate) -> None:
    """Eight at one account in a quarter of an hour, wherever they were made."""
    _number, email = somebody(estate, password=PASSWORD)
    thief = estate.caller(0)
    at = datetime.now(UTC)

    told = [tried(thief, email).status for _try in range(9)]

    if datetime.now(UTC).minute // 15 == at.minute // 15:
        assert told == [REFUSED] * 8 + [TOO_MANY]


def tried(thief: Caller, email: str) -> Said:
    page = thief.get("/sign-in")
    return thief.submit(page, "/sign-in", {"email": email, "password": "not this one"})


def test_a_release_published_once_is_served_by_both_and_keys_are_the_same(estate: Estate) -> None:
    key = publish(estate.app, reworded(shipped(), LESSON, "Said anew."), datetime.now(UTC))
    with estate.app.app_context():
        assert releases.current().release == key
    number, _email = somebody(estate)

    def serve_it(host: Host) -> bool:
        return "Said anew." in estate.caller(number, [host]).get(f"/lessons/{LESSON}").text

    for host in estate.hosts:
        until(lambda: serve_it(host), what="the new release")  # noqa: B023  # used at once
    documents = {
        estate.caller(0, [host]).get("/.well-known/did.json").text for host in estate.hosts
    }
    assert len(documents) == 1


def test_two_workers_carry_every_letter_once(estate: Estate) -> None:
    def slowly(stage: str, _address: str) -> None:
        """Until both are there, the server takes its time."""
        if stage == "MAIL" and estate.mails.sessions < len(estate.hosts):
            time.sleep(0.1)

    estate.mails.sessions, estate.mails.stage = 0, slowly
    sent = posted(estate.app, [f"both:{number}" for number in range(MAILS)])

    until(lambda: waiting(estate.app) == 0, what="the post")

    came = Counter(estate.mails.ids)
    assert {message: came[message] for message in sent} == dict.fromkeys(sent, 1)
    assert estate.mails.sessions == len(estate.hosts)


def posted(app: Flask, onces: Sequence[str]) -> list[str]:
    """The Message-IDs of mails that were put just now."""
    words = Composed("en", "News", "News\n", "<p>News</p>\n")
    with app.app_context():
        database.may_write()
        for once in onces:
            reader = Reader(f"{once.replace(':', '')}@aurore.example", "A reader")
            mail.put(reader, words, once, datetime.now(UTC))
        db.session.commit()
    return [mail.message_id(once, "academy@aurore.example") for once in onces]


def waiting(app: Flask) -> int:
    with app.app_context():
        return queries.outbox(datetime.now(UTC)).waiting


def test_a_database_killed_in_the_middle_of_a_morning_is_waited_for(estate: Estate) -> None:
    """People read that they may send it again; nothing is started again but PostgreSQL."""
    morning = prepared(estate.app, PEOPLE)
    before = [(host.granian, host.worker, *host.web_processes) for host in estate.hosts]
    witness = estate.caller(morning.mentor)
    witness.language = "fr"

    with morning.lived(estate.hosts) as tally:
        tally.reached(PEOPLE * ACTS // 3)
        estate.postgres.kill()
        away = [
            witness.try_once("GET", path) for path in ("/", "/minute", "/sign-in", "/verify/BCDF")
        ]
        open_ = [host.open for host in estate.hosts]
        estate.postgres.start()

    _dispose(estate.app)  # the tests' own connections died too
    check(morning)
    posted(estate.app, ["afterwards:1"])
    until(lambda: waiting(estate.app) == 0, what="the post")
    assert {said.status for said in away} == {503}
    assert all(int(said.headers["Retry-After"]) > 0 for said in away)
    assert {said.title for said in away} == {"L’académie a beaucoup de monde"}
    assert open_ == [True, True]
    assert morning.tally.busy > 0
    assert morning.tally.broken == []
    assert [(host.granian, host.worker, *host.web_processes) for host in estate.hosts] == before
