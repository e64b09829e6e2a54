"""Putting a backup in place, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from academy.backups import archive, keeping
from academy.backups.archive import Backup
from academy.backups.manifest import Manifest, NotABackup
from academy.backups.services import passphrase
from academy.backups.stores import kind_of, store_of
from academy.database import db
from academy.migrating import upgrade
from academy.passport.credentials import ring
from academy.people.models import Person
from academy.settings import Settings

BESIDE = "before-restore"


class NotEmpty(Exception):
    """There is something where the backup should go."""


@dataclass(frozen=True, slots=True)
class Restored:
    manifest: Manifest
    migrated: bool
    old_database: str  # the file it was kept in, if there was one
    keys: str  # what became of the signing keys: "restored", "kept", or nothing
    badges: str  # the folder the company's own award rules were put in
    erased_since: tuple[str, ...] | None  # addresses; None when nobody can tell any more


@contextmanager
def proven(config: Settings, file: Path) -> Iterator[Backup]:
    """A backup of which everything is as it was written, and that this version can bring up to date.

    Raises NotABackup, CannotOpen.
    """
    with archive.opened(file, passphrase(config)) as backup:
        said = backup.manifest
        if said.database != kind_of(config):
            raise NotABackup(
                f"It is a backup of {said.database}; this academy is on {kind_of(config)}."
            )
        if said.migration not in _revisions():
            raise NotABackup(
                f"It is of a newer academy ({said.academy}, migration {said.migration}). Update first."
            )
        backup.prove()
        yield backup


def restore(config: Settings, file: Path, replace: bool, at: datetime) -> Restored:
    """Put a backup in place, whole or not at all, and bring it up to date.

    Raises NotABackup, CannotOpen, NotEmpty, InUse, Different, StoreFailed.
    """
    store = store_of(config)
    with proven(config, file) as backup:
        empty = store.is_empty()
        if not empty and not replace:
            raise NotEmpty
        there = None if empty else _people()
        db.session.remove()
        db.engine.dispose()
        aside = (
            ""
            if empty
            else keeping.name(at, False).replace("academy", BESIDE, 1).removesuffix(".zip")
        )
        with backup.part(archive.DATABASE) as source:
            old = store.put_back(source, backup.manifest.tables, aside)
        keys, badges = _put_keys(config, backup), _put_badges(config, backup, at)
    migrated = backup.manifest.migration != head()
    if migrated:
        upgrade()
    return Restored(backup.manifest, migrated, old, keys, badges, _erased_since(there))


def head() -> str:
    """The newest migration of this version."""
    return str(_script().get_current_head())


def _put_keys(config: Settings, backup: Backup) -> str:
    saved, file = backup.text(archive.KEYS), config.home / ring.FILE
    if not saved:
        return ""
    if config.signing_keys or file.exists():
        return "kept"
    with backup.part(archive.KEYS) as source:
        archive.copied_to(source, file)
    return "restored"


def _put_badges(config: Settings, backup: Backup, at: datetime) -> str:
    """Beside the database, never over what is in force."""
    if not backup.badges():
        return ""
    folder = config.home / keeping.name(at, False).replace("academy", "badges", 1).removesuffix(
        ".zip"
    )
    for place, name in backup.badges().items():
        if ".." not in Path(place).parts and not Path(place).is_absolute():
            with backup.part(name) as source:
                archive.copied_to(source, folder / place)
    return str(folder)


def _people() -> set[int] | None:
    """Who is here now; None when the database cannot tell."""
    try:
        return set(db.session.scalars(select(Person.id)))
    except SQLAlchemyError:
        return None
    finally:
        db.session.rollback()


def _erased_since(there: set[int] | None) -> tuple[str, ...] | None:
    """Whom the backup brought back although they were gone."""
    if not there:
        return None
    found = db.session.execute(select(Person.id, Person.email).order_by(Person.email)).all()
    return tuple(row.email for row in found if row.id not in there)


def _revisions() -> set[str]:
    return {each.revision for each in _script().walk_revisions()}


def _script() -> Any:
    scripts: Any = import_module("alembic.script").ScriptDirectory
    return scripts.from_config(current_app.extensions["migrate"].migrate.get_config())
