"""The two halves of a sign-in: sending somebody to the provider, and examining what they come back with."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from joserfc.jwk import KeySet

from academy.people.signon import checking, discovery, rules, wire
from academy.people.signon.checking import Expected, UnknownKey
from academy.people.signon.metadata import Metadata
from academy.people.signon.rules import Identity
from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.people.signon.waiting import Begun
from academy.providers import Provider

OUR_FAULT_OR_LATE = "invalid_grant"
"""What a provider says of a code that was used already, or too late."""


@dataclass(frozen=True, slots=True)
class Tokens:
    id_token: str
    access_token: str


def begin(provider: Provider, redirect_uri: str, target: str, at: datetime) -> tuple[str, Begun]:
    """Where to send somebody, and what to remember until they are back. Raises SignOnRefused."""
    said = discovery.known(provider).said(at)
    begun = Begun.now(provider.key, target, at, *(secrets.token_urlsafe(32) for _ in range(3)))
    with wire.client(provider, said.auth_method, redirect_uri) as client:
        address, _state = client.create_authorization_url(
            said.authorization,
            state=begun.state,
            code_verifier=begun.verifier,
            nonce=begun.nonce,
        )
    return address, begun


def come_back(
    provider: Provider, begun: Begun, code: str, redirect_uri: str, at: datetime
) -> Identity:
    """Whom the provider names, proved. Raises SignOnRefused."""
    known = discovery.known(provider)
    said = known.said(at)
    tokens = _redeemed(provider, said, begun, code, redirect_uri)
    expected = Expected(provider.issuer, provider.client_id, begun.nonce, tokens.access_token)
    try:
        claims = checking.checked(tokens.id_token, known.keys(at), expected, at)
    except UnknownKey:
        claims = _with_newer_keys(tokens, known.keys(at, again=True), expected, at)
    return rules.identity(_completed(provider, said, claims, tokens))


def sign_out_address(provider: Provider, back: str, at: datetime) -> str | None:
    """Where one signs out at the provider and is sent back from; None when it has no such page."""
    said = discovery.known(provider).said(at)
    if not said.end_session:
        return None
    asked = {"client_id": provider.client_id, "post_logout_redirect_uri": back}
    address: str = add_params_to_uri(said.end_session, asked)
    return address


def signs_out(provider: Provider, at: datetime) -> bool:
    """Has it such a page, as far as is known without asking now?"""
    return bool(discovery.known(provider).said(at).end_session)


def _redeemed(
    provider: Provider, said: Metadata, begun: Begun, code: str, redirect_uri: str
) -> Tokens:
    """The tokens that the code stands for."""
    try:
        with wire.speaking(), wire.client(provider, said.auth_method, redirect_uri) as client:
            given: Mapping[str, Any] = client.fetch_token(
                said.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=begun.verifier,
                redirect_uri=redirect_uri,
            )
    except OAuthError as error:
        late = error.error == OUR_FAULT_OR_LATE
        trouble = Trouble.LATE if late else Trouble.UNTRUSTWORTHY
        raise SignOnRefused(trouble, "code refused") from error
    except ValueError as error:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "tokens") from error
    id_token, access_token = given.get("id_token"), given.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access_token, str):
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "no ID token")
    return Tokens(id_token, access_token)


def _with_newer_keys(
    tokens: Tokens, keys: KeySet, expected: Expected, at: datetime
) -> Mapping[str, Any]:
    try:
        return checking.checked(tokens.id_token, keys, expected, at)
    except UnknownKey as error:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "unknown key") from error


def _completed(
    provider: Provider, said: Metadata, claims: Mapping[str, Any], tokens: Tokens
) -> Mapping[str, Any]:
    """What the ID token leaves out is asked for, where the provider answers such questions."""
    if not said.userinfo or wanted(provider) <= claims.keys():
        return claims
    more = wire.document(said.userinfo, tokens.access_token)
    if more.get("sub") != claims["sub"]:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "subject of userinfo")
    return {**more, **claims}


def wanted(provider: Provider) -> set[str]:
    """The claims that a decision may need."""
    found = {"email", provider.verified_claim}
    if provider.entity is not None:
        found |= {"given_name", "family_name", provider.entity.claim, provider.job.claim}
    return found - {""}
