"""What a directory's words for a department and a title mean here, and the posting that follows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask_babel import force_locale
from sqlalchemy import and_, or_, select

from academy.database import db
from academy.people import services as people
from academy.people.models import Entity, Person, Posting
from academy.people.names import filed
from academy.people.provisioning import queries
from academy.people.provisioning.facts import Facts
from academy.people.provisioning.models import DirectoryRecord, DirectoryWord, WordKind
from academy.people.words import JOBS

LANGUAGES = ("fr", "en")
Words = Mapping[tuple[str, str], DirectoryWord]


@dataclass(frozen=True, slots=True)
class Meaning:
    """None where nobody has said what the word means."""

    entity: Entity | None
    job_family: str | None


def meaning(places: Collection[str], title: str) -> Meaning:
    """As an administrator said, else as an entity or a trade is called. Two statements."""
    said = _said(places, [title])
    known = _entities(places, said) if places else {}
    entity = next((known[word] for word in places if word in known), None)
    return Meaning(entity, _trade(title, said))


def understood(places: Collection[str], titles: Collection[str]) -> tuple[set[str], set[str]]:
    """Which of these words mean something by now. Two statements."""
    said = _said(places, titles)
    known = _entities(places, said) if places else {}
    return set(known), {title for title in titles if _trade(title, said)}


@cache
def trades() -> Mapping[str, str]:
    """The usual trades, by their keys and by their names in both languages: the same for everybody."""
    known = {filed(family): family for family in JOBS}
    for language in LANGUAGES:
        with force_locale(language):
            known.update({filed(str(words)): family for family, words in JOBS.items()})
    return known


def place(
    person: Person, record: DirectoryRecord, before: Facts | None, said: Facts, on: date
) -> bool:
    """Post the person from `on` as the directory says; False when nothing of it changes.

    What the directory did not change stays as the academy has it. Without a known entity there is no first
    posting: the word waits for an administrator.
    """
    means = meaning(said.places, said.title)
    record.place_word = said.places[0] if said.places and not means.entity else None
    record.job_word = said.title if said.title and not means.job_family else None
    now = posting_of(person.id)
    entity_id = _entity_id(means.entity, before, said, now)
    if entity_id is None:
        return False
    job = _job(means.job_family, before, said, now)
    manager_id = _manager_id(person, before, said, now)
    if now and (now.entity_id, now.job_family, now.manager_id) == (entity_id, job, manager_id):
        return False
    _post(person, now, entity_id, job, manager_id, on)
    return True


def posting_of(person_id: int) -> Posting | None:
    return db.session.scalar(
        select(Posting).where(Posting.person_id == person_id, Posting.ends_on.is_(None))
    )


def _post(
    person: Person,
    now: Posting | None,
    entity_id: int,
    job: str,
    manager_id: int | None,
    on: date,
) -> None:
    """Contract and shift are not the directory's to say: they go along."""
    entity = db.session.get_one(Entity, entity_id)
    manager = db.session.get_one(Person, manager_id) if manager_id else None
    people.post(person, entity, job, on, manager)
    if now is not None and (now.contract or now.shift):
        db.session.flush()  # the new posting is there to be found
        fresh = posting_of(person.id)
        assert fresh is not None  # noqa: S101  # it was just made
        fresh.contract, fresh.shift = now.contract, now.shift


def _entity_id(
    meant: Entity | None, before: Facts | None, said: Facts, now: Posting | None
) -> int | None:
    unchanged = before is not None and before.places == said.places
    if now is not None and (meant is None or unchanged):
        return now.entity_id
    return meant.id if meant else None


def _job(meant: str | None, before: Facts | None, said: Facts, now: Posting | None) -> str:
    unchanged = before is not None and before.title == said.title
    if now is not None and (meant is None or unchanged):
        return now.job_family
    return meant or ""


def _manager_id(
    person: Person, before: Facts | None, said: Facts, now: Posting | None
) -> int | None:
    was = before.manager if before else ""
    kept = now.manager_id if now else None
    if now is not None and was == said.manager:
        return kept
    found = _numbered(said.manager) if said.manager else None
    if said.manager and found is None:
        return kept
    return found if found != person.id else None


def _numbered(manager: str) -> int | None:
    """Who is called so: by key, by the directory's own number, or by user name."""
    for so in (
        Person.directory_key == manager,
        queries.numbered(manager),
        queries.called(manager.lower()),
    ):
        found = db.session.scalar(select(Person.id).where(so).order_by(Person.id).limit(1))
        if found is not None:
            return found
    return None


def _said(places: Iterable[str], titles: Iterable[str]) -> Words:
    """What administrators said of these words."""
    word = DirectoryWord
    wanted = or_(
        and_(word.kind == WordKind.PLACE, word.filed.in_({filed(each) for each in places})),
        and_(word.kind == WordKind.JOB, word.filed.in_({filed(each) for each in titles})),
    )
    return {
        (each.kind, each.filed): each for each in db.session.scalars(select(word).where(wanted))
    }


def _trade(title: str, said: Words) -> str | None:
    told = said.get((WordKind.JOB, filed(title)))
    return told.job_family if told else trades().get(filed(title))


def _entities(words: Collection[str], said: Words) -> dict[str, Entity]:
    """The open entity that each of these words means; a name that two of them bear means neither."""
    numbers = {word.entity_id for word in said.values() if word.entity_id}
    keys = {word.lower() for word in words}
    found = db.session.scalars(
        select(Entity).where(
            Entity.closed_on.is_(None),
            or_(Entity.id.in_(numbers), Entity.key.in_(keys), Entity.name.in_(set(words))),
        )
    ).all()
    known = {}
    for word in words:
        called = _called(word, found, said)
        if len(called) == 1:
            known[word] = called[0]
    return known


def _called(word: str, found: Sequence[Entity], said: Words) -> list[Entity]:
    """An administrator's word comes before the key, and the key before the name."""
    told = said.get((WordKind.PLACE, filed(word)))
    if told is not None:
        return [each for each in found if each.id == told.entity_id]
    keyed = [each for each in found if each.key == word.lower()]
    return keyed or [each for each in found if each.name == word]
