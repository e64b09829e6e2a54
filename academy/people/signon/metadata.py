"""What a provider says of itself, believed only as far as it fits the issuer in the settings. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.providers import LOOPBACK, Provider

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Metadata:
    """The addresses that a sign-in needs."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    end_session: str
    auth_method: str


def address(issuer: str) -> str:
    return issuer.rstrip("/") + WELL_KNOWN


def read(document: Mapping[str, Any], provider: Provider) -> Metadata:
    """Raises SignOnRefused when it is somebody else's, or leads where a secret would be overheard."""
    if document.get("issuer") != provider.issuer:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "issuer of metadata")
    return Metadata(
        authorization=_needed(document, "authorization_endpoint", provider),
        token=_needed(document, "token_endpoint", provider),
        keys=_needed(document, "jwks_uri", provider),
        userinfo=_endpoint(document, "userinfo_endpoint", provider),
        end_session=_endpoint(document, "end_session_endpoint", provider),
        auth_method=_auth_method(document, provider),
    )


def key_set(document: Mapping[str, Any]) -> KeySet:
    """Keys that sign; what this library does not know is left out."""
    listed = document.get("keys")
    found = []
    for each in listed if isinstance(listed, list) else []:
        try:
            if isinstance(each, dict) and each.get("use", "sig") == "sig":
                found.append(JWKRegistry.import_key(each))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    if not found:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "no keys")
    return KeySet(found)


def _needed(document: Mapping[str, Any], name: str, provider: Provider) -> str:
    found = _endpoint(document, name, provider)
    if not found:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, name)
    return found


def _endpoint(document: Mapping[str, Any], name: str, provider: Provider) -> str:
    """An https address; one on this machine where the issuer is there too."""
    said = document.get(name)
    if not isinstance(said, str):
        return ""
    parts, issuer = urlsplit(said), urlsplit(provider.issuer)
    both_here = parts.hostname in LOOPBACK and issuer.scheme == "http"
    if parts.scheme == "https" or (parts.scheme == "http" and both_here):
        return said
    raise SignOnRefused(Trouble.UNTRUSTWORTHY, name)


def _auth_method(document: Mapping[str, Any], provider: Provider) -> str:
    """In the body where it may be: a secret in a header is encoded in two ways by two readers."""
    if not provider.client_secret:
        return "none"
    offered = document.get("token_endpoint_auth_methods_supported")
    in_body = isinstance(offered, list) and "client_secret_post" in offered
    return "client_secret_post" if in_body else "client_secret_basic"
