"""What one person does in the morning, page by page, and how what a page asks is answered. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from bench.load import AGENT

SHARES = (
    ("sign_in_page", 0.025),
    ("sign_in", None),
    ("home", 0.25),
    ("show", 1.0),
    ("answer", None),
    ("show_next", None),
    ("answer_last", None),
    ("lesson", 0.08),
    ("passport", 0.05),
    ("verify", 0.03),
    ("dashboard", 0.01),
)
"""What comes in which order, and for how many of all; without a share, whatever came before brings it along.

Signing in is 0.5 % of all requests: one of 40 people, at 4.5 requests each.
"""
ANSWERS = ("answer", "answer_last")
A_PERSON = sum(
    share if share is not None else 0.025 if name == "sign_in" else 1.0 for name, share in SHARES
)
"""Requests of one person, on average."""

_ACTION = re.compile(r'action="(/minute/(\d+)/(\d+))"')
_HIDDEN = re.compile(r'name="(release|question)" value="([^"]+)"')
_CHOICE = re.compile(r'name="choice" value="([^"]+)"')
_TOKEN = re.compile(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"')


def script(dice: Random) -> list[str]:
    """The names of the requests of one person."""
    steps: list[str] = []
    taken = False
    for name, share in SHARES:
        if share is not None:
            taken = dice.random() < share
        if taken:
            steps.append(name)
    return steps


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a page: where its answer goes, and what the answer may be."""

    path: str
    round: int
    slot: int
    token: str
    fixed: tuple[tuple[str, str], ...]
    choices: tuple[str, ...]


def asked(page: str) -> Asked | None:
    """What the page asks; None when it asks nothing."""
    action, token = _ACTION.search(page), _TOKEN.search(page)
    if action is None or token is None:
        return None
    form = page[action.start() :]
    return Asked(
        action[1],
        int(action[2]),
        int(action[3]),
        token[1],
        tuple(_HIDDEN.findall(form)),
        tuple(_CHOICE.findall(form)),
    )


def given(question: Asked, dice: Random) -> list[tuple[str, str]]:
    """One of the options; "I don't know" where there are none to tap."""
    said = ("choice", dice.choice(question.choices)) if question.choices else ("dont_know", "1")
    return [("csrf_token", question.token), *question.fixed, said]


def token(page: str) -> str:
    found = _TOKEN.search(page)
    return found[1] if found else ""


def get(path: str, cookie: str, address: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\n{''.join(_head(cookie, address))}\r\n".encode()


def post(path: str, cookie: str, fields: list[tuple[str, str]], address: str = "") -> bytes:
    body = urlencode(fields)
    return (
        f"POST {path} HTTP/1.1\r\n{''.join(_head(cookie, address))}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _head(cookie: str, address: str) -> Iterator[str]:
    yield f"Host: 127.0.0.1\r\nUser-Agent: {AGENT}\r\n"
    if cookie:
        yield f"Cookie: session={cookie}\r\n"
    if address:
        yield f"X-Forwarded-For: {address}\r\n"
