"""What holds of a credential and what does not, point by point. Pure: keys and register are given.

Nothing is fetched. A key that is not ours is believed to be itself when the credential names it by itself
(did:key); whose it is, nobody here can say.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from academy.passport.credentials import proofs, reading, records
from academy.passport.credentials.building import hashed
from academy.passport.credentials.issuer import Issuer
from academy.passport.credentials.keys import KeyKind, PublicKey
from academy.passport.credentials.models import Standing
from academy.passport.credentials.reading import Claims, Found

ALGORITHMS = {KeyKind.RSA: "RS256", KeyKind.ED25519: "EdDSA"}


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"  # nobody can tell from here


WEIGHED = {proofs.WHOLE: Verdict.HOLDS, proofs.LAID_OUT_OTHERWISE: Verdict.OPEN}


class Point(StrEnum):
    SIGNATURE = "signature"
    ISSUER = "issuer"
    STATUS = "status"
    DATES = "dates"
    HOLDER = "holder"
    INSIDE = "inside"  # of a record only


@dataclass(frozen=True, slots=True)
class Finding:
    """One point: the verdict, and a word of `words.FINDINGS` that says why."""

    point: Point
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Registered:
    """What our register says of a credential."""

    standing: Standing
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """Who we are, the keys that are ours, and what our register says: of this credential, of those inside."""

    issuer: Issuer
    keys: Mapping[str, PublicKey]
    registered: Registered | None
    inside: Mapping[str, Registered] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """A credential inside a record, examined like any other."""

    said: Claims
    findings: tuple[Finding, ...]


def examine(
    found: Found, said: Claims, known: Known, email: str, now: datetime
) -> tuple[Finding, ...]:
    """The five points, in the order in which they are read."""
    dates = _dates(said, now)
    signature = _signature(found, said, known)
    issuer = _issuer(said, known, signature)
    return (signature, issuer, _status(said, known, issuer), dates, _holder(said, email))


def members(found: Found, known: Known, email: str, now: datetime) -> tuple[Member, ...]:
    """What is inside a record whose own signature holds, one by one."""
    examined = []
    for document in records.members(found.document):
        inner = Found(found.carrier, document)
        said = reading.claims(inner)
        mine = replace(known, registered=known.inside.get(said.id))
        examined.append(Member(said, examine(inner, said, mine, email, now)))
    return tuple(examined)


def of_all(inside: Sequence[Member]) -> Finding:
    """Of a record: does what is inside hold?"""
    verdicts = {finding.verdict for member in inside for finding in _of_weight(member)}
    if Verdict.FAILS in verdicts:
        return Finding(Point.INSIDE, Verdict.FAILS, "inside-fails")
    if Verdict.OPEN in verdicts:
        return Finding(Point.INSIDE, Verdict.OPEN, "inside-open")
    return Finding(Point.INSIDE, Verdict.HOLDS, "inside-holds")


def _of_weight(member: Member) -> Iterator[Finding]:
    """The holder counts where one was typed: who was not asked about is no doubt."""
    for finding in member.findings:
        if finding.point is not Point.HOLDER or finding.verdict is Verdict.FAILS:
            yield finding


def is_ours(said: Claims, known: Known) -> bool:
    """Does it say that it was signed by the academy?"""
    return said.method.partition("#")[0] == known.issuer.did


def _signature(found: Found, said: Claims, known: Known) -> Finding:
    point = Point.SIGNATURE
    if is_ours(said, known):
        key = known.keys.get(said.method.partition("#")[2])
        if key is None:
            return Finding(point, Verdict.FAILS, "no-such-key")
        algorithm, pem = ALGORITHMS[key.kind], key.pem
    elif said.method.startswith("did:key:"):
        algorithm, pem = "EdDSA", proofs.own_key(said.method)
        if not pem:
            return Finding(point, Verdict.OPEN, "key-unreadable")
    else:
        return Finding(point, Verdict.OPEN, "key-elsewhere" if said.method else "no-proof")
    why = (
        proofs.of_token(found.token, said, pem, algorithm)
        if found.token
        else proofs.of_document(found.document, pem)
    )
    return Finding(point, WEIGHED.get(why, Verdict.FAILS), why)


def _issuer(said: Claims, known: Known, signature: Finding) -> Finding:
    point = Point.ISSUER
    if said.issuer == known.issuer.did or is_ours(said, known):
        mine = said.issuer == known.issuer.did and is_ours(said, known)
        if mine and signature.verdict is Verdict.HOLDS:
            return Finding(point, Verdict.HOLDS, "ours")
        return Finding(point, Verdict.FAILS, "claims-to-be-ours")
    if said.issuer != said.method.partition("#")[0]:
        return Finding(point, Verdict.OPEN, "not-the-key-of-its-issuer")
    return Finding(point, Verdict.OPEN, "somebody-else")


def _status(said: Claims, known: Known, issuer: Finding) -> Finding:
    point = Point.STATUS
    if issuer.verdict is not Verdict.HOLDS:
        kept = "kept-elsewhere" if said.has_status else "none-told"
        return Finding(
            point, Verdict.OPEN, "not-looked-up" if issuer.verdict is Verdict.FAILS else kept
        )
    if known.registered is None:
        return Finding(point, Verdict.FAILS, "not-in-register")
    standing = known.registered.standing
    holds = standing == Standing.VALID
    return Finding(point, Verdict.HOLDS if holds else Verdict.FAILS, standing)


def _dates(said: Claims, now: datetime) -> Finding:
    point = Point.DATES
    if not said.dated or said.since is None:
        return Finding(point, Verdict.FAILS, "dates-unreadable")
    if said.since > now:
        return Finding(point, Verdict.FAILS, "not-yet")
    if said.until is None:
        return Finding(point, Verdict.HOLDS, "no-end")
    if said.until < now:
        return Finding(point, Verdict.FAILS, "expired")
    return Finding(point, Verdict.HOLDS, "not-ended")


def _holder(said: Claims, email: str) -> Finding:
    point = Point.HOLDER
    if not said.identities:
        return Finding(point, Verdict.OPEN, "holder-not-told")
    if not email:
        return Finding(point, Verdict.OPEN, "holder-not-asked")
    same = any(
        hmac.compare_digest(hashed(email, salt).encode(), told.encode())
        for told, salt in said.identities
    )
    return Finding(
        point, *((Verdict.HOLDS, "holder-same") if same else (Verdict.FAILS, "holder-other"))
    )
