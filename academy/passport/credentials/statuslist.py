"""The list of what was revoked: a bit each, as a Bitstring Status List. Pure."""

import base64
import gzip
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from academy.passport.credentials.building import CONTEXTS, moment
from academy.passport.credentials.issuer import Issuer

SIZE = 131_072
"""The least the standard allows, so that one holder hides among many."""


def place_of(number: int) -> tuple[int, int]:
    """The list a credential's row is on, and its place there."""
    return number // SIZE + 1, number % SIZE


def numbers_on(number: int) -> range:
    """The rows whose bits stand on this list."""
    return range((number - 1) * SIZE, number * SIZE)


def encoded(places: Iterable[int]) -> str:
    """The bits, compressed and written as the standard wants; the first bit is the leftmost."""
    bits = bytearray(SIZE // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0))
    return "u" + packed.decode().rstrip("=")


def status_list(
    number: int, places: Iterable[int], issuer: Issuer, since: datetime
) -> dict[str, Any]:
    """The list as a credential of its own, without its proof."""
    url = f"{issuer.url}/credentials/status/{number}"
    return {
        "@context": CONTEXTS[:1],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": moment(since),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(places),
        },
    }
