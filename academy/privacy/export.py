"""All that is kept about somebody as an archive: one file for machines per feature, one to be read."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from academy import personal
from academy.hr.seen.pages import SeenPage
from academy.personal import Kept
from academy.privacy.register import FEATURES, Feature

READABLE = "read-me.html"
SEEN = "seen-by-human-resources.json"


def pack(person_id: int, readable: Iterable[str], seen: SeenPage) -> BytesIO:
    """The archive, in memory. Rows pass one by one: only what they take compressed is held."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        _write(archive, READABLE, readable)
        _write(archive, SEEN, [json.dumps(asdict(seen), ensure_ascii=False, indent=1, default=str)])
        for feature in FEATURES:
            _write(archive, f"{feature.key}.json", _json(feature, person_id))
    held.seek(0)
    return held


def _write(archive: ZipFile, name: str, pieces: Iterable[str]) -> None:
    with archive.open(name, "w") as file:
        for piece in pieces:
            file.write(piece.encode())


def _json(feature: Feature, person_id: int) -> Iterable[str]:
    yield "["
    for place, kept in enumerate(each for each in feature.kept if each.mine and each.column):
        yield "," if place else ""
        yield from _table(kept, person_id)
    yield "\n]\n"


def _table(kept: Kept, person_id: int) -> Iterable[str]:
    head = {"table": kept.table, "what": str(kept.what)}
    yield "\n" + json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    for place, row in enumerate(personal.rows(kept, person_id)):
        yield ("," if place else "") + "\n  " + json.dumps(row, ensure_ascii=False)
    yield "]}"
