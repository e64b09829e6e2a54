"""The words one looks for, and the part of a text that has them. Pure."""

import re
from dataclasses import dataclass

from markupsafe import Markup

SHORTEST = 2
MOST = 6
BEFORE = 80
EXCERPT = 260


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of an excerpt; `found` is one of the words looked for."""

    text: str
    found: bool


def wanted(typed: str) -> tuple[str, ...]:
    """The words to look for, each once whatever its capitals; shorter ones say too little."""
    words = {word.casefold(): word for word in reversed(typed.split()) if len(word) >= SHORTEST}
    return tuple(reversed(words.values()))[:MOST]


def spellings(word: str) -> tuple[str, ...]:
    """As typed, small, with a capital, and in capitals: SQLite takes É and é for two letters."""
    if word.isascii():
        return (word,)
    return tuple(dict.fromkeys((word, word.lower(), word.capitalize(), word.upper())))


def excerpt(html: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """What is said around the first of these words, without tags, with each word found set apart."""
    said = Markup(html).striptags()  # noqa: S704  # taken apart, and escaped where it is shown
    sought = re.compile("(" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)
    first = sought.search(said)
    start = _word_start(said, max(0, first.start() - BEFORE)) if first else 0
    cut = said[start : start + EXCERPT]
    if start + EXCERPT < len(said):
        cut = cut.rpartition(" ")[0] or cut
    pieces = [Piece(text, sought.fullmatch(text) is not None) for text in sought.split(cut) if text]
    before = [Piece("… ", found=False)] if start else []
    after = [Piece(" …", found=False)] if start + len(cut) < len(said) else []
    return (*before, *pieces, *after)


def _word_start(said: str, at: int) -> int:
    """Where the word that begins there or next begins."""
    return at if at == 0 or said[at - 1] == " " else said.find(" ", at) + 1 or at
