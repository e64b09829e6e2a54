"""Which passwords are too easy to guess: what people choose when they are asked for ten signs. Pure."""

from enum import StrEnum, auto
from pathlib import Path

from academy.people.names import without_accents

SHORTEST = 10
LONGEST = 200
FEWEST_SIGNS = 4

COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split())
"""Refused with whatever stands before and after: `Soleil2026!`, `P@ssw0rd123`, `123azerty!` are all here."""
RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "1q2w3e4r5t6y7u8i9o0p",
    "1a2z3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb",
)
DISGUISES = str.maketrans("@4013$5€7!", "aaoiesseti")


class Flaw(StrEnum):
    SHORT = auto()
    LONG = auto()
    COMMON = auto()
    OWN_ADDRESS = auto()


def flaw(password: str, email: str) -> Flaw | None:
    """What is wrong with this password for the owner of this address; None when nothing is."""
    if len(password) < SHORTEST:
        return Flaw.SHORT
    if len(password) > LONGEST:
        return Flaw.LONG
    if _bare(password) in {_bare(email), _bare(email.partition("@")[0])}:
        return Flaw.OWN_ADDRESS
    return Flaw.COMMON if _is_common(without_accents(password.casefold())) else None


def _is_common(small: str) -> bool:
    half = len(small) // 2
    if half and small[:half] == small[half:]:
        return _is_common(small[:half]) or len(set(small)) < FEWEST_SIGNS
    if len(set(small)) < FEWEST_SIGNS or any(small in run for run in RUNS):
        return True
    core = _core(small)
    return core in COMMON or _core(core.translate(DISGUISES)) in COMMON


def _core(small: str) -> str:
    """The word between what people put before and after it."""
    return small.strip("".join(sign for sign in set(small) if not sign.isalpha()))


def _bare(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())
