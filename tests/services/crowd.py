"""Many at once: threads with a database session each, started together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

from academy.database import db

CROWD = 20
PATIENCE = 30

Outcome = TypeVar("Outcome")


def all_at_once(app: Flask, act: Callable[[int], Outcome], crowd: int = CROWD) -> list[Outcome]:
    """What each got who did `act` (with their own number, from 0) at the same moment, committed."""
    gate = Barrier(crowd, timeout=PATIENCE)

    def one(number: int) -> Outcome:
        with app.app_context():
            gate.wait()
            outcome = act(number)
            db.session.commit()
            return outcome

    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(one, range(crowd)))
