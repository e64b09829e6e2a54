"""Codes that a phone makes (RFC 6238), codes on paper, and who must have a second factor.

Pure but for the dice.
"""

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final

from pyotp import TOTP, random_base32

from academy.people.role_kinds import Role

SECONDS: Final = 30
AROUND: Final = (-1, 0, 1)
"""A code is good a little before and after its time: clocks differ, and people type slowly."""
DIGITS: Final = 6
TEN: Final = 10
SIGNS: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No vowels, so that no words appear, and nothing that looks like something else."""
SLOTS: Final = SIGNS[:TEN]
LENGTH: Final = 12
GROUP: Final = 4


class Asked(StrEnum):
    """Of whom the company asks a second factor."""

    OPTIONAL = "optional"
    STAFF = "staff"
    EVERYONE = "everyone"


STAFF: Final = frozenset({Role.AUTHOR, Role.HOST, Role.ORGANISER, Role.HR, Role.ADMIN})
"""Roles that see or change more than what is one's own."""


def must(asked: str, roles: Collection[str]) -> bool:
    """Does the company ask it of somebody with these roles?"""
    return asked == Asked.EVERYONE or (asked == Asked.STAFF and not STAFF.isdisjoint(roles))


def new_secret() -> str:
    """A key of 160 bits, as phones take it."""
    return random_base32()


def address(secret: str, name: str, issuer: str) -> str:
    """What a phone reads from the picture."""
    return TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_of(secret: str, typed: str, at: datetime) -> int | None:
    """Of which half minute this code is; None when it is of none near. Takes as long whatever is typed."""
    totp, now, found = TOTP(secret), int(at.timestamp()) // SECONDS, None
    for step in (now + away for away in AROUND):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            found = step
    return found


def tidy(typed: str) -> str:
    """What was typed, without spaces and hyphens, in capitals; never long."""
    return "".join(sign for sign in typed[:40].upper() if sign.isalnum())[:40]


def is_code(typed: str) -> bool:
    return len(typed) == DIGITS and typed.isascii() and typed.isdigit()


def new_codes() -> tuple[str, ...]:
    """Ten codes of eleven signs of chance, 52 bits, each after the sign of its place."""
    return tuple(slot + "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1)) for slot in SLOTS)


def slot_of(typed: str) -> int | None:
    """Which of the ten this would be; None for what is no such code."""
    if len(typed) != LENGTH or any(sign not in SIGNS for sign in typed):
        return None
    slot = SLOTS.find(typed[0])
    return slot if slot >= 0 else None


def grouped(words: str) -> str:
    """By four, to be read aloud and typed."""
    return " ".join(words[start : start + GROUP] for start in range(0, len(words), GROUP))
