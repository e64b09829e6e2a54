"""Words of the directory that nobody has explained, and explaining them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from academy.database import db, insert
from academy.people import audit
from academy.people.audit import Act
from academy.people.models import Entity, Person
from academy.people.names import filed
from academy.people.provisioning.models import DirectoryRecord, DirectoryWord, WordKind

LISTED = 100


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that means nothing yet, and how many people wait for it."""

    kind: str
    word: str
    people: int


@dataclass(frozen=True, slots=True)
class Explained:
    id: int
    kind: str
    word: str
    entity: str
    job_family: str


def unknown() -> tuple[Unknown, ...]:
    """The words that most people wait for, first. Two statements."""
    found = []
    for kind in WordKind:
        word = _column(kind)
        rows = db.session.execute(
            select(word, func.count())
            .join(Person, Person.id == DirectoryRecord.person_id)
            .where(word.is_not(None), DirectoryRecord.removed_at.is_(None), Person.active)
            .group_by(word)
            .order_by(func.count().desc(), word)
            .limit(LISTED)
        )
        found += [Unknown(kind, str(said), people) for said, people in rows]
    return tuple(found)


def explained() -> tuple[Explained, ...]:
    """What administrators said, in the order of the alphabet."""
    rows = db.session.execute(
        select(DirectoryWord, Entity.name)
        .outerjoin(Entity, Entity.id == DirectoryWord.entity_id)
        .order_by(DirectoryWord.kind.desc(), DirectoryWord.filed)
        .limit(LISTED * 5)
    )
    return tuple(
        Explained(word.id, word.kind, word.word, entity or "", word.job_family or "")
        for word, entity in rows
    )


def explain(word: str, meaning: Entity | str, actor_id: int, at: datetime) -> None:
    """From now on this word is that entity, or that trade; what was said before is replaced."""
    is_place = isinstance(meaning, Entity)
    kind = WordKind.PLACE if is_place else WordKind.JOB
    said = {
        "word": word,
        "entity_id": meaning.id if isinstance(meaning, Entity) else None,
        "job_family": None if isinstance(meaning, Entity) else meaning,
    }
    statement = insert(DirectoryWord).values(kind=kind, filed=filed(word), **said)
    db.session.execute(statement.on_conflict_do_update(index_elements=["kind", "filed"], set_=said))
    name = meaning.name if isinstance(meaning, Entity) else meaning
    audit.record(actor_id, Act.DIRECTORY_WORD_SET, f"word:{word}"[:120], at, {"=": name})


def forget(number: int, actor_id: int, at: datetime) -> None:
    """The word means nothing any more; whoever has a place by it keeps it. Harmless to repeat."""
    word = db.session.get(DirectoryWord, number)
    if word is not None:
        audit.record(actor_id, Act.DIRECTORY_WORD_REMOVED, f"word:{word.word}"[:120], at)
        db.session.delete(word)


def waiting(
    kind: WordKind, words: Sequence[str], limit: int
) -> list[tuple[Person, DirectoryRecord]]:
    """People at work who wait for one of these words."""
    rows = db.session.execute(
        select(Person, DirectoryRecord)
        .join(DirectoryRecord, DirectoryRecord.person_id == Person.id)
        .where(_column(kind).in_(words), DirectoryRecord.removed_at.is_(None), Person.active)
        .order_by(Person.id)
        .limit(limit)
        .with_for_update(of=DirectoryRecord)
    )
    return [(row[0], row[1]) for row in rows]


def _column(kind: WordKind) -> InstrumentedAttribute[str | None]:
    return DirectoryRecord.place_word if kind is WordKind.PLACE else DirectoryRecord.job_word
