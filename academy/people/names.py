"""How names are said, and filed so that "helene" finds Hélène. Pure."""

import unicodedata

LONGEST = 160


def full_name(given: str, family: str) -> str:
    return f"{given} {family}"


def initials(given: str, family: str) -> str:
    """What stands in the circle before a name."""
    return f"{given[:1]}{family[:1]}".upper()


def filed(*names: str) -> str:
    """The names in small letters without accents, one space between words; their beginning, if long."""
    letters = without_accents(" ".join(names).casefold())
    printable = "".join(letter if letter.isprintable() else " " for letter in letters)
    return " ".join(printable.split())[:LONGEST]


def without_accents(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
