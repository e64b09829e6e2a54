"""Giving somebody the whole of their passport, or a part of it, as one signed record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import force_locale, gettext

from academy import database
from academy.database import db
from academy.passport import queries as passports
from academy.passport.credentials import queries, services, subjects
from academy.passport.credentials.models import Credential, Standing
from academy.passport.credentials.queries import Earned
from academy.passport.credentials.services import NotHeld
from academy.passport.credentials.subjects import Part
from academy.passport.models import Certificate
from academy.people.models import Person
from academy.rewards import badges
from academy.rewards.badges import Award, AwardKind


def give_record(person_id: int, part: Part, at: datetime) -> Credential:
    """The record of the passport in force; asked for again, the same one, while what is inside is.

    Each visa and badge inside is a credential of its own, given with it. Raises NotHeld, NothingSigns.
    """
    database.one_at_a_time(person_id)
    certificate = passports.valid_one(person_id)
    if certificate is None:
        raise NotHeld
    services.ready_to_sign(at)
    held, already = queries.all_earned(person_id), queries.valid_ones(person_id)
    person = db.session.get_one(Person, person_id)
    keys = [key for key in subjects.keys_of(certificate, part) if key in held]
    members = _members(person, keys, held, already, at)
    passport = _passport()
    if not members or passport is None or passport.key not in held:
        raise NotHeld
    before = already.get(subjects.of_record(certificate, part))
    inside = [each.ref for each in members]
    if before is not None and before.said["members"] == inside:
        return before
    if before is not None:
        before.standing, before.ended_at = Standing.REPLACED, at
        db.session.flush()  # one record in force at a time: end the old one first
    record = services.written(person, passport, held[passport.key], at)
    record.subject, record.since = subjects.of_record(certificate, part), certificate.issued_at
    record.said = {**record.said, **_words(certificate, part, person.language), "members": inside}
    db.session.add(record)
    db.session.flush()  # its number is its place on the status list
    return record


def _members(
    person: Person,
    keys: Sequence[str],
    held: dict[str, Earned],
    already: dict[str, Credential],
    at: datetime,
) -> list[Credential]:
    """The credentials of these awards, those that are still missing being given now. One statement."""
    shelf = badges.current()
    found = [
        already.get(subjects.of_award(key)) or services.written(person, shelf[key], held[key], at)
        for key in keys
        if key in shelf
    ]
    db.session.add_all(found)
    db.session.flush()
    return sorted(found, key=lambda each: each.id)


def _words(certificate: Certificate, part: Part, language: str) -> dict[str, Any]:
    whole = len(subjects.keys_of(certificate, part)) == len(subjects.keys_of(certificate, Part.ALL))
    with force_locale(language):
        title = {
            Part.ALL: gettext("Record of the digital passport"),
            Part.VISAS: gettext("Record of the digital passport: visas"),
            Part.AWARDS: gettext("Record of the digital passport: badges and medals"),
        }[part]
    return {"title": title, "partial": not whole}


def _passport() -> Award | None:
    found = (each for each in badges.current().values() if each.kind is AwardKind.PASSPORT)
    return next(found, None)
