"""A crawler that sends every form it finds, on every page somebody can reach, with what no one would type."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.nasty import FILE_NAMES, FILES, HARMFUL, KEYS, LEADS_INTO, NASTY, noise
from tests.visitor import Visitor
from tests.watching import COUNTED, Watch

LEAVES = ("/sign-out", "/sign-in/as")
STRANGER = "stranger"
TWO = 2
TAKES_AWAY = ("directory.close", "directory.revoke")
"""Buttons without a field: pressed, they would end somebody else's walk."""
DOORS = ("/", "/sign-in", "/verify", "/forgot")
NUMBER = re.compile(r"[0-9]+")
STALE = "This page had been open too long"


def route(app: Flask, path: str, method: str = "GET") -> str:
    """The name of what answers there: without what tells one object from another."""
    try:
        endpoint, _values = app.url_map.bind("").match(urlsplit(path).path, method)
    except HTTPException:
        return "nothing"
    return str(endpoint)


def value_of(field: Tag) -> str:
    """What would be sent if nobody touched it, or chose the first there is."""
    chosen = field.select_one("option[selected]") or field.select_one(
        "option[value]:not([value=''])"
    )
    return str((chosen or field).get("value") or (field.text if field.name == "textarea" else ""))


@dataclass(frozen=True, slots=True)
class Depth:
    """How much of everything is sent: all of it, or a sample by fixed dice."""

    pages: int
    values: int
    alone: int
    """Values with which one field alone is filled in, the others being as the page gave them."""
    fields: int
    asks: int
    again: float
    """How likely somebody looks at a page of which two people have seen the like."""


SAMPLE = Depth(pages=2, values=2, alone=1, fields=1, asks=1, again=0.25)
EVERYTHING = Depth(pages=4, values=len(NASTY), alone=4, fields=99, asks=6, again=1)


