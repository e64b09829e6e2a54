"""What the worker does for pairs: the searches that were asked for, and telling people of their pair."""

import logging
from datetime import datetime
from importlib import import_module
from typing import Any

from flask import Flask

from academy import clock, database
from academy.database import db
from academy.mentoring.pairing.nonsense import Nonsense, Reason
from academy.mentoring.pairs.proposing import gathering, publishing, queries, services, telling
from academy.post import handlers
from academy.post.services import Leased

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    handlers.register(app, services.PROPOSE, carry)
    handlers.register(app, publishing.PAIR_TOLD, tell_pair)
    handlers.register(app, publishing.UNPAIRED_TOLD, tell_the_others)


def carry(letter: Leased) -> None:
    """The outbox commits what is kept here together with the mark that the letter is done."""
    search(letter.payload["work"], clock.now())


def tell_pair(letter: Leased) -> None:
    telling.tell_pair(letter.payload["pair"], clock.now())


def tell_the_others(letter: Leased) -> None:
    telling.tell_the_others(letter.payload["proposal"], clock.now())


def search(number: int, at: datetime) -> None:
    """One search; run twice, or killed in the middle and run again, it is kept once.

    While the solver thinks, the database is let go.
    """
    asked = services.begin(number)
    db.session.commit()
    if asked is None:
        return
    try:
        found = _solved(number, asked, at)
    except Nonsense as nonsense:
        log.warning("pairs could not be proposed (work %s): %s", number, type(nonsense).__name__)
        db.session.rollback()
        database.may_write()
        services.fail(number, _why(asked.programme_id, nonsense), at)
        return
    services.keep(number, found, at)


def _solved(number: int, asked: services.Asked, at: datetime) -> list[services.Solved]:
    solving: Any = import_module("academy.mentoring.pairs.proposing.solving")  # numpy and scipy
    database.reading_only()
    gathered = gathering.gathered(asked.programme_id, at.date(), asked.seed)
    earlier = _earlier(asked)
    db.session.rollback()
    question = solving.Question(gathered.pool, gathered.orders, earlier, asked.seed)
    found: list[services.Solved] = solving.solved(question, lambda share: _report(number, share))
    database.may_write()
    return found


def _earlier(asked: services.Asked) -> frozenset[tuple[int, int]]:
    """The pairs to stay near to."""
    near = queries.proposal(asked.programme_id, asked.near) if asked.near is not None else None
    return frozenset((one, other) for one, other in near.pairs) if near else frozenset()


def _report(number: int, share: int) -> None:
    database.may_write()
    services.advance(number, share)
    db.session.commit()


def _why(programme: int, nonsense: Nonsense) -> dict[str, Any]:
    """The reason, and the order that is to blame, if one is: nobody's number stays here."""
    said: dict[str, Any] = {"reason": nonsense.reason.value}
    if nonsense.reason in (Reason.NOT_POSSIBLE, Reason.PINNED_AND_FORBIDDEN):
        one, other = nonsense.people
        said["order"] = queries.order_of(programme, one, other) or queries.order_of(
            programme, other, one
        )
    return said
