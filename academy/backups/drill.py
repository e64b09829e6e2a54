"""The fire drill: a backup is restored into a scratch place and looked at, then the place is cleared."""

import secrets
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from flask import Flask
from sqlalchemy import create_engine, make_url, select, text
from sqlalchemy.pool import NullPool

from academy.backups import archive, counted, restoring
from academy.backups.archive import Backup
from academy.backups.stores import Store, kind_of, store_of
from academy.database import db
from academy.migrating import upgrade
from academy.passport.credentials import reading, signing, verifying
from academy.passport.credentials.verifying import Known, Verdict
from academy.passport.models import Certificate
from academy.settings import Settings

SCRATCH = "academy_drill_"
FOUND, CLOSED = 200, 410
"""A holder may have closed their passport to strangers: the page says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: what, whether it holds, what was seen, in how many seconds."""

    what: str
    holds: bool
    seen: str
    seconds: float


class Failed(Exception):
    """This is not as it should be; the message says how."""


def drill(config: Settings, file: Path, at: datetime) -> Iterator[Line]:
    """Line by line; the first that does not hold ends it. The scratch place goes whatever happens."""
    began = perf_counter()
    with closing(_looks(config, file, at)) as looks:
        while True:
            try:
                what, seen = next(looks)
            except StopIteration:
                return
            except Exception as error:  # whatever goes wrong is what the drill is there to tell
                yield Line(type(error).__name__, False, str(error), perf_counter() - began)
                return
            yield Line(what, True, seen, perf_counter() - began)
            began = perf_counter()


@contextmanager
def scratch(config: Settings) -> Iterator[Settings]:
    """The settings of an academy whose home and database are new, and go afterwards."""
    with TemporaryDirectory(prefix="academy-drill-", dir=config.home) as home:
        folder = Path(home)
        if kind_of(config) == "sqlite":
            yield _elsewhere(config, folder, f"sqlite:///{folder / 'academy.sqlite'}")
            return
        name = SCRATCH + secrets.token_hex(6)
        _server(config, f'CREATE DATABASE "{name}"')
        try:
            url = make_url(config.database_url).set(database=name)
            yield _elsewhere(config, folder, url.render_as_string(hide_password=False))
        finally:
            _server(config, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _looks(config: Settings, file: Path, at: datetime) -> Generator[tuple[str, str], None, None]:
    with restoring.proven(config, file) as backup:
        said = backup.manifest
        made = f"{said.at:%Y-%m-%d %H:%M} UTC"
        yield "manifest and checksums", f"{len(said.parts)} parts, made {made}"
        with scratch(config) as place:
            with backup.part(archive.DATABASE) as source:
                store_of(place).put_back(source, said.tables, "")
            rows = counted.rows(said.tables.values())
            yield "restored", f"{len(said.tables)} tables, {rows} rows"
            yield from _examined(store_of(place), backup)
            yield from _opened(place, backup, at)


def _examined(store: Store, backup: Backup) -> Iterator[tuple[str, str]]:
    store.prove(backup.manifest.tables)
    yield "rows as they were saved", "every table has its count and its print"
    broken = store.broken_keys()
    if broken:
        raise Failed(f"{broken} foreign keys lead nowhere.")
    yield "foreign keys", "all lead somewhere"


def _opened(config: Settings, backup: Backup, at: datetime) -> Iterator[tuple[str, str]]:
    """The academy, opened on the copy."""
    app: Flask = import_module("academy").create_app(config)
    app.testing = True  # no thread follows the log of releases: the place will be gone
    try:
        with app.app_context():
            older = backup.manifest.migration != restoring.head()
            upgrade()
            seen = f"from {backup.manifest.migration} to {restoring.head()}" if older else "at head"
            yield "migrations", seen
            code = _a_passport()
            db.session.remove()
        yield "opens", _answers(app, "/health")
        if code:
            yield "a passport verifies", _answers(app, f"/verify/{code}")
        else:
            yield "the page to verify", f"{_answers(app, '/verify')}; nobody holds a passport yet"
        with app.app_context():
            yield "a credential signed before", _believed(backup.text(archive.CREDENTIAL), at)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _answers(app: Flask, path: str) -> str:
    answer = app.test_client().get(path)
    if answer.status_code not in (FOUND, CLOSED):
        raise Failed(f"{path} answers {answer.status_code}.")
    return f"{path.rsplit('/', 1)[0] or path} answers {answer.status_code}"


def _a_passport() -> str | None:
    newest = select(Certificate.code).where(Certificate.status == "valid")
    return db.session.scalar(newest.order_by(Certificate.id.desc()).limit(1))


def _believed(signed: str, at: datetime) -> str:
    """By the public keys of the copy alone: no private key was brought along."""
    if not signed:
        return "none was given yet"
    found = reading.read(signed.encode())
    known = Known(signing.issuer(), signing.known_keys(), None)
    signature, *_ = verifying.examine(found, reading.claims(found), known, "", at)
    if signature.verdict is not Verdict.HOLDS:
        raise Failed("Its signature does not hold.")
    return "its signature holds"


def _elsewhere(config: Settings, home: Path, url: str) -> Settings:
    return replace(config, home=home, database_url=url, queue_url="", backups=None, signing_keys="")


def _server(config: Settings, statement: str) -> None:
    engine = create_engine(config.database_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
