"""How many credentials are signed and verified in a second, by one process: `python -m bench.credentials`."""

from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter, process_time

from academy.passport.credentials import (
    baking,
    building,
    keys,
    pictures,
    reading,
    sealing,
    statuslist,
    verifying,
)
from academy.passport.credentials.building import Numbered
from academy.passport.credentials.issuer import Issuer
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


def measured(name: str, work: Callable[[], object]) -> None:
    """One line: median of rounds, in CPU and wall time of one call."""
    work()
    cpu, wall = [], []
    for _round in range(ROUNDS):
        began, ran = perf_counter(), process_time()
        for _time in range(TIMES):
            work()
        wall.append((perf_counter() - began) / TIMES)
        cpu.append((process_time() - ran) / TIMES)
    spent, passed = median(cpu), median(wall) * 1e3
    print(f"{name:48} {spent * 1e3:7.2f} ms CPU {1 / spent:8.0f}/s CPU {passed:8.2f} ms")


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
    print(f"sizes: JSON {len(text)}, token {len(token)}, PNG {len(baked)} bytes")


if __name__ == "__main__":
    main()
