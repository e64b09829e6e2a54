"""Somebody's phone in a test, and those who have one."""

from datetime import datetime, timedelta

from pyotp import TOTP

from academy.database import db
from academy.people import passwords
from academy.people.accounts import queries as accounts
from academy.people.factor import rules, services
from academy.people.models import Person
from tests.conftest import MONDAY

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EARLIER = timedelta(days=1)
CODES = tuple(f"{slot}BCDFGHJKMNP" for slot in rules.SLOTS)
HASHED = [passwords.hashed(code) for code in CODES[:1]] + ["never right"] * 9
"""The first of ten is enough for tests: hashing takes long on purpose."""


def code(at: datetime = MONDAY, secret: str = SECRET) -> str:
    """What the phone shows."""
    return TOTP(secret).at(at)


def give(person: Person, at: datetime = MONDAY - EARLIER) -> Person:
    """From now on this person has a second factor, set up the day before."""
    keys = accounts.keys_of(person.id)
    assert keys is not None
    services.turn_on(keys, SECRET, int(at.timestamp()) // rules.SECONDS, HASHED, at)
    db.session.commit()
    db.session.refresh(person)
    return person
