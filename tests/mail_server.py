"""A real mail server on 127.0.0.1 that keeps what it accepts, and misbehaves when it is asked to."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

Stage = Callable[[str, str], str | None]
"""Asked at each stage ("MAIL", "RCPT", "DATA", "STORED") with the address; may answer in its place."""


def as_usual(_stage: str, _address: str) -> str | None:
    return None


@dataclass
class MailServer:
    """What was accepted, in order of arrival; `stage` may answer otherwise, or do mischief."""

    port: int = 0
    stage: Stage = as_usual
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    sessions: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, _server: Any, session: Any, _envelope: Any, hostname: str, answers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.sessions += 1
        return answers

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.stage("MAIL", address) or "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        answer = self.stage("RCPT", address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        address = envelope.rcpt_tos[0]
        refused = self.stage("DATA", address)
        if refused is not None:
            return refused
        self.raw.append(envelope.content)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return self.stage("STORED", address) or "250 Stored"


@contextmanager
def mail_server(
    stage: Stage = as_usual, hostname: str = "127.0.0.1", **options: Any
) -> Iterator[MailServer]:
    server = MailServer(free_port(), stage)
    controller = Controller(server, hostname=hostname, port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def encrypted(certificate: str, key: str) -> dict[str, Any]:
    """Options of a server that offers STARTTLS with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return {"tls_context": context}
