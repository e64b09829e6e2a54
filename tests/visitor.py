"""A visitor reads pages as HTML and fills forms in; every page seen keeps the promises of all pages."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from academy.people.models import Person

Fields = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the academy."""

    status: int
    url: str
    html: BeautifulSoup
    response: TestResponse

    @property
    def title(self) -> str:
        return self._words(self.html.h1)

    @property
    def text(self) -> str:
        return " ".join(self.html.get_text(" ").split())

    def all(self, css: str) -> list[str]:
        """The words of every element found."""
        return [self._words(found) for found in self.html.select(css)]

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        for found in self.html.select("a[href]"):
            if words in self._words(found):
                return str(found["href"])
        raise AssertionError(f"no link says {words!r} on {self.url}")

    def form(self, action: str) -> "Form":
        """The form whose address holds `action`."""
        for found in self.html.select("form"):
            if action in (found.get("action") or self.url):
                return Form(found, str(found.get("action") or self.url))
        raise AssertionError(f"no form posts to {action!r} on {self.url}")

    @staticmethod
    def _words(found: Tag | None) -> str:
        return " ".join(found.get_text(" ").split()) if found else ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as the page drew it: its hidden fields are posted with what is filled in."""

    element: Tag
    action: str

    def filled(self, fields: Fields) -> dict[str, Any]:
        hidden = {
            str(found["name"]): str(found.get("value", ""))
            for found in self.element.select("input[type=hidden][name]")
        }
        return {**hidden, **fields}


class Visitor:
    """One browser with its cookies."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {"Accept-Language": language}

    def get(self, path: str, status: int = 200) -> Page:
        return self._seen(
            self.client.get(path, headers=self.headers, follow_redirects=True), status
        )

    def submit(
        self, page: Page, action: str, fields: Fields | None = None, status: int = 200
    ) -> Page:
        """Fill a form of the page in and send it, following where it leads."""
        form = page.form(action)
        return self.post(form.action, form.filled(fields or {}), status)

    def post(self, path: str, fields: Fields, status: int = 200) -> Page:
        """Post as it is, without any form: for forged and stale requests."""
        answer = self.client.post(
            path, data=dict(fields), headers=self.headers, follow_redirects=True
        )
        return self._seen(answer, status)

    def sign_in(self, email: str, password: str, status: int = 200, **more: str) -> Page:
        page = self.get("/sign-in")
        return self.submit(page, "sign-in", {"email": email, "password": password, **more}, status)

    def as_person(self, person: Person) -> "Visitor":
        """Signed in without the price of hashing a password; the session is the one signing in opens."""
        with self.client.session_transaction() as session:
            session["_user_id"] = f"{person.id}.{person.epoch}"
            session["_fresh"] = True
        return self

    def _seen(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (response.status_code, response.text[:600])
        page = Page(
            response.status_code,
            response.request.path,
            BeautifulSoup(response.text, "html.parser"),
            response,
        )
        if response.mimetype == "text/html":
            keep_promises(page)
        return page


TOKEN = re.compile(r'(?<=name="csrf_token")([^>]* value=")[^"]+')
NUMBER = re.compile(r"\d+")
_valid: set[int] = set()


def is_valid(markup: str) -> None:
    """HTML as it should be. Parsing costs more than a page: pages that differ in numbers are parsed once."""
    alike = hash(NUMBER.sub("0", TOKEN.sub(r"\1", markup)))
    if alike not in _valid:
        html5lib.HTMLParser(strict=True).parse(markup)
        _valid.add(alike)


def keep_promises(page: Page) -> None:
    """What holds on every page: valid HTML, one heading that opens the title, no id twice, safe forms."""
    is_valid(page.response.text)
    headings = page.html.select("h1")
    assert len(headings) == 1, [heading.text for heading in headings]
    assert page.html.title is not None
    assert " ".join(page.html.title.text.split()).startswith(page.title), page.html.title.text
    assert page.html.html is not None
    assert page.html.html.get("lang") in {"fr", "en"}
    twice = [
        name
        for name, n in Counter(str(tag["id"]) for tag in page.html.select("[id]")).items()
        if n > 1
    ]
    assert twice == []
    for form in page.html.select("form[method=post]"):
        assert form.select_one("input[name=csrf_token]"), str(form)[:200]
    assert page.html.select("[style], style, script:not([src])") == []
    assert "script-src 'self'" in page.response.headers["Content-Security-Policy"]
