"""A second factor being set up, kept in the browser in which it began, sealed, until a code confirms it."""

import secrets
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from academy.people.factor import rules, sealing

LASTS = timedelta(hours=1)
KEPT = "second_factor"

Session = MutableMapping[str, Any]


def begin(session: Session, person_id: int, at: datetime) -> None:
    """A new key, unless one waits here already: two tabs show the same picture."""
    if secret(session, person_id, at) is None:
        sealed = sealed_for(person_id, rules.new_secret())
        session[KEPT] = [sealed, int((at + LASTS).timestamp())]


def secret(session: Session, person_id: int, at: datetime) -> str | None:
    """The key that waits for its first code; None when none was begun here, or too long ago."""
    sealed, until = session.get(KEPT, ("", 0))
    return opened_for(person_id, sealed) if at.timestamp() < until else None


def forget(session: Session) -> None:
    session.pop(KEPT, None)


def sealed_for(person_id: int, words: str) -> str:
    return sealing.seal(_secret(), person_id, words, secrets.token_bytes(sealing.NONCE))


def opened_for(person_id: int, sealed: str) -> str | None:
    return sealing.opened(_secret(), person_id, sealed)


def _secret() -> str:
    known: str = current_app.config["SECRET_KEY"]
    return known
