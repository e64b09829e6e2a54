"""Whether a signature fits what it stands on, and covers all of it. Pure: the key is given.

The answers are words of `words.FINDINGS`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from jwt import InvalidTokenError
from jwt.types import Options
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

from academy.passport.credentials import records
from academy.passport.credentials.reading import Claims

WHOLE = "whole"
LAID_OUT_OTHERWISE = "laid-out-otherwise"
UNCHECKED: Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
}
OUT_OF_DATE = ("Credential has expired", "Credential is not yet valid")
"""How the exact reader begins when all but the dates was right; a test notices when it says it otherwise."""


def own_key(method: str) -> str:
    try:
        return resolve_verification_method(method).decode()
    except (LibOpenBadgesException, ValueError, UnsupportedAlgorithm):
        return ""


def of_token(token: str, said: Claims, pem: str, algorithm: str) -> str:
    """What is to be said of the signature of a token."""
    try:
        signed = jwt.decode(token, pem, algorithms=[algorithm], options=UNCHECKED)
    except (InvalidTokenError, ValueError, TypeError):
        return "altered"
    if not _repeats_itself(signed, said):
        return "contradicts-itself"
    return WHOLE


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


def of_document(document: dict[str, Any], pem: str) -> str:
    """What is to be said of the proof in a document: whether it fits, then whether it covers every word.

    The exact reader looks at the dates last, by its own clock; here they are a point apart.
    """
    is_record = records.is_record(document)
    words = records.contexts() if is_record else None
    try:
        verify_data_integrity_proof(document, pem, extra_contexts=words)
    except (LibOpenBadgesException, ValueError):
        return "altered"
    if is_record:
        return WHOLE if records.is_exact(document) else LAID_OUT_OTHERWISE
    try:
        OB3LdpVerifier(pubkey_pem=pem).verify(document)
    except (LibOpenBadgesException, ValueError) as error:
        if not str(error).startswith(OUT_OF_DATE):
            return "not-all-signed"
    return WHOLE
