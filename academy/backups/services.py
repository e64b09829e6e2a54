"""Making a backup while the academy is at work, and letting old ones go."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from academy import database
from academy.backups import archive, keeping
from academy.backups.files import sweep
from academy.backups.keeping import Rule
from academy.backups.manifest import Manifest
from academy.backups.stores import Copied, kind_of, own_files, store_of
from academy.database import db
from academy.passport.credentials import queries, ring, signing
from academy.passport.credentials.models import Credential, Standing
from academy.passport.credentials.signing import Form
from academy.settings import ROOT, BrokenSetting, Settings

SHORTEST = 16
IN_FORCE = "SELECT release_key FROM release_in_force ORDER BY id DESC LIMIT 1"
MIGRATION = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, slots=True)
class Made:
    file: Path
    size: int
    manifest: Manifest


def passphrase(config: Settings) -> str:
    """What seals backups; nothing when they are not sealed. Raises BrokenSetting."""
    said = config.backup_key
    if said and len(said) < SHORTEST:
        raise BrokenSetting(f"ACADEMY_BACKUP_KEY: {SHORTEST} characters at least.")
    return said


def back_up(config: Settings, folder: Path, at: datetime) -> Made:
    """One file in `folder`, of one moment of the database; nobody waits for it.

    Raises OSError, sqlite3.Error, psycopg.Error or StoreFailed, and then leaves nothing there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(folder, at)
    secret = passphrase(config)
    proof = _signed_before(at)
    db.session.rollback()
    file = folder / keeping.name(at, bool(secret))
    with archive.written(file, secret) as writing, store_of(config).copied(folder) as copy:
        writing.add(archive.DATABASE, copy.pour)
        for name, content in _beside(config, proof):
            writing.add(name, partial(_put, content))
        manifest = _manifest(config, copy, writing, at)
        writing.archive.writestr(archive.MANIFEST, manifest.written())
    return Made(file, file.stat().st_size, manifest)


def prune(folder: Path, rule: Rule) -> list[str]:
    """Old backups go by the rule; gives which."""
    gone = keeping.surplus([file.name for file in folder.iterdir()], rule)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return gone


def latest(folder: Path) -> Path | None:
    """The newest backup there."""
    found = keeping.newest_first(file.name for file in folder.iterdir()) if folder.is_dir() else []
    return folder / found[0] if found else None


def _manifest(config: Settings, copy: Copied, writing: archive.Writing, at: datetime) -> Manifest:
    return Manifest(
        at=at,
        academy=_version(),
        database=kind_of(config),
        migration=copy.first(MIGRATION),
        release=copy.first(IN_FORCE),
        tables=copy.tables(),
        parts=writing.parts,
    )


def _beside(config: Settings, proof: str) -> Iterator[tuple[str, bytes]]:
    """What the database does not hold."""
    keys = config.home / ring.FILE
    if keys.exists() and not config.signing_keys:
        yield archive.KEYS, keys.read_bytes()
    if proof:
        yield archive.CREDENTIAL, proof.encode()
    for file in own_files(config.badges, ROOT / "badges"):
        yield archive.BADGES + file.relative_to(config.badges).as_posix(), file.read_bytes()


def _put(content: bytes, out: BinaryIO) -> None:
    out.write(content)


def _signed_before(at: datetime) -> str:
    """A credential of somebody's, signed now: what a restored academy must still believe."""
    database.reading_only()
    try:
        believed = queries.believed_keys()
        if not believed or any(key.kid not in believed for key in ring.current().publics):
            return ""
        first = (
            select(Credential).where(Credential.standing == Standing.VALID).order_by(Credential.id)
        )
        found = db.session.scalar(first.limit(1))
        return str(signing.signed(found, Form.JSON, at).content.decode()) if found else ""
    finally:
        db.session.rollback()
        database.may_write()


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
