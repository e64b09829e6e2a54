"""The documents we issue against the official JSON Schema: `python -m tests.peers.schemas FOLDER`.

The schema of Open Badges 3.0 is in the source distribution of openbadgeslib; it is fetched by pip and held to
the hashes of our own lock. The schema of CLR 2.0 is in no package we know.
"""

import hashlib
import json
import subprocess  # pip has no other door
import sys
import tarfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import jsonschema

from academy.settings import ROOT

PACKAGE = "openbadgeslib"
SCHEMA = "tests/fixtures/ob_schemas/ob_v3p0_achievementcredential_schema.json"


def main(folder: Path) -> int:
    judge = jsonschema.Draft201909Validator(_schema())
    faults = 0
    for name, document in _badges(folder):
        found = [error.message for error in judge.iter_errors(document)]
        faults += len(found)
        _say(not found, f"{name} fits the official schema", *found)
    broken = {name: each for name, each in next(_badges(folder))[1].items() if name != "issuer"}
    _say(not judge.is_valid(broken), "one without its issuer does not")
    return faults + judge.is_valid(broken)


def _say(right: bool, *words: str) -> None:
    click.echo(" ".join(("ok  " if right else "FAIL", *words)))


def _badges(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((*folder.glob("valid/*.json"), *folder.glob("revoked/*.json"))):
        document = json.loads(file.read_text(encoding="utf-8"))
        inside = document["credentialSubject"].get("verifiableCredential")
        if inside is None:
            yield f"{file.parent.name}/{file.name}", document
        for each in inside or ():
            yield f"{file.parent.name}/{file.name} > {each['name']}", each


def _schema() -> dict[str, Any]:
    number = version(PACKAGE)
    with TemporaryDirectory() as home:
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", home]
        fetch += ["--no-binary", PACKAGE, "--disable-pip-version-check", f"{PACKAGE}=={number}"]
        subprocess.run(fetch, check=True)  # noqa: S603
        (archive,) = Path(home).glob("*.tar.gz")
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if f"sha256:{digest}" not in (ROOT / "requirements.txt").read_text(encoding="utf-8"):
            raise SystemExit(f"{archive.name} is not what our lock names.")
        with tarfile.open(archive) as opened:
            member = opened.extractfile(f"{PACKAGE}-{number}/{SCHEMA}")
            if member is None:
                raise SystemExit(f"{archive.name} holds no schema any more.")
            schema: dict[str, Any] = json.load(member)
    return schema


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]))))
