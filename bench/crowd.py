"""Learners of the academy with a history, and their answers of today ready to be sent: for `bench.answer`."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from random import Random

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_login.utils import _create_identifier
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Table, insert, select

from academy import clock
from academy.catalog import releases
from academy.daily import services as daily
from academy.daily.queries import Drawn
from academy.database import Base, db, table
from academy.learning.alone import Posted
from academy.learning.services import Learner
from academy.people import services as people
from academy.people.models import Person
from academy.people.services import Newcomer
from academy.rewards.models import Grant
from academy.seed import right_fields
from bench import floors
from bench.load import AGENT, Post

TOKEN = "a" * 40
SHARP = 0.7
HISTORY = 60


def crowd(wanted: int) -> list[int]:
    """One person lives two months; the others are given the same state, as if they had too."""
    first = veteran()
    row = dict(db.session.execute(select(table(Person))).mappings().one())
    people_rows = [
        {
            **row,
            "id": first + number,
            "email": f"person{number}@aurore.example",
            "directory_key": f"person{number}",
        }
        for number in range(1, wanted + 1)
    ]
    numbers = [int(each["id"]) for each in people_rows]
    db.session.execute(insert(Person), people_rows)
    for state in (*_state_tables(), table(Grant)):
        rows = [
            {name: value for name, value in held.items() if name != "id"}
            for held in db.session.execute(select(state)).mappings()
        ]
        copies = [{**each, "person_id": number} for each in rows for number in numbers]
        if copies:
            db.session.execute(insert(state), copies)
    db.session.commit()
    return numbers


def _state_tables() -> Iterator[Table]:
    """Tables of at most so many rows a person, whatever the history."""
    for each in Base.metadata.sorted_tables:
        if "person_id" in each.primary_key.columns:
            yield each


def veteran() -> int:
    now = clock.now()
    person = people.open_account(
        Newcomer("karim@aurore.example", "Karim", "Benali", now.date(), language="en"), now
    )
    db.session.flush()
    dice = Random(1)
    for ago in range(HISTORY, 0, -1):
        at = now - timedelta(days=ago)
        learner = Learner(person.id, at.date())
        drawn = daily.draw(learner, at, seed=ago)
        while drawn is not None and drawn.finished_at is None:
            asked = Posted(drawn.answered + 1, drawn.release, "en", dict(_fields(drawn, dice)))
            daily.answer(learner, drawn, asked, at)
        db.session.commit()
    return person.id


def _fields(drawn: Drawn, dice: Random) -> dict[str, list[str]]:
    question = releases.current().questions[drawn.questions[drawn.answered]]
    return right_fields(question, drawn.seed) if dice.random() < SHARP else {"dont_know": ["1"]}


def signing(app: Flask) -> Callable[[int], str]:
    """Makes the session cookie of anybody who signed in with our browser and holds our form token."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    with app.test_request_context(
        headers={"User-Agent": AGENT}, environ_base={"REMOTE_ADDR": "127.0.0.1"}
    ):
        browser = _create_identifier()  # else the session is signed anew with each answer
    return lambda person_id: str(
        signer.dumps(
            {"_fresh": True, "_id": browser, "_user_id": f"{person_id}.0", "csrf_token": TOKEN}
        )
    )


def academy_batches(app: Flask, learners: Sequence[Learner], each: int) -> Iterator[list[bytes]]:
    cookie_of = signing(app)
    token = URLSafeTimedSerializer(floors.SECRET, salt="wtf-csrf-token").dumps(TOKEN)
    dice = Random(2)
    for start in range(0, len(learners), each):
        firsts: list[bytes] = []
        lasts: list[bytes] = []
        for learner in learners[start : start + each]:
            drawn = daily.draw(learner, clock.now(), dice.randrange(2**31))
            assert drawn is not None
            cookie = cookie_of(learner.person_id)
            for slot, batch in ((1, firsts), (2, lasts)):
                question = releases.current().questions[drawn.questions[slot - 1]]
                right = dice.random() < SHARP
                given = right_fields(question, drawn.seed) if right else {"dont_know": ["1"]}
                fields = [(name, value) for name, values in given.items() for value in values]
                fields += [("csrf_token", str(token)), ("release", drawn.release)]
                batch.append(Post(f"/minute/{drawn.id}/{slot}", cookie, fields).raw())
        yield firsts
        yield lasts
