"""The company's mail server: its address as a setting, and an open line to it."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from urllib.parse import unquote, urlsplit

from academy.post.handlers import NotNow, Undeliverable
from academy.settings import BrokenSetting

TIMEOUT_SECONDS = 15  # at each step: a whole mail takes less than a lease
PORTS = {"smtp": 25, "smtps": 465}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
OK = 250
PERMANENT = 500


@dataclass(frozen=True)
class Relay:
    """Where mail is handed over: `smtps` is encrypted from the start, `smtp` as soon as it is offered."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool

    @cached_property
    def trust(self) -> ssl.SSLContext:
        """Whom to believe that they are the relay; read once, and only to encrypt: it takes 20 ms."""
        return ssl.create_default_context()


def parse(url: str) -> Relay:
    """The relay of ACADEMY_SMTP_URL; raises BrokenSetting."""
    try:
        parts = urlsplit(url)
        relay = Relay(
            host=parts.hostname or "",
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            encrypted=parts.scheme == "smtps",
        )
    except (KeyError, ValueError) as broken:
        raise BrokenSetting(
            "ACADEMY_SMTP_URL must look like smtp://user:password@host:587 or smtps://host."
        ) from broken
    if not relay.host:
        raise BrokenSetting("ACADEMY_SMTP_URL names no host.")
    return relay


class Line:
    """One connection to the relay, opened when the first mail needs it and used for those that follow."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._server: smtplib.SMTP | None = None

    def send(self, mail: EmailMessage) -> None:
        """Hand one mail over: once this returns, the server has answered 250 and answers for it.

        Raises NotNow when the server is away, Undeliverable when it refuses this mail for good, and
        anything else when the mail may be tried again.
        """
        server = self._open()
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _refusal(code, words) from refused
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from refused
        except OSError:  # smtplib's own errors are OSErrors too
            self.close()  # nobody knows what the other side heard
            raise

    def close(self) -> None:
        """Hang up, politely if the server is still there."""
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except OSError:
            server.close()

    def _open(self) -> smtplib.SMTP:
        """The server, known to listen: relays hang up on a line that was silent or long."""
        if self._server is not None and not _listens(self._server):
            self.close()
        if self._server is None:
            try:
                self._server = _connected(self._relay)
            except OSError as away:
                raise NotNow(f"{self._relay.host}:{self._relay.port}: {away}") from away
        return self._server


def _connected(relay: Relay) -> smtplib.SMTP:
    place = (relay.host, relay.port)
    server: smtplib.SMTP
    if relay.encrypted:
        server = smtplib.SMTP_SSL(*place, timeout=TIMEOUT_SECONDS, context=relay.trust)
    else:
        server = smtplib.SMTP(*place, timeout=TIMEOUT_SECONDS)
    try:
        _introduce(server, relay)
    except OSError:
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, relay: Relay) -> None:
    """Encrypt when the server can, then sign in. A password never crosses the network in clear."""
    server.ehlo()
    encrypted = relay.encrypted
    if not encrypted and server.has_extn("starttls"):
        server.starttls(context=relay.trust)
        server.ehlo()
        encrypted = True
    if not relay.user:
        return
    if not encrypted and relay.host not in LOOPBACK:
        raise smtplib.SMTPNotSupportedError("no encryption offered: the password stays here")
    server.login(relay.user, relay.password)


def _listens(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == OK
    except OSError:
        return False


def _refusal(code: int, words: bytes | str) -> Exception:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    if code >= PERMANENT:
        return Undeliverable(f"{code} {said}")
    return smtplib.SMTPResponseException(code, said)
