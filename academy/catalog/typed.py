"""What people type: words and numbers, read with the patience of a colleague."""

import re
import unicodedata
from math import isfinite
from typing import Final

SLIP_ALLOWED_FROM: Final = 6
"""Letters an accepted answer needs before one typing slip in it is forgiven."""

_ARTICLES: Final = frozenset(
    ("le", "la", "l", "les", "un", "une", "des", "du", "de", "d", "the", "a", "an")
)
_APART: Final = re.compile(r"[\W_]+")
_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def folded(text: str) -> str:
    """Without capitals, accents, punctuation, leading article or double spaces."""
    signs = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    bare = "".join(sign for sign in signs if not unicodedata.combining(sign))
    words = _APART.sub(" ", bare).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def forgiven(said: str, accepted: str) -> bool:
    """Is `said` the accepted answer with one typing slip? Both are folded.

    Short answers and answers with digits allow none: there, one sign makes another answer.
    """
    letters = accepted.replace(" ", "")
    return len(letters) >= SLIP_ALLOWED_FROM and letters.isalpha() and _one_slip(said, accepted)


def _one_slip(one: str, other: str) -> bool:
    """One sign added, dropped or replaced, or two neighbours swapped."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) <= 1
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


_SPACES: Final = re.compile(r"\s+")
_AROUND: Final = re.compile(r"[€$£]? ?([+-]?) ?([0-9.,](?:[0-9., ]*[0-9])?)[^\d.,+-]*\.?")
_GROUPED_BY_SPACE: Final = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?=[.,]|$)")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
_DECIMAL: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")


def number_typed(text: str, language: str, units: tuple[str, ...] = ()) -> float | None:
    """The number in "1 234,5 €" or "1,234.5 km"; None when it can be read in two ways, or in none.

    The decimal sign of `language` comes first; the other one's is understood where nothing else can
    be meant.
    """
    found = _AROUND.fullmatch(_without_unit(_SPACES.sub(" ", text).strip(), units))
    if found is None:
        return None
    digits = _GROUPED_BY_SPACE.sub(lambda group: group[0].replace(" ", ""), found[2], count=1)
    plain = _with_point(digits, "." if language == "en" else ",")
    if plain is None or not _DECIMAL.fullmatch(plain) or not isfinite(float(plain)):
        return None
    return -float(plain) if found[1] == "-" else float(plain)


def _without_unit(text: str, units: tuple[str, ...]) -> str:
    text = text.replace("\N{MINUS SIGN}", "-")
    for unit in units:
        if unit and text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)].strip()
    return text


def _with_point(digits: str, home: str) -> str | None:
    """The same number written with a decimal point and no groups; None when that is not certain."""
    other = "," if home == "." else "."
    if home in digits and other in digits:
        whole, decimal, rest = digits.rpartition(max(home, other, key=digits.rfind))
        return f"{_ungrouped(whole)}.{rest}" if decimal not in whole else None
    mark = home if home in digits else other
    if digits.count(mark) > 1:
        return _ungrouped(digits)
    if mark == home or not _GROUPED.fullmatch(digits):
        return digits.replace(mark, ".")
    return _ungrouped(digits) if home == "." else None


def _ungrouped(digits: str) -> str:
    """Without group signs; unreadable where the groups are not of three digits."""
    marks = set(digits) & {".", ","}
    if len(marks) > 1 or not (_GROUPED.fullmatch(digits) or not marks):
        return "?"
    return digits.replace(",", "").replace(".", "")
