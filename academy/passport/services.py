"""Issuing passports."""

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _

from academy import database
from academy.catalog.tree import Words
from academy.database import db
from academy.passport import codes, queries
from academy.passport.credentials import services as credentials
from academy.passport.models import Certificate, Status
from academy.people import queries as people
from academy.people.models import Person
from academy.people.names import full_name
from academy.refusal import Refusal
from academy.rewards import shown
from academy.rewards.shown import AwardView, Collection, VisaView


class NotEarned(Refusal):
    """The passport's rule is not met yet."""

    def __init__(self) -> None:
        super().__init__(_("Your passport is not earned yet. Its page says what is missing."), 409)


def issue(person_id: int, at: datetime, today: date) -> Certificate:
    """Certify what the person holds today. One valid passport each: the one before is replaced.

    When nothing has changed since, the valid one is given back. Raises NotEarned.
    """
    database.one_at_a_time(person_id)
    mine = shown.collection(person_id)
    if mine.passport is None or mine.passport.granted_on is None:
        raise NotEarned
    before = queries.valid_one(person_id)
    content = _certified(person_id, mine)
    if before is not None and before.certified == content:
        return before
    certificate = Certificate(
        person_id=person_id,
        code=codes.new_code(),
        issued_at=at,
        issued_on=today,
        certified=content,
    )
    if before is not None:
        before.status, before.replaced_by = Status.REPLACED, certificate.code
        before.ended_at = at
        credentials.passport_replaced(before, at)
        db.session.flush()  # one valid passport at a time: end the old one first
    db.session.add(certificate)
    db.session.flush()
    return certificate


def revoke(certificate: Certificate, reason: str, at: datetime) -> None:
    """End a passport for good; the reason is shown to those who verify it."""
    certificate.status, certificate.replaced_by = Status.REVOKED, None
    certificate.ended_at, certificate.end_reason = at, reason
    credentials.passport_revoked(certificate, reason, at)


def is_behind(certificate: Certificate, mine: Collection) -> bool:
    """Has the holder won visas or awards since it was issued, or had some withdrawn?"""
    said = certificate.certified
    known = {row["key"] for row in (*said["visas"], *said["awards"])}
    held = {visa.key for visa in mine.visas if visa.granted_on} | {
        each.key for each in mine.attested
    }
    lost = {each.key for each in mine.withdrawn}
    return not held <= known or not known.isdisjoint(lost)


def _certified(person_id: int, mine: Collection) -> dict[str, Any]:
    person = db.session.get_one(Person, person_id)
    place = people.workplace(person_id)
    return {
        "holder": full_name(person.given_name, person.family_name),
        "entity": f"{place.entity}, {place.site}" if place else "",
        "company": place.company if place else "",
        "visas": [_visa(visa) for visa in mine.visas if visa.granted_on],
        "awards": [_award(award) for award in mine.attested],
    }


def _visa(visa: VisaView) -> dict[str, Any]:
    return {
        "key": visa.key,
        "ink": visa.ink,
        "title": _both(visa.title),
        "on": visa.granted_on.isoformat() if visa.granted_on else "",
        "place": visa.place,
    }


def _award(award: AwardView) -> dict[str, Any]:
    return {
        "key": award.key,
        "kind": award.kind,
        "medal": award.medal,
        "title": _both(award.title),
        "summary": _both(award.summary),
        "on": award.granted_on.isoformat() if award.granted_on else "",
    }


def _both(words: Words) -> dict[str, str]:
    return {"fr": words.fr, "en": words.en}
