"""Is this ID token the provider's, for us, for this very sign-in, and still good? Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from academy.people.signon.troubles import SignOnRefused, Trouble

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512"),
)
"""Signed with a private key: never `none`, never with the secret that we hold too."""
SKEW_SECONDS = 120
LONGEST_SUBJECT = 255


class UnknownKey(Exception):
    """The token names a key that is not among those known."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str


def checked(token: str, keys: KeySet, expected: Expected, at: datetime) -> Mapping[str, Any]:
    """Its claims. Raises UnknownKey, or SignOnRefused with the reason."""
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        read = jwt.decode(token, keys, registry=registry)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": expected.issuer},
                "aud": {"essential": True, "value": expected.client_id},
                "sub": {"essential": True},
            },
            {
                "nonce": expected.nonce,
                "client_id": expected.client_id,
                "access_token": expected.access_token,
            },
        )
        claims.validate(now=int(at.timestamp()), leeway=SKEW_SECONDS)
    except InvalidKeyIdError as error:
        raise UnknownKey from error
    except (JoseError, ValueError, TypeError) as error:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, type(error).__name__) from error
    if not sayable(claims["sub"]):
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "subject")
    return dict(claims)


def sayable(subject: object) -> bool:
    """A subject is a text of some length that can be kept and compared."""
    return (
        isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT and subject.isprintable()
    )
