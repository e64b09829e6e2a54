"""Finding passports, and reading back what they certify."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from academy.catalog.tree import Words
from academy.database import db
from academy.passport.models import Certificate, Status
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.rewards.shown import AwardView, VisaView


@dataclass(frozen=True, slots=True)
class Certified:
    """Exactly what a certificate attests."""

    holder: str
    entity: str
    company: str
    visas: tuple[VisaView, ...]
    awards: tuple[AwardView, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something a certificate attests, and that was withdrawn from its holder since."""

    key: str
    title: Words
    on: datetime


def withdrawn_since(certificate: Certificate, said: Certified) -> tuple[Withdrawn, ...]:
    """What of it no longer holds. One statement."""
    if certificate.person_id is None:
        return ()
    withdrawn = rewards.all_grants(certificate.person_id)[1]
    attested = {each.key: each.title for each in said.visas}
    attested |= {each.key: each.title for each in said.awards}
    return tuple(
        Withdrawn(key, title, ended)
        for key, title in attested.items()
        if key in withdrawn and (ended := withdrawn[key].revoked_at)
    )


def valid_one(person_id: int) -> Certificate | None:
    return db.session.scalar(
        select(Certificate).where(
            Certificate.person_id == person_id, Certificate.status == Status.VALID
        )
    )


def all_of(person_id: int) -> list[Certificate]:
    """Every passport the person was issued, oldest first."""
    return list(
        db.session.scalars(
            select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.id)
        )
    )


def by_code(code: str) -> Certificate | None:
    return db.session.scalar(select(Certificate).where(Certificate.code == code))


def joined_at(person_id: int) -> datetime | None:
    """When the person's account was opened."""
    return db.session.scalar(select(Person.created_at).where(Person.id == person_id))


def certified(certificate: Certificate) -> Certified:
    said = certificate.certified
    return Certified(
        holder=said["holder"],
        entity=said["entity"],
        company=said["company"],
        visas=tuple(_visa(row) for row in said["visas"]),
        awards=tuple(_award(row) for row in said["awards"]),
    )


def _visa(row: dict[str, Any]) -> VisaView:
    return VisaView(
        key=row["key"],
        ink=row["ink"],
        title=Words(**row["title"]),
        granted_on=date.fromisoformat(row["on"]),
        place=row["place"],
        have=1,
        need=1,
        explanation="",
    )


def _award(row: dict[str, Any]) -> AwardView:
    return AwardView(
        key=row["key"],
        kind=row["kind"],
        medal=row["medal"],
        title=Words(**row["title"]),
        summary=Words(**row["summary"]),
        ink="",
        granted_on=date.fromisoformat(row["on"]),
        have=1,
        need=1,
        explanation="",
    )
