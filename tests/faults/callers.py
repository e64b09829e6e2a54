"""People at their browsers: they send a form again, the same one, until somebody answers."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from threading import Condition
from typing import Any, Final
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import Flask

from tests.faults.hosts import PATIENCE, Host
from tests.visitor import Fields, Form

BUSY: Final = 503
BROKEN: Final = 500
PAUSE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that arrived."""

    status: int
    html: BeautifulSoup
    headers: Message
    path: str

    @property
    def text(self) -> str:
        return " ".join(self.html.get_text(" ").split())

    @property
    def title(self) -> str:
        return " ".join(self.html.h1.get_text(" ").split()) if self.html.h1 else ""

    def form(self, action: str) -> Form:
        for found in self.html.select("form"):
            if action in (found.get("action") or self.path):
                return Form(found, str(found.get("action") or self.path))
        raise AssertionError(f"no form posts to {action!r} on {self.path}: {self.text[:300]}")


@dataclass
class Tally:
    """What all of them were told so far."""

    changed: Condition = field(default_factory=Condition)
    acknowledged: list[tuple[Any, ...]] = field(default_factory=list)
    silent: int = 0
    busy: int = 0
    broken: list[Said] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)

    def acknowledge(self, *what: Any) -> None:
        with self.changed:
            self.acknowledged.append(what)
            self.changed.notify_all()

    def reached(self, number: int) -> None:
        """Wait until so many things were acknowledged."""
        with self.changed:
            self.changed.wait_for(lambda: self.failed or len(self.acknowledged) >= number, PATIENCE)
        assert not self.failed, self.failed[0]
        assert len(self.acknowledged) >= number, f"only {len(self.acknowledged)} of {number}"

    def fail(self, error: BaseException) -> None:
        with self.changed:
            self.failed.append(error)
            self.changed.notify_all()


class Caller:
    """One person's browser; `hosts` are asked in turn."""

    def __init__(
        self, app: Flask, person: int, hosts: Sequence[Host], tally: Tally, epoch: int = 0
    ) -> None:
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own
        opened = signer.dumps({"_user_id": f"{person}.{epoch}", "_fresh": True})
        self.person, self.hosts, self.tally = person, hosts, tally
        self.cookies: dict[str, str] = {"session": str(opened)} if person else {}
        self.language = "en"
        self._turn = person

    def get(self, path: str) -> Said:
        return self._insist("GET", path, None)

    def post(self, path: str, fields: Fields) -> Said:
        return self._insist("POST", path, fields)

    def submit(self, page: Said, action: str, fields: Fields) -> Said:
        form = page.form(action)
        return self.post(form.action, form.filled(fields))

    def try_once(
        self, method: str, path: str, fields: Fields | None = None, host: Host | None = None
    ) -> Said:
        """One request on a connection of its own; raises OSError or HTTPException when nobody answers."""
        if host is None:
            self._turn += 1
            host = self.hosts[self._turn % len(self.hosts)]
        there = HTTPConnection(host.address, host.port, timeout=30)
        try:
            body = None if fields is None else urlencode(fields, doseq=True)
            there.request(method, path, body, self._headers(body))
            answer = there.getresponse()
            page = BeautifulSoup(answer.read(), "html.parser")
        finally:
            there.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, crumb in SimpleCookie(line).items():
                self.cookies[name] = crumb.value
        return Said(answer.status, page, answer.headers, path)

    def _headers(self, body: str | None) -> dict[str, str]:
        headers = {
            "X-Forwarded-For": "192.0.2.7",  # as the proxy in front of several machines says it
            "Accept-Language": self.language,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers

    def _insist(self, method: str, path: str, fields: Fields | None) -> Said:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            try:
                said = self.try_once(method, path, fields)
            except (OSError, HTTPException):
                self.tally.silent += 1
            else:
                if said.status < BROKEN:
                    return said
                self._note(said)
            time.sleep(PAUSE)
        raise AssertionError(f"nobody answered {method} {path}")

    def _note(self, said: Said) -> None:
        if said.status == BUSY:
            self.tally.busy += 1
        else:
            self.tally.broken.append(said)
