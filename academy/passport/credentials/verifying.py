"""What holds of a credential and what does not, point by point. Pure: keys and register are given.

Nothing is fetched. A key that is not ours is believed to be itself when the credential names it by itself
(did:key); whose it is, nobody here can say.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from jwt import InvalidTokenError
from jwt.types import Options
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

from academy.passport.credentials.building import hashed
from academy.passport.credentials.issuer import Issuer
from academy.passport.credentials.keys import KeyKind, PublicKey
from academy.passport.credentials.models import Standing
from academy.passport.credentials.reading import Claims, Found

ALGORITHMS = {KeyKind.RSA: "RS256", KeyKind.ED25519: "EdDSA"}
UNCHECKED: Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
}
OUT_OF_DATE = ("Credential has expired", "Credential is not yet valid")
"""How the exact reader begins when all but the dates was right; a test notices when it says it otherwise."""


class Point(StrEnum):
    SIGNATURE = "signature"
    ISSUER = "issuer"
    STATUS = "status"
    DATES = "dates"
    HOLDER = "holder"


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"  # nobody can tell from here


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
    """Who we are, the keys that are ours, and what our register says of this credential."""

    issuer: Issuer
    keys: Mapping[str, PublicKey]
    registered: Registered | None


def examine(
    found: Found, said: Claims, known: Known, email: str, now: datetime
) -> tuple[Finding, ...]:
    """The five points, in the order in which they are read."""
    dates = _dates(said, now)
    signature = _signature(found, said, known)
    issuer = _issuer(said, known, signature)
    return (signature, issuer, _status(said, known, issuer), dates, _holder(said, email))


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
        algorithm, pem = "EdDSA", _own_key(said.method)
        if not pem:
            return Finding(point, Verdict.OPEN, "key-unreadable")
    else:
        return Finding(point, Verdict.OPEN, "key-elsewhere" if said.method else "no-proof")
    if found.token:
        return _token_holds(found, said, pem, algorithm)
    return _proof_holds(found, pem)


def _own_key(method: str) -> str:
    try:
        return resolve_verification_method(method).decode()
    except (LibOpenBadgesException, ValueError, UnsupportedAlgorithm):
        return ""


def _token_holds(found: Found, said: Claims, pem: str, algorithm: str) -> Finding:
    point = Point.SIGNATURE
    try:
        signed = jwt.decode(found.token, pem, algorithms=[algorithm], options=UNCHECKED)
    except (InvalidTokenError, ValueError, TypeError):
        return Finding(point, Verdict.FAILS, "altered")
    if not _repeats_itself(signed, said):
        return Finding(point, Verdict.FAILS, "contradicts-itself")
    return Finding(point, Verdict.HOLDS, "whole")


def _repeats_itself(signed: Mapping[str, Any], said: Claims) -> bool:
    """The claims around a credential are those inside it; what has an end there has it here."""
    subject = signed.get("credentialSubject")
    about = subject.get("id") if isinstance(subject, dict) else None
    return (
        signed.get("iss") == said.issuer
        and signed.get("jti") == signed.get("id")
        and signed.get("sub", about) == about
        and _same_second(signed.get("nbf"), said.since)
        and _same_second(signed.get("exp"), said.until)
    )


def _same_second(claim: Any, at: datetime | None) -> bool:
    """Is the claim this moment, or neither of them there?"""
    if at is None or isinstance(claim, bool) or not isinstance(claim, int | float):
        return at is None and claim is None
    return at.timestamp() - 1 < claim < at.timestamp() + 1


def _proof_holds(found: Found, pem: str) -> Finding:
    """The signature, then whether it covers every word.

    The exact reader looks at the dates last, by its own clock; here they are a point apart.
    """
    point = Point.SIGNATURE
    try:
        verify_data_integrity_proof(found.document, pem)
    except (LibOpenBadgesException, ValueError):
        return Finding(point, Verdict.FAILS, "altered")
    try:
        OB3LdpVerifier(pubkey_pem=pem).verify(found.document)
    except (LibOpenBadgesException, ValueError) as error:
        if not str(error).startswith(OUT_OF_DATE):
            return Finding(point, Verdict.FAILS, "not-all-signed")
    return Finding(point, Verdict.HOLDS, "whole")


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
