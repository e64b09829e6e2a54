"""What a directory does to accounts. Each act is written to the audit log, with the directory that did it."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from academy import database
from academy.database import db
from academy.people import audit, places
from academy.people import services as people
from academy.people.audit import Act
from academy.people.directory import services as accounts
from academy.people.models import Person, Posting, new_key
from academy.people.newcomers.services import ANYWHERE
from academy.people.provisioning import members, placing, queries
from academy.people.provisioning.facts import Facts, Writer
from academy.people.provisioning.models import DirectoryRecord
from academy.people.services import Newcomer
from academy.refusal import Refusal

Said = dict[str, Any]


class Taken(Refusal):
    """Somebody has this user name or this address already."""

    def __init__(self) -> None:
        super().__init__(_("An account has this user name or this address already."), 409)


def enrol(said: Facts, words: Said, by: Writer) -> Person:
    """Open an account and give it its place from today; who was removed comes back as they were.

    No letter leaves: the first synchronisation of a company would write to everybody. Raises Taken.
    """
    back = _free_or_back(said)
    if back is not None:
        return _bring_back(*back, said, words, by)
    person = _opened(said, by)
    record = DirectoryRecord(person_id=person.id, made_at=by.at, changed_at=by.at)
    _write(record, said, words)
    placed = said.active is not False and placing.place(person, record, None, said, by.today)
    _keep(record)
    if placed:
        person.zone = _zone_of(placing.posting_of(person.id), by.today)
    audit.record(None, Act.ACCOUNT_OPENED, audit.person(person.id), by.at, {"through": by.name})
    if said.active is False:
        accounts.close_account(person, None, by.at)
    return person


def change(
    person: Person,
    record: DirectoryRecord | None,
    before: Facts,
    said: Facts,
    words: Said,
    by: Writer,
) -> None:
    """Apply what the directory says otherwise than before; the rest stays. Raises Taken, RoleRefused."""
    database.one_at_a_time(person.id)
    record = record or DirectoryRecord(person_id=person.id, made_at=person.created_at)
    _free(person, said, before)
    _write(record, said, words)
    record.changed_at = by.at
    changed = ["record"]
    if before.name != said.name:
        people.rename(person, *said.name)
        changed.append("name")
    if person.email != said.email:
        person.email = said.email
        changed.append("address")
    changed += _opened_or_closed(person, said, by)
    if person.active and _concerns_place(before, said, changed):
        placed = placing.place(person, record, before, said, by.today)
        changed += ["place"] if placed else []
    _keep(record)
    details = {"changed": changed[1:] or changed, "through": by.name}
    audit.record(None, Act.DIRECTORY_CHANGED, audit.person(person.id), by.at, details)


def remove(
    person: Person, record: DirectoryRecord | None, said: Facts, words: Said, by: Writer
) -> None:
    """The account is closed and the directory knows it no more; nothing is erased. Raises RoleRefused."""
    database.one_at_a_time(person.id)
    accounts.close_account(person, None, by.at)
    if record is None:
        record = DirectoryRecord(person_id=person.id, made_at=person.created_at, changed_at=by.at)
        _write(record, said, words)
    record.removed_at = by.at
    record.place_word = record.job_word = None
    _keep(record)
    members.leave_everything(person, by)
    audit.record(None, Act.DIRECTORY_REMOVED, audit.person(person.id), by.at, {"through": by.name})


def _bring_back(
    person: Person, record: DirectoryRecord, said: Facts, words: Said, by: Writer
) -> Person:
    """The same person under another key: what was removed is not found by its old one."""
    person.directory_key = new_key()
    record.removed_at, record.made_at, record.changed_at = None, by.at, by.at
    _write(record, said, words)
    people.rename(person, *said.name)
    if said.active is not False:
        accounts.reopen_account(person, None, by.at)
        placing.place(person, record, None, said, by.today)
    _keep(record)
    audit.record(None, Act.DIRECTORY_RETURNED, audit.person(person.id), by.at, {"through": by.name})
    return person


def _opened(said: Facts, by: Writer) -> Person:
    newcomer = Newcomer(
        email=said.email,
        given_name=said.given_name,
        family_name=said.family_name,
        joined_on=by.today,
        language=said.language,
        spoken=(said.language,),
        zone=ANYWHERE,
    )
    try:
        with db.session.begin_nested():
            return people.open_account(newcomer, by.at)
    except IntegrityError as taken:
        raise Taken from taken


def _opened_or_closed(person: Person, said: Facts, by: Writer) -> list[str]:
    if said.active is None or said.active == person.active:
        return []
    if said.active:
        accounts.reopen_account(person, None, by.at)
        return ["opened"]
    accounts.close_account(person, None, by.at)
    return ["closed"]


def _concerns_place(before: Facts, said: Facts, changed: list[str]) -> bool:
    was = before.places, before.title, before.manager
    return was != (said.places, said.title, said.manager) or "opened" in changed


def _free_or_back(said: Facts) -> tuple[Person, DirectoryRecord] | None:
    """None when nobody has this name and this address; else who was removed. Raises Taken."""
    found = queries.holders(said)
    back = None
    for person, record in found:
        if person.email == said.email and record is not None and record.removed_at is not None:
            back = (person, record)
        elif queries.holds(person, record, said):
            raise Taken
    return back


def _free(person: Person, said: Facts, before: Facts) -> None:
    """Raises Taken when the new name or address is somebody else's."""
    if (person.email, before.name_filed) == (said.email, said.name_filed):
        return
    others = (pair for pair in queries.holders(said) if pair[0].id != person.id)
    if any(
        other.email == said.email or queries.holds(other, record, said) for other, record in others
    ):
        raise Taken


def _write(record: DirectoryRecord, said: Facts, words: Said) -> None:
    record.name_filed, record.external_id = said.name_filed, said.external_id
    record.said = words


def _keep(record: DirectoryRecord) -> None:
    """Raises Taken when another directory was first."""
    try:
        with db.session.begin_nested():
            db.session.add(record)
    except IntegrityError as taken:
        raise Taken from taken


def _zone_of(posting: Posting | None, today: date) -> str:
    """That of the site; where none is known, that of the company."""
    above = places.above(posting.entity_id, today) if posting else ()
    return next((place.zone for place in above if place.zone), ANYWHERE)
