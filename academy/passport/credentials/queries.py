"""Finding what was issued, what may be, and the keys that signed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from academy.database import db
from academy.passport.credentials.keys import KeyKind, PublicKey
from academy.passport.credentials.models import Credential, SigningKey, Standing
from academy.rewards.models import Grant


@dataclass(frozen=True, slots=True)
class Earned:
    """A grant, as far as a credential tells of it."""

    version: str
    at: datetime
    on: date
    place: str


def earned(person_id: int, award: str) -> Earned | None:
    """The grant of an award that is held; nothing when it was withdrawn."""
    row = db.session.execute(
        select(Grant.version, Grant.granted_at, Grant.granted_on, Grant.place).where(
            Grant.person_id == person_id, Grant.award == award, Grant.revoked_at.is_(None)
        )
    ).one_or_none()
    return Earned(*row) if row else None


def all_earned(person_id: int) -> dict[str, Earned]:
    """All that the person holds, by award. One statement."""
    rows = db.session.execute(
        select(Grant.award, Grant.version, Grant.granted_at, Grant.granted_on, Grant.place).where(
            Grant.person_id == person_id, Grant.revoked_at.is_(None)
        )
    )
    return {award: Earned(version, at, on, place) for award, version, at, on, place in rows}


def valid_ones(person_id: int) -> dict[str, Credential]:
    """The files of this person that are in force, by what they are about."""
    rows = db.session.scalars(
        select(Credential).where(
            Credential.person_id == person_id, Credential.standing == Standing.VALID
        )
    )
    return {each.subject: each for each in rows}


def by_refs(refs: Collection[str]) -> list[Credential]:
    """In the order in which they were given."""
    rows = db.session.scalars(
        select(Credential).where(Credential.ref.in_(refs)).order_by(Credential.id)
    )
    return list(rows)


def valid_one(person_id: int, subject: str) -> Credential | None:
    return db.session.scalar(
        select(Credential).where(
            Credential.person_id == person_id,
            Credential.subject == subject,
            Credential.standing == Standing.VALID,
        )
    )


def by_ref(ref: str) -> Credential | None:
    return db.session.scalar(select(Credential).where(Credential.ref == ref))


def revoked_on(numbers: range) -> frozenset[int]:
    """The numbers of the credentials revoked among these."""
    return frozenset(
        db.session.scalars(
            select(Credential.id).where(
                Credential.id >= numbers.start,
                Credential.id < numbers.stop,
                Credential.standing == Standing.REVOKED,
            )
        )
    )


def last_number() -> int:
    return db.session.scalar(select(func.max(Credential.id))) or 0


def believed_keys() -> dict[str, PublicKey]:
    """The keys that signed here and are not withdrawn, newest first."""
    rows = db.session.execute(
        select(SigningKey.kid, SigningKey.kind, SigningKey.pem)
        .where(SigningKey.withdrawn_at.is_(None))
        .order_by(SigningKey.since.desc(), SigningKey.kid)
    )
    return {kid: PublicKey(kid, KeyKind(kind), pem) for kid, kind, pem in rows}


def withdrawn(kids: Iterable[str]) -> frozenset[str]:
    """Which of these keys are withdrawn."""
    return frozenset(
        db.session.scalars(
            select(SigningKey.kid).where(
                SigningKey.kid.in_(tuple(kids)), SigningKey.withdrawn_at.is_not(None)
            )
        )
    )
