"""The least an answer can cost: the same work by hand, on a bare WSGI function and on a bare Flask.

Both check a signed session and its CSRF token, read the learner and the question, keep the answer once,
update points, stars and state, commit once (WAL, NORMAL), and draw the explanation by string formatting.
`python -m bench.answer` serves them beside the academy.
"""

import hashlib
import hmac
import json
import os
import sqlite3
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, Response, abort, request, session

SECRET = "only for measuring"  # noqa: S105  # guards nothing
TABLES = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE learner (id INTEGER PRIMARY KEY, name TEXT NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entity,
  points INTEGER NOT NULL, stars INTEGER NOT NULL, state REAL NOT NULL);
CREATE TABLE question (id INTEGER PRIMARY KEY, ask TEXT NOT NULL, options TEXT NOT NULL,
  explain TEXT NOT NULL, keep TEXT NOT NULL);
CREATE TABLE answer (id INTEGER PRIMARY KEY, learner_id INTEGER NOT NULL REFERENCES learner,
  day TEXT NOT NULL, slot INTEGER NOT NULL, question_id INTEGER NOT NULL, choice INTEGER NOT NULL,
  right INTEGER NOT NULL, UNIQUE (learner_id, day, slot));
"""
LEARNER = (
    "SELECT l.name, e.name, l.points, l.stars, l.state FROM learner l "
    "JOIN entity e ON e.id = l.entity_id WHERE l.id = ?"
)
QUESTION = "SELECT ask, options, explain, keep FROM question WHERE id = ?"
KEEP = (
    "INSERT INTO answer (learner_id, day, slot, question_id, choice, right) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
COUNT = "UPDATE learner SET points = points + ?, stars = stars + ?, state = ? WHERE id = ?"
DAY = "2026-03-02"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{verdict}</title>
<link rel="stylesheet" href="/static/style.css"></head>
<body><header><a href="/">Academy</a> <span>{name}, {entity}</span>
<form method="post" action="/out"><input type="hidden" name="csrf_token" value="{token}">
<button>Sign out</button></form>
</header><main><p>Question {slot} of 2</p><h1>{verdict}</h1><p>{ask}</p><ul>{options}</ul>
<p>{explain}</p><blockquote>{keep}</blockquote><p>{points} points, {stars} stars</p>
<p><a href="/minute">Next question</a></p></main></body></html>"""

_here = threading.local()


def database(path: str) -> sqlite3.Connection:
    """This thread's connection."""
    found: sqlite3.Connection | None = getattr(_here, "connection", None)
    if found is None:
        found = _here.connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        found.execute("PRAGMA journal_mode=WAL")
        found.execute("PRAGMA synchronous=NORMAL")
    return found


def answer(path: str, learner: int, slot: int, fields: dict[str, str], token: str) -> str | None:
    """Keep one answer and draw its explanation; None when the learner or the question is unknown."""
    choice, number = int(fields["choice"]), int(fields["question"])
    there = database(path)
    there.execute("BEGIN IMMEDIATE")
    who = there.execute(LEARNER, (learner,)).fetchone()
    asked = there.execute(QUESTION, (number,)).fetchone()
    if who is None or asked is None:
        there.execute("ROLLBACK")
        return None
    options = json.loads(asked[1])
    right = bool(options[choice]["right"])
    kept = there.execute(KEEP, (learner, DAY, slot, number, choice, right))
    points, stars = 2 * right, int(slot == 2)
    if kept.rowcount:
        state = who[4] + 0.1 * (right - 1 / (1 + 2.718281828 ** -who[4]))
        there.execute(COUNT, (points, stars, state, learner))
    there.execute("COMMIT")
    return PAGE.format(
        verdict="That’s right" if right else "Not this time",
        name=escape(who[0]),
        entity=escape(who[1]),
        token=token,
        slot=slot,
        ask=asked[0],
        options="".join(
            f"<li class={'right' if each['right'] else 'wrong'}>{each['text']}<p>{each['why']}</p></li>"
            for each in options
        ),
        explain=asked[2],
        keep=escape(asked[3]),
        points=who[2] + points,
        stars=who[3] + stars,
    )


def signed(learner: int, token: str) -> str:
    """The raw floor's session cookie."""
    held = urlsafe_b64encode(json.dumps({"learner": learner, "csrf": token}).encode())
    return f"{held.decode()}.{_signature(held)}"


def _signature(held: bytes) -> str:
    return hmac.new(SECRET.encode(), held, hashlib.sha256).hexdigest()


def _session(environ: dict[str, Any]) -> dict[str, Any] | None:
    held, _dot, signature = environ.get("HTTP_COOKIE", "").partition("=")[2].partition(".")
    if not hmac.compare_digest(_signature(held.encode()), signature):
        return None
    found: dict[str, Any] = json.loads(urlsafe_b64decode(held))
    return found


def raw(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """The whole application: one WSGI function."""
    known = _session(environ)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
    fields = {name: values[0] for name, values in parse_qs(body).items()}
    if known is None or not hmac.compare_digest(known["csrf"], fields.get("csrf_token", "")):
        start("400 Bad Request", [("Content-Length", "0")])
        return [b""]
    slot = int(environ["PATH_INFO"].rpartition("/")[2])
    page = answer(os.environ["FLOOR"], known["learner"], slot, fields, known["csrf"])
    sent = (page or "").encode()
    head = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(sent)))]
    start("200 OK" if page else "404 Not Found", head)
    return [sent]


bare = Flask(__name__)
bare.config.update(SECRET_KEY=SECRET)


@bare.post("/minute/<int:slot>")
def minute(slot: int) -> Response:
    if not hmac.compare_digest(session.get("csrf", ""), request.form.get("csrf_token", "")):
        abort(400)
    page = answer(
        os.environ["FLOOR"], session["learner"], slot, request.form.to_dict(), session["csrf"]
    )
    if page is None:
        abort(404)
    return Response(page, mimetype="text/html")
