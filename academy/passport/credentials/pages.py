"""What the pages of credentials show, put together."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app, url_for

from academy.passport import queries as passports
from academy.passport.cards.pages import NAMES, Named
from academy.passport.credentials import queries, reading, records, signing, verifying, words
from academy.passport.credentials.models import Credential, Standing
from academy.passport.credentials.reading import Claims, Found
from academy.passport.credentials.signing import Form
from academy.passport.credentials.verifying import Finding, Known, Member, Registered, Verdict
from academy.passport.credentials.words import Conclusion
from academy.rewards import badges, shown
from academy.rewards.shown import AwardView, VisaView


@dataclass(frozen=True, slots=True)
class FilesPage:
    """`record_forms` are those of a record, which has no picture."""

    passport: AwardView | None
    issued_on: date | None
    visas: tuple[VisaView, ...]
    awards: tuple[AwardView, ...]
    forms: dict[Form, object]
    record_forms: dict[Form, object]
    names: dict[Named, object]


@dataclass(frozen=True, slots=True)
class CredentialPage:
    """What anybody may know of a credential whose address they have: nothing about its holder."""

    conclusion: Conclusion
    title: str
    summary: str
    picture_url: str | None
    company: str
    on: date
    ended_on: datetime | None
    reason: str
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    point: object
    verdict: Verdict
    verdict_words: object
    why: object


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A credential inside a record."""

    title: str
    state: str
    verdict_words: object
    since: datetime | None


@dataclass(frozen=True, slots=True)
class VerifiedPage:
    conclusion: Conclusion
    lines: tuple[Line, ...]
    members: tuple[MemberLine, ...]
    said: Claims
    picture_url: str | None
    reason: str
    ended_at: datetime | None
    checked_at: datetime


def files(person_id: int) -> FilesPage:
    """What the reader holds, each as a file to take along."""
    mine = shown.collection(person_id)
    certificate = passports.valid_one(person_id)
    return FilesPage(
        passport=mine.passport if certificate else None,
        issued_on=certificate.issued_on if certificate else None,
        visas=tuple(visa for visa in mine.visas if visa.granted_on),
        awards=mine.attested,
        forms=dict(words.FORMS),
        names=dict(NAMES),
        record_forms={form: words.FORMS[form] for form in signing.WITHOUT_PICTURE},
    )


def verified(found: Found, email: str, now: datetime) -> VerifiedPage:
    said = reading.claims(found)
    issuer = signing.issuer()
    rows = _register(said, found)
    mine = rows.get(said.id)
    inside = {id_: _registered(row) for id_, row in rows.items()}
    known = Known(issuer, signing.known_keys(), inside.get(said.id), inside)
    findings, members = _examined(found, said, known, email, now)
    ended = mine if _is_told(findings) else None
    return VerifiedPage(
        conclusion=words.conclude(findings),
        lines=tuple(_line(finding) for finding in findings),
        members=tuple(_member(member) for member in members),
        said=said,
        picture_url=_picture(mine.award) if mine and _is_told(findings) else None,
        reason=ended.end_reason if ended else "",
        ended_at=ended.ended_at if ended else None,
        checked_at=now,
    )


def _examined(
    found: Found, said: Claims, known: Known, email: str, now: datetime
) -> tuple[tuple[Finding, ...], tuple[Member, ...]]:
    """The points, and what is inside a record that was signed as it is."""
    findings = verifying.examine(found, said, known, email, now)
    if not records.is_record(found.document) or findings[0].verdict is not Verdict.HOLDS:
        return findings, ()
    members = verifying.members(found, known, email, now)
    return (*findings, verifying.of_all(members)), members


def _register(said: Claims, found: Found) -> dict[str, Credential]:
    """What our register knows of it and of what is inside, by address. One statement."""
    inside = [
        reading.claims(Found(found.carrier, each)).id for each in records.members(found.document)
    ]
    names = {ref: id_ for id_ in (said.id, *inside) if (ref := _ref(id_))}
    return {names[row.ref]: row for row in queries.by_refs(names)}


def _member(member: Member) -> MemberLine:
    conclusion = words.conclude(member.findings)
    return MemberLine(member.said.title, conclusion.state, conclusion.title, member.said.since)


def _is_told(findings: tuple[Finding, ...]) -> bool:
    """Was it shown to be ours, and so what the register says of it may be said?"""
    return findings[1].verdict is Verdict.HOLDS


def _ref(address: str) -> str:
    """The last part of an address of ours; nothing for anybody else's."""
    start = f"{signing.issuer().url}/credentials/"
    return address.removeprefix(start) if address.startswith(start) else ""


def _registered(found: Credential) -> Registered:
    return Registered(Standing(found.standing), found.ended_at, found.end_reason)


def _line(finding: Finding) -> Line:
    return Line(
        words.POINTS[finding.point],
        finding.verdict,
        words.VERDICTS[finding.verdict],
        words.FINDINGS[finding.why],
    )


CONCLUSIONS = {
    Standing.VALID: words.VALID,
    Standing.REPLACED: words.REPLACED,
    Standing.REVOKED: words.REVOKED,
}


def standing(found: Credential, now: datetime) -> CredentialPage:
    said = found.said
    return CredentialPage(
        conclusion=CONCLUSIONS[Standing(found.standing)],
        title=said.get("title", ""),
        summary=said.get("summary", ""),
        picture_url=_picture(found.award),
        company=current_app.config["SETTINGS"].company,
        on=found.since.date(),
        ended_on=found.ended_at,
        reason=found.end_reason,
        checked_at=now,
    )


def _picture(award: str) -> str | None:
    return url_for("rewards.picture", award=award) if award in badges.current() else None
