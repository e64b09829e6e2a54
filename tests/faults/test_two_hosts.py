"""Two machines with a folder each and one PostgreSQL between them serve one company as one."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from flask import Flask

from academy import database
from academy.catalog import releases
from academy.database import db
from academy.people.models import Role
from academy.post import mail, queries
from academy.post.composing import Composed
from academy.post.mail import Reader
from tests.factories import PASSWORD, make_person
from tests.faults.callers import Caller, Said
from tests.faults.conftest import LONG
from tests.faults.estates import EVERYWHERE, NETWORKS, Estate, built, dispose
from tests.faults.hosts import Host, until
from tests.faults.mornings import ACTS, check, prepared
from tests.faults.networks import why_not
from tests.services.packs import publish, reworded, shipped

NO_NETWORKS = why_not()
PEOPLE = 60 if LONG else 10
MAILS = 50
LESSON = "web-versus-internet"
OK, FOUND, REFUSED, FORBIDDEN, TOO_MANY = 200, 302, 401, 403, 429

pytestmark = [
    pytest.mark.faults,
    pytest.mark.allow_hosts(["127.0.0.1", EVERYWHERE, *(network.there for network in NETWORKS)]),
]


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
    with built(networks, tmp_path_factory) as all_of_it:
        yield all_of_it


def somebody(estate: Estate, *roles: Role, password: str | None = None) -> tuple[int, str]:
    """A colleague, and their address."""
    with estate.app.app_context():
        database.may_write()
        person = make_person(*roles, password=password)
        return person.id, person.email


def test_what_is_done_at_one_machine_holds_at_the_other_at_once(estate: Estate) -> None:
    """Signing in, going on with a minute, the language, a role taken back, signing out everywhere."""
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

    assert stranger.submit(question, "/language", {"language": "fr"}).status == FOUND
    assert stranger.get("/minute").html.html["lang"] == "fr"  # type: ignore[index]  # every page has one

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

    dispose(estate.app)  # the tests' own connections died too
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
