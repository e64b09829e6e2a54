"""Passport codes: eleven characters of chance and one that catches slips. Pure but for the dice.

The alphabet has no vowel (no words appear) and no look-alikes (no 0 O 1 I L): 28 signs, so 28**11, about
8 * 10**15 codes. The last sign is a Luhn mod N check: any single slip, and nearly every swap of
neighbours, is noticed.
"""

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4


def new_code() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """The sign that completes `body` (ISO/IEC 7812-1's Luhn algorithm, in base 28)."""
    base = len(ALPHABET)
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = ALPHABET.index(sign) * (2 - place % 2)
        total += value // base + value % base
    return ALPHABET[-total % base]


def is_well_formed(code: str) -> bool:
    """Has the code the right length, signs and check sign?"""
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        return False
    return check_sign(code[:-1]) == code[-1]


def tidy(typed: str) -> str:
    """What somebody typed, without spaces and hyphens, in capitals, at most 40 signs."""
    return "".join(sign for sign in typed[:40].upper()[:40] if sign.isalnum())


def grouped(code: str) -> str:
    """Three groups of four, to be read aloud."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
