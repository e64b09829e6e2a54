"""What the worker does: people whose department was explained get their place."""

from datetime import datetime
from importlib import import_module
from typing import Any

from flask import Flask

from academy.database import db
from academy.people import audit
from academy.people.audit import Act
from academy.people.models import Person
from academy.people.provisioning import placing, words
from academy.people.provisioning.models import DirectoryRecord, WordKind
from academy.post import jobs

AT_ONCE = 200
ROUNDS = 500
"""A minute's work; the next minute goes on."""


def init_app(app: Flask) -> None:
    jobs.every(app, settle, minute="*")


def settle(at: datetime) -> None:
    """A few hundred in a transaction, until nobody waits for a word that is understood."""
    for _round in range(ROUNDS):
        if not _settled_some(at):
            break
        db.session.commit()
    db.session.rollback()


def _settled_some(at: datetime) -> bool:
    said = words.unknown()
    places, titles = placing.understood(
        [each.word for each in said if each.kind == WordKind.PLACE],
        [each.word for each in said if each.kind == WordKind.JOB],
    )
    for kind, known in ((WordKind.PLACE, places), (WordKind.JOB, titles)):
        waiting = words.waiting(kind, sorted(known), AT_ONCE) if known else []
        for person, record in waiting:
            _place(person, record, at)
        if waiting:
            return True
    return False


def _place(person: Person, record: DirectoryRecord, at: datetime) -> None:
    users: Any = import_module("academy.people.scim.users")  # pydantic, once somebody waits
    said = users.known_of(person, record)
    if placing.place(person, record, None, said, at.date()):
        details = {"changed": ["place"]}
        audit.record(None, Act.DIRECTORY_CHANGED, audit.person(person.id), at, details)
