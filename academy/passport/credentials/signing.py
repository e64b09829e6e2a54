"""Files out of credentials, signed with the keys in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from flask import current_app

from academy.passport.credentials import (
    baking,
    pictures,
    queries,
    records,
    ring,
    sealing,
    statuslist,
)
from academy.passport.credentials.building import Numbered, open_badge
from academy.passport.credentials.issuer import Issuer
from academy.passport.credentials.keys import Pair, PublicKey
from academy.passport.credentials.models import Credential
from academy.rewards import badges


class Form(StrEnum):
    """What a holder may take along."""

    PNG = "png"
    SVG = "svg"
    JSON = "json"
    JWT = "jwt"


WITHOUT_PICTURE = (Form.JSON, Form.JWT)
TYPES = {
    Form.PNG: "image/png",
    Form.SVG: "image/svg+xml",
    Form.JSON: "application/vc",
    Form.JWT: "application/vc+jwt",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A file that is ready to leave."""

    name: str
    type: str
    content: bytes


def issuer() -> Issuer:
    config = current_app.config["SETTINGS"]
    return Issuer(config.public_url, config.company)


def known_keys() -> dict[str, PublicKey]:
    """Every key that is believed, those in use first. Two statements at most."""
    current = {key.kid: key for key in ring.current().publics}
    gone = queries.withdrawn(current)
    mine = {kid: key for kid, key in current.items() if kid not in gone}
    return mine | queries.believed_keys()


def signed(credential: Credential, form: Form, at: datetime) -> Signed:
    """The credential as a file, signed with the keys in force."""
    content = _MADE[form](credential, ring.current(), at)
    name = f"{credential.award}-record" if is_record(credential) else credential.award
    return Signed(f"{name}.{form}", TYPES[form], content)


def status_list(number: int, at: datetime) -> str | None:
    """The list with its proof, as text; None when there is no such list. Two statements."""
    if not 1 <= number <= statuslist.place_of(queries.last_number())[0]:
        return None
    places = frozenset(
        statuslist.place_of(each)[1] for each in queries.revoked_on(statuslist.numbers_on(number))
    )
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return _listed(number, places, issuer(), hour, ring.current())


@lru_cache(maxsize=8)
def _listed(
    number: int, places: frozenset[int], issuer: Issuer, since: datetime, pair: Pair
) -> str:
    key, _rsa = pair.publics
    document = statuslist.status_list(number, places, issuer, since)
    return sealing.written(sealing.sealed(document, pair.ed25519, issuer.method(key.kid), since))


def is_record(credential: Credential) -> bool:
    """Is it a record of several others, which has no picture?"""
    return "members" in credential.said


def _document(credential: Credential, pair: Pair, at: datetime) -> dict[str, Any]:
    list_, place = statuslist.place_of(credential.id)
    numbered = Numbered(credential.ref, list_, place)
    if not is_record(credential):
        return open_badge(credential.said, numbered, issuer(), credential.since)
    inside = queries.by_refs(credential.said["members"])
    members = [_proven(each, pair, at) for each in inside]
    return records.clr(credential.said, numbered, issuer(), credential.since, members)


def _proven(credential: Credential, pair: Pair, at: datetime) -> dict[str, Any]:
    key, _rsa = pair.publics
    method = issuer().method(key.kid)
    document = _document(credential, pair, at)
    if is_record(credential):
        return sealing.proven_record(document, pair.ed25519, method, at)
    return sealing.proven(document, pair.ed25519, key.pem, method, at)


def _json(credential: Credential, pair: Pair, at: datetime) -> str:
    return sealing.written(_proven(credential, pair, at))


def _jwt(credential: Credential, pair: Pair, at: datetime) -> bytes:
    _ed25519, key = pair.publics
    document = _document(credential, pair, at)
    return sealing.token(document, pair.rsa, issuer().method(key.kid)).encode()


def _png(credential: Credential, pair: Pair, at: datetime) -> bytes:
    picture = pictures.png(badges.current()[credential.award].picture)
    return baking.bake_png(picture, _json(credential, pair, at))


def _svg(credential: Credential, pair: Pair, at: datetime) -> bytes:
    picture = badges.current()[credential.award].picture
    return baking.bake_svg(picture, _json(credential, pair, at))


_MADE: dict[Form, Callable[[Credential, Pair, datetime], bytes]] = {
    Form.PNG: _png,
    Form.SVG: _svg,
    Form.JSON: lambda credential, pair, at: _json(credential, pair, at).encode(),
    Form.JWT: _jwt,
}
