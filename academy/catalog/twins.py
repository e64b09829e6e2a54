"""What may not stand twice in one place."""

from collections.abc import Iterable

from academy.catalog.record import Record
from academy.catalog.tree import LANGUAGES, Words


def refuse_twins(record: Record, name: str, said: Iterable[str], thing: str) -> None:
    """Notes everything said twice under `name`."""
    seen: set[str] = set()
    for one in said:
        if one and one in seen:
            record.note(
                f"The {thing} `{one[:60]}` stands there twice", "Change one of the two", name
            )
        seen.add(one)


def refuse_same_words(record: Record, name: str, texts: Iterable[Words]) -> None:
    """Notes every text said twice in one language under `name`."""
    listed = list(texts)
    for language in LANGUAGES:
        refuse_twins(record, name, (text.said(language) for text in listed), "text")
