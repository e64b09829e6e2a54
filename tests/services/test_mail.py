"""Mail: composed in its reader's language when it is put, carried over real SMTP, safe in its headers."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select

from academy import create_app
from academy.database import db
from academy.post import jobs, mail, queries
from academy.post.composing import Composed, address, compose
from academy.post.mail import Entry, Reader
from academy.post.models import Letter, PostedMail
from academy.post.queries import Outbox
from academy.post.services import Leased
from academy.settings import BrokenSetting, Settings
from tests.conftest import MONDAY
from tests.mail_server import MailServer, encrypted, free_port, mail_server
from tests.services.packs import quick

ADA = Reader("ada@aurore.example", "Ada Lovelace")
WORDS = Composed("en", "A subject", "Some text\n", "<!doctype html><p>Some text</p>\n")


@contextmanager
def beside(app: Flask, **changes: object) -> Iterator[Flask]:
    """In the context of the same academy with other settings."""
    config = replace(app.config["SETTINGS"], **changes)
    other = create_app(quick(config))
    with other.app_context():
        yield other
        db.session.remove()
        db.engine.dispose()


def sender(app: Flask, url: str) -> AbstractContextManager[Flask]:
    return beside(app, smtp_url=url, mail_from="academy@aurore.example")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def sending(app: Flask, server: MailServer) -> Iterator[Flask]:
    """In the context of an academy that sends by that server."""
    with sender(app, server.url) as other:
        yield other


def put(
    once: str = "hello", to: Reader = ADA, words: Composed = WORDS, unsubscribe: str = ""
) -> None:
    mail.put(to, words, once, MONDAY, unsubscribe=unsubscribe)
    db.session.commit()


def stored(once: str = "hello") -> Letter:
    found = queries.fate(once)
    assert found is not None
    return found


def again(once: str = "hello") -> None:
    stored(once).due_at = MONDAY
    db.session.commit()


# -- words ---------------------------------------------------------------------------------------


def test_a_mail_is_composed_in_its_readers_language(context: Flask) -> None:
    english, french = (compose("welcome", each, given_name="Léa") for each in ("en", "fr"))

    assert english.subject == "Welcome to the academy, Léa"
    assert french.subject.split() == ["Bienvenue", "à", "l’académie,", "Léa"]
    assert "One minute a day is enough" in english.text
    assert "Une minute par jour suffit\u00a0: deux questions" in french.text
    assert 'lang="fr"' in french.html
    assert "Une minute par jour suffit\u00a0: deux questions" in french.html
    assert "https://academy.example/minute" in french.text
    assert 'href="https://academy.example/minute"' in french.html


def test_what_people_are_called_cannot_become_html(context: Flask) -> None:
    words = compose("welcome", "en", given_name="<b>Ada</b> & co")

    assert "&lt;b&gt;Ada&lt;/b&gt; &amp; co" in words.html
    assert "<b>Ada</b> & co" in words.text


def test_the_text_has_one_empty_line_between_paragraphs(context: Flask) -> None:
    text = compose("welcome", "en", given_name="Ada").text

    assert "\n\n\n" not in text
    assert text == text.strip() + "\n"


def test_a_moment_is_said_in_the_readers_zone_not_in_that_of_the_page(context: Flask) -> None:
    words = compose("test", "en", at=MONDAY, zone="Asia/Tokyo")

    assert "2 March 2026, 19:00" in words.text


def test_links_lead_to_the_public_address_even_below_a_path(app: Flask) -> None:
    with beside(app, public_url="https://aurore.example/learn"):
        assert address("daily.minute") == "https://aurore.example/learn/minute"


# -- over the wire -------------------------------------------------------------------------------


def test_a_mail_arrives_with_both_its_forms_and_every_header(
    sending: Flask, server: MailServer
) -> None:
    words = compose("welcome", "fr", given_name="Léa")
    put(
        "welcome:1",
        Reader("lea@aurore.example", "Léa Nouvelle"),
        words,
        unsubscribe="https://a.example/u",
    )

    assert jobs.drain() == 1

    (found,) = server.mails
    assert found["From"] == "Papeteries Aurore <academy@aurore.example>"
    assert found["To"] == "Léa Nouvelle <lea@aurore.example>"
    assert found["Subject"] == "Bienvenue à l’académie, Léa"
    assert found["Date"] == "Mon, 02 Mar 2026 10:00:00 +0000"
    assert found["Message-ID"] == mail.message_id("welcome:1", "academy@aurore.example")
    assert found["List-Unsubscribe"] == "<https://a.example/u>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_content_type() == "multipart/alternative"
    plain, html = (found.get_body((form,)) for form in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == words.text.splitlines()
    assert html.get_content().splitlines() == words.html.splitlines()


def test_without_a_page_to_stop_it_a_mail_has_no_such_header(
    sending: Flask, server: MailServer
) -> None:
    put()
    jobs.drain()

    assert server.mails[0]["List-Unsubscribe"] is None


def test_a_mail_tried_again_is_the_same_mail_byte_for_byte(
    sending: Flask, server: MailServer
) -> None:
    server.stage = lambda stage, _address: "451 broke down" if stage == "STORED" else None
    put(words=compose("welcome", "fr", given_name="Léa"))
    jobs.drain()
    again()
    server.stage = lambda *_anything: None

    assert jobs.drain() == 1

    assert len(server.raw) == 2
    assert server.raw[0] == server.raw[1]


def test_one_connection_carries_all_the_mails_of_a_drain(
    sending: Flask, server: MailServer
) -> None:
    for number in range(30):
        put(f"mail:{number}")

    assert jobs.drain() == 30
    assert (len(server.mails), server.sessions) == (30, 1)


def test_a_server_that_hung_up_is_called_again(app: Flask) -> None:
    with mail_server(timeout=0.2) as server, sender(app, server.url):
        put("first")
        jobs.drain()
        sleep(0.5)  # a relay hangs up on a line that is silent for long
        put("second")

        assert jobs.drain() == 1

        assert (len(server.mails), server.sessions) == (2, 2)


def test_a_server_that_is_away_is_waited_for(app: Flask) -> None:
    port = free_port()
    with sender(app, f"smtp://127.0.0.1:{port}"):
        put("first")
        put("second")

        assert jobs.drain() == 0

        assert stored("first").failure.startswith(f"127.0.0.1:{port}: ")
        assert [(stored(once).tries, stored(once).dead_at) for once in ("first", "second")] == [
            (0, None)
        ] * 2


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_mail_refused_for_good_is_given_up_and_the_next_one_goes(
    sending: Flask, server: MailServer, stage: str
) -> None:
    server.stage = lambda at, to: (
        "550 unknown here" if (at, to) == (stage, "bob@aurore.example") else None
    )
    put("to bob", Reader("bob@aurore.example", "Bob"))
    put("to ada")

    assert jobs.drain() == 1

    assert stored("to bob").dead_at == MONDAY
    assert stored("to bob").failure == "550 unknown here"


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_mail_refused_for_now_is_tried_again(
    sending: Flask, server: MailServer, stage: str
) -> None:
    server.stage = lambda at, _to: "451 come back later" if at == stage else None
    put()

    assert jobs.drain() == 0
    assert "451" in stored().failure
    assert stored().due_at == MONDAY + timedelta(minutes=1)

    server.stage = lambda *_anything: None
    again()
    assert jobs.drain() == 1


# -- encryption and passwords --------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for 127.0.0.1 that nobody but us trusts, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("certificate")
    pair = str(folder / "certificate.pem"), str(folder / "key.pem")
    command = (
        f"{openssl} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        f"-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -out {pair[0]} -keyout {pair[1]}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)  # noqa: S603  # our own command
    return pair


def test_a_server_that_offers_encryption_is_taken_at_its_word(
    app: Flask, certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
    options = encrypted(*certificate) | {"require_starttls": True}
    with mail_server(**options) as server, sender(app, server.url):
        put()
        assert jobs.drain() == 1


def test_a_server_that_cannot_prove_who_it_is_gets_no_mail(
    app: Flask, certificate: tuple[str, str]
) -> None:
    with mail_server(**encrypted(*certificate)) as server, sender(app, server.url):
        put()
        assert jobs.drain() == 0
        assert "CERTIFICATE_VERIFY_FAILED" in stored().failure
        assert server.mails == []


# -- headers cannot be forged --------------------------------------------------------------------


@pytest.mark.parametrize(
    "reader",
    [
        Reader("ada@aurore.example\r\nBcc: all@aurore.example", "Ada"),
        Reader("ada@aurore.example, all@aurore.example", "Ada"),
        Reader("nobody", "Ada"),
        Reader("", "Ada"),
    ],
)
def test_what_is_no_address_is_never_written_to(
    sending: Flask, server: MailServer, reader: Reader
) -> None:
    put(to=reader)

    assert jobs.drain() == 0
    assert stored().failure.startswith("not an address")
    assert stored().dead_at is not None
    assert server.mails == []


def test_names_and_subjects_stay_on_their_line(sending: Flask, server: MailServer) -> None:
    nasty = "Ada\r\nBcc: all@aurore.example\x00\u2028 end"
    put(to=Reader("ada@aurore.example", nasty), words=replace(WORDS, subject=nasty))

    assert jobs.drain() == 1

    (found,) = server.mails
    assert found["Bcc"] is None
    assert found["Subject"] == "Ada Bcc: all@aurore.example end"
    assert found["To"].addresses[0].display_name == "Ada Bcc: all@aurore.example end"
    assert [each.addr_spec for each in found["To"].addresses] == ["ada@aurore.example"]


def test_an_address_that_only_the_company_knows_is_an_address() -> None:
    assert mail.is_address("ada@aurore.local")
    assert mail.is_address("ada@postbox")
    assert not mail.is_address("ada@aurore.example\n")


# -- without a server ----------------------------------------------------------------------------


def test_in_the_demonstration_mail_lands_in_the_mailbox_once(context: Flask) -> None:
    put(words=compose("welcome", "fr", given_name="Léa"))

    assert jobs.drain() == 1
    stored().done_at = None  # as if the worker had died before its mark
    stored().payload = {
        "to": "",
        "language": "fr",
        "subject": "",
        "text": "",
        "html": "",
        "at": MONDAY.isoformat(),
    }
    db.session.commit()
    assert jobs.drain() == 1

    (found,) = db.session.scalars(select(PostedMail))
    assert (found.address, found.subject) == ("ada@aurore.example", "Bienvenue à l’académie, Léa")
    assert found.posted_at == MONDAY


def test_outside_the_demonstration_mail_waits_for_a_server(app: Flask) -> None:
    with beside(app, demo=False):
        put()
        assert jobs.drain() == 0
        assert (stored().failure, stored().tries) == ("ACADEMY_SMTP_URL is not set", 0)
        assert db.session.scalars(select(PostedMail)).all() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"smtp_url": "mail.aurore.example"}, "must look like smtp://"),
        ({"smtp_url": "http://mail.aurore.example"}, "must look like smtp://"),
        ({"smtp_url": "smtp://"}, "names no host"),
        ({"smtp_url": "smtp://mail:99999"}, "must look like smtp://"),
        ({"smtp_url": "smtp://mail", "mail_from": "me"}, "Set ACADEMY_MAIL_FROM"),
        ({"queue_url": "amqp://rabbit"}, "must begin with redis://"),
        ({"queue_url": "redis://queue"}, "pip install redis"),
    ],
)
def test_a_setting_that_cannot_work_stops_the_start(
    sqlite_app: Flask, changes: dict[str, str], words: str
) -> None:
    config: Settings = sqlite_app.config["SETTINGS"]
    with pytest.raises(BrokenSetting, match=words):
        create_app(replace(config, **{"mail_from": "a@b.example", **changes}))  # type: ignore[arg-type]  # fields by name


def test_a_mail_that_is_of_no_use_any_more_is_dropped(
    sending: Flask, server: MailServer, now: Callable[[datetime], None]
) -> None:
    mail.put(ADA, WORDS, "in time", MONDAY, until=MONDAY + timedelta(hours=4))
    mail.put(ADA, WORDS, "too late", MONDAY, until=MONDAY + timedelta(hours=1))
    db.session.commit()
    now(MONDAY + timedelta(hours=2))

    jobs.drain()

    (found,) = server.mails
    assert found["Message-ID"] == mail.message_id("in time", "academy@aurore.example")
    assert queries.outbox(MONDAY + timedelta(hours=2)) == Outbox(0, 0, 0, 0, None)


def test_an_entry_for_the_calendar_goes_as_an_invitation_and_as_a_file(
    sending: Flask, server: MailServer
) -> None:
    text = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    mail.put(ADA, WORDS, "hello", MONDAY, entry=Entry("REQUEST", text))
    db.session.commit()
    letter = stored()
    written = [mail._written(leased).as_bytes() for leased in (held(letter), held(letter))]
    jobs.drain()

    (arrived,) = server.mails
    parts = [part for part in arrived.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_filename() for part in parts] == [None, "invite.ics"]
    assert {part.get_param("method") for part in parts} == {"REQUEST"}
    assert {part.get_content().split() == text.split() for part in parts} == {True}
    assert written[0] == written[1]


def held(letter: Letter) -> Leased:
    """The letter in a worker's hands."""
    return Leased(letter.id, letter.kind, letter.payload, letter.once, None, "", 1, False)
