"""What the worker does by the clock: close the accounts of those whose last day is over."""

import logging
from datetime import date, datetime

from academy.database import db
from academy.people.directory import services as directory
from academy.people.leaving import queries
from academy.people.models import Person
from academy.refusal import Refusal

log = logging.getLogger(__name__)

AT_ONCE = 200


def close_those_who_left(at: datetime) -> None:
    """Each account in a transaction of its own; one that must stay open is looked at again next time."""
    after = 0
    while found := queries.due(at, AT_ONCE, after):
        for number, last_on in found:
            after = number
            _close(number, last_on, at)


def _close(number: int, last_on: date, at: datetime) -> None:
    try:
        person = db.session.get(Person, number, populate_existing=True)
        if person is not None:
            directory.close_account(person, None, at, last_on)
        db.session.commit()
    except Refusal as refused:
        db.session.rollback()
        log.warning("person %s stays although their last day is over: %s", number, refused)
