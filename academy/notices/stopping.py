"""The links that stop a kind of mail: whoever holds one may use it without signing in. They open nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app

from academy.notices.kinds import MAILABLE
from academy.people import tokens
from academy.people.tokens import Purpose
from academy.post.composing import address

GOOD_FOR = timedelta(days=366)  # mail is opened late, and a link that stops harms nobody


class What(StrEnum):
    """What a link may stop, beside each kind of notice that goes by mail."""

    REMINDER = "reminder"
    DIGEST = "digest"


STOPPABLE = frozenset({*What, *MAILABLE})


@dataclass(frozen=True, slots=True)
class Stop:
    person_id: int
    what: str


def link(person_id: int, what: str, at: datetime) -> str:
    """The address that stops this for that person: a page with one button, and one click by RFC 8058."""
    said = {"p": person_id, "w": str(what)}
    token = tokens.sign(_secret(), Purpose.STOP, said, at + GOOD_FOR)
    return address("stopping.stop", token=token)


def read(token: str, at: datetime) -> Stop | None:
    """What the link stops; None when it was forged or is too old."""
    said = tokens.read(_secret(), Purpose.STOP, token, at)
    if said is None or said.get("w") not in STOPPABLE:
        return None
    return Stop(said["p"], said["w"])


def _secret() -> str:
    secret: str = current_app.config["SECRET_KEY"]
    return secret
