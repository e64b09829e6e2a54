"""How many credentials are signed and verified in a second, by one process: `python -m bench.credentials`.

Beside ours, two yardsticks: the bare Ed25519 signature by cryptography, and openbadgeslib doing the same
work by its own signer.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter, process_time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner

from academy.passport.credentials import (
    baking,
    building,
    keys,
    pictures,
    reading,
    records,
    sealing,
    statuslist,
    verifying,
)
from academy.passport.credentials.building import Numbered
from academy.passport.credentials.issuer import Issuer
from academy.passport.credentials.keys import Pair
from academy.passport.credentials.models import Standing
from academy.passport.credentials.verifying import Known, Registered
from academy.settings import ROOT

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ROUNDS, TIMES = 7, 20
OURS = Issuer("https://academy.example", "Papeteries Aurore")
SAID = {
    "key": "flawless",
    "kind": "badge",
    "version": "abcdefabcdef",
    "language": "fr",
    "title": "Sans rature",
    "summary": "Un quiz de module sans une faute.",
    "subject": "urn:uuid:5e884898-da28-4047-8151-d0e56f8dc629",
    "holder": building.hashed("ada@aurore.example", "salt"),
    "salt": "salt",
    "evidence": [],
}


def examine_all(text: str, known: Known) -> None:
    found = reading.read(text.encode())
    findings = verifying.examine(found, reading.claims(found), known, "", NOW)
    assert findings[0].why == "whole"
    assert all(each.findings[0].why == "whole" for each in verifying.members(found, known, "", NOW))


def measured(name: str, work: Callable[[], object], times: int = TIMES) -> None:
    """One line: median of rounds, in CPU and wall time of one call."""
    work()
    cpu, wall = [], []
    for _round in range(ROUNDS):
        began, ran = perf_counter(), process_time()
        for _time in range(times):
            work()
        wall.append((perf_counter() - began) / times)
        cpu.append((process_time() - ran) / times)
    spent, passed = median(cpu), median(wall) * 1e3
    print(f"{name:48} {spent * 1e3:7.2f} ms CPU {1 / spent:8.0f}/s CPU {passed:8.2f} ms")


def record_of(count: int, pair: Pair) -> dict[str, Any]:
    """A record around so many badges, each with a proof of its own."""
    key, _rsa = pair.publics
    method = OURS.method(key.kid)
    inside = []
    for number in range(count):
        said = {
            **SAID,
            "key": f"badge-{number}",
            "subject": f"urn:uuid:{uuid.UUID(int=number + 1)}",
        }
        numbered = Numbered(f"ref{number}", 1, number)
        document = building.open_badge(said, numbered, OURS, NOW)
        inside.append(sealing.proven(document, pair.ed25519, key.pem, method, NOW))
    whole = {**SAID, "partial": False, "subject": f"urn:uuid:{uuid.UUID(int=0)}"}
    return records.clr(whole, Numbered("record", 1, 9), OURS, NOW, inside)


def yardsticks(pair: Pair, document: dict[str, Any]) -> None:
    key, _rsa = pair.publics
    private = load_pem_private_key(pair.ed25519.encode(), None)
    assert isinstance(private, Ed25519PrivateKey)
    measured("yardstick: 64 bytes, Ed25519, cryptography", lambda: private.sign(b"x" * 64))
    read = OpenBadgeCredential.from_vc_document(document)
    signer = OB3LdpSigner(pair.ed25519, OURS.method(key.kid))
    measured("yardstick: openbadgeslib signs as much", lambda: signer.sign(read, created=NOW))


def whole_records(count: int, pair: Pair, known: Known) -> None:
    ed25519, rsa = pair.publics
    method = OURS.method(ed25519.kid)

    def made() -> dict[str, Any]:
        return sealing.proven_record(record_of(count, pair), pair.ed25519, method, NOW)

    text = sealing.written(made())
    token = sealing.token(record_of(count, pair), pair.rsa, OURS.method(rsa.kid))
    measured(f"make and sign a record of {count}", made, times=1)
    measured(f"verify a record of {count}", lambda: examine_all(text, known), times=1)
    print(f"sizes: record of {count}: JSON {len(text)}, token {len(token)} bytes")


def main() -> None:
    pair = keys.new_pair()
    ed25519, rsa = pair.publics
    method, other = OURS.method(ed25519.kid), OURS.method(rsa.kid)
    document = building.open_badge(SAID, Numbered("ref", 1, 5), OURS, NOW)
    text = sealing.written(sealing.proven(document, pair.ed25519, ed25519.pem, method, NOW))
    token = sealing.token(document, pair.rsa, other)
    drawing = (ROOT / "badges" / "flawless.svg").read_bytes()
    picture = pictures.png(drawing)
    known = Known(
        OURS, {key.kid: key for key in pair.publics}, Registered(Standing.VALID, None, "")
    )

    def examine(upload: bytes) -> None:
        found = reading.read(upload)
        verdicts = verifying.examine(found, reading.claims(found), known, "", NOW)
        assert verdicts[0].why == "whole"

    listed = statuslist.status_list(1, range(0, 10_000, 3), OURS, NOW)
    baked = baking.bake_png(picture, text)
    measured(
        "sign, Data Integrity, checked before it leaves",
        lambda: sealing.proven(document, pair.ed25519, ed25519.pem, method, NOW),
    )
    measured(
        "sign, Data Integrity, unchecked",
        lambda: sealing.sealed(document, pair.ed25519, method, NOW),
    )
    measured("sign, token (RS256)", lambda: sealing.token(document, pair.rsa, other))
    measured(
        "sign a status list, 3,334 revoked",
        lambda: sealing.sealed(listed, pair.ed25519, method, NOW),
    )
    measured("draw a PNG", lambda: pictures.png.__wrapped__(drawing))
    measured("bake a PNG", lambda: baking.bake_png(picture, text))
    measured("verify a document", lambda: examine(text.encode()))
    measured("verify a token", lambda: examine(token.encode()))
    measured("verify a baked PNG", lambda: examine(baked))
    yardsticks(pair, document)
    for count in (10, 47):
        whole_records(count, pair, known)
    print(f"sizes: JSON {len(text)}, token {len(token)}, PNG {len(baked)} bytes")


if __name__ == "__main__":
    main()