@dataclass
class Crawl:
    """One person's way through all pages they can reach by links."""

    visitor: Visitor
    persona: str
    depth: Depth
    dice: Random
    watch: Watch
    forms: set[tuple[str, ...]]
    """What was sent already, by this person or another."""
    looked: Counter[str]
    """How many people have seen a page of each route."""
    seen: Counter[str] = field(default_factory=Counter)
    good: list[str] = field(default_factory=list)
    """Pages that answered 200 when they were first asked for."""
    faults: list[str] = field(default_factory=list)
    led_to: set[str] = field(default_factory=set)
    """Where forms led."""
    asked: Iterator[int] = field(default_factory=count)
    token: str = ""

    def all(self) -> None:
        """Every page, and with what each of its forms is sent."""
        self.sign_in()
        waiting, known = list(DOORS), set(DOORS)
        while waiting:
            here = waiting.pop(0)
            page = self._page(here)
            if page is None:
                continue
            links = {
                urljoin(here, str(each["href"])).partition("#")[0]
                for each in page.select("a[href]")
            }
            new = {link for link in links - known if self._is_ours(link)}
            known |= new
            waiting += sorted(new)
            for form in page.select("form[method=post]"):
                self._abuse(urljoin(here, str(form.get("action") or here)), form)
            waiting += sorted(self.led_to - known)
            known |= self.led_to

    @staticmethod
    def _is_ours(link: str) -> bool:
        return link.startswith("/") and not link.startswith(("//", *LEAVES))

    def sign_in(self) -> None:
        """As this persona, in a session of its own with one token."""
        self.visitor.client = self.visitor.app.test_client()
        self._find_token()
        if self.persona != STRANGER:
            self.visitor.client.post(f"/sign-in/as/{self.persona}", data={"csrf_token": self.token})
            self._find_token()

    def is_in(self) -> bool:
        """Did the account survive?"""
        return self.persona == STRANGER or self.visitor.client.get("/").status_code == 200

    def _find_token(self) -> None:
        page = BeautifulSoup(self.visitor.client.get("/verify").text, "html.parser")
        found = page.select_one("input[name=csrf_token]")
        assert found is not None
        self.token = str(found["value"])

    def _page(self, path: str) -> BeautifulSoup | None:
        here = route(self.visitor.app, path)
        self.seen[here] += 1
        self.looked[here] += self.seen[here] == 1
        known = self.looked[here] > TWO and self.dice.random() > self.depth.again
        if self.seen[here] > self.depth.pages or (known and path not in DOORS):
            return None
        answer = self._get(path)
        if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in"):
            self.sign_in()
            answer = self._get(path)
        if answer.status_code == 200:
            self.good.append(path)
        if answer.mimetype != "text/html":
            return None
        page = BeautifulSoup(answer.text, "lxml")
        self._ask(path, page)
        return page

    def _ask(self, path: str, page: BeautifulSoup) -> None:
        """The page again, with hostile words in what may be asked of it."""
        names = {str(each["name"]) for each in page.select("form[method=get] [name]")}
        names |= set(re.findall(r"[?&](\w+)=", path)) | {"page", "next"}
        plain = urlsplit(path).path
        for name in sorted(names):
            for nasty in self.dice.sample(NASTY, self.depth.asks):
                self._get(f"{plain}?{quote(name)}={quote(nasty[:3000], errors='surrogatepass')}")
        name = self.dice.choice(sorted(names))
        self._get(f"{plain}?{name}={quote_from_bytes(bytes([255, 254, 0, 128]))}&{name}=2&{name}[]")

    def _abuse(self, action: str, form: Tag) -> None:
        """All fields with one nasty thing, some alone with another, and what is no field at all."""
        fields = [each for each in form.select("[name]") if each["name"] != "csrf_token"]
        names = sorted({str(each["name"]) for each in fields})
        shape = (
            route(self.visitor.app, action, "POST"),
            *(NUMBER.sub("*", name) for name in names),
        )
        if shape in self.forms or shape[0] in TAKES_AWAY or not self._is_ours(action):
            return
        self.forms.add(shape)
        usual = {str(each["name"]): value_of(each) for each in reversed(fields)}
        files = {str(each["name"]) for each in form.select("input[type=file]")}
        for nasty in self.dice.sample(NASTY, self.depth.values):
            self._send(action, usual | dict.fromkeys(names, nasty), files)
        for name in self.dice.sample(names, min(len(names), self.depth.fields)):
            for nasty in self.dice.sample(NASTY, self.depth.alone):
                self._send(action, usual | {name: nasty}, files)
        self._send(action, usual | {name: noise(self.dice) for name in names}, set())
        self._send(action, {name: ["1", "2", "\0"] for name in names}, set())
        keys = {self.dice.choice(KEYS).format(name): usual[name] for name in names}
        self._send(action, keys, files)
        self._send_bytes(action, names)
        self._send(action, usual, set())  # as it stands: it may lead to other pages

    def _send(self, action: str, fields: dict[str, Any], files: set[str]) -> None:
        """With the token of the session; once more where another request ended that session."""
        for again in (False, True):
            given: dict[str, Any] = {**fields, "csrf_token": self.token}
            for name in files:
                given[name] = (BytesIO(self.dice.choice(FILES)), self.dice.choice(FILE_NAMES))
            answer = self._post(action, MultiDict(given), repr(fields))
            if again or answer.status_code != 400 or STALE not in answer.text:
                break
            self.sign_in()

    def _send_bytes(self, action: str, names: list[str]) -> None:
        """A body that is not UTF-8, raw and percent-encoded, under a heading that says something else."""
        token = urlencode({"csrf_token": self.token}).encode()
        body = b"&".join([token, *(name.encode() + b"=\xff\xfe%ff%00\xc3\x28" for name in names)])
        self._post(action, body, "bytes", "application/x-www-form-urlencoded; charset=utf-16")

    def _post(self, action: str, body: Any, given: str, kind: str | None = None) -> TestResponse:
        self.watch.forgive()
        answer = self.visitor.client.post(
            action, data=body, content_type=kind, headers=self.visitor.headers
        )
        changed = self.watch.changes() - COUNTED
        self._judge("POST", action, answer, given)
        if answer.status_code >= 400 and changed:
            self._fault(f"refused, and changed {sorted(changed)}", "POST", action, answer, given)
        location = answer.headers.get("Location", "").partition("#")[0]
        if self._is_ours(location):
            self.led_to.add(location)
            self._get(location)
        return answer

    def _get(self, path: str) -> TestResponse:
        answer = self.visitor.client.get(path, headers=self.visitor.headers)
        self._judge("GET", path, answer, "")
        return answer

    def _judge(self, method: str, path: str, answer: TestResponse, given: str) -> None:
        next(self.asked)
        if answer.status_code >= 500:
            self._fault("broke", method, path, answer, given)
        shown = answer.text if answer.mimetype in ("text/html", "image/svg+xml") else ""
        if HARMFUL.search(shown) or LEADS_INTO.search(shown):
            self._fault("would run what was typed", method, path, answer, given)
        if urlsplit(answer.headers.get("Location", "")).netloc:
            self._fault("leads elsewhere", method, path, answer, given)

    def _fault(self, what: str, method: str, path: str, answer: TestResponse, given: str) -> None:
        self.faults.append(
            f"{self.persona}: {answer.status_code} {what}: {method} {path[:200]} {given[:300]}"
        )
