"""Awards: what there is, what a passport attests, where it stands. Nothing that is not certified."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from academy.passport import queries as passports
from academy.passport.credentials.models import Credential
from academy.passport.links import queries as links
from academy.passport.links.queries import Shown
from academy.passport.models import Certificate, Status
from academy.passport.queries import Certified
from academy.rewards import badges

Row = Mapping[str, Any]
UNSAID = ("reason", "replaced_by", "attested")


def definitions() -> list[Row]:
    """The awards in force, in showing order."""
    return [
        {
            "key": each.key,
            "badge": each.badge,
            "kind": each.kind,
            "metal": each.metal or None,
            "title": each.title,
            "summary": each.summary,
            "points": each.points,
            "version": each.version,
        }
        for each in badges.current().values()
    ]


def passport(person_id: int) -> Row | None:
    """What the passport in force attests; None without one. Two statements."""
    certificate = passports.valid_one(person_id)
    if certificate is None:
        return None
    said = passports.certified(certificate)
    return {
        "code": certificate.code,
        "issued_on": certificate.issued_on,
        **_attested(certificate, said),
    }


def verification(found: Shown, now: datetime, company: str) -> Row:
    """What the page of verification says of this code."""
    if not found.is_live(now):
        return {"code": found.code, "state": "expired", **dict.fromkeys(UNSAID)}
    certificate = found.certificate
    said = links.as_chosen(passports.certified(certificate), found.choice)
    revoked = certificate.status == Status.REVOKED
    own = found.code == certificate.code
    return {
        "code": found.code,
        "state": certificate.status,
        "reason": certificate.end_reason or None if revoked else None,
        "replaced_by": certificate.replaced_by if own else None,
        "attested": {
            "holder": said.holder,
            "entity": said.entity or None,
            "company": said.company or company,
            "issued_on": certificate.issued_on,
            "complete": found.choice.is_all,
            **_attested(certificate, said),
        },
    }


def credential(found: Credential, company: str) -> Row:
    """What the page of a credential says of it: nothing about its holder."""
    return {
        "ref": found.ref,
        "state": found.standing,
        "title": found.said.get("title", ""),
        "summary": found.said.get("summary", ""),
        "company": company,
        "issued_on": found.since.date(),
        "ended_on": found.ended_at.date() if found.ended_at else None,
        "reason": found.end_reason or None,
    }


def _attested(certificate: Certificate, said: Certified) -> dict[str, Any]:
    ended = {each.key: each.on.date() for each in passports.withdrawn_since(certificate, said)}

    def lines(views: Iterable[Any]) -> list[Row]:
        return [
            {
                "award": each.key,
                "title": each.title,
                "on": each.granted_on,
                "withdrawn_on": ended.get(each.key),
            }
            for each in views
        ]

    return {"visas": lines(said.visas), "awards": lines(said.awards)}
