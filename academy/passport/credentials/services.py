"""Giving somebody a credential of what they hold, ending it, and changing the keys."""

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import update

from academy import database
from academy.database import db
from academy.passport import queries as passports
from academy.passport.credentials import queries, ring, subjects
from academy.passport.credentials.building import hashed
from academy.passport.credentials.keys import Pair, PublicKey, new_pair
from academy.passport.credentials.models import Credential, SigningKey, Standing
from academy.passport.credentials.queries import Earned
from academy.passport.models import Certificate
from academy.people.models import Person
from academy.refusal import Refusal
from academy.rewards import badges, words
from academy.rewards import queries as rewards
from academy.rewards.badges import Award, AwardKind


class NotHeld(Refusal):
    """Nobody gets a file of what they did not win."""

    def __init__(self) -> None:
        super().__init__(
            _("You do not hold this yet. Your passport shows what you may take along."), 404
        )


class NothingSigns(Refusal):
    """A file signed now would be believed by nobody."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No file can be signed at the moment: the academy’s keys are being changed. "
                "Nothing was changed. Come back tomorrow."
            ),
            503,
        )


def give(person_id: int, key: str, at: datetime) -> Credential:
    """The credential of an award the person holds; asked for again, the same one.

    Raises NotHeld, NothingSigns.

    The keys that will sign it are remembered, so that it stays verifiable.
    """
    award = badges.current().get(key)
    database.one_at_a_time(person_id)
    earned = queries.earned(person_id, key) if award else None
    if award is None or earned is None:
        raise NotHeld
    certificate = passports.valid_one(person_id) if award.kind is AwardKind.PASSPORT else None
    if award.kind is AwardKind.PASSPORT and certificate is None:
        raise NotHeld
    ready_to_sign(at)
    subject = subjects.of_passport(certificate) if certificate else subjects.of_award(key)
    already = queries.valid_one(person_id, subject)
    if already is not None:
        return already
    credential = written(db.session.get_one(Person, person_id), award, earned, at)
    if certificate is not None:
        attest(credential, certificate)
    db.session.add(credential)
    db.session.flush()  # its number is its place on the status list
    return credential


def ready_to_sign(at: datetime) -> None:
    """The keys that will sign are remembered, and none of them is withdrawn. Two statements."""
    publics = ring.current().publics
    remember_keys(publics, at)
    if queries.withdrawn(key.kid for key in publics):
        raise NothingSigns


def _told(row: Mapping[str, Any], language: str) -> str:
    """The words that were certified; of a medal, which one it is."""
    award = badges.current().get(row["key"]) if row.get("medal") else None
    title: str = row["title"][language]
    return _named(award, language) if award else title


def revoke_award(person_id: int, key: str, reason: str, at: datetime) -> None:
    """What was taken back is on the status list from now on, and so is every file that attests it.

    Harmless when no file was taken. Whoever verifies one of them reads the reason.
    """
    database.one_at_a_time(person_id)  # a file that is being given now is seen, or not given
    told = [subjects.of_award(key)]
    for certificate in passports.all_of(person_id):
        told += subjects.attesting(certificate, key)
    _end(told, Standing.REVOKED, reason, at, person_id)


def revoke(credential: Credential, reason: str, at: datetime) -> None:
    """End one credential for good; whoever verifies it reads the reason."""
    if credential.standing != Standing.REVOKED:
        credential.standing, credential.end_reason, credential.ended_at = (
            Standing.REVOKED,
            reason,
            at,
        )


def passport_replaced(certificate: Certificate, at: datetime) -> None:
    _end(subjects.all_of(certificate), Standing.REPLACED, "", at)


def passport_revoked(certificate: Certificate, reason: str, at: datetime) -> None:
    _end(subjects.all_of(certificate), Standing.REVOKED, reason, at)


def remember_keys(keys: Iterable[PublicKey], at: datetime) -> None:
    """Whatever was signed with them stays verifiable once others sign; harmless to repeat."""
    rows = [{"kid": key.kid, "kind": key.kind, "pem": key.pem, "since": at} for key in keys]
    statement = database.insert(SigningKey).values(rows)
    db.session.execute(statement.on_conflict_do_nothing(index_elements=[SigningKey.kid]))


def rotate(at: datetime) -> Pair:
    """Fresh keys, known beside those before. The caller commits, then lets them sign: `ring.put`."""
    fresh = new_pair()
    remember_keys((*ring.current().publics, *fresh.publics), at)
    return fresh


def withdraw_key(kid: str, at: datetime) -> bool:
    """Nothing this key signed is believed any more; False when there is no such key."""
    found = db.session.get(SigningKey, kid)
    if found is None:
        return False
    found.withdrawn_at = found.withdrawn_at or at
    return True


def written(holder: Person, award: Award, earned: Earned, at: datetime) -> Credential:
    """A credential of an award, with its words, yet to be numbered."""
    return Credential(
        ref=secrets.token_urlsafe(16),
        person_id=holder.id,
        subject=subjects.of_award(award.key),
        award=award.key,
        since=earned.at,
        issued_at=at,
        said=_said(award, earned, holder) | {"evidence": []},
    )


def attest(credential: Credential, certificate: Certificate) -> None:
    """It is about this passport, and tells what that attests, but for what was withdrawn since."""
    held, told = rewards.held(certificate.person_id or 0), certificate.certified
    language = credential.said["language"]
    evidence = [
        {
            "name": _told(row, language),
            "narrative": ", ".join(filter(None, (row["on"], row.get("place", "")))),
        }
        for row in (*told["visas"], *told["awards"])
        if row["key"] in held
    ]
    credential.subject, credential.since = subjects.of_passport(certificate), certificate.issued_at
    credential.said = {**credential.said, "evidence": evidence}


def _said(award: Award, earned: Earned, person: Person) -> dict[str, Any]:
    salt = secrets.token_hex(16)
    return {
        "key": award.key,
        "kind": award.kind,
        "version": earned.version,
        "language": person.language,
        "title": _named(award, person.language),
        "summary": award.summary.said(person.language),
        "on": earned.on.isoformat(),
        "subject": f"urn:uuid:{uuid.uuid4()}",
        "holder": hashed(person.email, salt),
        "salt": salt,
    }


BEFORE = {
    Standing.REPLACED: (Standing.VALID,),
    Standing.REVOKED: (Standing.VALID, Standing.REPLACED),
}


def _named(award: Award, language: str) -> str:
    """With its metal, for a medal: three of them share a title."""
    with force_locale(language):
        return str(words.named(award))


def _end(
    files: Sequence[str],
    standing: Standing,
    reason: str,
    at: datetime,
    person_id: int | None = None,
) -> None:
    of_person = [Credential.person_id == person_id] if person_id is not None else []
    db.session.execute(
        update(Credential)
        .where(Credential.subject.in_(files), Credential.standing.in_(BEFORE[standing]), *of_person)
        .values(standing=standing, end_reason=reason, ended_at=at)
        .execution_options(synchronize_session="fetch")
    )
